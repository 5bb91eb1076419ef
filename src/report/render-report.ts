import type { Analysis } from "../analysis/analyze-customers";
import { checkShape, isObject } from "../errors/check";
import { readOptions } from "../errors/options";
import type { ReportDocument } from "./document/blocks";
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
 * @throws ClienteleError `invalidOption` for a locale that is no language tag, or none that this platform knows.
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
  return documentToHtml(reportOf("renderHtml", analysis, options), "en");
}

/**
 * Writes an analysis as Markdown: the same report as {@link renderHtml}, for a terminal, a ticket or a wiki.
 *
 * @throws ClienteleError as {@link renderHtml}.
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
  return documentToMarkdown(reportOf("renderMarkdown", analysis, options));
}

function reportOf(caller: string, analysis: Analysis, options: RenderOptions | undefined): ReportDocument {
  const parts = ["quality", "segments", "churn", "lifetimeValue", "actions"];
  checkShape(caller, "analysis", analysis, "what analyzeCustomers returns", (fields) => parts.every((part) => isObject(fields[part])));
  const { title, locale } = readOptions(caller, options, RENDER_OPTIONS);
  return buildReport(analysis, title, createFormat(caller, locale));
}
