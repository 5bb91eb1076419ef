import type { CheckedRuleOf } from "./checked-rule";
import type { FittedSpelling } from "./fitted-rules";
import { NearTexts } from "./near-texts";

export const NOT_JUDGED = -1;

/**
 * The text that a text of this frequency stands for, among those near it: its own (`self`) when none is frequent enough, and `NOT_JUDGED`
 * when there are two, or when the one is not right itself.
 *
 * @param near - positions of the texts near it, its own possibly among them
 */
export function standsFor(self: number, count: number, near: readonly number[], minRatio: number, counts: ArrayLike<number>, ofOthers: ArrayLike<number>): number {
  let right = self;
  let rightCount = 0;
  let hasFrequent = false;
  for (const other of near) {
    if (other === self || counts[other]! / count < minRatio) continue;
    hasFrequent = true;
    if (ofOthers[other] !== other) continue;
    right = other;
    rightCount++;
  }
  if (!hasFrequent) return self;
  return rightCount === 1 ? right : NOT_JUDGED;
}

/** Judges texts by what a spelling rule has learned. */
export class SpellingJudge {
  readonly #rule: CheckedRuleOf<"spelling">;
  readonly #learned: FittedSpelling;
  readonly #positions: ReadonlyMap<string, number>;
  readonly #frequent: NearTexts;

  constructor(rule: CheckedRuleOf<"spelling">, learned: FittedSpelling) {
    this.#rule = rule;
    this.#learned = learned;
    this.#positions = new Map(learned.texts.map((text, position) => [text, position]));
    const rare = learned.counts.findIndex((count) => count < rule.minRatio);
    this.#frequent = new NearTexts(rare < 0 ? learned.texts : learned.texts.slice(0, rare), rule.maxDistance);
  }

  /** The position of the learned text that a text stands for, `NOT_JUDGED`, or undefined for a text that is right and was not learned. */
  judge(text: string): number | undefined {
    if (text.length < this.#rule.minLength) return NOT_JUDGED;
    const { counts, standsFor: ofOthers } = this.#learned;
    const known = this.#positions.get(text);
    if (known !== undefined) return ofOthers[known]!;
    const position = standsFor(counts.length, 1, this.#frequent.near(text), this.#rule.minRatio, counts, ofOthers);
    return position === counts.length ? undefined : position;
  }
}
