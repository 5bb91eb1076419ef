/** The words that are operators or values; a variable of that name is written in backticks. */
const RESERVED_WORDS: readonly string[] = ["and", "or", "not", "true", "false"];

/** The word at a place of a text: letters of any script, their marks, digits and underscores, not beginning with a digit. */
export function wordAt(text: string, start: number): string | undefined {
  const pattern = /[\p{L}_][\p{L}\p{M}\p{Nd}_]*/uy;
  pattern.lastIndex = start;
  return pattern.exec(text)?.[0];
}

/** A name that needs no backticks. */
export function isPlainName(name: string): boolean {
  return wordAt(name, 0) === name && !RESERVED_WORDS.includes(name);
}
