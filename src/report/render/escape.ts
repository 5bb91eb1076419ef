/** Makes a text safe between HTML tags and inside quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/**
 * Makes a text safe in a Markdown paragraph or table cell: no markup, no HTML, no line break, no new column.
 * Only characters that would act are escaped, so that plain text stays plain.
 */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/[\r\n\u2028\u2029]+/g, " ")
    .replace(/[\\`*_[\]<>|~]/g, (character) => `\\${character}`)
    .replace(/&/g, "&amp;")
    // A line may begin with this text: keep it from becoming a heading, list or quotation.
    .replace(/^(\s*)([#+-])(?=\s)/, "$1\\$2")
    .replace(/^(\s*\d+)([.)])(?=\s)/, "$1\\$2");
}
