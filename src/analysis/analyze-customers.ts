import { ClienteleError } from "../errors/error";
import { readOptions } from "../errors/options";
import { tableFromPurchaseSummary } from "../features/transactions/summary";
import { summarizeTransactions } from "../features/transactions/summarize";
import { runToEnd, type Steps } from "../steps/steps";
import { actionsOf, type Actions } from "./actions";
import { churnLabels, churnSteps, type Churn } from "./churn";
import {
  ANALYSIS_OPTIONS,
  CHURN_OPTIONS,
  FIELD_OPTIONS,
  LIFETIME_VALUES_OPTIONS,
  SEGMENTS_OPTIONS,
  type AnalysisInput,
  type ChurnInput,
  type FieldNames,
  type LifetimeValuesInput,
  type SegmentsInput,
} from "./input";
import { lifetimeValueSteps, type LifetimeValues } from "./lifetime-value";
import { notRun, runPart, type Part } from "./part";
import { cleanCustomers, cleanTransactions, type Quality } from "./quality";
import { segmentsSteps, type Segments } from "./segments";

/** What `analyzeCustomers` found. Every part stands for itself: `status` is `"done"`, or `"notRun"` with the reason. */
export interface Analysis {
  readonly customerCount: number;
  readonly transactionCount: number;
  /** The last day that counts, where there are transactions. */
  readonly asOf: string | undefined;
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
 * customers went on to spend (`fitEmpiricalValue`).
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

/** {@link analyzeCustomers} in slices, for a progress bar or a server that goes on answering. */
export function* analyzeCustomersSteps(input: AnalysisInput): Steps<Analysis> {
  const caller = "analyzeCustomers";
  const { customers, transactions, asOf, timeZone, seed, ...parts } = readOptions<AnalysisInput, typeof ANALYSIS_OPTIONS>(caller, input, ANALYSIS_OPTIONS);
  const fields = readOptions<FieldNames, typeof FIELD_OPTIONS>(`${caller}, fields`, parts.fields, FIELD_OPTIONS);
  const segmentsInput = readOptions<SegmentsInput, typeof SEGMENTS_OPTIONS>(`${caller}, segments`, parts.segments, SEGMENTS_OPTIONS);
  const churnInput =
    parts.churn === undefined ? undefined : readOptions<ChurnInput, typeof CHURN_OPTIONS>(`${caller}, churn`, parts.churn, CHURN_OPTIONS);
  const valueInput = readOptions<LifetimeValuesInput, typeof LIFETIME_VALUES_OPTIONS>(`${caller}, lifetimeValue`, parts.lifetimeValue, LIFETIME_VALUES_OPTIONS);
  if (transactions !== undefined && asOf === undefined) {
    throw new ClienteleError("invalidOption", "asOf is required with transactions: the last day that counts, such as \"2026-11-01\"", { caller, parameter: "asOf", rule: "required" });
  }

  yield { phase: "cleaning", done: 0, total: 1 };
  const cleanedCustomers = customers === undefined || customers.length === 0 ? undefined : cleanCustomers(customers, fields, churnInput?.label);
  const cleanedLog = transactions === undefined || transactions.length === 0 ? undefined : cleanTransactions(transactions, fields);
  const log = { asOf: asOf ?? 0, timeZone, id: fields.transactionCustomer, time: fields.transactionTime, value: fields.transactionValue };
  yield { phase: "cleaning", done: 1, total: 1 };

  const exclude = [fields.id, churnInput?.label].filter((name) => name !== undefined);
  let segments: Part<Segments> = notRun("there are neither customers nor transactions");
  if (cleanedCustomers !== undefined) {
    const table = cleanedCustomers.cleaned;
    const labels = churnInput === undefined ? undefined : churnLabels(table, churnInput);
    segments = yield* runPart("segments", segmentsSteps({ table, input: segmentsInput, skewed: [], exclude, value: fields.value, labels, seed }));
  } else if (cleanedLog !== undefined) {
    const table = tableFromPurchaseSummary(summarizeTransactions(cleanedLog.cleaned, log));
    const columns = segmentsInput.columns ?? ["daysSinceLast", "orderCount", "totalValue"];
    const skewed = segmentsInput.columns === undefined ? ["orderCount", "totalValue"] : [];
    segments = yield* runPart("segments", segmentsSteps({ table, input: { ...segmentsInput, columns }, skewed, exclude: [], value: "totalValue", labels: undefined, seed }));
  }

  let churn: Part<Churn> = notRun(churnInput === undefined ? "no label says which customers left; name one in churn" : "there are no customers");
  if (cleanedCustomers !== undefined && churnInput !== undefined) {
    const { prepared: table, quality } = cleanedCustomers;
    churn = yield* runPart("churn", churnSteps({ table, plan: quality.model.plan, input: churnInput, exclude, seed }));
  }

  let lifetimeValue: Part<LifetimeValues> = notRun("there are no transactions");
  if (cleanedLog !== undefined) lifetimeValue = yield* runPart("value", lifetimeValueSteps(cleanedLog.cleaned, { ...log, ...valueInput }));

  return {
    customerCount: customers?.length ?? 0,
    transactionCount: transactions?.length ?? 0,
    asOf: lifetimeValue.status === "done" ? lifetimeValue.summary.asOf : undefined,
    seed,
    quality:
      cleanedCustomers === undefined && cleanedLog === undefined
        ? notRun("there are no records")
        : { status: "done", customers: cleanedCustomers?.quality, transactions: cleanedLog?.quality },
    segments,
    churn,
    lifetimeValue,
    actions: actionsOf(churn, lifetimeValue, cleanedCustomers?.cleaned, fields.value),
  };
}
