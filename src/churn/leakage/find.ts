import { checkBothClasses, readBinaryLabels } from "../../data/binary-labels";
import type { Column } from "../../data/column";
import { checkTable, typedColumnOf, type Table } from "../../data/table";
import { checkSameLength } from "../../errors/check";
import { readOptions, SEED } from "../../errors/options";
import { LEVEL } from "../../evaluation/classification/binary-inputs";
import { compareAucs } from "../../evaluation/classification/compare-aucs";
import { readCrossFitting, type CrossFitting } from "../../features/encode/cross-fit";
import { normalQuantile } from "../../numeric/special/normal-quantile";
import { runToEnd, type Steps } from "../../steps/steps";
import { copyEvidence, idEvidence, missingEvidence } from "./evidence";
import { countLater, readKnownAt, readLeakageCutoff, type IsLater, type KnownAt, type LeakageCutoff } from "./known-at";
import { predictTogetherSteps } from "./other-columns";
import { compareLeakage, type ColumnLeakage, type LeakageReason, type LeakageReport, type LeakageVerdict } from "./report";
import { columnAuc, crossFittedMeans } from "./single-column";

/** Options of {@link findLeakage}. */
export interface FindLeakageOptions {
  /**
   * When columns are known, by name. `"after"` makes a column a leak, `"before"` clears it of suspicion, a column of times decides row
   * by row against `cutoff`. @defaultValue nothing is declared
   */
  readonly knownAt?: Readonly<Record<string, KnownAt>> | undefined;
  /**
   * When predictions are made, as in {@link labelChurn}, or for each row its own in milliseconds: timestamp columns must be before it.
   * @defaultValue times are not compared
   */
  readonly cutoff?: LeakageCutoff | undefined;
  /** IANA time zone of a `cutoff` that is a date. @defaultValue "UTC" */
  readonly timeZone?: string | undefined;
  /** In how many parts the rows are dealt to judge categories by other rows; or the fold of each row, as `splitFolds` deals them. @defaultValue 5 */
  readonly folds?: number | ArrayLike<number> | undefined;
  /** Decides which rows come together in a fold. @defaultValue 1 */
  readonly seed?: number | undefined;
  /** Confidence of the intervals. @defaultValue 0.95 */
  readonly level?: number | undefined;
}

const FIND_LEAKAGE_OPTIONS = {
  knownAt: { kind: "object" },
  cutoff: { kind: "custom" },
  timeZone: { kind: "text", default: "UTC" },
  folds: { kind: "custom" },
  seed: SEED,
  level: LEVEL,
} as const;

/** Of a whole model: excellent and outstanding discrimination (Hosmer, Lemeshow and Sturdivant 2013, section 5.2.4). */
const EXCELLENT_AUC = 0.8;
const OUTSTANDING_AUC = 0.9;
/** Moderate, and large and often conclusive changes of what is to be believed (Jaeschke, Guyatt and Sackett 1994). */
const MODERATE_RATIO = 5;
const CONCLUSIVE_RATIO = 10;
/** Almost perfect agreement (Landis and Koch 1977). */
const ALMOST_PERFECT_KAPPA = 0.81;
/** Most rows have a value of their own; of fewer than 20 rows that may be chance. */
const MOST = 0.5;
const MIN_ROWS_OF_IDS = 20;

/**
 * Which columns know the outcome although they should not: written down after it, or a copy of it.
 *
 * A column is judged alone, by the cautious end of its interval against published scales for what whole models and tests reach; no threshold
 * was tuned on data. Alone it is `notable` from an AUC of 0.8 on and `strong` from 0.9 (Hosmer, Lemeshow and Sturdivant 2013), also from 0.8 on where all other
 * columns together tell less (DeLong's paired interval); its missing cells are `notable` from a likelihood ratio of 5 on and `strong`
 * from 10 (Jaeschke, Guyatt and Sackett 1994); a `nearCopy` agrees with the label with a kappa above 0.81 (Landis and Koch 1977). A suspicion is
 * no proof: a good feature may look the same, and a leak may be weak. What settles it is when the column is known, which `knownAt` says.
 *
 * @param table - the candidate features; the label itself must not be among them
 * @param labels - 0 or 1 for each row
 * @throws ClienteleError `constantLabels`, `lengthMismatch`, `unknownColumn` for a name in `knownAt`, `invalidOption`.
 * @example
 * ```ts
 * import { findLeakage } from "clientele/churn";
 * import { tableFromColumns } from "clientele/data";
 *
 * const left = Array.from({ length: 200 }, (_, i) => (i % 4 === 0 ? 1 : 0));
 * const table = tableFromColumns({
 *   months: left.map((_, i) => (i * 37) % 60),
 *   // Written down when the account was closed, if somebody thought of it.
 *   closingFee: left.map((_, i) => (i % 8 === 0 ? 20 + (i % 7) : null)),
 * });
 * const { columns } = findLeakage(table, left);
 * console.log(columns.map(({ column, verdict }) => `${column}: ${verdict}`)); // ["closingFee: notable", "months: none"]
 * console.log(columns[0]?.reasons.map(({ kind }) => kind)); // ["filledAfterOutcome"]
 * ```
 */
export function findLeakage(table: Table, labels: ArrayLike<number>, options?: FindLeakageOptions): LeakageReport {
  return runToEnd(findLeakageSteps(table, labels, options));
}

/** {@link findLeakage} in slices: one for each column, and those of the comparison with all others. */
export function* findLeakageSteps(table: Table, labels: ArrayLike<number>, options?: FindLeakageOptions): Steps<LeakageReport> {
  const caller = "findLeakage";
  const { knownAt, cutoff, timeZone, folds, seed, level } = readOptions<FindLeakageOptions, typeof FIND_LEAKAGE_OPTIONS>(caller, options, FIND_LEAKAGE_OPTIONS);
  checkTable(caller, "table", table);
  const checked = readBinaryLabels(caller, labels);
  checkSameLength(caller, "labels", labels.length, table.rowCount, "table");
  checkBothClasses(caller, checked);
  const crossFitting = readCrossFitting(caller, table.rowCount, checked.values, folds ?? 5, seed);
  const isLater = cutoff === undefined ? undefined : readLeakageCutoff(caller, cutoff, timeZone, table.rowCount);
  const known = readKnownAt(caller, table, knownAt, isLater !== undefined);
  const z = -normalQuantile((1 - level) / 2);

  const found: ColumnLeakage[] = [];
  for (const [name, column] of table.columns) {
    found.push(judge(table, name, column, { crossFitting, level, z, isLater, knownAt: known.get(name) }));
    yield { phase: "judging columns", done: found.length, total: table.columns.size };
  }
  found.sort(compareLeakage);
  yield* compareWithOthersSteps(table, crossFitting, level, found);
  found.sort(compareLeakage);
  return { rowCount: table.rowCount, positiveCount: checked.positiveCount, level, columns: found };
}

interface Judging {
  readonly crossFitting: CrossFitting;
  readonly level: number;
  readonly z: number;
  readonly isLater: IsLater | undefined;
  readonly knownAt: KnownAt | undefined;
}

function judge(table: Table, name: string, column: Column, { crossFitting, level, z, isLater, knownAt }: Judging): ColumnLeakage {
  const reasons: LeakageReason[] = [];
  const add = (kind: LeakageReason["kind"], weight: LeakageReason["weight"], text: string): number => reasons.push({ kind, weight, text });
  if (knownAt === "after") add("knownAfter", "leak", "is declared to be known after the cutoff");
  const laterCount = countLaterRows(table, name, column, isLater, knownAt);
  if (laterCount !== null && laterCount > 0) {
    if (typeof knownAt === "object") add("knownAfter", "leak", `was known only at the cutoff or later in ${laterCount} rows`);
    else add("afterCutoff", "leak", `holds times at the cutoff or later in ${laterCount} rows`);
  }
  const auc = columnAuc(column, crossFitting, level) ?? null;
  const copy = copyEvidence(column, crossFitting, z);
  if (copy.low > ALMOST_PERFECT_KAPPA) add("nearCopy", "strong", `is nearly a copy of the label (kappa ${copy.kappa.toFixed(3)})`);
  if (auc !== null && auc.low >= EXCELLENT_AUC) {
    add("tellsTooMuch", auc.low >= OUTSTANDING_AUC ? "strong" : "notable", `tells the outcome alone with an AUC of ${auc.auc.toFixed(3)} (at least ${auc.low.toFixed(3)})`);
  }
  const missing = missingEvidence(column, crossFitting.labels, z) ?? null;
  if (missing !== null && missing.low >= MODERATE_RATIO) {
    const { state, label, ratio } = missing;
    add("filledAfterOutcome", missing.low >= CONCLUSIVE_RATIO ? "strong" : "notable", `is ${state} ${ratio.toPrecision(3)} times as often where the label is ${label}`);
  }
  const ids = idEvidence(column) ?? null;
  if (ids !== null && ids.uniqueShare > MOST && table.rowCount >= MIN_ROWS_OF_IDS) add("idLike", "notable", `has a value of its own in ${(100 * ids.uniqueShare).toFixed(0)} % of the rows, like an id`);
  return { column: name, type: column.type, verdict: verdictOf(reasons, knownAt), reasons, auc, missing, copy, ids, laterCount, othersAuc: null, knownAt: knownAt ?? null };
}

function countLaterRows(table: Table, name: string, column: Column, isLater: IsLater | undefined, knownAt: KnownAt | undefined): number | null {
  if (isLater === undefined) return null;
  if (typeof knownAt === "object") return countLater(column, typedColumnOf("findLeakage", table, knownAt.column, "timestamp").values, isLater);
  if (column.type !== "timestamp") return null;
  return countLater(table.columns.get(name)!, column.values, isLater);
}

/** A declaration clears of suspicion, never of a fact. */
function verdictOf(reasons: readonly LeakageReason[], knownAt: KnownAt | undefined): LeakageVerdict {
  const has = (weight: LeakageReason["weight"]): boolean => reasons.some((reason) => reason.weight === weight);
  if (has("leak")) return "leak";
  const verdict = has("strong") ? "strong" : has("notable") ? "notable" : "none";
  return verdict !== "none" && knownAt !== undefined ? "cleared" : verdict;
}

/** Only the column that tells most alone can tell more than all others: they would contain any that tells more. */
function* compareWithOthersSteps(table: Table, crossFitting: CrossFitting, level: number, found: ColumnLeakage[]): Steps<void> {
  const usable = found.filter(({ verdict, reasons }) => verdict !== "leak" && !reasons.some(({ kind }) => kind === "idLike"));
  const best = usable.reduce<ColumnLeakage | undefined>((top, each) => ((each.auc?.low ?? 0) > (top?.auc?.low ?? 0) ? each : top), undefined);
  if (best?.auc === null || best === undefined || best.auc.low < EXCELLENT_AUC || usable.length < 2) return;
  const others = new Map([...table.columns].filter(([name]) => name !== best.column && usable.some(({ column }) => column === name)));
  // Where the values themselves are ranked, only rows with a value can be compared.
  const column = table.columns.get(best.column)!;
  const together = yield* predictTogetherSteps({ ...table, columns: others }, crossFitting.labels, crossFitting.folds);
  const scores = scoresOf(column, best, crossFitting);
  const rows = [...scores.keys()].filter((row) => !Number.isNaN(scores[row]));
  const pick = (values: Float64Array): Float64Array => Float64Array.from(rows, (row) => values[row]!);
  const { aucB, low } = compareAucs(pick(crossFitting.labels), pick(scores), pick(together), { level });
  const reasons: LeakageReason[] = low > 0 ? [...best.reasons, { kind: "beatsAllOthers", weight: "strong", text: `tells more than all other columns together (AUC ${aucB.toFixed(3)})` }] : [...best.reasons];
  found[found.indexOf(best)] = { ...best, reasons, othersAuc: aucB, verdict: verdictOf(reasons, best.knownAt ?? undefined) };
}

/** What the AUC of a column ranked; NaN for rows that it left out. */
function scoresOf(column: Column, { auc }: ColumnLeakage, crossFitting: CrossFitting): Float64Array {
  if (auc?.by === "levels" || auc?.by === "bands" || column.type === "category") return crossFittedMeans(column, crossFitting);
  const sign = auc?.by === "falling" ? -1 : 1;
  return Float64Array.from(column.values, (value) => (column.type === "boolean" && value > 1 ? NaN : sign * value));
}
