import type { Column } from "../../data/column";
import { columnFromCells } from "../../data/read-cells";
import { createTable, type Table } from "../../data/table";
import { checkShape } from "../../errors/check";
import { isRfmScoring, RFM_SCORING_RULE, type RfmScoring } from "./model";

/**
 * Puts scores into a table, to be joined with customers or saved: the columns `id`, `recencyScore`, `frequencyScore`, `monetaryScore`,
 * `rfmScore` (the weighted mean) and `segment`; the row ids are the customers' ids. Scores of 0, and what follows from them, are missing.
 *
 * @throws ClienteleError `invalidInput` for anything but the scores of an RFM model.
 * @example
 * ```ts
 * import { recordsFromTable } from "clientele/data";
 * import { scoreRfm, tableFromRfmScores } from "clientele/features";
 *
 * const { scores } = scoreRfm({ id: ["ann", "bob"], daysSinceLast: [3, NaN], orderCount: [9, 0], totalValue: [900, 0] });
 * const [ann, bob] = recordsFromTable(tableFromRfmScores(scores));
 * console.log(ann?.["recencyScore"], bob?.["recencyScore"], bob?.["segment"]); // 5 null "Prospects"
 * ```
 */
export function tableFromRfmScores(scores: RfmScoring): Table {
  const caller = "tableFromRfmScores";
  checkShape(caller, "scores", scores, RFM_SCORING_RULE, isRfmScoring);
  const number = (values: Uint8Array): Column => ({ type: "number", values: Float64Array.from(values, (score) => (score === 0 ? NaN : score)) });
  return createTable(
    caller,
    [
      ["id", columnFromCells(caller, "id", scores.id.length, (row) => scores.id[row], undefined, "category")],
      ["recencyScore", number(scores.recency)],
      ["frequencyScore", number(scores.frequency)],
      ["monetaryScore", number(scores.monetary)],
      ["rfmScore", { type: "number", values: scores.total.slice() }],
      ["segment", { type: "category", codes: scores.segment.slice(), categories: [...scores.segmentNames] }],
    ],
    scores.id,
  );
}
