import { readFileSync } from "node:fs";

const folder = new URL("../../reference/inference/", import.meta.url);

export interface LogitFit {
  readonly estimates: readonly number[];
  readonly standardErrors: readonly number[];
  readonly z: readonly number[];
  readonly p: readonly number[];
  readonly low: readonly number[];
  readonly high: readonly number[];
  readonly HC0: readonly number[];
  readonly HC1: readonly number[];
  readonly covariance: readonly number[] | null;
  readonly logLikelihood: number;
  readonly nullLogLikelihood: number;
  readonly aic: number;
  readonly bic: number;
  readonly mcFaddenR2: number;
  readonly likelihoodRatio: number;
  readonly likelihoodRatioLogP: number;
  readonly residualDegrees: number;
}

interface ProfileSet {
  readonly name: string;
  readonly level: number;
  readonly estimates: readonly number[];
  readonly standardErrors: readonly number[];
  readonly low: readonly number[];
  readonly high: readonly number[];
  readonly statistics: readonly number[];
  readonly logP: readonly number[];
  readonly overall: number;
}

interface InferenceReference {
  readonly telco: Readonly<Record<"asZero" | "dropped", LogitFit & { readonly columns: readonly string[] }>>;
  readonly data: {
    readonly rows: readonly (readonly number[])[];
    readonly labels: readonly number[];
    readonly frequencies: readonly number[];
    readonly sampling: readonly number[];
  };
  readonly plain: LogitFit;
  readonly frequency: LogitFit;
  readonly comparisons: readonly { readonly small: readonly number[]; readonly large: readonly number[]; readonly statistic: number; readonly degreesOfFreedom: number; readonly p: number }[];
  readonly profiles: readonly (ProfileSet & { readonly rows?: readonly (readonly number[])[]; readonly labels?: readonly number[]; readonly weights: "frequencies" | null })[];
  readonly columnProfiles: readonly (Omit<ProfileSet, "overall"> & { readonly rows: readonly (readonly number[])[]; readonly labels: readonly number[] })[];
  readonly hard: readonly {
    readonly name: string;
    readonly rows: readonly (readonly number[])[];
    readonly labels: readonly number[];
    readonly estimates: readonly number[];
    readonly standardErrors: readonly number[];
    readonly HC0: readonly number[];
    readonly logP: readonly number[];
  }[];
  readonly firth: readonly (ProfileSet & { readonly rows: readonly (readonly number[])[]; readonly labels: readonly number[]; readonly weights: readonly number[] | null })[];
  readonly tails: readonly { readonly x: number; readonly degrees: number; readonly logTail: number }[];
}

interface SandwichFit {
  readonly estimates: readonly number[];
  readonly HC0: readonly number[];
  readonly HC1: readonly number[];
}

interface SandwichReference extends Readonly<Record<"none" | "sampling" | "balanced" | "samplingAndClasses", SandwichFit>> {
  readonly model: { readonly standardErrors: readonly number[]; readonly aic: number; readonly bic: number; readonly nullDeviance: number; readonly deviance: number };
}

/** By statsmodels and in exact arithmetic: see `generate.py`. */
export const reference = JSON.parse(readFileSync(new URL("inference.json", folder), "utf8")) as InferenceReference;

/** By R's glm and the package sandwich: see `generate.R`. */
export const sandwich = JSON.parse(readFileSync(new URL("sandwich.json", folder), "utf8")) as SandwichReference;

/** Largest error, relative to each value. */
export function relativeError(found: readonly number[], expected: readonly number[]): number {
  if (found.length !== expected.length) throw new Error(`${found.length} values for ${expected.length}`);
  return Math.max(...found.map((value, k) => (value === expected[k] ? 0 : Math.abs(value - expected[k]!) / Math.abs(expected[k]!))));
}
