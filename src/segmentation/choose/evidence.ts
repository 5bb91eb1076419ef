import type { FeatureMatrix } from "../../data/feature-matrix";
import { drawReferenceSteps, referenceAxesOf, type ReferenceAxes, type ReferenceShape } from "../../evaluation/clustering/reference-data";
import { RandomStream } from "../../numeric/random/random-stream";
import type { Steps } from "../../steps/steps";
import { spreadTies } from "./spread-ties";
import { deepestValleySteps, LEAST_ROWS } from "./valleys";

/** How the rows compare with simulated ones of one shape without clusters. */
export interface NullComparison {
  /** Estimated probability that such rows have a valley at least as deep as the data. */
  readonly pValue: number;
  readonly simulations: number;
}

/** Whether the rows fall into clusters at all, whatever their number. */
export interface ClusterEvidence {
  /**
   * - `clusters`: a single cloud would hardly ever have such a valley (`pValue` at most `level`)
   * - `none`: no evidence of clusters; the groups are parts of one cloud, as far as can be told
   * - `notTested`: fewer than 20 rows, rows that are all equal, or `simulations: 0`
   */
  readonly status: "clusters" | "none" | "notTested";
  /** The larger one of both comparisons; undefined where nothing was tested. */
  readonly pValue: number | undefined;
  readonly level: number;
  /** Beside a Gaussian cloud with the covariance of the rows. */
  readonly gaussian: NullComparison | undefined;
  /** Beside a uniform box with the covariance of the rows: the flattest shape that has no valley. */
  readonly uniform: NullComparison | undefined;
  /** The largest √n · dip over the cuts of the rows. */
  readonly valley: number | undefined;
  /** Rows that were tested: a random sample where there are many. */
  readonly rowCount: number;
}

/** Simulations end when so many had a deeper valley than the data: the answer is clear then. */
const ENOUGH_DEEPER = 10;

interface EvidenceOptions {
  readonly simulations: number;
  readonly level: number;
  readonly seed: number;
}

/** Streams of random numbers: one for the data, one for each simulation of each shape. */
const DATA_STREAM = 1_000_000;
const FIRST_STREAM = { gaussian: 2_000_000, flat: 3_000_000 } as const;

export function* clusterEvidenceSteps(matrix: FeatureMatrix, { simulations, level, seed }: EvidenceOptions): Steps<ClusterEvidence> {
  const { rowCount } = matrix;
  const untested: ClusterEvidence = { status: "notTested", pValue: undefined, level, gaussian: undefined, uniform: undefined, valley: undefined, rowCount };
  if (simulations === 0 || rowCount < LEAST_ROWS) return untested;
  const random = new RandomStream(seed, DATA_STREAM);
  const spread = spreadTies(matrix, random);
  const axes = referenceAxesOf(spread, "principal");
  if (axes.deviations[0] === 0) return untested;
  const valley = yield* deepestValleySteps(spread, random);
  const gaussian = yield* compareSteps(spread, axes, "gaussian", valley, simulations, seed);
  const uniform = yield* compareSteps(spread, axes, "flat", valley, simulations, seed);
  const pValue = Math.max(gaussian.pValue, uniform.pValue);
  return { status: pValue <= level ? "clusters" : "none", pValue, level, gaussian, uniform, valley, rowCount };
}

/**
 * The p-value by simulation: (deeper + 1) / (simulations + 1), or deeper / simulations where they were ended early (Besag and Clifford 1991).
 */
function* compareSteps(
  matrix: FeatureMatrix,
  axes: ReferenceAxes,
  shape: Exclude<ReferenceShape, "box">,
  valley: number,
  simulations: number,
  seed: number,
): Steps<NullComparison> {
  let deeper = 0;
  for (let i = 0; i < simulations; i++) {
    const random = new RandomStream(seed, FIRST_STREAM[shape] + i);
    const drawn = yield* drawReferenceSteps(axes, shape, matrix, random);
    if ((yield* deepestValleySteps(drawn, random)) >= valley) deeper++;
    if (deeper === ENOUGH_DEEPER) return { pValue: deeper / (i + 1), simulations: i + 1 };
    yield { phase: `clusters or one ${shape === "flat" ? "uniform" : "Gaussian"} cloud`, done: i + 1, total: simulations };
  }
  return { pValue: (deeper + 1) / (simulations + 1), simulations };
}
