import { checkBothClasses, readBinaryLabels } from "../../data/binary-labels";
import { checkFeatureMatrix, type FeatureMatrix } from "../../data/feature-matrix";
import { checkRowCount, checkSameLength, isObject } from "../../errors/check";
import { ClienteleError } from "../../errors/error";
import { checkOption, readOptions } from "../../errors/options";
import type { ClassWeights } from "./spec";

/** The checked input of a fit: rows with weight 0 are not in it. */
export interface Observations {
  readonly matrix: FeatureMatrix;
  readonly labels: Uint8Array;
  /** Above 0, as given; undefined where every row counts once. */
  readonly sampleWeights: Float64Array | undefined;
  /** Σ sample weights: the rows, where there are none. */
  readonly weightSum: number;
  /** Share of label 1, by sample weight. */
  readonly baseRate: number;
}

/** Smaller weights, as a share of the largest, would vanish in the sums. */
const SMALLEST_WEIGHT_SHARE = 1e-15;
const LARGEST_WEIGHT = 1e100;

export function readObservations(caller: string, matrix: FeatureMatrix, labels: ArrayLike<number>, sampleWeights: ArrayLike<number> | undefined): Observations {
  checkFeatureMatrix(caller, "matrix", matrix);
  checkRowCount(caller, "matrix", matrix.rowCount, 2);
  const checked = readBinaryLabels(caller, labels);
  checkSameLength(caller, "labels", labels.length, matrix.rowCount, "the matrix");
  checkBothClasses(caller, checked);
  if (sampleWeights === undefined) return observationsOf(matrix, checked.values, undefined);

  const weights = readSampleWeights(caller, sampleWeights, matrix.rowCount);
  const all = observationsOf(matrix, checked.values, weights);
  if (!weights.includes(0)) return all;
  const counted = Int32Array.from(weights.keys()).filter((row) => weights[row]! > 0);
  const values = Uint8Array.from(counted, (row) => checked.values[row]!);
  checkBothClasses(caller, { values, positiveCount: values.reduce((sum, label) => sum + label, 0) }, "labels of rows with a weight above 0");
  return takeObservations(all, counted);
}

/** The rows at `positions`. */
export function takeObservations({ matrix, labels, sampleWeights }: Observations, positions: Int32Array): Observations {
  const { columnCount } = matrix;
  const values = new Float64Array(positions.length * columnCount);
  positions.forEach((row, i) => values.set(matrix.values.subarray(row * columnCount, (row + 1) * columnCount), i * columnCount));
  return observationsOf(
    { ...matrix, rowCount: positions.length, rowIds: positions, values },
    Uint8Array.from(positions, (row) => labels[row]!),
    sampleWeights === undefined ? undefined : Float64Array.from(positions, (row) => sampleWeights[row]!),
  );
}

function observationsOf(matrix: FeatureMatrix, labels: Uint8Array, sampleWeights: Float64Array | undefined): Observations {
  let negatives = 0;
  let positives = 0;
  for (let i = 0; i < labels.length; i++) {
    const weight = sampleWeights === undefined ? 1 : sampleWeights[i]!;
    if (labels[i] === 1) positives += weight;
    else negatives += weight;
  }
  return { matrix, labels, sampleWeights, weightSum: negatives + positives, baseRate: positives / (negatives + positives) };
}

function readSampleWeights(caller: string, given: ArrayLike<number>, rowCount: number): Float64Array {
  checkSameLength(caller, "sampleWeights", given.length, rowCount, "the matrix");
  const weights = new Float64Array(rowCount);
  let largest = 0;
  for (let row = 0; row < rowCount; row++) {
    const weight = given[row]!;
    if (!(weight >= 0 && weight <= LARGEST_WEIGHT)) checkOption(caller, `sampleWeights[${row}]`, weight, { kind: "number", min: 0, max: LARGEST_WEIGHT });
    weights[row] = weight;
    largest = Math.max(largest, weight);
  }
  const tooSmall = weights.findIndex((weight) => weight > 0 && weight < SMALLEST_WEIGHT_SHARE * largest);
  if (tooSmall < 0) return weights;
  const parameter = `sampleWeights[${tooSmall}]`;
  const rule = `0 or at least ${SMALLEST_WEIGHT_SHARE} of the largest weight`;
  throw new ClienteleError("invalidOption", `${parameter} must be ${rule}; got ${weights[tooSmall]}`, { caller, parameter, row: tooSmall, rule, value: weights[tooSmall] });
}

const CLASS_WEIGHTS = {
  negative: { kind: "number", min: 1e-9, max: 1e9, required: true },
  positive: { kind: "number", min: 1e-9, max: 1e9, required: true },
} as const;

/** The class weights as numbers: "balanced" gives both classes half of the weight, n / (2 · weight of the class). */
export function readClassWeights(caller: string, given: "balanced" | ClassWeights | undefined, { baseRate }: Observations): ClassWeights | undefined {
  if (given === undefined) return undefined;
  if (given === "balanced") return { negative: 0.5 / (1 - baseRate), positive: 0.5 / baseRate };
  if (!isObject(given)) {
    const rule = '"balanced" or { negative, positive }';
    throw new ClienteleError("invalidOption", `classWeights must be ${rule}`, { caller, parameter: "classWeights", rule });
  }
  return readOptions<ClassWeights, typeof CLASS_WEIGHTS>(caller, given, CLASS_WEIGHTS, "classWeights");
}

/** Sample weight × class weight of every row, scaled to mean 1; undefined where all are equal. */
export function rowWeights({ labels, sampleWeights }: Observations, classWeights: ClassWeights | undefined): Float64Array | undefined {
  if (sampleWeights === undefined && classWeights === undefined) return undefined;
  const weights = Float64Array.from(labels, (label, row) => {
    const ofClass = classWeights === undefined ? 1 : label === 1 ? classWeights.positive : classWeights.negative;
    return ofClass * (sampleWeights === undefined ? 1 : sampleWeights[row]!);
  });
  const mean = weights.reduce((sum, weight) => sum + weight / weights.length, 0);
  return weights.map((weight) => weight / mean);
}
