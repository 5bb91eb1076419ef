import type { Steps } from "../../steps/steps";
import type { Pace } from "./pace";
import type { SpellingVariants } from "./table-profile";

/** A column with more different texts holds names or sentences rather than groups. */
const MAX_TEXTS = 100_000;

interface Group {
  spellings: number;
  rows: number;
  mostFrequent: number;
}

/** Finds texts of a dictionary that differ only by case, white space or Unicode form (NFC); null for too many texts. */
export function* spellingVariantsSteps(texts: readonly string[], counts: Float64Array, distinctCount: number, pace: Pace): Steps<SpellingVariants | null> {
  if (distinctCount > MAX_TEXTS) return null;
  const groups = new Map<string, Group>();
  for (const [code, text] of texts.entries()) {
    const count = counts[code]!;
    const key = count === 0 ? "" : comparable(text);
    if (key === "") continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { spellings: 1, rows: count, mostFrequent: count });
    else {
      group.spellings++;
      group.rows += count;
      group.mostFrequent = Math.max(group.mostFrequent, count);
    }
    if (pace.spend(400)) yield pace.progress;
  }
  const found = { groups: 0, rows: 0 };
  for (const { spellings, rows, mostFrequent } of groups.values()) {
    if (spellings === 1) continue;
    found.groups++;
    found.rows += rows - mostFrequent;
  }
  return found;
}

function comparable(text: string): string {
  return text.normalize("NFC").toLowerCase().trim().replace(/\s+/g, " ");
}
