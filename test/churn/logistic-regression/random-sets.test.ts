import { expect, it } from "vitest";
import { fitLogisticRegression, type LogisticRegressionOptions } from "../../../src/churn";
import { featureMatrixFromValues } from "../../../src/data/feature-matrix";
import { ClienteleError } from "../../../src/errors/error";
import { RandomStream } from "../../../src/numeric/random/random-stream";

/** `HOSTILE_SETS=10000` runs more of them. */
const SETS = Number(process.env["HOSTILE_SETS"] ?? 2000);

const random = new RandomStream(20260601);
const pick = <Item>(items: readonly Item[]): Item => items[random.nextInteger(items.length)]!;

/** Fills a column with values of one of many kinds: ties, units far apart, heavy tails, outliers, copies, nearly copies, constants. */
const KINDS: readonly ((row: number, earlier: readonly number[]) => number)[] = [
  () => random.nextFloat(),
  () => random.nextInteger(2),
  () => random.nextInteger(3) - 1,
  () => (random.nextInteger(12) === 0 ? 1 : 0),
  () => 1e8 * (random.nextFloat() - 0.5),
  () => 1e-9 * random.nextFloat(),
  () => 1.7e12 + random.nextInteger(1000),
  () => Math.tan(Math.PI * (random.nextFloat() - 0.5)),
  (row) => (row === 0 ? 1e12 : random.nextFloat()),
  (row) => (row % 2 === 0 ? 1e-120 : -1e-120),
  () => Math.exp(200 * random.nextFloat()),
  () => 4,
  (_, earlier) => earlier[0] ?? 0,
  (_, earlier) => 3 - 2 * (earlier.at(-1) ?? 1),
  (_, earlier) => (earlier[0] ?? 0) + (earlier[1] ?? 0),
  (_, earlier) => (earlier[0] ?? 0) * (1 + 1e-9 * random.nextFloat()),
  (row) => row,
  (row) => (row < 2 ? 1 : 0),
];

const OPTIONS: readonly (() => LogisticRegressionOptions)[] = [
  () => ({}),
  () => ({ strength: 10 ** (6 * random.nextFloat() - 5) }),
  () => ({ strength: 10 ** (6 * random.nextFloat() - 5), l1Share: 1 }),
  () => ({ strength: 10 ** (6 * random.nextFloat() - 5), l1Share: random.nextFloat(), standardize: false }),
  () => ({ estimator: "firth" }),
  () => ({ classWeights: "balanced" }),
  () => ({ maxIterations: 1 + random.nextInteger(4) }),
  () => ({ tolerance: pick([1e-15, 1e-4]) }),
];

it(`${SETS} random small sets end in a status or a named error, with finite numbers`, () => {
  const statuses = new Map<string, number>();
  let unaskedLimits = 0;
  for (let set = 0; set < SETS; set++) {
    const rowCount = 2 + random.nextInteger(pick([4, 20, 60]));
    const columnCount = random.nextInteger(7);
    const kinds = Array.from({ length: columnCount }, () => pick(KINDS));
    const values = new Float64Array(rowCount * columnCount);
    for (let i = 0; i < rowCount; i++) {
      const row: number[] = [];
      for (const kind of kinds) row.push(kind(i, row));
      values.set(row, i * columnCount);
    }
    const rule = random.nextInteger(3);
    const labels = Array.from({ length: rowCount }, (_, i) => (rule === 0 ? random.nextInteger(2) : rule === 1 ? (values[i * columnCount] ?? 0) > 0.5 ? 1 : 0 : i % 7 === 0 ? 1 : 0));
    const names = kinds.map((_, j) => `x${j}`);
    const matrix = columnCount === 0 ? { rowCount, columnCount, names, rowIds: new Int32Array(rowCount), values } : featureMatrixFromValues(values, names);
    const options = { ...pick(OPTIONS)(), ...(random.nextInteger(4) === 0 ? { sampleWeights: labels.map(() => pick([0, 1, 2, 1e-6, 1e6, random.nextFloat()])) } : {}) };
    const about = `set ${set}: ${rowCount} × ${columnCount}, ${JSON.stringify(options)}`;
    let status: string;
    try {
      const model = fitLogisticRegression(matrix, labels, options);
      status = model.status;
      const numbers = [model.intercept, ...model.coefficients, ...model.featureMeans, model.logLikelihood, model.gradientNorm, model.baseRate!, model.meanPrediction!, model.weightSum];
      expect(numbers.every(Number.isFinite), about).toBe(true);
      expect([...model.predictProbability(matrix)].every((p) => p >= 0 && p <= 1), about).toBe(true);
      expect(model.logLikelihood, about).toBeLessThanOrEqual(0);
      expect(model.separation !== undefined, about).toBe(model.status === "separated");
      if (status === "iterationLimit" && !("maxIterations" in options || "tolerance" in options)) unaskedLimits++;
      if ("strength" in options || options.estimator === "firth") expect(status, about).not.toBe("separated");
    } catch (error) {
      if (!(error instanceof ClienteleError)) throw error;
      status = error.code;
    }
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
  }
  expect([...statuses.keys()].sort()).toEqual(["aliased", "constantLabels", "converged", "iterationLimit", "separated"]);
  // Columns of size e²⁰⁰, or copies that differ in the ninth digit, may leave no digits to converge by; that is then said.
  expect(unaskedLimits / SETS).toBeLessThan(0.03);
}, 600_000);
