import { createDayReader, dayText } from "../../data/calendar/day";
import { checkTable, typedColumnOf, type RowId, type Table } from "../../data/table";
import { readOptions } from "../../errors/options";
import { runToEnd, type Steps } from "../../steps/steps";
import { readAsOf } from "../calendar/as-of";
import { levelPositions } from "../encode/levels";
import { customersOfSteps, idColumnOf } from "../transactions/customers";
import { cutoffAt, isLate, type Cutoff, type AsOfInterval } from "../transactions/cutoff";
import { readListedCustomers, type ListedCustomers } from "../transactions/listed-customers";
import { readDaysSteps } from "../transactions/read-rows";
import { columnsOfLevel, countRows, createLevelCounts, type CountedRows, type LevelCounts, type Windows } from "./count";
import { levelsToCount, readCountedColumns, type CountedBy, type CountedColumn } from "./levels";
import type { InteractionGroup, InteractionReport, InteractionSummary } from "./summary";

/** Options of {@link summarizeInteractions}. */
export interface SummarizeInteractionsOptions {
  /** When customers are looked at, as in `summarizeTransactions`. */
  readonly asOf: string | number;
  /** Whether what happens at `asOf` itself counts, as in `summarizeTransactions`. @defaultValue "closed" */
  readonly interval?: AsOfInterval | undefined;
  /** IANA time zone whose midnights separate the days. @defaultValue "UTC" */
  readonly timeZone?: string | undefined;
  /** The column of customers' ids: text or number. @defaultValue "customerId" */
  readonly id?: string | undefined;
  /** The timestamp column. @defaultValue "timestamp" */
  readonly time?: string | undefined;
  /**
   * Columns of texts to count by, each on its own: `["kind", "channel"]`; `{ column: "kind", levels: ["complaint", "support"] }` names the texts,
   * so that the same groups come out whatever occurred. @defaultValue those of "kind" and "channel" that the table has
   */
  readonly by?: readonly CountedBy[] | undefined;
  /** Calendar days of the two windows that a trend compares; the later ends with the last day that counts. @defaultValue 90 */
  readonly windowDays?: number | undefined;
  /** Customers to be kept whether there was an interaction or not, as in `summarizeTransactions`. @defaultValue those with one */
  readonly customers?: ListedCustomers | undefined;
}

const SUMMARIZE_INTERACTIONS_OPTIONS = {
  asOf: { kind: "custom", required: true },
  interval: { kind: "oneOf", values: ["closed", "open"], default: "closed" },
  timeZone: { kind: "text", default: "UTC" },
  id: { kind: "text", default: "customerId" },
  time: { kind: "text", default: "timestamp" },
  by: { kind: "list" },
  windowDays: { kind: "integer", min: 1, max: 36_525, default: 90 },
  customers: { kind: "custom" },
} as const;

/**
 * Turns a log of contacts, complaints, tickets or visits (one row for each) into numbers for each customer: how many, how recently,
 * whether they become more, and which share of them by what way.
 *
 * All of it is counted over the whole, and for each text of the columns `by`. A trend compares the last `windowDays` calendar days with
 * as many before them: (recent − earlier) / (recent + earlier). Nothing later than `asOf` is used, not even to decide which groups there are;
 * of a customer who was there for less than two windows, the earlier one is not full.
 *
 * Linear in rows, apart from the sort of the distinct ids.
 *
 * @throws ClienteleError `unknownColumn` or `invalidInput` for a column that is absent, of another type, or of more than 50 different texts
 * (name those to count); `invalidOption` for an `asOf` or `timeZone` that cannot be read.
 * @example
 * ```ts
 * import { tableFromColumns } from "clientele/data";
 * import { summarizeInteractions } from "clientele/features";
 *
 * const contacts = tableFromColumns({
 *   customerId: ["ann", "ann", "ann", "bob"],
 *   timestamp: [new Date("2026-01-05"), new Date("2026-03-10"), new Date("2026-03-20"), new Date("2026-01-02")],
 *   kind: ["question", "complaint", "complaint", "question"],
 *   channel: ["email", "phone", "email", "phone"],
 * });
 * const { id, trend, groups } = summarizeInteractions(contacts, { asOf: "2026-03-31", windowDays: 45 });
 * console.log(id, trend); // ["ann", "bob"] Float64Array [0.3333333333333333, -1]
 * const complaints = groups.find(({ level }) => level === "complaint");
 * console.log(complaints?.count, complaints?.daysSinceLast); // Float64Array [2, 0] Float64Array [11, NaN]
 * ```
 */
export function summarizeInteractions(interactions: Table, options: SummarizeInteractionsOptions): InteractionSummary {
  return runToEnd(summarizeInteractionsSteps(interactions, options));
}

/** Rows between two yields: about two milliseconds. */
const ROWS_PER_SLICE = 40_000;

/** {@link summarizeInteractions} in slices, for `runCooperatively`: the same result. @throws ClienteleError as it, at the first slice. */
export function* summarizeInteractionsSteps(interactions: Table, options: SummarizeInteractionsOptions): Steps<InteractionSummary> {
  const caller = "summarizeInteractions";
  const { asOf, interval, timeZone, id, time, by, windowDays, customers } = readOptions(caller, options, SUMMARIZE_INTERACTIONS_OPTIONS);
  checkTable(caller, "interactions", interactions);
  const cutoff = cutoffAt(readAsOf(caller, asOf, createDayReader(caller, timeZone)), interval);
  const idColumn = idColumnOf(caller, interactions, id);
  const times = typedColumnOf(caller, interactions, time, "timestamp", "time").values;
  const countedColumns = readCountedColumns(caller, interactions, by);
  const listed = customers === undefined ? undefined : readListedCustomers(caller, customers, idColumn, id);

  const { ids, positions, isListed } = yield* customersOfSteps(idColumn, listed);
  const { days, missingIdCount, missingTimeCount } = yield* readDaysSteps(caller, times, time, positions, timeZone);
  const rows: CountedRows = { customers: positions, days };
  const afterAsOfCount = leaveOutLate(rows, times, cutoff);
  const windows: Windows = { lastDay: cutoff.lastDay, days: windowDays };

  const all = yield* countLevelsSteps(rows, undefined, 1, ids.length, windows);
  const kept = keptPositions(all.counts, isListed);
  const groups: InteractionGroup[] = [];
  const ungrouped: InteractionReport["ungrouped"][number][] = [];
  for (const counted of countedColumns) {
    const levels = levelsToCount(caller, counted, positions);
    const levelOf = levelPositions(counted.column, levels);
    const rowLevels = counted.column.codes.map((code) => (code < 0 ? -1 : levelOf[code]!));
    const found = yield* countLevelsSteps(rows, rowLevels, levels.length, ids.length, windows);
    const known = knownCounts(rows, counted, ids.length);
    levels.forEach((level, l) => {
      const columns = columnsOfLevel(found, l, levels.length, kept, cutoff.day);
      const share = columns.count.map((count, i) => count / known[kept[i]!]!);
      groups.push({ column: counted.name, level, ...columns, share });
    });
    ungrouped.push({ column: counted.name, ...countUngrouped(rows, counted.column.codes, rowLevels) });
  }
  const interactionCount = all.counts.reduce((sum, count) => sum + count, 0);
  return {
    customerCount: kept.length,
    id: Array.from(kept, (position): RowId => ids[position]!),
    ...columnsOfLevel(all, 0, 1, kept, cutoff.day),
    groups,
    windowDays,
    asOf: dayText(cutoff.day),
    timeZone,
    report: { rowCount: interactions.rowCount, interactionCount, missingIdCount, missingTimeCount, afterAsOfCount, ungrouped, customersWithoutInteractions: ids.length - kept.length },
  };
}

/** Takes the customer from rows later than the cutoff, and counts them. */
function leaveOutLate({ customers, days }: CountedRows, times: Float64Array, cutoff: Cutoff): number {
  let late = 0;
  for (let row = 0; row < customers.length; row++) {
    const day = days[row]!;
    if (customers[row]! < 0 || day < cutoff.lastDay || (day === cutoff.lastDay && !isLate(cutoff, times[row]!))) continue;
    customers[row] = -1;
    late++;
  }
  return late;
}

function* countLevelsSteps(rows: CountedRows, levels: Int32Array | undefined, levelCount: number, customerCount: number, windows: Windows): Steps<LevelCounts> {
  const found = createLevelCounts(customerCount * levelCount);
  const total = rows.customers.length;
  for (let start = 0; start < total; start += ROWS_PER_SLICE) {
    const end = Math.min(total, start + ROWS_PER_SLICE);
    countRows(found, rows, levels, levelCount, windows, start, end);
    yield { phase: "counting interactions", done: end, total };
  }
  return found;
}

/** The customers with an interaction, and those that are listed. */
function keptPositions(counts: Float64Array, isListed: Uint8Array | undefined): Int32Array {
  const kept = new Int32Array(counts.length);
  let count = 0;
  for (let position = 0; position < counts.length; position++) if (counts[position]! > 0 || isListed?.[position] === 1) kept[count++] = position;
  return kept.slice(0, count);
}

/** For each customer, interactions with a text in the column. */
function knownCounts({ customers }: CountedRows, { column }: CountedColumn, customerCount: number): Float64Array {
  const known = new Float64Array(customerCount);
  for (let row = 0; row < customers.length; row++) if (customers[row]! >= 0 && column.codes[row]! >= 0) known[customers[row]!]!++;
  return known;
}

function countUngrouped({ customers }: CountedRows, codes: Int32Array, levels: Int32Array): { readonly missingCount: number; readonly otherCount: number } {
  let missingCount = 0;
  let otherCount = 0;
  for (let row = 0; row < customers.length; row++) {
    if (customers[row]! < 0) continue;
    if (codes[row]! < 0) missingCount++;
    else if (levels[row]! < 0) otherCount++;
  }
  return { missingCount, otherCount };
}
