import { SpecReader } from "../../../errors/spec";
import { readFeatureNames, readNamesAmong } from "../columns";

/** The saved form of a {@link LogScalerModel}: plain JSON. */
export interface LogScalerSpec {
  readonly kind: "logScaler";
  readonly version: 1;
  readonly featureNames: readonly string[];
  /** Names of the columns whose logarithm is taken, in the order of the features. */
  readonly columns: readonly string[];
}

/** Checks untrusted JSON and copies it. */
export function readLogScalerSpec(caller: string, value: unknown): LogScalerSpec {
  const reader = SpecReader.open(caller, value, "logScaler", 1);
  const featureNames = readFeatureNames(reader);
  return { kind: "logScaler", version: 1, featureNames, columns: readNamesAmong(reader, "columns", featureNames) };
}
