import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { fitLogisticRegression, type LogisticRegressionModel } from "clientele/churn";
import { featureMatrixFromValues, type FeatureMatrix } from "clientele/data";
import { meanLossSteps } from "../src/churn/logistic-regression/likelihood";
import { invertPositiveDefinite } from "../src/numeric/linear-algebra/positive-definite";
import { standardizeColumns } from "../src/numeric/linear-algebra/standardized-columns";
import { fillNormals } from "../src/numeric/random/normal";
import { RandomStream } from "../src/numeric/random/random-stream";
import { computeColumnMoments } from "../src/numeric/statistics/moments";
import { runToEnd } from "../src/steps/steps";
import { heading, measure } from "./measure";

const SIZES = [
  [10_000, 20],
  [100_000, 20],
  [1_000_000, 20],
  [100_000, 100],
] as const;
/** Largest gradient component, on standardised columns and per row: a loose one and an exact one. */
const GRADIENT_NORMS = [1e-4, 1e-8];
const SOLVERS = ["lbfgs", "newton-cholesky"];

/** What scikit-learn prints of itself. */
interface PeerResult {
  readonly milliseconds: number;
  readonly errorMilliseconds: number;
  readonly megabytes: number;
  readonly gradientNorm: number;
  readonly iterations: number;
  readonly version: string;
}

/**
 * Maximum likelihood beside scikit-learn on one thread, on the same data to the same gradient norm. scikit-learn gets standardised columns;
 * standardising is in the times of this library. Times are processor times of the whole process, garbage collector and compiler included,
 * so that others on the machine do not count.
 *
 *     PYTHON=python3 npm run bench -- logistic
 */
export async function benchLogistic(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "bench-logistic-"));
  try {
    for (const [rows, columns] of SIZES) for (const correlation of [0, 0.9]) benchData(rows, columns, correlation, folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
  await benchMlLogistic();
}

function benchData(rows: number, columns: number, correlation: number, folder: string): void {
  heading(`logistic regression: ${rows.toLocaleString("en")} × ${columns}, ${correlation === 0 ? "independent columns" : `columns that correlate by ${correlation}`}`);
  const { matrix, labels } = makeData(rows, columns, correlation);
  writeFileSync(join(folder, "values.f64"), matrix.values);
  writeFileSync(join(folder, "labels.u8"), labels);
  const runs = rows * columns > 5_000_000 ? 3 : 7;
  for (const tolerance of GRADIENT_NORMS) {
    let model: LogisticRegressionModel | undefined;
    const { peakMegabytes } = measure(() => (model = fitLogisticRegression(matrix, labels, { tolerance })), 1);
    const milliseconds = processorTime(() => fitLogisticRegression(matrix, labels, { tolerance }), runs);
    const errors = processorTime(() => standardErrors(matrix, labels, model!), 3);
    report("clientele", tolerance, milliseconds, errors, peakMegabytes, model!.gradientNorm, model!.iterations);
    for (const solver of SOLVERS) {
      const peer = runPeer(rows, columns, solver, tolerance, runs, folder);
      if (typeof peer === "string") {
        console.log(`  scikit-learn ${solver} SKIPPED: ${peer} (PYTHON names an interpreter with scikit-learn)`);
        continue;
      }
      const note = peer.gradientNorm > tolerance ? " NOT REACHED" : "";
      const ratio = `ratio ${(peer.milliseconds / milliseconds).toFixed(2)}${note}`;
      report(`scikit-learn ${peer.version} ${solver}`, tolerance, peer.milliseconds, peer.errorMilliseconds, peer.megabytes, peer.gradientNorm, peer.iterations, ratio);
    }
  }
}

/** Median over several runs. */
function processorTime(run: () => unknown, runs: number): number {
  const times = Array.from({ length: runs }, () => {
    globalThis.gc?.();
    const start = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  }).sort((a, b) => a - b);
  return times[Math.floor(runs / 2)]!;
}

function report(name: string, tolerance: number, milliseconds: number, errors: number, megabytes: number, norm: number, iterations: number, note = ""): void {
  const time = `${milliseconds.toFixed(0).padStart(6)} ms + ${errors.toFixed(0).padStart(4)} ms standard errors`;
  console.log(`  to ${tolerance}  ${name.padEnd(36)} ${time} ${megabytes.toFixed(0).padStart(5)} MB  norm ${norm.toExponential(1)}, ${iterations} iterations  ${note}`);
}

/** Normal columns that share a part, in units from 0.1 to 100, and labels of which about a quarter are 1. */
function makeData(rows: number, columns: number, correlation: number): { readonly matrix: FeatureMatrix; readonly labels: Uint8Array } {
  const random = new RandomStream(1);
  const values = new Float64Array(rows * columns);
  const drawn = new Float64Array(columns + 1);
  const labels = new Uint8Array(rows);
  for (let i = 0; i < rows; i++) {
    fillNormals(random, drawn);
    let logit = -1.5;
    for (let j = 0; j < columns; j++) {
      const value = Math.sqrt(1 - correlation) * drawn[j]! + Math.sqrt(correlation) * drawn[columns]!;
      logit += ((j % 5) - 2) * Math.sqrt(0.8 / columns) * value;
      values[i * columns + j] = value * 10 ** ((j % 4) - 1) + (j % 3);
    }
    labels[i] = random.nextFloat() < 1 / (1 + Math.exp(-logit)) ? 1 : 0;
  }
  return { matrix: featureMatrixFromValues(values, Array.from({ length: columns }, (_, j) => `x${j}`)), labels };
}

/** The Hessian of all rows and its inverse. */
function standardErrors({ values, rowCount, columnCount }: FeatureMatrix, labels: Uint8Array, model: LogisticRegressionModel): Float64Array {
  const size = columnCount + 1;
  const data = standardizeColumns(values, rowCount, computeColumnMoments(values.subarray(0, 1000 * columnCount), 1000, columnCount), Array.from({ length: columnCount }, (_, j) => j));
  const point = new Float64Array(size);
  point[0] = model.intercept;
  for (let j = 0; j < columnCount; j++) {
    point[j + 1] = model.coefficients[j]! * data.deviations[j]!;
    point[0] += model.coefficients[j]! * data.centers[j]!;
  }
  const hessian = new Float64Array(size * size);
  runToEnd(meanLossSteps({ data, labels, weights: undefined }, point, "Hessian", new Float64Array(size), hessian));
  const inverse = invertPositiveDefinite(hessian, size)!;
  return Float64Array.from({ length: columnCount }, (_, j) => Math.sqrt(inverse[(j + 1) * size + j + 1]! / rowCount) / data.deviations[j]!);
}

function runPeer(rows: number, columns: number, solver: string, tolerance: number, runs: number, folder: string): PeerResult | string {
  const python = process.env["PYTHON"];
  if (python === undefined) return "no PYTHON";
  const script = fileURLToPath(new URL("logistic/fit.py", import.meta.url));
  const files = [join(folder, "values.f64"), join(folder, "labels.u8")];
  const { status, stdout, stderr } = spawnSync(python, [script, ...files, String(rows), String(columns), solver, String(tolerance), String(runs)], { encoding: "utf8" });
  return status === 0 ? (JSON.parse(stdout) as PeerResult) : (stderr.trim().split("\n").at(-1) ?? "it failed");
}

/** ml-logistic-regression, where somebody has installed it: gradient descent with a fixed step, hence by accuracy reached in a given time. */
async function benchMlLogistic(): Promise<void> {
  heading("ml-logistic-regression: 10,000 × 20");
  const name = "ml-logistic-regression";
  const module = await import(name).catch(() => undefined) as { default: new (options: object) => { train(x: unknown, y: unknown): void; classifiers: readonly { weights: { to1DArray(): number[] } }[] } } | undefined;
  if (module === undefined) {
    console.log("  SKIPPED: not installed");
    return;
  }
  const { Matrix } = await import("ml-matrix");
  const { matrix, labels } = makeData(10_000, 20, 0);
  const x = Matrix.from1DArray(10_000, 20, matrix.values);
  const y = Matrix.columnVector(labels);
  const own = measure(() => fitLogisticRegression(matrix, labels), 3);
  const theirs = measure(() => new module.default({ numSteps: 1000, learningRate: 5e-3 }).train(x, y), 1);
  console.log(`  clientele ${own.milliseconds.toFixed(0)} ms to convergence, ml-logistic-regression ${theirs.milliseconds.toFixed(0)} ms for 1,000 steps; ratio ${(theirs.milliseconds / own.milliseconds).toFixed(0)}`);
}
