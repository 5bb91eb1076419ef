import { SpecReader } from "../../errors/spec";
import { readFeatureNames, readNamesAmong } from "../scale/columns";

/** The saved form of a {@link StandardScalerModel}: plain finite JSON. */
export interface StandardScalerSpec {
  readonly kind: "standardScaler";
  readonly version: 1;
  /** Degrees of freedom that were taken off the row count for the standard deviations. */
  readonly ddof: 0 | 1;
  readonly featureNames: readonly string[];
  /** One for each feature. */
  readonly means: readonly number[];
  /** Standard deviations; 1 for a constant column. */
  readonly scales: readonly number[];
  /** Names of the columns that did not vary in the data of the fit. */
  readonly constantColumns: readonly string[];
}

/** Checks untrusted JSON and copies it. */
export function readStandardScalerSpec(caller: string, value: unknown): StandardScalerSpec {
  const reader = SpecReader.open(caller, value, "standardScaler", 1);
  const featureNames = readFeatureNames(reader);
  const means = [...reader.numbers("means", featureNames.length)];
  const scales = [...reader.numbers("scales", featureNames.length)];
  if (scales.some((scale) => scale <= 0)) throw reader.refuse("scales", "numbers above 0");
  const constantColumns = readNamesAmong(reader, "constantColumns", featureNames);
  const ddof = reader.number("ddof");
  if (ddof !== 0 && ddof !== 1) throw reader.refuse("ddof", "0 or 1");
  return { kind: "standardScaler", version: 1, ddof, featureNames, means, scales, constantColumns };
}
