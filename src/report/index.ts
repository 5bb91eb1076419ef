/**
 * Findings for people: Markdown and self-contained HTML.
 *
 * @module report
 */
export { renderCleaningHtml, renderCleaningMarkdown, type RenderCleaningOptions } from "./render-cleaning";
export { renderHtml, renderMarkdown, type RenderOptions } from "./render-report";
