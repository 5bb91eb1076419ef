import type { Horizon } from "../clv/empirical/fit";
import { describeValue } from "../errors/describe";
import { ClienteleError } from "../errors/error";
import { readOptions, SEED } from "../errors/options";
import { readAsOf } from "../features/calendar/as-of";
import { createDayReader } from "../data/calendar/day";

/** What `analyzeCustomers` is given. Everything is optional; a part that lacks what it needs is `notRun`, with the reason. */
export interface AnalysisInput {
  /** One record for each customer. */
  readonly customers?: readonly object[] | undefined;
  /** One record for each order, or order line. */
  readonly transactions?: readonly object[] | undefined;
  /** Which fields hold what. */
  readonly fields?: FieldNames | undefined;
  /** How customers are grouped. */
  readonly segments?: SegmentsInput | undefined;
  /** Which customers left, to learn from. */
  readonly churn?: ChurnInput | undefined;
  /** How value is counted; needs transactions. */
  readonly lifetimeValue?: LifetimeValuesInput | undefined;
  /** The last day that counts, as `2026-11-01`, or a point in time; required with transactions. */
  readonly asOf?: string | number | undefined;
  /** IANA name of the time zone whose midnights separate the days. @defaultValue "UTC" */
  readonly timeZone?: string | undefined;
  /** Decides everything random: starts of the clusters, folds. @defaultValue 1 */
  readonly seed?: number | undefined;
}

/** Names of fields in the caller's records. */
export interface FieldNames {
  /** The customer's id in `customers`, compared as text: rows with the same id are merged. @defaultValue none: customers are numbered by row */
  readonly id?: string | undefined;
  /** Fields of `customers` that no part may use: names, notes, whatever is not known at the time of a decision. @defaultValue none */
  readonly exclude?: readonly string[] | undefined;
  /** A number field of `customers` that says what a customer brings in one period, such as the monthly charge. @defaultValue none */
  readonly value?: string | undefined;
  /** The customer's id in `transactions`. @defaultValue "customerId" */
  readonly transactionCustomer?: string | undefined;
  /** The time of a transaction: a `Date`, an ISO text (a time with its offset, or a date), or milliseconds since 1970. @defaultValue "timestamp" */
  readonly transactionTime?: string | undefined;
  /** The amount of a transaction. @defaultValue "amount" */
  readonly transactionValue?: string | undefined;
}

/** How customers are grouped. */
export interface SegmentsInput {
  /** Number of segments. @defaultValue the one from 2 to 8 with the widest mean silhouette */
  readonly k?: number | undefined;
  /** The number columns by which customers are grouped. @defaultValue all of them but id and label; of transactions `daysSinceLast` and the logarithms of `orderCount` and `totalValue` */
  readonly columns?: readonly string[] | undefined;
}

/** What to learn churn from. */
export interface ChurnInput {
  /** The field of `customers` that says whether a customer left. */
  readonly label: string;
  /**
   * Its value for those who left, compared as text (1, "1" and " 1 " are the same). Every other value counts as staying;
   * customers whose label is missing or blank are left out and counted.
   */
  readonly positive: string | number | boolean;
  /** Folds of the cross-validation. @defaultValue 5 */
  readonly folds?: number | undefined;
}

/** How value is counted. */
export interface LifetimeValuesInput {
  /** How far ahead. @defaultValue 12 months */
  readonly horizon?: Horizon | undefined;
  /** Discount rate of a year. @defaultValue 0 */
  readonly annualDiscountRate?: number | undefined;
  /** Share of the amounts that is earned. @defaultValue 1 */
  readonly margin?: number | undefined;
}

const ANALYSIS_OPTIONS = {
  customers: { kind: "custom" },
  transactions: { kind: "custom" },
  fields: { kind: "custom" },
  segments: { kind: "custom" },
  churn: { kind: "custom" },
  lifetimeValue: { kind: "custom" },
  asOf: { kind: "custom" },
  timeZone: { kind: "text", default: "UTC" },
  seed: SEED,
} as const;

const FIELD_OPTIONS = {
  id: { kind: "text" },
  exclude: { kind: "names", default: [] },
  value: { kind: "text" },
  transactionCustomer: { kind: "text", default: "customerId" },
  transactionTime: { kind: "text", default: "timestamp" },
  transactionValue: { kind: "text", default: "amount" },
} as const;

const SEGMENTS_OPTIONS = { k: { kind: "integer", min: 2 }, columns: { kind: "names" } } as const;

const CHURN_OPTIONS = {
  label: { kind: "text", required: true },
  positive: { kind: "custom", required: true },
  folds: { kind: "integer", min: 2, max: 100, default: 5 },
} as const;

const LIFETIME_VALUES_OPTIONS = {
  horizon: { kind: "custom" },
  annualDiscountRate: { kind: "number", min: -1, open: "min", default: 0 },
  margin: { kind: "number", default: 1 },
} as const;

/** Checks everything that can be told without the data, before any work is done. */
export function readInput(input: AnalysisInput) {
  const caller = "analyzeCustomers";
  const { customers = [], transactions = [], asOf, timeZone, seed, ...parts } = readOptions<AnalysisInput, typeof ANALYSIS_OPTIONS>(caller, input, ANALYSIS_OPTIONS);
  checkRecords(caller, "customers", customers);
  checkRecords(caller, "transactions", transactions);
  if (transactions.length > 0 && asOf === undefined) {
    throw new ClienteleError("invalidOption", 'asOf is required with transactions: the last day that counts, such as "2026-11-01"', { caller, parameter: "asOf", rule: "required" });
  }
  const dayOf = createDayReader(caller, timeZone);
  if (asOf !== undefined) readAsOf(caller, asOf, dayOf);
  return {
    customers,
    transactions,
    // Without transactions no day is read.
    asOf: asOf ?? 0,
    timeZone,
    seed,
    fields: readOptions<FieldNames, typeof FIELD_OPTIONS>(`${caller}, fields`, parts.fields, FIELD_OPTIONS),
    segmentsInput: readOptions<SegmentsInput, typeof SEGMENTS_OPTIONS>(`${caller}, segments`, parts.segments, SEGMENTS_OPTIONS),
    churnInput: parts.churn === undefined ? undefined : readOptions<ChurnInput, typeof CHURN_OPTIONS>(`${caller}, churn`, parts.churn, CHURN_OPTIONS),
    valueInput: readOptions<LifetimeValuesInput, typeof LIFETIME_VALUES_OPTIONS>(`${caller}, lifetimeValue`, parts.lifetimeValue, LIFETIME_VALUES_OPTIONS),
  };
}

function checkRecords(caller: string, parameter: string, records: unknown): void {
  if (!Array.isArray(records)) throw new ClienteleError("invalidInput", `${parameter} must be an array of records; got ${describeValue(records)}`, { caller, parameter, rule: "an array of records" });
}
