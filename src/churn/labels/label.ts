import { createDayReader } from "../../data/calendar/day";
import { checkTable, typedColumnOf, type RowId, type Table } from "../../data/table";
import { checkRowCount } from "../../errors/check";
import { readOptions } from "../../errors/options";
import { endOfDay, readAsOf } from "../../features/calendar/as-of";
import { customersOfSteps, idColumnOf } from "../../features/transactions/customers";
import { readDaysSteps } from "../../features/transactions/read-rows";
import { runToEnd, type Steps } from "../../steps/steps";
import { checkObserved, placeText, readWindows, type ChurnWindow } from "./churn-window";
import { standingSteps, type EventLog, type Standing } from "./label-customers";

/** When customers are looked at, and whom to leave out. */
export interface SnapshotOptions {
  /**
   * When customers are looked at, or several such times: known is what happened before, `(−∞, cutoff)`. A date (`2026-11-01`) is a
   * calendar day of `timeZone`: known is what was before that day, and what happens on the day itself counts for nothing. A time
   * (`2026-11-01T09:30:00Z`, or milliseconds since 1970) is that moment, and a day is then 24 hours.
   */
  readonly cutoff: string | number | readonly (string | number)[];
  /** Days between the cutoff and the window, in which nobody can be reached any more: what happens in them counts for nothing. @defaultValue 0 */
  readonly gap?: number | undefined;
  /** Customers whose first event was less than this many days before the cutoff are too young, and left out. @defaultValue 0 */
  readonly minAge?: number | undefined;
  /**
   * Customers whose last event was more than this many days before the cutoff are gone already, and left out: of the others one
   * asks who will leave. @defaultValue no limit
   */
  readonly activeWithin?: number | undefined;
  /**
   * Up to when the log is complete, as a date (all of it) or a time. A window that ends later is refused: there, everyone would seem to
   * have left. @defaultValue the day of the latest event
   */
  readonly observedUntil?: string | number | undefined;
  /** IANA time zone whose midnights separate the days. @defaultValue "UTC" */
  readonly timeZone?: string | undefined;
  /** The column of customers' ids: text or number. @defaultValue "customerId" */
  readonly id?: string | undefined;
  /** The timestamp column. @defaultValue "timestamp" */
  readonly time?: string | undefined;
}

/** Options of {@link labelChurn}. */
export interface LabelChurnOptions extends SnapshotOptions {
  /** Days of the window: who has no event in `(cutoff + gap, cutoff + gap + horizon]` has churned. */
  readonly horizon: number;
}

export const SNAPSHOT_OPTIONS = {
  cutoff: { kind: "custom", required: true },
  gap: { kind: "integer", min: 0, default: 0 },
  minAge: { kind: "integer", min: 0, default: 0 },
  activeWithin: { kind: "integer", min: 1 },
  observedUntil: { kind: "custom" },
  timeZone: { kind: "text", default: "UTC" },
  id: { kind: "text", default: "customerId" },
  time: { kind: "text", default: "timestamp" },
} as const;

const HORIZON = { kind: "integer", min: 1, required: true } as const;

/** Customers who were left out at a cutoff; each is counted for the first reason that holds. */
export interface ExcludedCustomers {
  /** No event before the cutoff. */
  readonly noEventBefore: number;
  /** The first event less than `minAge` days before the cutoff. */
  readonly tooYoung: number;
  /** The last event more than `activeWithin` days before the cutoff. */
  readonly inactive: number;
}

/** One cutoff: whom it is about and what was asked. */
export interface ChurnSnapshot {
  /** A date, or a point in time in UTC. */
  readonly cutoff: string;
  /** The window: after `windowAfter` (not included) and up to `windowUntil` (included); null where nothing is asked. */
  readonly windowAfter: string | null;
  readonly windowUntil: string | null;
  readonly customerCount: number;
  /** How many of them churned; null where nothing is asked. */
  readonly churnedCount: number | null;
  /** With `customerCount` they are all customers of the log. */
  readonly excluded: ExcludedCustomers;
}

/** What {@link labelChurn} returns: one row for each customer and cutoff, by cutoff and then by id. */
export interface LabelledChurn {
  readonly rowCount: number;
  /** The customer of each row: with several cutoffs a customer has several rows, which belong into one fold (`groups` of `splitFolds`). */
  readonly id: readonly RowId[];
  /** Position in `snapshots` of each row: it grows with time. */
  readonly snapshot: Int32Array;
  /** 1 for who churned. */
  readonly labels: Uint8Array;
  /** The cutoffs, ascending. */
  readonly snapshots: readonly ChurnSnapshot[];
  /** Rows of the log without a customer, and without a time: they are left out. */
  readonly missingIdCount: number;
  readonly missingTimeCount: number;
}

/**
 * Who left, where nobody cancels a contract: a customer has churned at a cutoff when no event of theirs is in the window
 * `(cutoff + gap, cutoff + gap + horizon]`, open at its start and closed at its end.
 *
 * Every row of the log is an event; take out first what is none (returns, newsletters opened by machines). Customers without an event
 * before the cutoff, too young or gone already are left out and counted. One pass over the rows for each cutoff.
 *
 * @param events - one row for each event: a column of customers' ids and a timestamp column
 * @throws ClienteleError `unknownColumn` or `invalidInput` for a column that is absent or of another type, `tooFewRows` for a log without
 * an event, `invalidOption` for a cutoff that cannot be read, is repeated, or has a window that the log does not cover.
 * @example
 * ```ts
 * import { labelChurn } from "clientele/churn";
 * import { tableFromColumns } from "clientele/data";
 *
 * const orders = tableFromColumns({
 *   customerId: ["ann", "bob", "ann", "cem", "bob", "dora"],
 *   timestamp: ["2026-01-05", "2026-01-20", "2026-03-10", "2026-02-27", "2026-03-01", "2026-06-30"].map((day) => new Date(day)),
 * });
 * const { id, labels, snapshots } = labelChurn(orders, { cutoff: "2026-03-01", horizon: 90, minAge: 14 });
 * console.log(id, labels);            // ["ann", "bob"] Uint8Array [0, 1]
 * console.log(snapshots[0]?.windowUntil); // 2026-05-30
 * console.log(snapshots[0]?.excluded); // { noEventBefore: 1, tooYoung: 1, inactive: 0 }
 * ```
 */
export function labelChurn(events: Table, options: LabelChurnOptions): LabelledChurn {
  return runToEnd(labelChurnSteps(events, options));
}

/** {@link labelChurn} in slices. @throws ClienteleError as {@link labelChurn}, at the first slice. */
export function* labelChurnSteps(events: Table, options: LabelChurnOptions): Steps<LabelledChurn> {
  const caller = "labelChurn";
  const { horizon, ...when } = readOptions(caller, options, { ...SNAPSHOT_OPTIONS, horizon: HORIZON });
  return (yield* customersAtSteps(caller, events, { ...when, horizon })).labelled;
}

/** {@link SnapshotOptions} after checking. */
export interface CutoffTask extends Pick<SnapshotOptions, "cutoff" | "activeWithin" | "observedUntil"> {
  readonly gap: number;
  readonly minAge: number;
  readonly timeZone: string;
  readonly id: string;
  readonly time: string;
  /** Undefined where nothing is asked yet. */
  readonly horizon: number | undefined;
  /** 1 for each row that is an event; all are where it is undefined. */
  readonly isEvent?: Uint8Array | undefined;
}

/** Labelled customers, and what else a snapshot is made of. */
export interface CustomersAt {
  readonly labelled: LabelledChurn;
  readonly windows: readonly ChurnWindow[];
  /** All rows with a customer and a time, those that are no event included. */
  readonly log: EventLog;
}

export function* customersAtSteps(caller: string, events: Table, task: CutoffTask): Steps<CustomersAt> {
  const { cutoff, gap, horizon, timeZone, observedUntil, isEvent } = task;
  checkTable(caller, "events", events);
  const dayOf = createDayReader(caller, timeZone);
  const windows = readWindows(caller, cutoff, gap, horizon, dayOf);
  const times = typedColumnOf(caller, events, task.time, "timestamp", "time").values;
  const { ids, positions } = yield* customersOfSteps(idColumnOf(caller, events, task.id), undefined);
  // Positions may be shared with nobody: rows without a time lose their customer in them.
  const { days, missingIdCount, missingTimeCount } = yield* readDaysSteps(caller, times, task.time, positions, timeZone);
  const customers = isEvent === undefined ? positions : positions.map((position, row) => (isEvent[row] === 1 ? position : -1));
  const lastDay = latestDay(customers, days);
  checkRowCount(caller, "events", lastDay === undefined ? 0 : 1, 1, "row with a customer and a time");
  checkObserved(caller, windows, observedUntil === undefined ? endOfDay(lastDay!) : readAsOf(caller, observedUntil, dayOf, "observedUntil"), observedUntil !== undefined, dayOf);

  const rows: LabelledRows = { id: [], snapshot: [], labels: [] };
  const snapshots: ChurnSnapshot[] = [];
  for (const window of windows) {
    const standing = yield* standingSteps({ customerCount: ids.length, customers, days, times }, window);
    snapshots.push(addSnapshot(window, standing, ids, task, rows, snapshots.length));
  }
  const { id, snapshot, labels } = rows;
  const labelled = { rowCount: id.length, id, snapshot: Int32Array.from(snapshot), labels: Uint8Array.from(labels), snapshots, missingIdCount, missingTimeCount };
  return { labelled, windows, log: { customerCount: ids.length, customers: positions, days, times } };
}

interface LabelledRows {
  readonly id: RowId[];
  readonly snapshot: number[];
  readonly labels: number[];
}

function addSnapshot(window: ChurnWindow, { first, last, returned }: Standing, ids: readonly RowId[], { minAge, activeWithin }: CutoffTask, rows: LabelledRows, position: number): ChurnSnapshot {
  const { axis, cutoff, from, to } = window;
  const latestFirst = cutoff - minAge * window.day;
  const earliestLast = activeWithin === undefined ? -Infinity : cutoff - activeWithin * window.day;
  const excluded = { noEventBefore: 0, tooYoung: 0, inactive: 0 };
  let customerCount = 0;
  let churnedCount = 0;
  for (let customer = 0; customer < ids.length; customer++) {
    if (first[customer] === Infinity) excluded.noEventBefore++;
    else if (first[customer]! > latestFirst) excluded.tooYoung++;
    else if (last[customer]! < earliestLast) excluded.inactive++;
    else {
      const churned = 1 - returned[customer]!;
      rows.id.push(ids[customer]!);
      rows.snapshot.push(position);
      rows.labels.push(churned);
      customerCount++;
      churnedCount += churned;
    }
  }
  const isAsked = to !== Infinity;
  return {
    cutoff: placeText(axis, cutoff),
    windowAfter: isAsked ? placeText(axis, from) : null,
    windowUntil: isAsked ? placeText(axis, to) : null,
    customerCount,
    churnedCount: isAsked ? churnedCount : null,
    excluded,
  };
}

/** The latest day of a row that has a customer. */
function latestDay(customers: Int32Array, days: Int32Array): number | undefined {
  let latest = -Infinity;
  for (let row = 0; row < customers.length; row++) if (customers[row]! >= 0 && days[row]! > latest) latest = days[row]!;
  return latest === -Infinity ? undefined : latest;
}
