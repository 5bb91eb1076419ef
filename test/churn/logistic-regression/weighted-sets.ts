import { readFileSync } from "node:fs";
import { featureMatrixFromRows, type FeatureMatrix } from "../../../src/data/feature-matrix";

export interface Fit {
  readonly intercept: number;
  readonly coefficients: readonly number[];
}

interface WeightedSets {
  readonly rows: readonly (readonly number[])[];
  readonly labels: readonly number[];
  readonly frequencies: readonly number[];
  readonly sampling: readonly number[];
  readonly frequency: Fit & { readonly logLikelihood: number };
  readonly classWeights: readonly (Fit & {
    readonly classWeights: "balanced" | { readonly negative: number; readonly positive: number };
    readonly weights: "sampling" | "frequencies" | null;
    readonly negative: number;
    readonly positive: number;
  })[];
  readonly elasticNet: readonly (Fit & {
    readonly strength: number;
    readonly l1Share: number;
    readonly standardize: boolean;
    readonly columns: readonly number[];
    readonly weights: "sampling" | "frequencies" | null;
  })[];
  readonly columns: readonly { readonly name: string; readonly rows: readonly (readonly number[])[]; readonly conditionNumber: number; readonly vif: readonly number[] }[];
  readonly firth: readonly (Fit & {
    readonly name: string;
    readonly rows: readonly (readonly number[])[];
    readonly labels: readonly number[];
    readonly weights: readonly number[] | null;
    readonly logLikelihood: number;
  })[];
}

const reference = new URL("../../reference/logistic-regression/", import.meta.url);

/** Fits by statsmodels, scikit-learn and in 40-digit arithmetic: see `generate_weights_and_penalties.py`. */
export const sets = JSON.parse(readFileSync(new URL("weights-and-penalties.json", reference), "utf8")) as WeightedSets;

export interface PathSet {
  readonly paths: readonly {
    readonly l1Share: number;
    readonly weighted: boolean;
    readonly strengths: readonly number[];
    readonly intercepts: readonly number[];
    readonly coefficients: readonly (readonly number[])[];
  }[];
  readonly folds: readonly number[];
  readonly choices: readonly {
    readonly l1Share: number;
    readonly weighted: boolean;
    readonly strengths: readonly number[];
    readonly logLoss: readonly number[];
    readonly standardError: readonly number[];
    readonly best: number;
    readonly oneStandardError: number;
  }[];
}

/** Paths by glmnet: see `generate_path.R`. */
export const readPaths = (): PathSet => JSON.parse(readFileSync(new URL("path.json", reference), "utf8")) as PathSet;

export const matrix: FeatureMatrix = featureMatrixFromRows(sets.rows);

export function weightsOf(name: "sampling" | "frequencies" | null): readonly number[] | undefined {
  return name === null ? undefined : sets[name];
}

/** Largest error of intercept and coefficients, relative to their size or to 1e-3 where they are smaller. */
export function largestError(model: Fit, expected: Fit): number {
  const pairs = [[model.intercept, expected.intercept], ...expected.coefficients.map((value, j) => [model.coefficients[j]!, value])];
  return Math.max(...pairs.map(([found, value]) => Math.abs(found! - value!) / Math.max(1e-3, Math.abs(value!))));
}
