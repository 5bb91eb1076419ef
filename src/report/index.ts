/**
 * Findings for people: Markdown and self-contained HTML.
 *
 * @module report
 */
export { renderHtml, renderMarkdown, type RenderOptions } from "./render-report";
