import { SpecReader } from "../../../errors/spec";
import { readFeatureNames, readNamesAmong } from "../columns";

/** The saved form of a {@link RobustScalerModel}: plain finite JSON. */
export interface RobustScalerSpec {
  readonly kind: "robustScaler";
  readonly version: 1;
  /** Shares of the rows below the quantiles whose distance is the scale. */
  readonly lower: number;
  readonly upper: number;
  readonly featureNames: readonly string[];
  /** Medians, one for each feature. */
  readonly centers: readonly number[];
  /** Distances of the quantiles; the standard deviation or 1 where they are equal. */
  readonly scales: readonly number[];
  /** Names of the columns that vary while their quantiles are equal. */
  readonly zeroRangeColumns: readonly string[];
  /** Names of the columns that did not vary in the data of the fit. */
  readonly constantColumns: readonly string[];
}

/** Checks untrusted JSON and copies it. */
export function readRobustScalerSpec(caller: string, value: unknown): RobustScalerSpec {
  const reader = SpecReader.open(caller, value, "robustScaler", 1);
  const [lower, upper] = [reader.number("lower"), reader.number("upper")];
  if (lower < 0 || lower >= 0.5) throw reader.refuse("lower", "a number from 0 to below 0.5");
  if (upper <= 0.5 || upper > 1) throw reader.refuse("upper", "a number from above 0.5 to 1");
  const featureNames = readFeatureNames(reader);
  const centers = [...reader.numbers("centers", featureNames.length)];
  const scales = [...reader.numbers("scales", featureNames.length)];
  if (scales.some((scale) => scale <= 0)) throw reader.refuse("scales", "numbers above 0");
  const zeroRangeColumns = readNamesAmong(reader, "zeroRangeColumns", featureNames);
  const constantColumns = readNamesAmong(reader, "constantColumns", featureNames);
  return { kind: "robustScaler", version: 1, lower, upper, featureNames, centers, scales, zeroRangeColumns, constantColumns };
}
