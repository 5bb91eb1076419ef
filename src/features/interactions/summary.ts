import type { Column } from "../../data/column";
import { createTable, type RowId, type Table } from "../../data/table";
import { checkShape } from "../../errors/check";
import { idColumnFrom } from "../transactions/summary";

/** How often, how recently and with what trend: one position for each customer. */
export interface InteractionColumns {
  /** Interactions up to `asOf`. */
  readonly count: Float64Array;
  /** Days from the last interaction to `asOf`; NaN (missing) without one. */
  readonly daysSinceLast: Float64Array;
  /** Those in the last `windowDays` days. */
  readonly recentCount: Float64Array;
  /** Those in the `windowDays` days before. */
  readonly earlierCount: Float64Array;
  /** (recent − earlier) / (recent + earlier): from −1, it has stopped, to 1, it is new; 0 where both windows are alike, or empty. */
  readonly trend: Float64Array;
}

/** The interactions of one level of a column: all complaints, all calls. */
export interface InteractionGroup extends InteractionColumns {
  /** The column: `"channel"`. */
  readonly column: string;
  /** Its text: `"phone"`. */
  readonly level: string;
  /** Share of the customer's interactions with a text in that column; NaN without one. */
  readonly share: Float64Array;
}

/** What happened to the rows: `rowCount` is the sum of `interactionCount` and the rows that were left out. */
export interface InteractionReport {
  readonly rowCount: number;
  readonly interactionCount: number;
  /** Left out: rows without a customer. */
  readonly missingIdCount: number;
  /** Left out: rows without a time. */
  readonly missingTimeCount: number;
  /** Left out: rows later than `asOf`. */
  readonly afterAsOfCount: number;
  /** For each column that was counted by: interactions that are in none of its groups, without a text and with one that was not asked for. */
  readonly ungrouped: readonly { readonly column: string; readonly missingCount: number; readonly otherCount: number }[];
  /** Customers of the rows without an interaction up to `asOf`, who are not in the summary. */
  readonly customersWithoutInteractions: number;
}

/** What passed between customers and the company up to a day: one position for each customer, sorted by id (texts by code unit). */
export interface InteractionSummary extends InteractionColumns {
  readonly customerCount: number;
  readonly id: readonly RowId[];
  /** By column, and within a column by level: in the order asked for, else sorted by code unit. */
  readonly groups: readonly InteractionGroup[];
  readonly windowDays: number;
  /** The calendar day of `asOf`, `2026-11-01`. */
  readonly asOf: string;
  readonly timeZone: string;
  readonly report: InteractionReport;
}

/**
 * Puts an interaction summary into a table, to be joined with customers or encoded: `id`, `count`, `daysSinceLast`, `recentCount`,
 * `earlierCount` and `trend` of all interactions, and the same with `share` of each group, named `channel=phone count`.
 * The row ids are the customers' ids.
 *
 * The number columns are shared with the summary, not copied.
 *
 * @example
 * ```ts
 * import { tableFromColumns } from "clientele/data";
 * import { summarizeInteractions, tableFromInteractionSummary } from "clientele/features";
 *
 * const contacts = tableFromColumns({ customerId: ["a", "b"], timestamp: [new Date("2026-03-01"), new Date("2026-03-05")], channel: ["phone", "email"] });
 * const table = tableFromInteractionSummary(summarizeInteractions(contacts, { asOf: "2026-03-31" }));
 * console.log(table.columns.has("channel=phone share"), table.rowIds); // true ["a", "b"]
 * ```
 */
export function tableFromInteractionSummary(summary: InteractionSummary): Table {
  const caller = "tableFromInteractionSummary";
  checkShape(caller, "summary", summary, "what summarizeInteractions returns", ({ id, groups }) => Array.isArray(id) && Array.isArray(groups));
  const columns: (readonly [string, Column])[] = [["id", idColumnFrom(summary.id)], ...numberColumns("", summary)];
  for (const group of summary.groups) {
    const prefix = `${group.column}=${group.level} `;
    columns.push(...numberColumns(prefix, group), [`${prefix}share`, { type: "number", values: group.share }]);
  }
  return createTable(caller, columns, summary.id);
}

function numberColumns(prefix: string, { count, daysSinceLast, recentCount, earlierCount, trend }: InteractionColumns): (readonly [string, Column])[] {
  return [
    [`${prefix}count`, { type: "number", values: count }],
    [`${prefix}daysSinceLast`, { type: "number", values: daysSinceLast, unit: "days" }],
    [`${prefix}recentCount`, { type: "number", values: recentCount }],
    [`${prefix}earlierCount`, { type: "number", values: earlierCount }],
    [`${prefix}trend`, { type: "number", values: trend }],
  ];
}
