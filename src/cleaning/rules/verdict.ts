import type { CheckedRule } from "./checked-rule";
import { NO_CODE } from "./coded-column";
import type { ExpectedCodes } from "./expected-codes";

/** What a rule says of a row. */
export const KEPT = 0;
export const BROKEN = 1;
export const NOT_JUDGED = 2;

/** A rule and what it says of each row; inactive rows are not judged. */
export interface JudgedRule {
  readonly rule: CheckedRule;
  readonly verdicts: Uint8Array;
  /** Rows that broke the rule and no longer do, because they were repaired. */
  readonly repaired: number;
  /** Rows whose missing cell the rule, or another one, filled. */
  readonly filled: number;
}

/** What a dependency or a spelling rule says of the codes of a row. */
export function judgeCell({ place, caseOf, expected }: ExpectedCodes, codes: Int32Array): number {
  if (codes[place] === NO_CODE) return NOT_JUDGED;
  const found = caseOf(codes);
  if (found < 0) return NOT_JUDGED;
  return expected[found] === codes[place] ? KEPT : BROKEN;
}
