import { featureMatrixFromValues, type FeatureMatrix } from "clientele/data";
import { computeSilhouette } from "clientele/evaluation";
import { RandomStream } from "../src/numeric/random/random-stream";
import { heading, measure } from "./measure";

const COLUMNS = 10;
const CLUSTERS = 8;

function example(rows: number): { readonly matrix: FeatureMatrix; readonly labels: Int32Array } {
  const random = new RandomStream(1);
  const labels = Int32Array.from({ length: rows }, () => random.nextInteger(CLUSTERS));
  const values = Float64Array.from({ length: rows * COLUMNS }, (_, i) => random.nextFloat() + labels[Math.floor(i / COLUMNS)]! / CLUSTERS);
  return { matrix: featureMatrixFromValues(values, Array.from({ length: COLUMNS }, (_, j) => `x${j}`)), labels };
}

/** The exact silhouette beside the plain double loop, and its estimate from a sample. */
export function benchSilhouette(): void {
  heading(`Silhouette: × ${COLUMNS}, ${CLUSTERS} clusters`);
  for (const [rows, runs] of [[10_000, 3], [50_000, 1]] as const) {
    const { matrix, labels } = example(rows);
    const exact = measure(() => computeSilhouette(matrix, labels, { sampleSize: rows }), runs);
    const sampled = measure(() => computeSilhouette(matrix, labels), runs);
    const matrixMegabytes = matrix.values.byteLength / 1e6;
    console.log(
      `${String(rows).padStart(9)} rows  exact ${exact.milliseconds.toFixed(0)} ms, peak ${exact.peakMegabytes.toFixed(0)} MB above the matrix of ${matrixMegabytes.toFixed(1)} MB` +
        `  sample of 5,000 ${sampled.milliseconds.toFixed(0)} ms, standard error ${computeSilhouette(matrix, labels).standardError.toFixed(4)}`,
    );
  }
  const { matrix, labels } = example(10_000);
  const ours = measure(() => computeSilhouette(matrix, labels, { sampleSize: 10_000 }), 3);
  const plain = measure(() => plainSilhouette(matrix, labels), 3);
  console.log(`    10000 rows  exact ${ours.milliseconds.toFixed(0)} ms  plain double loop ${plain.milliseconds.toFixed(0)} ms  ratio ${(plain.milliseconds / ours.milliseconds).toFixed(1)}`);
}

/** The definition, row by row in the order given: the mean width. */
function plainSilhouette({ values, rowCount, columnCount }: FeatureMatrix, labels: Int32Array): number {
  const counts = new Int32Array(CLUSTERS);
  labels.forEach((label) => counts[label]!++);
  const sums = new Float64Array(CLUSTERS);
  let mean = 0;
  for (let i = 0; i < rowCount; i++) {
    sums.fill(0);
    for (let j = 0; j < rowCount; j++) {
      let squares = 0;
      for (let c = 0; c < columnCount; c++) squares += (values[i * columnCount + c]! - values[j * columnCount + c]!) ** 2;
      sums[labels[j]!]! += Math.sqrt(squares);
    }
    const own = labels[i]!;
    const within = sums[own]! / (counts[own]! - 1);
    const nearest = Math.min(...Array.from(sums, (sum, code) => (code === own ? Infinity : sum / counts[code]!)));
    mean += (nearest - within) / Math.max(within, nearest) / rowCount;
  }
  return mean;
}
