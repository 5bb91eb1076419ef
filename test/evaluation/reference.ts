import { readFileSync } from "node:fs";
import type { BinaryScores } from "clientele/evaluation";

/** The files of test/reference/evaluation, made by scikit-learn (see generate.py there). */
function readReference(name: string): string {
  return readFileSync(new URL(`../reference/evaluation/${name}`, import.meta.url), "utf8");
}

export interface BinaryCase {
  readonly name: string;
  readonly labels: readonly number[];
  readonly probabilities: readonly number[];
  readonly scores: BinaryScores;
  readonly baseline: BinaryScores;
}

export function binaryCases(): readonly BinaryCase[] {
  return (JSON.parse(readReference("binary.json")) as { cases: BinaryCase[] }).cases;
}

export interface ClusterCase {
  readonly name: string;
  readonly rows: readonly (readonly number[])[];
  readonly labels: readonly number[];
  readonly silhouette: number;
  readonly widths: readonly number[];
  readonly calinskiHarabasz: number;
  readonly daviesBouldin: number;
}

export function clusterCases(): readonly ClusterCase[] {
  return (JSON.parse(readReference("clusters.json")) as { cases: ClusterCase[] }).cases;
}

export type TelcoModel = "logreg_C1" | "random_forest_500";

interface ResampledScores {
  readonly pooled: BinaryScores;
  readonly mean: BinaryScores;
  readonly folds: readonly BinaryScores[];
}

export interface TelcoScores {
  /** Printed by the run that made the predictions. */
  readonly run: Readonly<Record<TelcoModel, ResampledScores>> & { readonly baseLogLoss: number };
  /** Of the predictions as they stand in the file, rounded to 12 digits. */
  readonly file: Readonly<Record<TelcoModel, ResampledScores>>;
}

export function telcoScores(): TelcoScores {
  return JSON.parse(readReference("telco.json")) as TelcoScores;
}

export interface TelcoPredictions extends Readonly<Record<TelcoModel, Float64Array>> {
  readonly labels: Uint8Array;
  readonly folds: Int32Array;
}

export function telcoPredictions(): TelcoPredictions {
  const [header, ...lines] = readReference("telco-out-of-fold.csv").trim().split("\n");
  const names = header!.split(",");
  const cells = lines.map((line) => line.split(",").map(Number));
  const column = (name: string): number[] => cells.map((row) => row[names.indexOf(name)]!);
  return {
    labels: Uint8Array.from(column("y")),
    folds: Int32Array.from(column("fold")),
    logreg_C1: Float64Array.from(column("logreg_C1")),
    random_forest_500: Float64Array.from(column("random_forest_500")),
  };
}

const SCORES = ["auc", "logLoss", "brier", "accuracy", "averagePrecision"] as const satisfies readonly (keyof BinaryScores)[];

/** The largest difference of two sets of scores: of the figures below 1 in themselves, of larger ones in relation. */
export function largestDifference(a: BinaryScores, b: BinaryScores): number {
  return Math.max(...SCORES.map((name) => Math.abs(a[name] - b[name]) / Math.max(1, Math.abs(b[name]))));
}

/** The file of another folder of test/reference, whose shape its test knows. */
export function readExpected(subject: string): unknown {
  return JSON.parse(readFileSync(new URL(`../reference/${subject}/expected.json`, import.meta.url), "utf8"));
}

/** The largest |a − b|; NaN where only one of them is NaN, and where the lengths differ. */
export function largestGap(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return NaN;
  let largest = 0;
  for (let i = 0; i < a.length; i++) largest = Math.max(largest, Object.is(a[i], b[i]) ? 0 : Math.abs(a[i]! - b[i]!));
  return largest;
}
