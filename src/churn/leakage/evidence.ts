import { isMissingAt, type Column } from "../../data/column";
import { wilsonBounds } from "../../numeric/statistics/proportion-interval";
import { crossFittedMeans } from "./single-column";
import type { CrossFitting } from "../../features/encode/cross-fit";

/** How missing cells go with the outcome. */
export interface MissingEvidence {
  /** The share of cells without a value. */
  readonly missingShare: number;
  /** What is telling: that a cell has a value, or that it has none. */
  readonly state: "filled" | "missing";
  /** The outcome it points to. */
  readonly label: 0 | 1;
  /** How many times more frequent the state is among rows of that outcome than among the others: the likelihood ratio. */
  readonly ratio: number;
  /** The lower end of its interval. */
  readonly low: number;
}

/**
 * Of the four likelihood ratios (a cell filled or missing, either outcome) the one whose lower bound is highest. The interval is that of
 * Simel, Samsa and Matchar (1991) on the log scale, with half a row added to every count so that none is 0.
 */
export function missingEvidence(column: Column, labels: Float64Array, z: number): MissingEvidence | undefined {
  // Rows by outcome, and those of them without a value.
  const rows = [0, 0];
  const missing = [0, 0];
  for (let row = 0; row < labels.length; row++) {
    const label = labels[row]!;
    rows[label]!++;
    if (isMissingAt(column, row)) missing[label]!++;
  }
  const missingCount = missing[0]! + missing[1]!;
  if (missingCount === 0 || missingCount === labels.length) return undefined;
  let best: MissingEvidence | undefined;
  for (const label of [0, 1] as const) {
    const other = 1 - label;
    for (const state of ["filled", "missing"] as const) {
      const countOf = (outcome: number): number => (state === "missing" ? missing[outcome]! : rows[outcome]! - missing[outcome]!) + 0.5;
      const share = countOf(label) / (rows[label]! + 1);
      const otherShare = countOf(other) / (rows[other]! + 1);
      const ratio = share / otherShare;
      const error = Math.sqrt(1 / countOf(label) - 1 / (rows[label]! + 1) + 1 / countOf(other) - 1 / (rows[other]! + 1));
      const low = ratio * Math.exp(-z * error);
      if (best === undefined || low > best.low) best = { missingShare: missingCount / labels.length, state, label, ratio, low };
    }
  }
  return best;
}

/** How nearly a column says the label itself. */
export interface CopyEvidence {
  /** Cohen's kappa of the label and what the column alone would call it: 1 for a copy, 0 for chance. */
  readonly kappa: number;
  /** The lower end of its interval. */
  readonly low: number;
}

/**
 * A category or truth value calls the label of its level among the other folds; of numbers, every cut and both directions are tried.
 * The lower end is that of Wilson's interval of the agreement, with the agreement by chance as it is: of Cohen's (1960) own standard error
 * nothing would be left where the agreement is perfect.
 */
export function copyEvidence(column: Column, crossFitting: CrossFitting, z: number): CopyEvidence {
  const { labels } = crossFitting;
  const rowCount = labels.length;
  const positives = labels.reduce((sum, label) => sum + label, 0);
  const kappaAt = (hits: number, called: number): CopyEvidence => {
    const agreed = hits + (rowCount - positives - (called - hits));
    const chance = (called * positives + (rowCount - called) * (rowCount - positives)) / rowCount ** 2;
    const beyondChance = (agreement: number): number => (chance === 1 ? 0 : (agreement - chance) / (1 - chance));
    return { kappa: beyondChance(agreed / rowCount), low: beyondChance(wilsonBounds(agreed, rowCount, z)[0]) };
  };
  if (column.type === "category" || column.type === "boolean") {
    const means = crossFittedMeans(column, crossFitting);
    let hits = 0;
    let called = 0;
    for (let row = 0; row < rowCount; row++) {
      if (means[row]! < 0.5) continue;
      called++;
      hits += labels[row]!;
    }
    return kappaAt(hits, called);
  }
  const { values } = column;
  // Missing cells are called nothing, that is 0, in both directions.
  const order = Int32Array.from(values.keys()).filter((row) => !Number.isNaN(values[row]));
  order.sort((a, b) => values[a]! - values[b]!);
  const presentPositives = order.reduce((sum, row) => sum + labels[row]!, 0);
  let best = kappaAt(0, 0);
  let hits = 0;
  for (let k = 0; k < order.length; k++) {
    hits += labels[order[k]!]!;
    if (k + 1 < order.length && values[order[k + 1]!] === values[order[k]!]) continue;
    const below = kappaAt(hits, k + 1);
    const above = kappaAt(presentPositives - hits, order.length - k - 1);
    if (below.kappa > best.kappa) best = below;
    if (above.kappa > best.kappa) best = above;
  }
  return best;
}

/** How far a column tells rows apart. */
export interface IdEvidence {
  readonly distinctCount: number;
  /** The share of rows whose value no other row has. */
  readonly uniqueShare: number;
}

/** Of texts and whole numbers; a measured quantity is different in nearly every row without naming it. */
export function idEvidence(column: Column): IdEvidence | undefined {
  if (column.type === "boolean" || column.type === "timestamp") return undefined;
  const cells = column.type === "category" ? column.codes : column.values;
  const countOf = new Map<number, number>();
  for (const cell of cells) {
    if (column.type === "category" ? cell < 0 : Number.isNaN(cell)) continue;
    if (!Number.isInteger(cell)) return undefined;
    countOf.set(cell, (countOf.get(cell) ?? 0) + 1);
  }
  let unique = 0;
  for (const count of countOf.values()) if (count === 1) unique++;
  return { distinctCount: countOf.size, uniqueShare: cells.length === 0 ? 0 : unique / cells.length };
}
