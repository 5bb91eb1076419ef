import type { Analysis } from "../../analysis/analyze-customers";
import { actionsSection } from "./actions";
import type { Figure, ReportDocument } from "./blocks";
import { churnSection } from "./churn";
import type { Format } from "./format";
import { lifetimeValueSection } from "./lifetime-value";
import { qualitySection } from "./quality";
import { segmentsSection } from "./segments";

/** Puts an analysis into words, tables and charts. */
export function buildReport(analysis: Analysis, title: string, format: Format): ReportDocument {
  return {
    title,
    subtitle: subtitleOf(analysis, format),
    figures: figuresOf(analysis, format),
    sections: [
      qualitySection(analysis, format),
      segmentsSection(analysis, format),
      churnSection(analysis, format),
      lifetimeValueSection(analysis, format),
      actionsSection(analysis, format),
    ],
  };
}

function subtitleOf({ customerCount, transactionCount, asOf, seed }: Analysis, format: Format): string {
  const parts = [
    ...(customerCount === 0 ? [] : [`${format.count(customerCount)} customer records`]),
    ...(transactionCount === 0 ? [] : [`${format.count(transactionCount)} transactions`]),
    ...(asOf === undefined ? [] : [`as of ${asOf}`]),
    `seed ${seed}`,
  ];
  return `${parts.join(" · ")}.`;
}

function figuresOf({ quality, segments, churn, lifetimeValue }: Analysis, format: Format): Figure[] {
  const figures: Figure[] = [];
  if (quality.status === "done") {
    const tables = [quality.customers, quality.transactions].filter((table) => table !== undefined);
    const used = tables.reduce((sum, { rowsUsed }) => sum + rowsUsed, 0);
    const all = tables.reduce((sum, { rowsIn }) => sum + rowsIn, 0);
    figures.push({ label: "Rows used", value: format.count(used), note: `of ${format.count(all)}` });
  }
  if (segments.status === "done") {
    const largest = segments.profiles.segments[0]!;
    figures.push({ label: "Segments", value: String(segments.k), note: `the largest holds ${format.share(largest.share)}` });
  }
  if (churn.status === "done") {
    const { pooled } = churn.evaluation;
    figures.push({ label: "Customers who left", value: format.share(pooled.baseRate), note: `${format.count(pooled.positiveCount)} of ${format.count(pooled.rowCount)}` });
    figures.push({ label: "AUC", value: format.score(pooled.auc), note: "out-of-fold; 0.5 is chance" });
  }
  if (lifetimeValue.status === "done") {
    const { expectedTotal, model } = lifetimeValue;
    figures.push({ label: "Expected value", value: format.amount(expectedTotal), note: `over ${format.count(model.horizonDays)} days` });
  }
  return figures;
}
