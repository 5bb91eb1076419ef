import type { StandardizedColumns } from "../../numeric/linear-algebra/standardized-columns";
import type { Steps } from "../../steps/steps";
import type { FittedData } from "./fitted-data";
import { multiplyUpper, solveTransposed, solveUpper } from "./information-factor";
import { choleskyFactor, rowFactorSteps, scoreSquaresSteps } from "./row-factor";

/** Where the errors come from; see `InferenceOptions`. */
export type CovarianceKind = "model" | "HC0" | "HC1";

/** What a coefficient in the units of the matrix is of θ: a · θ. The intercept first, then every column that is in the fit. */
function coefficientDirections({ columns, centers, scales }: StandardizedColumns): Float64Array[] {
  const size = columns.length + 1;
  const intercept = Float64Array.from({ length: size }, (_, j) => (j === 0 ? 1 : -centers[j - 1]! * scales[j - 1]!));
  return [intercept, ...Array.from(columns, (_, j) => Float64Array.from({ length: size }, (_, k) => (k === j + 1 ? scales[j]! : 0)))];
}

/**
 * One vector for each coefficient whose products are their covariances, so that a variance is a sum of squares, in which nothing cancels.
 *
 * Model: R⁻ᵀ a / √n. Robust: S R⁻¹ R⁻ᵀ a / √n, where SᵀS is the mean square of the scores (the sandwich of Huber 1967 and White 1980, HC0),
 * times √(n / (n − k)) for HC1.
 */
export function* covarianceVectorsSteps(fitted: FittedData, kind: CovarianceKind): Steps<Float64Array[]> {
  const { observations, prepared, point, information, observationCount } = fitted;
  const whitened = coefficientDirections(prepared.rows.data).map((direction) => solveTransposed(information.factor, direction));
  if (kind === "model") return whitened.map((vector) => scaled(vector, 1 / Math.sqrt(observationCount)));
  const frequencies = fitted.weightKind === "frequency" ? observations.sampleWeights : undefined;
  const squares = yield* scoreSquaresSteps(prepared.rows, point, frequencies);
  const scores = choleskyFactor(squares, point.length) ?? (yield* rowFactorSteps(prepared.rows, point, "score", frequencies));
  const correction = kind === "HC1" ? observationCount / (observationCount - point.length) : 1;
  const scale = Math.sqrt(correction / observations.matrix.rowCount);
  return whitened.map((vector) => scaled(multiplyUpper(scores, solveUpper(information.factor, vector)), scale));
}

/** The covariances, row after row. */
export function covarianceMatrixOf(vectors: readonly Float64Array[]): Float64Array {
  const size = vectors.length;
  const matrix = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = i; j < size; j++) {
      const product = vectors[i]!.reduce((sum, component, k) => sum + component * vectors[j]![k]!, 0);
      matrix[i * size + j] = product;
      matrix[j * size + i] = product;
    }
  }
  return matrix;
}

function scaled(vector: Float64Array, scale: number): Float64Array {
  return vector.map((component) => component * scale);
}
