import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fitLogisticRegression } from "../../src/churn";
import { featureMatrixFromColumns, tableFromColumns, type FeatureMatrix, type Table } from "../../src/data";
import { computeAuc, splitFolds } from "../../src/evaluation";
import { encoderFromSpec, findUnknownCategories, fitEncoder, type TargetEncoding } from "../../src/features";
import { RandomStream } from "../../src/numeric/random/random-stream";
import expected from "../reference/encoding/expected.json";
import { expectRefusal } from "../support/errors";

function columnOf({ values, columnCount, rowCount }: FeatureMatrix, j: number): Float64Array {
  return Float64Array.from({ length: rowCount }, (_, row) => values[row * columnCount + j]!);
}

const target = (smoothing?: TargetEncoding["smoothing"]): TargetEncoding => ({ column: "c", as: "target", smoothing });

function expectClose(actual: ArrayLike<number>, wanted: ArrayLike<number>): void {
  expect(actual).toHaveLength(wanted.length);
  for (let i = 0; i < wanted.length; i++) expect(Math.abs(actual[i]! - wanted[i]!), `${actual[i]} for ${wanted[i]} at ${i}`).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(wanted[i]!)));
}

describe.each(Object.entries(expected.target))("the values of another program, %s", (_, { levels, labels, folds, ...results }) => {
  const table = tableFromColumns({ c: levels });
  const others = tableFromColumns({ c: [...[...new Set(levels)].sort(), "never seen"] });

  test.each([
    ["scikit-learn, smooth auto", "withinLevel", results.withinLevel],
    ["scikit-learn, smooth 12.5", 12.5, results.fixed],
    ["scikit-learn, smooth 0", 0, results.unsmoothed],
    ["variance components by scipy", "credibility", results.credibility],
  ] as const)("%s", (_name, smoothing, { matrix: crossFitted, new: applied }) => {
    const { encoder, matrix } = fitEncoder(table, [target(smoothing)], { labels, folds });
    expectClose(matrix.values, crossFitted);
    expectClose(encoder.apply(others).values, applied);
    expectClose(encoderFromSpec(JSON.parse(JSON.stringify(encoder))).apply(others).values, applied);
  });
});

/** Rows of a category with many levels that says nothing about the labels, which a number does. */
function noise(rowCount: number, stream: number): { readonly table: Table; readonly labels: Uint8Array; readonly signal: Float64Array } {
  const random = new RandomStream(99, stream);
  const levels = Array.from({ length: rowCount }, () => `town ${random.nextInteger(1000)}`);
  const signal = Float64Array.from({ length: rowCount }, () => 2 * random.nextFloat() - 1);
  const labels = Uint8Array.from(signal, (x) => (random.nextFloat() < 1 / (1 + Math.exp(-2 * x)) ? 1 : 0));
  return { table: tableFromColumns({ c: levels, signal }), labels, signal };
}

describe("a category of 1,000 levels that is noise", () => {
  const train = noise(20_000, 0);
  const held = noise(20_000, 1);

  test.each(["credibility", "withinLevel", 0, 10] as const)("tells nothing about rows that were left out, smoothing %s", (smoothing) => {
    const { encoder, matrix } = fitEncoder(train.table, [target(smoothing)], { labels: train.labels });
    expect(Math.abs(computeAuc(train.labels, matrix.values) - 0.5)).toBeLessThan(0.02);
    expect(Math.abs(computeAuc(held.labels, encoder.apply(held.table).values) - 0.5)).toBeLessThan(0.02);
  });

  test("would tell each row its own label without cross-fitting", () => {
    const { encoder } = fitEncoder(train.table, [target("withinLevel")], { labels: train.labels });
    expect(computeAuc(train.labels, encoder.apply(train.table).values)).toBeGreaterThan(0.6);
  });

  test("credibility draws every level to the overall mean", () => {
    const { encoder } = fitEncoder(train.table, [target("credibility")], { labels: train.labels });
    const { means, mean } = encoder.columns[0] as Extract<(typeof encoder.columns)[0], { as: "target" }>;
    expect(Math.max(...means.map((value) => Math.abs(value - mean)))).toBeLessThan(0.05);
  });

  test("spoils a model that was fitted without cross-fitting, and not one with", () => {
    const few = noise(3000, 2);
    const { encoder, matrix } = fitEncoder(few.table, [{ column: "signal", as: "number" }, target(0)], { labels: few.labels });
    const test = encoder.apply(held.table);
    const aucOf = (features: FeatureMatrix): number => computeAuc(held.labels, fitLogisticRegression(features, few.labels, { strength: 1e-6 }).predictProbability(test));
    const best = computeAuc(held.labels, held.signal);
    expect(best - aucOf(matrix)).toBeLessThan(0.01);
    expect(best - aucOf(encoder.apply(few.table))).toBeGreaterThan(0.1);
  });
});

describe("target encoding", () => {
  const table = tableFromColumns({ c: ["a", "a", "b", "b", "b", "a", "a", "b"] });
  const labels = [1, 0, 0, 0, 1, 1, 1, 0];

  test("no row's label is in its own features", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom("a", "b", "c", "d"), fc.integer({ min: -50, max: 50 }), fc.integer({ min: 0, max: 2 })), { minLength: 6, maxLength: 40 }),
        fc.constantFrom<TargetEncoding["smoothing"][]>("credibility", "withinLevel", 0, 3),
        fc.nat(),
        (rows, smoothing, at) => {
          const folds = rows.map(([, , fold]) => fold);
          fc.pre(new Set(folds).size > 1);
          const data = tableFromColumns({ c: rows.map(([level]) => level) });
          const encode = (values: readonly number[]): Float64Array => fitEncoder(data, [target(smoothing)], { labels: values, folds }).matrix.values;
          const own = rows.map(([, label]) => label);
          const row = at % rows.length;
          const changed = encode(own.map((label, i) => (i === row ? label + 1000 : label)));
          const before = encode(own);
          folds.forEach((fold, i) => {
            if (fold === folds[row]) expect(changed[i]).toBe(before[i]);
          });
        },
      ),
    );
  });

  test("folds are dealt as splitFolds deals them", () => {
    const dealt = fitEncoder(table, [target(0)], { labels, folds: 3, seed: 5 }).matrix.values;
    expect(dealt).toEqual(fitEncoder(table, [target(0)], { labels, folds: splitFolds(labels, { folds: 3, seed: 5 }) }).matrix.values);
    const money = labels.map((label, i) => label * 10 + i);
    expect(fitEncoder(table, [target(0)], { labels: money, folds: 4, seed: 5 }).matrix.values).toEqual(
      fitEncoder(table, [target(0)], { labels: money, folds: splitFolds(8, { folds: 4, seed: 5 }) }).matrix.values,
    );
    expect(fitEncoder(table, [target(0)], { labels, folds: 3, seed: 6 }).matrix.values).not.toEqual(dealt);
  });

  test("the names of the folds make no difference", () => {
    const folds = [0, 1, 2, 0, 1, 2, 0, 1];
    const renamed = folds.map((fold) => 1000 - fold * 7);
    const matrixOf = (given: readonly number[]) => fitEncoder(table, [target()], { labels, folds: given }).matrix.values;
    expect(matrixOf(renamed)).toEqual(matrixOf(folds));
  });

  test("a level of one fold only has the mean of the others", () => {
    const rare = tableFromColumns({ c: ["a", "a", "a", "x"] });
    const { matrix } = fitEncoder(rare, [target(0)], { labels: [1, 0, 1, 1], folds: [0, 0, 1, 1] });
    expect([...matrix.values]).toEqual([1, 1, 0.5, 0.5]);
  });

  test("missing cells are a level where they are asked to be, and refused otherwise", () => {
    const holey = tableFromColumns({ c: ["a", null, "a", null] });
    const options = { labels: [1, 0, 1, 0], folds: [0, 0, 1, 1] };
    const error = expectRefusal(() => fitEncoder(holey, [target(0)], options), "invalidInput", '"c"', "row 1", "missing");
    expect(error.details).toMatchObject({ column: "c", row: 1 });
    const { encoder, matrix } = fitEncoder(holey, [{ ...target(0), missing: "level" }], options);
    expect([...matrix.values]).toEqual([1, 0, 1, 0]);
    expect([...encoder.apply(tableFromColumns({ c: [null, "a", "z"] })).values]).toEqual([0, 1, 0.5]);
  });

  test("unknown categories have the overall mean, or are refused", () => {
    const { encoder } = fitEncoder(table, [target()], { labels, folds: 2 });
    const others = tableFromColumns({ c: ["b", "z"] });
    expect(encoder.apply(others).values[1]).toBe(0.5);
    expect(findUnknownCategories(encoder, others)).toEqual([{ column: "c", rowCount: 1, firstRow: 1, categoryCount: 1 }]);
    const strict = fitEncoder(table, [{ ...target(), unknown: "error" }], { labels, folds: 2 }).encoder;
    expectRefusal(() => strict.apply(others), "invalidInput", "row 1", 'unknown: "mean"');
  });

  test("several columns are cross-fitted in their places", () => {
    const wide = tableFromColumns({ n: [1, 2, 3, 4, 5, 6, 7, 8], c: ["a", "a", "b", "b", "b", "a", "a", "b"], d: ["x", "y", "x", "y", "x", "y", "x", "y"] });
    const folds = [0, 1, 0, 1, 0, 1, 0, 1];
    const encoding = [{ column: "d", as: "target" }, { column: "n", as: "number" }, { column: "c", as: "target", smoothing: 2 }] as const;
    const { matrix, encoder } = fitEncoder(wide, encoding, { labels, folds });
    expect(encoder.featureNames).toEqual(["d", "n", "c"]);
    expect([...columnOf(matrix, 1)]).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(columnOf(matrix, 0)).toEqual(fitEncoder(wide, [{ column: "d", as: "target" }], { labels, folds }).matrix.values);
    expect(columnOf(matrix, 2)).toEqual(fitEncoder(wide, [{ column: "c", as: "target", smoothing: 2 }], { labels, folds }).matrix.values);
  });

  test("large labels keep their digits", () => {
    const shifted = fitEncoder(table, [target("withinLevel")], { labels: labels.map((label) => label + 2 ** 40), folds: 2 }).matrix.values;
    const plain = fitEncoder(table, [target("withinLevel")], { labels: labels.map((label) => label + 2), folds: 2 }).matrix.values;
    shifted.forEach((value, i) => expect(Math.abs(value - 2 ** 40 - (plain[i]! - 2))).toBeLessThan(1e-3));
  });

  test("labels that are all alike give no other value", () => {
    for (const smoothing of ["credibility", "withinLevel", 0, 5] as const) {
      const { matrix, encoder } = fitEncoder(table, [target(smoothing)], { labels: new Array<number>(8).fill(-0), folds: 2 });
      expect(matrix.values).toEqual(new Float64Array(8));
      expect(JSON.stringify(encoder)).not.toContain("null");
    }
  });

  test.each([
    ["invalidOption", "labels is required", undefined],
    ["lengthMismatch", "labels", { labels: [1, 0] }],
    ["nonFinite", "labels", { labels: [1, 0, NaN, 0, 1, 0, 1, 0] }],
    ["invalidOption", "folds", { labels, folds: 1 }],
    ["invalidOption", "folds", { labels, folds: 9 }],
    ["invalidOption", "folds", { labels, folds: 2.5 }],
    ["lengthMismatch", "folds", { labels, folds: [0, 1] }],
    ["invalidInput", "folds", { labels, folds: [0, 0, 0, 0, 0, 0, 0, 0] }],
    ["invalidInput", "folds", { labels, folds: [0, 1, 0, 1, 0, 1, 0, -1] }],
    ["invalidOption", "seed", { labels, seed: -1 }],
  ] as const)("%s: %s", (code, part, options) => {
    expectRefusal(() => fitEncoder(table, [target()], options), code, part);
  });

  test.each([-1, NaN, "auto", null])("smoothing %s", (smoothing) => {
    // @ts-expect-error most of these are no smoothing
    expectRefusal(() => fitEncoder(table, [target(smoothing)], { labels }), "invalidOption", "encoding[0].smoothing");
  });

  test.each([
    ["means", { means: [1] }],
    ["means[0]", { means: ["1", 0] }],
    ["levels", { levels: ["a", "a"] }],
    ["mean", { mean: null }],
    ["unknown", { unknown: "zeros" }],
  ])("a saved form with wrong %s", (field, change) => {
    const { columns, ...spec } = fitEncoder(table, [target()], { labels, folds: 2 }).encoder.toJSON();
    expectRefusal(() => encoderFromSpec({ ...spec, columns: [{ ...columns[0], ...change }] }), "invalidSpec", `columns[0].${field}`);
  });

  test("labels without a target encoding are checked, and change nothing", () => {
    const numbers = tableFromColumns({ n: [1, 2] });
    expect(fitEncoder(numbers, [{ column: "n", as: "number" }], { labels: [0, 1] }).matrix).toEqual(featureMatrixFromColumns({ n: [1, 2] }));
    expectRefusal(() => fitEncoder(numbers, [{ column: "n", as: "number" }], { labels: [0] }), "lengthMismatch", "labels");
  });
});
