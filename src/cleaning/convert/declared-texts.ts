/** Texts of a plan, as they are compared with the texts of a column: without the white space around them. */
export function declaredTexts(texts: readonly string[]): ReadonlySet<string> {
  return new Set(texts.map((text) => text.trim()));
}

/** A text in which capital and small letters are the same, for comparing with declared texts. */
export function foldCase(text: string): string {
  return text.normalize("NFC").toLowerCase();
}
