import { writeCell } from "../cleaning/convert/write-cell";
import type { ColumnType } from "../data/column";
import { readRecords, type RewriteCell } from "../data/from-records";
import { checkShape } from "../errors/check";
import type { PipelineModel } from "./part";
import type { Pipeline } from "./pipeline";
import type { PreparedRows } from "./prepare";

/** What {@link scoreRecords} returns: the scores, and the prepared rows they come from. */
export interface ScoredRecords<Scores> extends PreparedRows {
  /** One score for each record, in order: NaN (a probability) or −1 (a cluster) for one that cannot be scored; `unscored` says why. */
  readonly scores: Scores;
}

/**
 * Scores records as they come from a form or an API: one customer or many.
 *
 * The pipeline knows its columns and their types, so a single record is enough: a text in a category column need not be told
 * from a text that the cleaning converts. In a field that the cleaning converts, values of the wanted type may stand beside texts:
 * 33 and "33" score alike, and each record is answered for itself. `null` and `undefined` are missing; other fields are not read.
 *
 * @throws ClienteleError `unknownColumn` for a field that the pipeline reads and that no record has (say `null` where it is missing),
 * `invalidInput` for a value of another type than the field's.
 * @example
 * ```ts
 * import { fitLogisticRegression } from "clientele/churn";
 * import { tableFromColumns } from "clientele/data";
 * import { fitEncoder } from "clientele/features";
 * import { composePipeline, scoreRecords } from "clientele/scoring";
 *
 * const customers = tableFromColumns({ calls: [0, 1, 2, 3, 4, 5], plan: ["pro", "free", "pro", "free", "pro", "free"] });
 * const { encoder, matrix } = fitEncoder(customers, [{ column: "calls", as: "number" }, { column: "plan", as: "oneHot", drop: "first" }]);
 * const pipeline = composePipeline({ encoder, model: fitLogisticRegression(matrix, [0, 0, 1, 0, 1, 1], { strength: 0.1 }) });
 *
 * const { scores, unscored } = scoreRecords(pipeline, [{ calls: 5, plan: "pro" }, { calls: 5, plan: null }]);
 * console.log(scores[0]?.toFixed(3), scores[1]); // 0.937 NaN
 * console.log(unscored); // [{ row: 1, column: "plan", reason: "encode.missing" }]
 * ```
 */
export function scoreRecords<Scores extends ArrayLike<number>>(pipeline: Pipeline<PipelineModel, Scores>, records: readonly object[]): ScoredRecords<Scores> {
  const caller = "scoreRecords";
  const isPipeline = ({ prepare, score }: Readonly<Record<string, unknown>>): boolean => typeof prepare === "function" && typeof score === "function";
  checkShape(caller, "pipeline", pipeline, "a Pipeline (composePipeline and pipelineFromSpec make one)", isPipeline);
  const { inputs, conversions } = pipeline;
  const types = new Map(inputs.map(({ column, type = "category" }): [string, ColumnType] => [column, type]));
  // The same field may give a match key too: its values are written for the column that is scored.
  const values = conversions.filter(({ to }) => to !== "matchKey");
  const rewrite = new Map<string, RewriteCell>(values.map((conversion) => [conversion.column, (value) => writeCell(conversion, value)]));
  const prepared = pipeline.prepare(readRecords(caller, records, { fields: inputs.map(({ column }) => column), types }, rewrite));
  return { ...prepared, scores: pipeline.score(prepared) };
}
