import { typedColumnOf } from "../data/table";
import { summarizeTransactions, type SummarizeTransactionsOptions } from "../features/transactions/summarize";
import { tableFromPurchaseSummary, type PurchaseSummary } from "../features/transactions/summary";
import { runToEnd, type Steps } from "../steps/steps";
import { actionsOf, type Actions } from "./actions";
import { churnSteps, type Churn } from "./churn";
import { readInput, type AnalysisInput, type SegmentsInput } from "./input";
import { readChurnLabels } from "./labels";
import { lifetimeValueSteps, matchValues, type LifetimeValues, type LogOptions, type Overlap } from "./lifetime-value";
import { notRun, runPart, type Part } from "./part";
import { cleanCustomers, cleanTransactions, type CleanedTable, type Quality, type TableQuality } from "./quality";
import { segmentsSteps, type CustomerValues, type Segments, type SegmentsTask } from "./segments";

/** What `analyzeCustomers` found. Every part stands for itself: `status` is `"done"`, or `"notRun"` with the reason. */
export interface Analysis {
  readonly customerCount: number;
  readonly transactionCount: number;
  /** The last day that counts, where there are transactions. */
  readonly asOf: string | undefined;
  /** How customers and transactions fit together by id; undefined unless both are given and `fields.id` is named. */
  readonly overlap: Overlap | undefined;
  readonly seed: number;
  /** What was wrong with the data, row by row, and what was done about it. */
  readonly quality: Part<Quality>;
  /** Who the groups are, how good the grouping is, what each is worth. */
  readonly segments: Part<Segments>;
  /** The churn model, its evaluation on customers it had not seen, and the probability of each. */
  readonly churn: Part<Churn>;
  /** What is to be expected of each customer. */
  readonly lifetimeValue: Part<LifetimeValues>;
  /** Whom to turn to first, and why. */
  readonly actions: Part<Actions>;
}

/**
 * The whole job in one call: cleans the records, groups the customers, predicts who leaves, values them, and says whom to turn to first.
 *
 * Each step is also a function of its own, with more options; this one chooses as a careful analyst would and says so in its result:
 * the cleaning plan is drafted from the data (`draftPlan`), segments are k-means on standardised number columns, churn is a logistic
 * regression judged by stratified cross-validation with cleaning and encoding inside each training part, value is what similar
 * customers went on to spend (`fitEmpiricalValue`). Where customers and transactions are both given and share ids, the expected value
 * also tells what each segment is worth and whom to keep first (unless `fields.value` names a field for that).
 *
 * Columns that are not known at the moment of a decision (a reason for leaving, a final bill) must be named in `fields.exclude`.
 *
 * @throws ClienteleError for input that is mistaken (unknown options and fields, values out of bounds); data that are
 * merely too few make a part `notRun`.
 * @example
 * ```ts
 * import { analyzeCustomers } from "clientele";
 *
 * const customers = Array.from({ length: 120 }, (_, i) => ({
 *   id: `c${i}`,
 *   visits: (i * 7) % 20,
 *   plan: i % 3 === 0 ? "free" : "pro",
 *   left: (i * 7) % 20 < 8 + (i % 5) ? "yes" : "no",
 * }));
 * const analysis = analyzeCustomers({ customers, fields: { id: "id" }, churn: { label: "left", positive: "yes" } });
 * if (analysis.churn.status === "done") console.log(analysis.churn.evaluation.pooled.auc > 0.9); // true
 * console.log(analysis.lifetimeValue.status); // "notRun"
 * ```
 */
export function analyzeCustomers(input: AnalysisInput): Analysis {
  return runToEnd(analyzeCustomersSteps(input));
}

/** {@link analyzeCustomers} in slices, for a progress bar or a server that goes on answering. Cleaning is one slice, which grows with the records. */
export function* analyzeCustomersSteps(input: AnalysisInput): Steps<Analysis> {
  const { customers, transactions, asOf, timeZone, seed, fields, segmentsInput, churnInput, valueInput } = readInput(input);

  yield { phase: "cleaning", done: 0, total: 1 };
  const people = customers.length === 0 ? undefined : cleanCustomers(customers, fields, churnInput);
  const labels = people === undefined || churnInput === undefined ? undefined : readChurnLabels(people.cleaned, churnInput);
  const log = transactions.length === 0 ? undefined : cleanTransactions(transactions, fields);
  yield { phase: "cleaning", done: 1, total: 1 };

  const logOptions: LogOptions = { asOf, timeZone, id: fields.transactionCustomer, time: fields.transactionTime, value: fields.transactionValue, ...valueInput };
  const lifetimeValue = yield* lifetimeValuePart(log, logOptions);
  const matched = people !== undefined && fields.id !== undefined && lifetimeValue.status === "done" ? matchValues(people.cleaned.rowIds, lifetimeValue) : undefined;
  const value = people !== undefined && fields.value !== undefined ? readValues(people, fields.value) : matched?.value;

  const exclude = [fields.id, churnInput?.label].filter((name) => name !== undefined);
  let segments: Part<Segments> = notRun("there are neither customers nor transactions");
  if (people !== undefined) {
    segments = yield* runPart("segments", segmentsSteps({ table: people.cleaned, input: segmentsInput, skewed: [], exclude, value, labels: labels?.values, seed }));
  } else if (log !== undefined) {
    const summary = lifetimeValue.status === "done" ? lifetimeValue.summary : summarizeTransactions(log.cleaned, summaryOptions(logOptions));
    segments = yield* segmentsOfBuyers(summary, segmentsInput, seed);
  }

  let churn: Part<Churn> = notRun(churnInput === undefined ? "no label says which customers left; name one in churn" : "there are no customers");
  if (people !== undefined && labels !== undefined && churnInput !== undefined) {
    const task = { table: people.prepared, preparation: people.quality.model, labels, folds: churnInput.folds, exclude, seed };
    churn = yield* runPart("churn", churnSteps(task));
  }

  return {
    customerCount: customers.length,
    transactionCount: transactions.length,
    asOf: lifetimeValue.status === "done" ? lifetimeValue.summary.asOf : undefined,
    overlap: matched?.overlap,
    seed,
    quality: people === undefined && log === undefined ? notRun("there are no records") : { status: "done", customers: people?.quality, transactions: log?.quality },
    segments,
    churn,
    lifetimeValue,
    actions: actionsOf(churn, lifetimeValue, value),
  };
}

function* lifetimeValuePart(log: CleanedTable | undefined, options: LogOptions): Steps<Part<LifetimeValues>> {
  if (log === undefined) return notRun("there are no transactions");
  if (log.cleaned.rowCount === 0) return notRun(nothingLeft(log.quality));
  return yield* runPart("value", lifetimeValueSteps(log.cleaned, options));
}

/** Says which field made the rows unusable, and by which rule. */
function nothingLeft({ rowsIn, setAside }: TableQuality): string {
  const counts = new Map<string, number>();
  setAside.reasons.columns.forEach((column, i) => {
    const reason = `${column}: ${setAside.reasons.rules[i]!}`;
    counts.set(reason, (counts.get(reason) ?? 0) + 1);
  });
  return `all ${rowsIn} transactions were set aside (${Array.from(counts, ([reason, count]) => `${reason}, ${count} rows`).join("; ")})`;
}

/** The values as they came in: a customer whose value was filled in is not ranked by it. */
function readValues({ prepared }: CleanedTable, name: string): CustomerValues {
  return { name, values: typedColumnOf("analyzeCustomers", prepared, name, "number", "fields.value").values };
}

function summaryOptions({ asOf, timeZone, id, time, value }: LogOptions): SummarizeTransactionsOptions {
  return { asOf, timeZone, id, time, value };
}

function* segmentsOfBuyers(summary: PurchaseSummary, input: SegmentsInput, seed: number): Steps<Part<Segments>> {
  const table = tableFromPurchaseSummary(summary);
  const task: Omit<SegmentsTask, "input" | "skewed"> = {
    table,
    exclude: ["id"],
    value: { name: "totalValue", values: typedColumnOf("analyzeCustomers", table, "totalValue", "number").values },
    labels: undefined,
    seed,
  };
  const columns = ["daysSinceLast", "orderCount", "totalValue"];
  const steps =
    input.columns === undefined
      ? segmentsSteps({ ...task, input: { ...input, columns }, skewed: ["orderCount", "totalValue"] })
      : segmentsSteps({ ...task, input, skewed: [] });
  return yield* runPart("segments", steps);
}
