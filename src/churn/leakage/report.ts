import type { ColumnType } from "../../data/column";
import { checkShape } from "../../errors/check";
import { ClienteleError } from "../../errors/error";
import { readOptions } from "../../errors/options";
import type { CopyEvidence, IdEvidence, MissingEvidence } from "./evidence";
import type { KnownAt } from "./known-at";
import type { ColumnAuc } from "./single-column";

/**
 * What became of a column:
 *
 * - `leak`: a fact, not a suspicion: it is declared to be known after the cutoff, or holds what is later
 * - `strong`, `notable`: it tells the outcome better than what is known beforehand usually does
 * - `cleared`: it would be one of the two, and is declared to be known before the cutoff
 * - `none`
 */
export type LeakageVerdict = "leak" | "strong" | "notable" | "cleared" | "none";

/** Why a column is suspected. */
export interface LeakageReason {
  /**
   * - `knownAfter`: `knownAt` says so, or the times that it names
   * - `afterCutoff`: a timestamp column with times at the cutoff or later
   * - `nearCopy`: it says the label almost by itself
   * - `tellsTooMuch`: its AUC alone is what whole models seldom reach
   * - `beatsAllOthers`: and all other columns together tell less
   * - `filledAfterOutcome`: whether it has a value depends on the outcome
   * - `idLike`: most of its values name one row
   */
  readonly kind: "knownAfter" | "afterCutoff" | "nearCopy" | "tellsTooMuch" | "beatsAllOthers" | "filledAfterOutcome" | "idLike";
  readonly weight: "leak" | "strong" | "notable";
  /** In words, with the numbers. */
  readonly text: string;
}

/** One column and all that was found. */
export interface ColumnLeakage {
  readonly column: string;
  readonly type: ColumnType;
  readonly verdict: LeakageVerdict;
  readonly reasons: readonly LeakageReason[];
  /** How well it tells the outcome alone; null where fewer than two rows of either outcome have a value. */
  readonly auc: ColumnAuc | null;
  /** How missing cells go with the outcome; null where none or all are missing. */
  readonly missing: MissingEvidence | null;
  readonly copy: CopyEvidence;
  /** Of texts and whole numbers. */
  readonly ids: IdEvidence | null;
  /** Rows with a time, or a value known, at the cutoff or later; null where nothing was to be compared. */
  readonly laterCount: number | null;
  /** AUC of all other columns together, out of fold; null where it was not needed. */
  readonly othersAuc: number | null;
  readonly knownAt: KnownAt | null;
}

/** What {@link findLeakage} returns. */
export interface LeakageReport {
  readonly rowCount: number;
  readonly positiveCount: number;
  /** Confidence of the intervals: a column is judged by their cautious ends. */
  readonly level: number;
  /** Leaks first, then by weight, then by the lower end of the AUC. */
  readonly columns: readonly ColumnLeakage[];
}

const RANK: Readonly<Record<LeakageVerdict, number>> = { leak: 0, strong: 1, notable: 2, cleared: 3, none: 3 };

export function compareLeakage(a: ColumnLeakage, b: ColumnLeakage): number {
  return RANK[a.verdict] - RANK[b.verdict] || (b.auc?.low ?? 0) - (a.auc?.low ?? 0);
}

/** Options of {@link assertNoLeakage}. */
export interface AssertNoLeakageOptions {
  /** What is refused: leaks, which are facts; or also what is strongly suspected; or all that is. @defaultValue "leak" */
  readonly refuse?: "leak" | "strong" | "notable" | undefined;
}

const ASSERT_NO_LEAKAGE_OPTIONS = { refuse: { kind: "oneOf", values: ["leak", "strong", "notable"], default: "leak" } } as const;

/**
 * Stops where a column must not be a feature: for a pipeline that has to fail rather than to learn from the future.
 *
 * @throws ClienteleError `invalidInput`, naming the columns and the reasons.
 * @example
 * ```ts
 * import { assertNoLeakage, findLeakage } from "clientele/churn";
 * import { tableFromColumns } from "clientele/data";
 *
 * const table = tableFromColumns({ months: [1, 5, 9, 2, 7, 3], calls: [4, 1, 0, 3, 2, 5] });
 * const report = findLeakage(table, [1, 0, 0, 1, 0, 1], { folds: 2, knownAt: { calls: "after" } });
 * try {
 *   assertNoLeakage(report);
 * } catch (error) {
 *   console.log(String(error)); // ClienteleError: assertNoLeakage: 1 of 2 columns must not be features: "calls" is declared to be known after the cutoff
 * }
 * ```
 */
export function assertNoLeakage(report: LeakageReport, options?: AssertNoLeakageOptions): void {
  const caller = "assertNoLeakage";
  const { refuse } = readOptions(caller, options, ASSERT_NO_LEAKAGE_OPTIONS);
  checkShape(caller, "report", report, "what findLeakage returns", (fields) => Array.isArray(fields["columns"]) && typeof fields["positiveCount"] === "number");
  const refused = report.columns.filter(({ verdict }) => verdict !== "none" && verdict !== "cleared" && RANK[verdict] <= RANK[refuse]);
  if (refused.length === 0) return;
  const list = refused.map(({ column, reasons }) => `${JSON.stringify(column)} ${reasons.map(({ text }) => text).join(", ")}`);
  throw new ClienteleError("invalidInput", `${refused.length} of ${report.columns.length} columns must not be features: ${list.join("; ")}`, {
    caller,
    parameter: "report",
    column: refused[0]!.column,
    rule: "known before the cutoff",
  });
}
