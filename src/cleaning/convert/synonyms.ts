import { isNameList, isObject } from "../../errors/check";

/** Other spellings by the text they stand for. */
export type SynonymTable = Readonly<Record<string, readonly string[]>>;

/** What synonyms must be, for messages. */
export const SYNONYMS_RULE = "lists of texts by the text that they stand for";

export function isSynonymTable(value: unknown): value is SynonymTable {
  return isObject(value) && Object.values(value).every(isNameList);
}

export function copySynonyms(synonyms: SynonymTable): SynonymTable {
  return Object.fromEntries(Object.entries(synonyms).map(([text, others]) => [text, [...others]]));
}

/** A spelling that stands for two texts, or for a text that itself stands for another one. */
export interface ContradictorySynonym {
  readonly spelling: string;
  readonly texts: readonly [string, string];
}

/**
 * The text that each spelling stands for, by the spelling as `write` puts it; a text is a spelling of its own, so that what was
 * replaced once stays as it is.
 */
export function readSynonyms(synonyms: SynonymTable, write: (text: string) => string): ReadonlyMap<string, string> | ContradictorySynonym {
  const textOf = new Map<string, string>();
  for (const [text, others] of Object.entries(synonyms)) {
    for (const spelling of [text, ...others].map(write)) {
      const known = textOf.get(spelling);
      if (known !== undefined && known !== text) return { spelling, texts: [known, text] };
      textOf.set(spelling, text);
    }
  }
  return textOf;
}
