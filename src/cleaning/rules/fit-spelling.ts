import type { CategoryColumn } from "../../data/column";
import type { CheckedRuleOf } from "./checked-rule";
import type { FittedSpelling } from "./fitted-rules";
import { NearTexts } from "./near-texts";
import { standsFor } from "./spelling-judgement";

/**
 * Finds out which texts of a column are frequent, and which are rare spellings of them.
 *
 * Texts are decided by falling frequency, so that what a text may stand for is decided before it; a misspelling is never what another
 * text stands for, so that a repaired text is right. Sorting the distinct texts, and a few look-ups for each of them.
 */
export function fitSpelling(rule: CheckedRuleOf<"spelling">, column: CategoryColumn, isActive: Uint8Array): FittedSpelling {
  const { categories, codes } = column;
  const occurrences = new Float64Array(categories.length);
  for (let row = 0; row < codes.length; row++) if (isActive[row] === 1 && codes[row]! >= 0) occurrences[codes[row]!]!++;

  const present = categories.map((_, code) => code).filter((code) => occurrences[code]! > 0 && categories[code]!.length >= rule.minLength);
  present.sort((a, b) => occurrences[b]! - occurrences[a]! || (categories[a]! < categories[b]! ? -1 : 1));
  const texts = present.map((code) => categories[code]!);
  const counts = present.map((code) => occurrences[code]!);
  const firstRare = counts.findIndex((count) => count < rule.minRatio);
  const frequentCount = firstRare < 0 ? texts.length : firstRare;
  const index = new NearTexts(texts.slice(0, frequentCount), rule.maxDistance);

  const decided = new Int32Array(texts.length);
  const learned: number[] = [];
  for (let i = 0; i < texts.length; i++) {
    // A text that occurs once is judged the same when it is not learned.
    if (i >= frequentCount && counts[i] === 1) break;
    const near = index.near(texts[i]!);
    decided[i] = standsFor(i, counts[i]!, near, rule.minRatio, counts, decided);
    if (i < frequentCount || near.length > 0) learned.push(i);
  }
  // Frequent texts are all learned and come first, so their positions stay; a rare text may move up.
  return {
    kind: "spelling",
    texts: learned.map((i) => texts[i]!),
    counts: learned.map((i) => counts[i]!),
    standsFor: learned.map((i, position) => (decided[i] === i ? position : decided[i]!)),
  };
}
