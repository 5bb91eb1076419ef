import { symmetricEigen, type SymmetricEigen } from "../linear-algebra/symmetric-eigen";

/** A twice differentiable function of a few parameters, convex or not. Evaluations are generators, so that a pass over much data can pause. */
export interface SmoothObjective<Pause> {
  /** Number of parameters. */
  readonly size: number;
  /** The value at `point`; fills the gradient and the upper triangle of the Hessian (flat, row-major). */
  derivatives(point: Float64Array, gradient: Float64Array, hessian: Float64Array): Generator<Pause, number, void>;
}

export interface TrustRegionOptions {
  /** Largest Newton decrement √(gᵀH⁻¹g) at a minimum: of a negative log-likelihood, the distance from its minimum in standard errors. */
  readonly tolerance: number;
  readonly maxIterations: number;
  /** A parameter whose absolute value exceeds it has run away. */
  readonly limit: number;
}

/**
 * How a minimisation ended.
 *
 * - `converged`: the Hessian is positive definite, and the Newton decrement is within the tolerance, or within rounding and no longer shrinking
 * - `runaway`: a parameter exceeded the limit, while the value still fell
 * - `stalled`: rounding, or a value that is not finite, allows no further progress
 * - `iterationLimit`: none of these after the allowed number of steps
 */
type TrustRegionStatus = "converged" | "runaway" | "stalled" | "iterationLimit";

export interface TrustRegionResult {
  readonly status: TrustRegionStatus;
  readonly point: Float64Array;
  readonly value: number;
  readonly gradient: Float64Array;
  /** Of the Hessian at `point`. */
  readonly eigen: SymmetricEigen;
  /** Largest absolute component of the gradient. */
  readonly gradientNorm: number;
  /** Steps tried. */
  readonly iterations: number;
}

const LONGEST_RADIUS = 4;
const SHORTEST_RADIUS = 1e-12;
/** A change of the value below this share of it may be rounding: then only the gradient tells whether a step is good. */
const ROUNDING_SHARE = 1e-11;
/** Where rounding ends the progress, the Newton decrement is at least this small. */
const ROUNDING_TOLERANCE = 1e-4;

/**
 * Minimises a smooth function by Newton's method in a trust region (Moré and Sorensen 1983; Nocedal and Wright 2006, section 4.3).
 * The step comes from the eigenvectors of the Hessian, so negative curvature is followed, not feared. Knows no model.
 */
export function* minimizeInTrustRegion<Pause>(
  objective: SmoothObjective<Pause>,
  start: Float64Array,
  options: TrustRegionOptions,
): Generator<Pause, TrustRegionResult, void> {
  const { size } = objective;
  const { tolerance, maxIterations, limit } = options;
  let point = Float64Array.from(start);
  let trial = new Float64Array(size);
  let gradient = new Float64Array(size);
  let trialGradient = new Float64Array(size);
  let hessian = new Float64Array(size * size);
  let trialHessian = new Float64Array(size * size);
  const step = new Float64Array(size);
  let value = yield* objective.derivatives(point, gradient, hessian);
  let eigen = symmetricEigen(hessian, size);
  let decrement = newtonDecrement(eigen, gradient);
  let radius = 1;

  for (let iterations = 0; ; iterations++) {
    const end = (status: TrustRegionStatus): TrustRegionResult => ({ status, point, value, gradient, eigen, gradientNorm: largest(gradient), iterations });
    if (!Number.isFinite(value)) return end("stalled");
    if (decrement <= tolerance) return end("converged");
    if (largest(point) > limit) return end("runaway");
    if (iterations === maxIterations) return end("iterationLimit");
    if (radius < SHORTEST_RADIUS) return end(decrement <= ROUNDING_TOLERANCE ? "converged" : "stalled");

    const predicted = fillStep(eigen, gradient, radius, step);
    for (let j = 0; j < size; j++) trial[j] = point[j]! + step[j]!;
    const trialValue = yield* objective.derivatives(trial, trialGradient, trialHessian);
    const trialEigen = symmetricEigen(trialHessian, size);
    const trialDecrement = newtonDecrement(trialEigen, trialGradient);
    const isRounding = predicted <= ROUNDING_SHARE * (Math.abs(value) + 1);
    const ratio = (value - trialValue) / predicted;
    const isBetter = isRounding ? trialDecrement < decrement : ratio > 1e-4;

    if (isRounding && !isBetter) return end(decrement <= ROUNDING_TOLERANCE ? "converged" : "stalled");
    // Written so that NaN shrinks the region.
    if (!isRounding && !(ratio >= 0.25)) radius = length(step) / 4;
    else if (ratio > 0.75 && length(step) > 0.8 * radius) radius = Math.min(2 * radius, LONGEST_RADIUS);
    if (!isBetter) continue;
    [point, trial] = [trial, point];
    [gradient, trialGradient] = [trialGradient, gradient];
    [hessian, trialHessian] = [trialHessian, hessian];
    [value, eigen, decrement] = [trialValue, trialEigen, trialDecrement];
  }
}

/** √(gᵀH⁻¹g); infinite where the Hessian is not positive definite. */
function newtonDecrement({ values, vectors }: SymmetricEigen, gradient: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    const component = along(vectors, gradient, i);
    const curvature = values[i]!;
    // Written so that NaN is not positive definite.
    if (!(curvature > 0)) return Infinity;
    sum += (component * component) / curvature;
  }
  return Math.sqrt(sum);
}

/** The minimiser of the quadratic model within the radius; returns the decrease that the model promises. */
function fillStep({ values, vectors }: SymmetricEigen, gradient: Float64Array, radius: number, out: Float64Array): number {
  const size = values.length;
  const components = Float64Array.from(values, (_, i) => along(vectors, gradient, i));
  const lengthAt = (shift: number): number => Math.hypot(...values.map((curvature, i) => (components[i] === 0 ? 0 : components[i]! / (curvature + shift))));
  const smallest = values[0]!;
  const isConvex = smallest > 0;
  // The shift that makes the smallest curvature just positive, relative to the largest.
  const lowest = isConvex ? 0 : -smallest + 1e-10 * Math.max(Math.abs(smallest), Math.abs(values[size - 1]!), Number.MIN_VALUE);
  let shift = lowest;
  if (lengthAt(lowest) > radius) {
    // Beyond this shift the step is shorter than the radius.
    let low = lowest;
    let high = lowest + Math.hypot(...components) / radius;
    for (let round = 0; round < 60 && high - low > 1e-10 * high; round++) {
      shift = (low + high) / 2;
      if (lengthAt(shift) > radius) low = shift;
      else high = shift;
    }
    shift = high;
  }
  const coordinates = components.map((component, i) => (component === 0 ? 0 : -component / (values[i]! + shift)));
  const rest = radius * radius - coordinates.reduce((sum, c) => sum + c * c, 0);
  // The hard case: no slope along the direction of negative curvature. Either way down is as good.
  if (!isConvex && rest > 0) coordinates[0] = coordinates[0]! + (coordinates[0]! < 0 ? -1 : 1) * Math.sqrt(rest);
  out.fill(0);
  let predicted = 0;
  for (let i = 0; i < size; i++) {
    const c = coordinates[i]!;
    predicted -= c * (components[i]! + 0.5 * values[i]! * c);
    for (let j = 0; j < size; j++) out[j] = out[j]! + c * vectors[j * size + i]!;
  }
  return predicted;
}

/** The component of a vector along an eigenvector. */
function along(vectors: Float64Array, vector: Float64Array, column: number): number {
  let sum = 0;
  for (let j = 0; j < vector.length; j++) sum += vectors[j * vector.length + column]! * vector[j]!;
  return sum;
}

function largest(vector: Float64Array): number {
  return vector.reduce((max, component) => Math.max(max, Math.abs(component)), 0);
}

function length(vector: Float64Array): number {
  return Math.hypot(...vector);
}
