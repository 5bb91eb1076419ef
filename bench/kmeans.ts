import { featureMatrixFromValues } from "clientele/data";
import { fitKMeans } from "clientele/segmentation";
import { kmeans } from "ml-kmeans";
import { RandomStream } from "../src/numeric/random/random-stream";
import { heading, measure } from "./measure";

const COLUMNS = 10;
const K = 8;
const ITERATIONS = 20;

/** The same start, the same number of iterations and no tolerance for both, on uniform random data (no early convergence). */
export function benchKMeans(): void {
  heading(`k-means: same start, ${ITERATIONS} iterations, × ${COLUMNS}, k = ${K}`);
  for (const rows of [10_000, 100_000]) {
    const random = new RandomStream(1);
    const values = Float64Array.from({ length: rows * COLUMNS }, () => random.nextFloat());
    const matrix = featureMatrixFromValues(values, Array.from({ length: COLUMNS }, (_, j) => `x${j}`));
    const points = Array.from({ length: rows }, (_, i) => Array.from(values.subarray(i * COLUMNS, (i + 1) * COLUMNS)));
    const start = points.slice(0, K);
    const ours = measure(() => fitKMeans(matrix, { k: K, start, maxIterations: ITERATIONS, tolerance: 0 }), 3);
    const theirs = measure(() => kmeans(points, K, { initialization: start, maxIterations: ITERATIONS, tolerance: 0 }), 3);
    console.log(
      `${String(rows).padStart(9)} rows  clientele ${ours.milliseconds.toFixed(0)} ms  ml-kmeans ${theirs.milliseconds.toFixed(0)} ms  ratio ${(theirs.milliseconds / ours.milliseconds).toFixed(1)}`,
    );
  }
}
