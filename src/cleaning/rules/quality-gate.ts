import { checkShape } from "../../errors/check";
import { ClienteleError } from "../../errors/error";
import { columnsOfRule } from "./describe-rule";
import type { RuleKind, ViolationPolicy } from "./plan";
import { BROKEN, NOT_JUDGED, type JudgedRule } from "./verdict";

/** Whether the share of rows that broke a rule is above its thresholds: `"warned"` above `warnAbove`, `"stopped"` above `stopAbove`. */
export type RuleStatus = "passed" | "warned" | "stopped";

/** How many rows kept a rule. `judged + notJudged` are the rows that were in the table when the rule was judged. */
export interface RuleSummary {
  readonly name: string;
  readonly rule: RuleKind;
  /** The columns that it reads. */
  readonly columns: readonly string[];
  readonly judged: number;
  /** Judged rows that broke the rule; for one that repairs, before the repairs. */
  readonly broken: number;
  /** Of these, the rows that no longer break it after the repairs. */
  readonly repaired: number;
  /** Rows in which a missing cell got the value of its group (`fillMissing`). */
  readonly filled: number;
  /** Rows of which the rule says nothing, as those with a missing cell. */
  readonly notJudged: number;
  /** `broken / judged`, NaN where no row was judged. */
  readonly share: number;
  readonly warnAbove: number;
  /** Null for a rule that never stops. */
  readonly stopAbove: number | null;
  /** `"passed"` where no row was judged. */
  readonly status: RuleStatus;
  readonly onViolation: ViolationPolicy | "repair";
  /** Positions, in the input table, of the rows that broke the rule, ascending. */
  readonly rows: Int32Array;
}

/** Counts what a rule said. `isActive` are the rows as they were when the rule was judged. */
export function summarizeRule({ rule, verdicts, repaired, filled }: JudgedRule, isActive: Uint8Array): RuleSummary {
  const rows = new Int32Array(verdicts.length);
  let broken = 0;
  let notJudged = 0;
  let active = 0;
  for (let row = 0; row < verdicts.length; row++) {
    if (isActive[row] === 0) continue;
    active++;
    if (verdicts[row] === BROKEN) rows[broken++] = row;
    else if (verdicts[row] === NOT_JUDGED) notJudged++;
  }
  const judged = active - notJudged;
  const share = broken / judged;
  const { name, warnAbove, stopAbove, onViolation } = rule;
  const status = stopAbove !== undefined && share > stopAbove ? "stopped" : share > warnAbove ? "warned" : "passed";
  return {
    name,
    rule: rule.rule,
    columns: [...columnsOfRule(rule)],
    judged,
    broken,
    repaired,
    filled,
    notJudged,
    share,
    warnAbove,
    stopAbove: stopAbove ?? null,
    status,
    onViolation,
    rows: rows.slice(0, broken),
  };
}

/**
 * Stops a pipeline whose data broke a rule in more rows than its `stopAbove` allows; otherwise does nothing.
 *
 * @param report - the report of a cleaning, or anything with its `rules`
 * @throws ClienteleError `invalidInput` that lists every stopped rule with its count, share and threshold.
 * @example
 * ```ts
 * import { assertQuality, fitCleaning } from "clientele/cleaning";
 * import { tableFromColumns } from "clientele/data";
 *
 * const customers = tableFromColumns({ id: ["a", "b", "c", "c"], age: [34, 151, 28, 45] });
 * const { report } = fitCleaning(customers, {
 *   rules: [
 *     { rule: "range", column: "age", min: 0, max: 120, stopAbove: 0.3 },
 *     { rule: "unique", columns: ["id"], stopAbove: 0.05 },
 *   ],
 * }).apply(customers);
 * console.log(report.rules.map(({ status }) => status)); // ["warned", "stopped"]
 * try {
 *   assertQuality(report);
 * } catch (error) {
 *   console.log((error as Error).message); // assertQuality: 1 of 2 rules stopped: "unique id" is broken by 2 of 4 rows (50 %, above 5 %)
 * }
 * ```
 */
export function assertQuality(report: { readonly rules: readonly RuleSummary[] }): void {
  const caller = "assertQuality";
  checkShape(caller, "report", report, "the report of a cleaning", (fields) => Array.isArray(fields["rules"]));
  const stopped = report.rules.filter(({ status }) => status === "stopped");
  if (stopped.length === 0) return;
  const list = stopped.map(({ name, broken, judged, share, stopAbove }) => {
    return `${JSON.stringify(name)} is broken by ${broken} of ${judged} rows (${percent(share)}, above ${percent(stopAbove ?? 0)})`;
  });
  const rule = stopped.map(({ name }) => name).join(", ");
  throw new ClienteleError("invalidInput", `${stopped.length} of ${report.rules.length} rules stopped: ${list.join("; ")}`, { caller, parameter: "report", rule });
}

/** A share in percent with three digits; how little it is above its threshold, the count tells. */
function percent(share: number): string {
  return `${Number((100 * share).toPrecision(3))} %`;
}
