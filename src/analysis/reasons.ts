import { cellAt, type CellValue } from "../data/column";
import { featureNamesOf } from "../features/encode/feature-names";
import { computeMoments } from "../numeric/statistics/moments";
import type { Churn } from "./churn";

/** What a field of the records adds to one customer's odds of leaving. */
export interface ChurnReason {
  readonly column: string;
  /** What the customer has in this field; null where it is missing. */
  readonly value: CellValue;
  /** Mean of a number field over the customers who have one. */
  readonly average: number | undefined;
  /** Added to the log-odds, compared with the average customer; all features of the field together. */
  readonly contribution: number;
}

/** The fields that raise a customer's odds most, strongest first. */
export type ReasonFinder = (row: number, count: number) => ChurnReason[];

export function createReasonFinder({ table, pipeline, explanation }: Pick<Churn, "table" | "pipeline" | "explanation">): ReasonFinder {
  const { contributions, featureNames } = explanation;
  let next = 0;
  const fields = pipeline.encoder.columns.map((encoded) => {
    const first = next;
    next += featureNamesOf("analyzeCustomers", [encoded]).length;
    const column = table.columns.get(encoded.column)!;
    return { name: encoded.column, column, first, end: next, average: column.type === "number" ? computeMoments(column.values).mean : undefined };
  });
  return (row, count) =>
    fields
      .map(({ name, column, first, end, average }): ChurnReason => {
        const start = row * featureNames.length;
        const contribution = contributions.subarray(start + first, start + end).reduce((sum, part) => sum + part, 0);
        return { column: name, value: cellAt(column, row), average, contribution };
      })
      .filter(({ contribution }) => contribution > 0)
      .sort((a, b) => b.contribution - a.contribution)
      .slice(0, count);
}
