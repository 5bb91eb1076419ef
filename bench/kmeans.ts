import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { featureMatrixFromValues, type FeatureMatrix } from "clientele/data";
import { fitKMeans, kMeansSteps } from "clientele/segmentation";
import { kmeans } from "ml-kmeans";
import { RandomStream } from "../src/numeric/random/random-stream";
import { heading } from "./measure";

type Kind = "uniform" | "clustered";

interface Peer {
  readonly version: string;
  readonly algorithm: string;
  readonly seconds: number;
  readonly inertia: number;
}

const SIZES = [10_000, 100_000, 1_000_000];
const SHAPES = [
  { columns: 10, k: 8, iterations: 300 },
  { columns: 50, k: 20, iterations: 100 },
] as const;

/**
 * Beside ml-kmeans and scikit-learn, best of several runs: the same start (the first k rows), tolerance 0, the same limit of iterations.
 * The environment variable PYTHON names an interpreter with scikit-learn; without it that peer is left out.
 */
export function benchKMeans(): void {
  const folder = mkdtempSync(join(tmpdir(), "kmeans-"));
  try {
    for (const { columns, k, iterations } of SHAPES) {
      heading(`k-means × ${columns}, k = ${k}: same start, tolerance 0, at most ${iterations} iterations`);
      for (const kind of ["uniform", "clustered"] as const) for (const rows of SIZES) beside(folder, kind, rows, columns, k, iterations);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  memory();
  growth();
  smallFits();
}

function beside(folder: string, kind: Kind, rows: number, columns: number, k: number, maxIterations: number): void {
  const matrix = matrixOf(kind, rows, columns, k);
  const start = rowsOf(matrix, k);
  const options = { k, start, tolerance: 0, maxIterations };
  let model = fitKMeans(matrix, options);
  const repeats = rows < 1_000_000 ? 3 : 2;
  let seconds = Infinity;
  for (let repeat = 0; repeat < repeats; repeat++) seconds = Math.min(seconds, secondsOf(() => (model = fitKMeans(matrix, options))));
  const peer = scikitLearn(folder, matrix, k, maxIterations);
  // Every iteration of ml-kmeans costs the same: a few of them are enough.
  const peerIterations = rows < 100_000 ? Math.min(20, model.iterations) : 3;
  const points = rowsOf(matrix, rows);
  const mlSeconds = (secondsOf(() => kmeans(points, k, { initialization: start, tolerance: 0, maxIterations: peerIterations })) / peerIterations) * model.iterations;
  const besidePeer =
    peer === undefined
      ? "scikit-learn left out (PYTHON is not set)"
      : `scikit-learn ${peer.version} ${peer.algorithm} ${peer.seconds.toFixed(2)} s, ratio ${(peer.seconds / seconds).toFixed(1)}, inertia off by ${Math.abs(model.inertia / peer.inertia - 1).toExponential(0)}`;
  console.log(`${kind.padEnd(9)} ${String(rows).padStart(8)}  ${seconds.toFixed(2)} s, ${model.iterations} iterations  ml-kmeans ${mlSeconds.toFixed(1)} s, ratio ${(mlSeconds / seconds).toFixed(1)}  ${besidePeer}`);
}

function scikitLearn(folder: string, { values, columnCount }: FeatureMatrix, k: number, iterations: number): Peer | undefined {
  const python = process.env["PYTHON"];
  if (python === undefined) return undefined;
  const file = join(folder, "values.f64");
  writeFileSync(file, new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  const script = fileURLToPath(new URL("kmeans/scikit_learn.py", import.meta.url));
  const output = execFileSync(python, [script, file, String(columnCount), String(k), String(iterations)], { env: { ...process.env, OMP_NUM_THREADS: "1" }, encoding: "utf8" });
  return JSON.parse(output) as Peer;
}

/** Resident memory at its peak, slice by slice, beside the matrix itself. */
function memory(): void {
  heading("k-means: memory at the peak, the matrix included");
  for (const { columns, k } of SHAPES) {
    const matrix = matrixOf("uniform", 1_000_000, columns, k);
    const start = rowsOf(matrix, k);
    globalThis.gc?.();
    const before = process.memoryUsage.rss();
    let highest = before;
    for (const steps = kMeansSteps(matrix, { k, start, maxIterations: 5 }); steps.next().done !== true; ) highest = Math.max(highest, process.memoryUsage.rss());
    console.log(`1,000,000 × ${columns}, k = ${k}: ${(1 + (highest - before) / matrix.values.byteLength).toFixed(2)} × the matrix`);
  }
}

function growth(): void {
  heading("k-means: time of 50 iterations on uniform data");
  const print = (rows: number, columns: number, k: number): void => {
    const matrix = matrixOf("uniform", rows, columns, k);
    const start = rowsOf(matrix, k);
    const run = (): void => void fitKMeans(matrix, { k, start, tolerance: 0, maxIterations: 50 });
    run();
    console.log(`${String(rows).padStart(8)} × ${String(columns).padStart(2)}, k = ${String(k).padStart(3)}  ${(1000 * secondsOf(run)).toFixed(0)} ms`);
  };
  for (const rows of [25_000, 50_000, 100_000, 200_000, 400_000]) print(rows, 10, 8);
  for (const columns of [5, 20, 40]) print(100_000, columns, 8);
  for (const k of [4, 16, 32, 64, 128]) print(100_000, 10, k);
}

function smallFits(): void {
  heading("k-means: a fit with its 10 restarts and the search, median of 30 seeds");
  for (const [rows, columns, k] of [[200, 3, 5], [200, 3, 8], [1000, 10, 8], [2000, 10, 8], [10_000, 10, 8]] as const) {
    const matrix = matrixOf("clustered", rows, columns, k);
    const times = Array.from({ length: 30 }, (_, seed) => secondsOf(() => fitKMeans(matrix, { k, seed }))).sort((a, b) => a - b);
    console.log(`${String(rows).padStart(6)} × ${String(columns).padStart(2)}, k = ${k}  ${(1000 * times[15]!).toFixed(1)} ms`);
  }
}

/** Uniform on the unit cube, or k overlapping Gaussian clouds (sums of twelve uniform numbers). */
function matrixOf(kind: Kind, rows: number, columns: number, k: number): FeatureMatrix {
  const random = new RandomStream(1);
  const values = new Float64Array(rows * columns);
  const normal = (): number => {
    let sum = -6;
    for (let i = 0; i < 12; i++) sum += random.nextUint32() / 2 ** 32;
    return sum;
  };
  const centers = Float64Array.from({ length: k * columns }, () => 1.5 * normal());
  for (let row = 0; row < rows; row++) {
    const center = random.nextInteger(k) * columns;
    for (let j = 0; j < columns; j++) values[row * columns + j] = kind === "uniform" ? random.nextFloat() : centers[center + j]! + normal();
  }
  return featureMatrixFromValues(values, Array.from({ length: columns }, (_, j) => `x${j}`));
}

function rowsOf({ values, columnCount }: FeatureMatrix, count: number): number[][] {
  return Array.from({ length: count }, (_, i) => Array.from(values.subarray(i * columnCount, (i + 1) * columnCount)));
}

function secondsOf(run: () => unknown): number {
  const before = performance.now();
  run();
  return (performance.now() - before) / 1000;
}
