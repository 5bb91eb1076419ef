import { checkFeatureMatrix, type FeatureMatrix } from "../../data/feature-matrix";
import { checkRowCount } from "../../errors/check";
import { checkOption, readOptions, SEED } from "../../errors/options";
import { RandomStream } from "../../numeric/random/random-stream";
import { computeMoments, standardDeviationOf } from "../../numeric/statistics/moments";
import { runToEnd, type Steps } from "../../steps/steps";
import { groupSteps, type Clusterer } from "./clusterer";
import { computeDispersion } from "./dispersion";
import { readPoints } from "./points";
import { drawReferenceSteps, referenceAxesOf } from "./reference-data";

/** Options of {@link computeGap}. */
export interface GapOptions {
  /** Groups the rows of a matrix into `k` clusters: the data, and each reference set in the same way. */
  readonly cluster: Clusterer;
  /** The largest number of clusters; the smallest is 1. @defaultValue 8, or as many as there are rows */
  readonly to?: number | undefined;
  /** How many reference sets. @defaultValue 100 */
  readonly references?: number | undefined;
  /**
   * The box from which reference rows are drawn uniformly: along the principal axes of the rows, which keeps their correlations,
   * or along the columns. @defaultValue "principal"
   */
  readonly box?: "principal" | "columns" | undefined;
  /** Decides the reference sets. @defaultValue 1 */
  readonly seed?: number | undefined;
}

/** The gap for one number of clusters. */
export interface GapCandidate {
  readonly k: number;
  /** log W, with W the sum of squared distances of the rows to the centroids of their clusters; −Infinity when all lie on them. */
  readonly logInertia: number;
  /** Mean of log W over the reference sets. */
  readonly expectedLogInertia: number;
  /** `expectedLogInertia` − `logInertia`: how much tighter the clusters are than without groups. */
  readonly gap: number;
  /** s = sd · √(1 + 1/B), with sd the standard deviation (1/B) of log W over the B reference sets. */
  readonly standardError: number;
}

/** What {@link computeGap} returns. */
export interface Gap {
  /** The smallest k with gap(k) ≥ gap(k + 1) − s(k + 1) (Tibshirani's rule); undefined when none below `to` has it. */
  readonly k: number | undefined;
  /** In ascending order of k, from 1. */
  readonly candidates: readonly GapCandidate[];
  readonly references: number;
}

const DEFAULT_TO = 8;

/**
 * How many clusters the rows have, 1 included: the gap statistic (Tibshirani, Walther and Hastie 2001).
 *
 * Compares log W with its mean over reference sets without groups: uniform in a box along the principal axes (their section 4, choice b).
 * Takes `references` + 1 groupings for each k. The answer 1 means no more than that a uniform box explains the rows as well;
 * skewed columns or ones with long tails can give more than 1 without any groups.
 *
 * @throws ClienteleError `tooFewRows` for fewer than two rows, `nonFinite` for NaN or infinity (with row and column), `invalidOption`;
 * whatever `cluster` throws.
 * @example
 * ```ts
 * import { featureMatrixFromRows } from "clientele/data";
 * import { computeGap } from "clientele/evaluation";
 * import { fitKMeans } from "clientele/segmentation";
 *
 * const matrix = featureMatrixFromRows([[1], [2], [3], [4], [31], [32], [33], [34]]);
 * const gap = computeGap(matrix, { cluster: ({ matrix, k, seed }) => fitKMeans(matrix, { k, seed }).predict(matrix), to: 4 });
 * console.log(gap.k); // 2
 * ```
 */
export function computeGap(matrix: FeatureMatrix, options: GapOptions): Gap {
  return runToEnd(gapSteps(matrix, options));
}

/** {@link computeGap} in slices: passes on the progress of a `cluster` that is a generator, and reports after each grouping. */
export function* gapSteps(matrix: FeatureMatrix, options: GapOptions): Steps<Gap> {
  const caller = "computeGap";
  checkFeatureMatrix(caller, "matrix", matrix);
  const { cluster, references, box, seed, ...given } = readOptions(caller, options, GAP_OPTIONS);
  checkRowCount(caller, "matrix", matrix.rowCount, 2);
  const to = given.to ?? Math.min(DEFAULT_TO, matrix.rowCount);
  checkOption(caller, "to", to, { kind: "integer", min: 1, max: matrix.rowCount }, "rows");
  // The gap does not depend on the unit, so it is taken where no square overflows; log W is put back into the caller's unit.
  const { points, unit } = readPoints(caller, matrix);
  const axes = referenceAxesOf(points, box === "columns" ? "columns" : "principal");
  const observed = yield* logInertiasSteps(caller, cluster, points, to, new RandomStream(seed), 0, references);
  const expected: Float64Array[] = [];
  for (let reference = 1; reference <= references; reference++) {
    const random = new RandomStream(seed, reference);
    const drawn = yield* drawReferenceSteps(axes, "box", points, random);
    expected.push(yield* logInertiasSteps(caller, cluster, drawn, to, random, reference, references));
  }
  return summarizeGap(observed, expected, 2 * Math.log(unit));
}

const GAP_OPTIONS = {
  cluster: { kind: "function", required: true },
  to: { kind: "integer", min: 1 },
  references: { kind: "integer", min: 1, max: 100_000, default: 100 },
  box: { kind: "oneOf", values: ["principal", "columns"], default: "principal" },
  seed: SEED,
} as const;

function* logInertiasSteps(caller: string, cluster: Clusterer, matrix: FeatureMatrix, to: number, random: RandomStream, done: number, references: number): Steps<Float64Array> {
  const logs = new Float64Array(to);
  for (let k = 1; k <= to; k++) {
    const clusters = yield* groupSteps(caller, cluster, { matrix, k, seed: random.nextUint32() });
    logs[k - 1] = Math.log(computeDispersion(matrix, clusters).withinSquares);
    yield { phase: "gap statistic", done, total: references };
  }
  return logs;
}

/** Gap and standard error for each k from log W of the data and of the reference sets; `shift` is added to every log W. */
export function summarizeGap(observed: Float64Array, references: readonly Float64Array[], shift = 0): Gap {
  const count = references.length;
  const candidates = Array.from(observed, (logInertia, i): GapCandidate => {
    const moments = computeMoments(references.map((logs) => logs[i]!));
    return {
      k: i + 1,
      logInertia: logInertia + shift,
      expectedLogInertia: moments.mean + shift,
      gap: moments.mean - logInertia,
      standardError: standardDeviationOf(moments, 0) * Math.sqrt(1 + 1 / count),
    };
  });
  const chosen = candidates.find(({ gap }, i) => {
    const next = candidates[i + 1];
    return next !== undefined && gap >= next.gap - next.standardError;
  });
  return { k: chosen?.k, candidates, references: count };
}
