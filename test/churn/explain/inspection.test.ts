import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readBinaryLabels } from "../../../src/data/binary-labels";
import { computePartialDependence } from "../../../src/churn/explain/partial-dependence";
import { computePermutationImportance, importanceSteps, type ImportanceScore } from "../../../src/churn/explain/permutation-importance";
import { featureMatrixFromColumns, featureMatrixFromRows, tableFromColumns, type FeatureMatrix, type Table } from "clientele/data";
import { compareAucs, computeAuc } from "clientele/evaluation";
import { runToEnd } from "clientele/steps";
import { RandomStream } from "../../../src/numeric/random/random-stream";
import { expectRefusal } from "../../support/errors";

interface Reference {
  readonly coefficients: readonly number[];
  readonly X: readonly number[][];
  readonly y: readonly number[];
  readonly permutations: readonly number[][];
  readonly importance: Readonly<Record<ImportanceScore, { readonly byRepeat: readonly number[][]; readonly importance: readonly number[]; readonly deviation: readonly number[] }>>;
  readonly dependence: { readonly grid: readonly number[]; readonly mean: readonly number[]; readonly ice: readonly number[][] };
}

const reference = JSON.parse(readFileSync(new URL("../../reference/inspection/inspection.json", import.meta.url), "utf8")) as Reference;
const matrix = featureMatrixFromRows(reference.X);
const [b0, b1, b2, b3, b4] = reference.coefficients as [number, number, number, number, number];
const predict = ({ values, rowCount, columnCount }: FeatureMatrix): Float64Array =>
  Float64Array.from({ length: rowCount }, (_, row) => {
    const [x1, x2, x3] = [0, 1, 2].map((j) => values[row * columnCount + j]!) as [number, number, number];
    return 1 / (1 + Math.exp(-(b0 + b1 * x1 + b2 * x2 + b3 * x1 * x2 + b4 * x3 ** 2)));
  });

describe("permutation importance", () => {
  const permutations = reference.permutations.map((rows) => Int32Array.from(rows));
  const groups = matrix.names.map((name) => [name, [name]] as const);

  it.each(["auc", "logLoss", "brier"] as const)("by %s is scikit-learn's under the same permutations", (score) => {
    const labels = readBinaryLabels("test", reference.y);
    const { features } = runToEnd(importanceSteps("test", matrix, labels, { predict, score, groups, permutations, level: 0.95 }));
    matrix.names.forEach((name, j) => {
      const found = features.find(({ feature }) => feature === name)!;
      const expected = reference.importance[score];
      expect(found.importance).toBeCloseTo(expected.importance[j]!, 12);
      expect(found.deviation).toBeCloseTo(expected.deviation[j]!, 12);
      found.byRepeat.forEach((value, repeat) => expect(value).toBeCloseTo(expected.byRepeat[j]![repeat]!, 12));
    });
    const importances = features.map(({ importance }) => importance);
    expect(importances).toEqual([...importances].sort((a, b) => b - a));
  });

  it("of one repeat has DeLong's interval of the difference, and of a loss that of a mean", () => {
    const labels = readBinaryLabels("test", reference.y);
    const once = { predict, groups: [["x1", ["x1"]]] as const, permutations: permutations.slice(0, 1), level: 0.9 };
    const shuffled = matrix.values.slice();
    permutations[0]!.forEach((from, row) => (shuffled[row * 4] = matrix.values[from * 4]!));
    const [whole, without] = [predict(matrix), predict({ ...matrix, values: shuffled })];
    const { difference, low, high } = compareAucs(reference.y, whole, without, { level: 0.9 });
    const [byAuc] = runToEnd(importanceSteps("test", matrix, labels, { ...once, score: "auc" })).features;
    expect(byAuc!.importance).toBeCloseTo(difference, 12);
    expect([byAuc!.low, byAuc!.high].map((bound) => bound.toFixed(10))).toEqual([low, high].map((bound) => bound.toFixed(10)));
    const lost = Array.from(whole, (probability, row) => (without[row]! - reference.y[row]!) ** 2 - (probability - reference.y[row]!) ** 2);
    const mean = lost.reduce((sum, value) => sum + value, 0) / lost.length;
    const error = Math.sqrt(lost.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (lost.length - 1) / lost.length);
    const [byBrier] = runToEnd(importanceSteps("test", matrix, labels, { ...once, score: "brier" })).features;
    expect(byBrier!.importance).toBeCloseTo(mean, 12);
    expect(byBrier!.high).toBeCloseTo(mean + 1.6448536269514722 * error, 12);
  });

  it("is 0, without an interval, for what the model does not read, and the same for the same seed", () => {
    const { features, value } = computePermutationImportance(matrix, reference.y, { predict });
    expect(value).toBeCloseTo(computeAuc(reference.y, predict(matrix)), 12);
    expect(features.find(({ feature }) => feature === "x4")).toMatchObject({ importance: 0, low: 0, high: 0, deviation: 0 });
    expect(computePermutationImportance(matrix, reference.y, { predict }).features).toEqual(features);
    expect(computePermutationImportance(matrix, reference.y, { predict, seed: 2 }).features).not.toEqual(features);
  });

  it("covers 0 for a feature that tells nothing, about as often as it says", () => {
    // The model reads a column of noise by which nobody leaves; its shuffled values are as good as its own.
    let covered = 0;
    for (let seed = 0; seed < 200; seed++) {
      const random = new RandomStream(77, seed);
      const noise = featureMatrixFromColumns({ noise: Array.from({ length: 100 }, () => random.nextFloat()), x: Array.from({ length: 100 }, () => random.nextFloat()) });
      const left = Array.from({ length: 100 }, (_, row) => (random.nextFloat() < noise.values[2 * row + 1]! ? 1 : 0));
      const { features } = computePermutationImportance(noise, left, { predict: ({ values, rowCount }) => Float64Array.from({ length: rowCount }, (_, row) => 0.3 * values[2 * row]! + values[2 * row + 1]!), repeats: 5, seed });
      const { low, high } = features.find(({ feature }) => feature === "noise")!;
      if (low <= 0 && high >= 0) covered++;
    }
    expect(covered / 200).toBeGreaterThan(0.9);
  });

  it("of columns shuffled together shows what each hides, in a table, too", () => {
    const table = tableFromColumns({ a: reference.X.map(([x]) => x), twin: reference.X.map(([x]) => x), plan: reference.y.map((label, row) => (row % 5 === 0 ? null : label === 1 ? "basic" : "pro")) });
    const byEither = (data: Table): Float64Array => {
      const [a, twin] = ["a", "twin"].map((name) => data.columns.get(name));
      return a?.type === "number" && twin?.type === "number" ? a.values.map((value, row) => value + twin.values[row]!) : new Float64Array(0);
    };
    const { features } = computePermutationImportance(table, reference.y, { predict: byEither, features: { a: ["a"], both: ["a", "twin"], plan: ["plan"] }, repeats: 30 });
    expect(features.map(({ feature }) => feature)).toEqual(["both", "a", "plan"]);
    expect(features[0]!.columns).toEqual(["a", "twin"]);
  });

  it("refuses what it cannot score", () => {
    expectRefusal(() => computePermutationImportance(matrix, reference.y, { predict, features: { x: ["x9"] } }), "unknownColumn", "features", "x9");
    expectRefusal(() => computePermutationImportance(matrix, reference.y, { predict, features: { x: [] } }), "tooFewRows", "columns");
    expectRefusal(() => computePermutationImportance(matrix, reference.y.map(() => 0), { predict }), "constantLabels");
    expectRefusal(() => computePermutationImportance(matrix, reference.y, { predict: () => [1] }), "lengthMismatch", "predictions");
    expectRefusal(() => computePermutationImportance(matrix, reference.y, { predict: ({ rowCount }) => new Float64Array(rowCount).fill(2), score: "brier" }), "invalidInput", "from 0 to 1");
  });
});

describe("partial dependence", () => {
  it("is scikit-learn's by brute force, with the curves of single customers", () => {
    const { grid, mean, ice, rowCount } = computePartialDependence(matrix, { predict, column: "x1", gridSize: 8, ice: true });
    expect(grid).toHaveLength(8);
    grid.forEach((value, g) => expect(value).toBeCloseTo(reference.dependence.grid[g]!, 12));
    mean.forEach((value, g) => expect(value).toBeCloseTo(reference.dependence.mean[g]!, 12));
    expect(ice).toHaveLength(rowCount * 8);
    reference.dependence.ice.forEach((curve, row) => curve.forEach((value, g) => expect(ice![row * 8 + g]).toBeCloseTo(value, 12)));
  });

  it("tries every level of categories and truth values, and every one of few numbers", () => {
    const table = tableFromColumns({ plan: ["pro", "basic", null, "basic"], vip: [true, null, false, true], visits: [3, 1, 3, null], seen: [new Date(5), new Date(7), null, new Date(5)] });
    const texts = (data: Table): number[] => {
      const plan = data.columns.get("plan");
      const vip = data.columns.get("vip");
      const visits = data.columns.get("visits");
      if (plan?.type !== "category" || vip?.type !== "boolean" || visits?.type !== "number") return [];
      return Array.from(plan.codes, (code, row) => (code >= 0 && plan.categories[code] === "pro" ? 10 : 0) + (vip.values[row] === 1 ? 1 : 0) + (Number.isNaN(visits.values[row]) ? 0 : visits.values[row]! * 100));
    };
    const of = (column: string): unknown[] => {
      const { grid, mean } = computePartialDependence(table, { predict: texts, column });
      return [grid, [...mean]];
    };
    // Without plan: truths 2 of 4, visits 700 in sum.
    expect(of("plan")).toEqual([["basic", "pro"], [175.5, 185.5]]);
    expect(of("vip")).toEqual([[false, true], [177.5, 178.5]]);
    expect(of("visits")).toEqual([[1, 3], [103, 303]]);
    expect(of("seen")).toEqual([[5, 7], [178, 178]]);
    expect(computePartialDependence(table, { predict: texts, column: "visits", grid: [7] }).mean[0]).toBe(703);
  });

  it("refuses columns and values that are not there", () => {
    const table = tableFromColumns({ plan: ["pro", "basic"], none: [NaN, NaN] });
    const zero = (): number[] => [0, 0];
    expectRefusal(() => computePartialDependence(matrix, { predict, column: "x9" }), "unknownColumn", "column");
    expectRefusal(() => computePartialDependence(matrix, { predict, column: "x1", grid: ["pro"] }), "invalidInput", "finite numbers");
    const secret = expectRefusal(() => computePartialDependence(table, { predict: zero, column: "plan", grid: ["gold"] }), "invalidInput", "grid");
    expect(secret.message).not.toContain("gold");
    expectRefusal(() => computePartialDependence(table, { predict: zero, column: "none" }), "tooFewRows", "none");
    expectRefusal(() => computePartialDependence(table, { predict: () => [NaN, 0], column: "plan" }), "nonFinite", "predictions");
  });
});
