import { SpecReader } from "../../../errors/spec";
import { readFeatureNames, readNamesAmong } from "../columns";

/** The saved form of a {@link MinMaxScalerModel}: plain finite JSON. */
export interface MinMaxScalerSpec {
  readonly kind: "minMaxScaler";
  readonly version: 1;
  /** What the smallest value of the fit becomes. */
  readonly from: number;
  /** What the largest value of the fit becomes. */
  readonly to: number;
  /** Whether values outside those of the fit become `from` and `to`. */
  readonly clip: boolean;
  readonly featureNames: readonly string[];
  /** One for each feature. */
  readonly minima: readonly number[];
  /** Largest value − smallest value; 1 for a constant column. */
  readonly ranges: readonly number[];
  /** Names of the columns that did not vary in the data of the fit. */
  readonly constantColumns: readonly string[];
}

/** Checks untrusted JSON and copies it. */
export function readMinMaxScalerSpec(caller: string, value: unknown): MinMaxScalerSpec {
  const reader = SpecReader.open(caller, value, "minMaxScaler", 1);
  const [from, to] = [reader.number("from"), reader.number("to")];
  if (!(to - from > 0 && to - from < Infinity)) throw reader.refuse("to", "above from, by a finite distance");
  const clip = reader.boolean("clip");
  const featureNames = readFeatureNames(reader);
  const minima = [...reader.numbers("minima", featureNames.length)];
  const ranges = [...reader.numbers("ranges", featureNames.length)];
  if (ranges.some((range) => range <= 0)) throw reader.refuse("ranges", "numbers above 0");
  const constantColumns = readNamesAmong(reader, "constantColumns", featureNames);
  return { kind: "minMaxScaler", version: 1, from, to, clip, featureNames, minima, ranges, constantColumns };
}
