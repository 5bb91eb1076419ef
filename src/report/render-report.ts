import type { Analysis } from "../analysis/analyze-customers";
import { readOptions } from "../errors/options";
import { buildReport } from "./document/build-report";
import { createFormat } from "./document/format";
import { documentToHtml } from "./render/html";
import { documentToMarkdown } from "./render/markdown";

/** Options of {@link renderHtml} and {@link renderMarkdown}. */
export interface RenderOptions {
  /** @defaultValue "Customer analysis" */
  readonly title?: string | undefined;
  /** How numbers are written: a BCP 47 language tag. The words are English. @defaultValue "en" */
  readonly locale?: string | undefined;
}

const RENDER_OPTIONS = {
  title: { kind: "text", default: "Customer analysis" },
  locale: { kind: "text", default: "en" },
} as const;

/**
 * Writes an analysis as one self-contained HTML page: data quality, segments, churn, value, first actions.
 *
 * The page loads nothing, runs no script, and is readable on a phone, on paper and in the dark. Everything that comes from the
 * records is escaped. It names customers by id in its last section: treat it like the records.
 *
 * @example
 * ```ts
 * import { analyzeCustomers, renderHtml } from "clientele";
 *
 * const customers = Array.from({ length: 60 }, (_, i) => ({ visits: i % 12, spend: (i % 12) * 10 + (i % 3) }));
 * const page = renderHtml(analyzeCustomers({ customers }), { title: "Visits & spend" });
 * console.log(page.includes("<h1>Visits &#38; spend</h1>")); // true
 * ```
 */
export function renderHtml(analysis: Analysis, options?: RenderOptions): string {
  const { title, locale } = readOptions("renderHtml", options, RENDER_OPTIONS);
  return documentToHtml(buildReport(analysis, title, createFormat(locale)), "en");
}

/**
 * Writes an analysis as Markdown: the same report as {@link renderHtml}, for a terminal, a ticket or a wiki.
 *
 * @example
 * ```ts
 * import { analyzeCustomers, renderMarkdown } from "clientele";
 *
 * const customers = Array.from({ length: 60 }, (_, i) => ({ visits: i % 12, spend: (i % 12) * 10 + (i % 3) }));
 * const text = renderMarkdown(analyzeCustomers({ customers }));
 * console.log(text.split("\n")[0]); // "# Customer analysis"
 * ```
 */
export function renderMarkdown(analysis: Analysis, options?: RenderOptions): string {
  const { title, locale } = readOptions("renderMarkdown", options, RENDER_OPTIONS);
  return documentToMarkdown(buildReport(analysis, title, createFormat(locale)));
}
