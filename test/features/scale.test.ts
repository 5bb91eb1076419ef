import { readFileSync } from "node:fs";
import fc from "fast-check";
import Papa from "papaparse";
import { describe, expect, test } from "vitest";
import { featureMatrixFromColumns, featureMatrixFromRows, type FeatureMatrix } from "../../src/data";
import {
  fitLogScaler, fitMinMaxScaler, fitRobustScaler, logScalerFromSpec, minMaxScalerFromSpec, minMaxScalerSteps, robustScalerFromSpec, robustScalerSteps,
} from "../../src/features";
import { selectInPlace, selectQuantilePositions } from "../../src/features/scale/select";
import { quantileOfSorted } from "../../src/numeric/statistics/quantile";
import { runToEnd } from "../../src/steps";
import expected from "../reference/scaling/expected.json";
import { expectRefusal } from "../support/errors";

function telcoNumbers(names: readonly string[]): FeatureMatrix {
  const text = readFileSync(new URL("../../examples/data/telco-customer-churn.csv", import.meta.url), "utf8");
  const { data } = Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true });
  return featureMatrixFromRows(data.filter((row) => row.TotalCharges!.trim() !== "").map((row) => names.map((name) => Number(row[name]))), names);
}

function rowsOf({ values, rowCount, columnCount }: FeatureMatrix): number[][] {
  return Array.from({ length: rowCount }, (_, i) => [...values.subarray(i * columnCount, (i + 1) * columnCount)]);
}

/** Equal up to a few roundings of the size of either. */
function expectClose(actual: ArrayLike<number>, wanted: ArrayLike<number>, tolerance = 1e-13): void {
  expect(actual).toHaveLength(wanted.length);
  for (let i = 0; i < wanted.length; i++) {
    expect(Math.abs(actual[i]! - wanted[i]!), `${actual[i]} for ${wanted[i]} at ${i}`).toBeLessThanOrEqual(tolerance * Math.max(1e-300, Math.abs(wanted[i]!), tolerance));
  }
}

const telco = telcoNumbers(expected.telco.names);
const awkward = featureMatrixFromColumns(expected.awkward.columns);
const cases = [
  ["telco", telco, expected.telco],
  ["awkward", awkward, expected.awkward],
] as const;

describe("scikit-learn", () => {
  test.each(cases)("robust, %s", (_, matrix, { robust }) => {
    for (const { lower, upper, centers, scales, firstRows } of robust) {
      const scaler = fitRobustScaler(matrix, { lower, upper, zeroRange: "one" });
      expectClose(scaler.centers, centers);
      expectClose(scaler.scales, scales, 1e-9);
      const scaled = rowsOf(scaler.apply(matrix));
      firstRows.forEach((row, i) => expectClose(scaled[i]!, row, 1e-9));
    }
  });

  test.each(cases)("min–max, %s", (_, matrix, { minMax, outside }) => {
    for (const { from, to, minima, ranges, firstRows, outside: scaledOutside, outsideClipped } of minMax) {
      const scaler = fitMinMaxScaler(matrix, { from, to });
      expectClose(scaler.minima, minima);
      expectClose(scaler.ranges, ranges.map((range) => (range === 0 ? 1 : range)));
      const scaled = rowsOf(scaler.apply(matrix));
      // scikit-learn multiplies by a rounded factor: values near `from` keep fewer digits there.
      firstRows.forEach((row, i) => row.forEach((value, j) => expect(scaled[i]![j]).toBeCloseTo(value, 7)));
      const others = featureMatrixFromRows(outside, matrix.names);
      rowsOf(scaler.apply(others)).forEach((row, i) => expectClose(row, scaledOutside[i]!, 1e-8));
      rowsOf(fitMinMaxScaler(matrix, { from, to, clip: true }).apply(others)).forEach((row, i) => expectClose(row, outsideClipped[i]!, 1e-9));
    }
  });

  test("log1p as numpy's", () => {
    const { values, logarithms } = expected.log1p;
    const matrix = featureMatrixFromColumns({ x: values });
    expectClose(fitLogScaler(matrix).apply(matrix).values, logarithms, 4e-16);
  });
});

describe("robust scaler", () => {
  test("a column whose quartiles are equal is named, and divided by its deviation", () => {
    const { names } = awkward;
    const scaler = fitRobustScaler(awkward);
    expect(scaler.zeroRangeColumns).toEqual(["zeroInflated"]);
    expect(scaler.constantColumns).toEqual(["constant"]);
    expect(Math.abs(scaler.scales[names.indexOf("zeroInflated")]! / expected.awkward.deviations[0]! - 1)).toBeLessThan(1e-14);
    expect(scaler.scales[names.indexOf("constant")]).toBe(1);
    expectRefusal(() => fitRobustScaler(awkward, { zeroRange: "error" }), "invalidInput", '"zeroInflated"');
    expect(fitRobustScaler(featureMatrixFromColumns({ a: [7, 7, 7] }), { zeroRange: "error" }).constantColumns).toEqual(["a"]);
  });

  test("quartiles that differ in their last bits only are equal", () => {
    const scaler = fitRobustScaler(featureMatrixFromColumns({ sum: [0.3, 0.1 + 0.2, 0.3, 0.1 + 0.2, 0.3], large: [1e9, 1e9 + 1e-7, 1e9, 1e9, 1e9 + 1e-7] }));
    expect(scaler.constantColumns).toEqual(["sum", "large"]);
    expect(scaler.scales).toEqual([1, 1]);
  });

  test("a column is constant by its own size, however small that is", () => {
    // scikit-learn takes what is scaled by less than 2e-15 for constant.
    const scaler = fitRobustScaler(featureMatrixFromColumns({ tiny: [1e-200, 2e-200, 3e-200], subnormal: [0, 0, 5e-324] }));
    expect(scaler.constantColumns).toEqual(["subnormal"]);
    expect(scaler.scales[0]).toBeCloseTo(1e-200, 210);
    expect(fitMinMaxScaler(featureMatrixFromColumns({ tiny: [1e-200, 2e-200] })).constantColumns).toEqual([]);
  });

  test("extremes do not move it", () => {
    const rows = Array.from({ length: 101 }, (_, i) => i);
    const plain = fitRobustScaler(featureMatrixFromColumns({ x: rows }));
    const spoiled = fitRobustScaler(featureMatrixFromColumns({ x: rows.map((x) => (x > 80 ? x * 1e9 : x)) }));
    expect(spoiled.toJSON()).toEqual(plain.toJSON());
    expect([plain.centers, plain.scales]).toEqual([[50], [50]]);
  });

  test("columns without a finite scale are refused by name", () => {
    const max = Number.MAX_VALUE;
    expectRefusal(() => fitRobustScaler(featureMatrixFromColumns({ fine: [1, 2, 3, 4], huge: [max, max, -max, -max] })), "nonFinite", '"huge"', "range");
    const handmade = { ...featureMatrixFromColumns({ a: [1, 2], b: [3, 4] }), values: Float64Array.of(1, 3, 2, NaN) };
    expectRefusal(() => fitRobustScaler(handmade), "nonFinite", "row 1", '"b"', "NaN");
    expectRefusal(() => fitRobustScaler({ ...handmade, values: Float64Array.of(1, Infinity, 2, 5) }), "nonFinite", "row 0", '"b"');
    expectRefusal(() => fitRobustScaler(featureMatrixFromRows([], ["a"])), "tooFewRows");
  });

  test("slices give the same, and tell each column", () => {
    const matrix = featureMatrixFromColumns({ a: Float64Array.from({ length: 450_000 }, (_, i) => (i * 7919) % 450_001), b: new Float64Array(450_000).fill(2) });
    const seen: number[] = [];
    const steps = robustScalerSteps(matrix);
    let step = steps.next();
    for (; step.done !== true; step = steps.next()) seen.push(step.value.done);
    expect(seen).toEqual([0, 0, 1, 1, 1, 2]);
    expect(step.value.toJSON()).toEqual(fitRobustScaler(matrix).toJSON());
  });
});

describe("min–max scaler", () => {
  test("the ends are exact, whatever they round to", () => {
    const column = [0.1, 0.7, 0.3];
    for (const [from, to] of [[0, 1], [0.1, 0.3], [-1e-3, 1e6], [1 / 3, 2 / 3]] as const) {
      const scaled = fitMinMaxScaler(featureMatrixFromColumns({ column }), { from, to }).apply(featureMatrixFromColumns({ column })).values;
      expect([scaled[0], scaled[1]]).toEqual([from, to]);
    }
  });

  test("a clipped scaling is refused an inverse by name", () => {
    const matrix = featureMatrixFromColumns({ x: [0, 10] });
    const clipped = fitMinMaxScaler(matrix, { clip: true });
    expect(clipped.apply(featureMatrixFromColumns({ x: [-5, 5, 50] })).values).toEqual(Float64Array.of(0, 0.5, 1));
    expectRefusal(() => clipped.invert(matrix), "unsupported", "clip");
    const spoiled = { ...featureMatrixFromColumns({ x: [1, 2] }), values: Float64Array.of(1, Infinity) };
    expectRefusal(() => clipped.apply(spoiled), "nonFinite", "row 1");
  });

  test("constant columns become `from`", () => {
    const matrix = featureMatrixFromColumns({ a: [7.1, 7.1], b: [0.3, 0.1 + 0.2] });
    const scaler = fitMinMaxScaler(matrix, { from: 2, to: 3 });
    expect(scaler.constantColumns).toEqual(["a", "b"]);
    for (const value of scaler.apply(matrix).values) expect(value).toBeCloseTo(2, 15);
  });

  test("ranges that are none", () => {
    const matrix = featureMatrixFromColumns({ x: [0, 10] });
    for (const options of [{ from: 1 }, { from: 1, to: 0 }, { from: -Number.MAX_VALUE, to: Number.MAX_VALUE }]) {
      expectRefusal(() => fitMinMaxScaler(matrix, options), "invalidOption", "to must be above from");
    }
    expectRefusal(() => fitMinMaxScaler(featureMatrixFromColumns({ x: [-Number.MAX_VALUE, Number.MAX_VALUE] })), "nonFinite", '"x"', "range");
    expect(runToEnd(minMaxScalerSteps(matrix)).toJSON()).toEqual(fitMinMaxScaler(matrix).toJSON());
  });
});

describe("log scaler", () => {
  const matrix = featureMatrixFromColumns({ spend: [0, 99], age: [-5, 40] });

  test("takes some columns and leaves the others", () => {
    const scaler = fitLogScaler(matrix, { columns: ["spend"] });
    expect(rowsOf(scaler.apply(matrix))).toEqual([[0, -5], [Math.log1p(99), 40]]);
    expect(rowsOf(scaler.invert(scaler.apply(matrix)))[1]![0]).toBeCloseTo(99, 11);
  });

  test("values of −1 or less are refused with column and row, in the fit and after it", () => {
    const error = expectRefusal(() => fitLogScaler(matrix), "invalidInput", "fitLogScaler", '"age"', "row 0", "-5", "above −1");
    expect(error.details).toMatchObject({ column: "age", row: 0, value: -5 });
    const scaler = fitLogScaler(matrix, { columns: ["spend"] });
    expectRefusal(() => scaler.apply(featureMatrixFromColumns({ spend: [3, -1], age: [1, 1] })), "invalidInput", '"spend"', "row 1");
    expect(scaler.apply(featureMatrixFromColumns({ spend: [-1 + 2 ** -53], age: [1] })).values[0]).toBeCloseTo(-36.7, 1);
    expectRefusal(() => scaler.invert(featureMatrixFromColumns({ spend: [710], age: [1] })), "nonFinite", '"spend"');
  });

  test("names that are none", () => {
    expectRefusal(() => fitLogScaler(matrix, { columns: ["spent"] }), "unknownColumn", '"spend"');
    expectRefusal(() => fitLogScaler(matrix, { columns: ["spend", "spend"] }), "duplicateKey", '"spend"');
  });
});

describe("laws", () => {
  const column = fc
    .tuple(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.integer({ min: -100, max: 100 }), fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 40 }))
    .map(([centre, exponent, steps]) => steps.map((step) => (centre + step) * 2 ** exponent));

  test("what was scaled comes back to 1e-12 of the scale", () => {
    fc.assert(
      fc.property(column, fc.double({ min: -100, max: 100, noNaN: true }), fc.double({ min: 0.5, max: 200, noNaN: true }), (values, from, width) => {
        const matrix = featureMatrixFromColumns({ a: values });
        const magnitude = 4 * Number.EPSILON * Math.max(...values.map(Math.abs));
        const robust = fitRobustScaler(matrix);
        // Far more than a thousand scales lie between a column's extremes and its median where most values are alike.
        const reach = Math.max(...robust.apply(matrix).values.map(Math.abs));
        robust.invert(robust.apply(matrix)).values.forEach((value, i) => expect(Math.abs(value - values[i]!)).toBeLessThanOrEqual(1e-12 * robust.scales[0]! * Math.max(1, reach / 1000) + magnitude));
        const minMax = fitMinMaxScaler(matrix, { from, to: from + width });
        const tolerance = 1e-12 * minMax.ranges[0]! * Math.max(1, Math.abs(from) / width);
        if (minMax.constantColumns.length === 0) minMax.invert(minMax.apply(matrix)).values.forEach((value, i) => expect(Math.abs(value - values[i]!)).toBeLessThanOrEqual(tolerance + magnitude));
      }),
    );
  });

  test("logarithms come back to 1e-12 of 1 + x", () => {
    fc.assert(
      fc.property(fc.double({ min: -1 + 1e-9, max: 1e300, noNaN: true }), (x) => {
        const matrix = featureMatrixFromColumns({ x: [x] });
        const scaler = fitLogScaler(matrix);
        expect(Math.abs(scaler.invert(scaler.apply(matrix)).values[0]! - x)).toBeLessThanOrEqual(1e-12 * (1 + x));
      }),
    );
  });

  test("a saved form gives the same bits back, and −0 none", () => {
    const matrix = featureMatrixFromColumns({ a: [-0, -0, 0, 5], b: [1.5, -2.25, 1e-7, 3] });
    const [robust, minMax, log1p] = [fitRobustScaler(matrix), fitMinMaxScaler(matrix, { from: -0 }), fitLogScaler(matrix, { columns: ["a"] })];
    const again = [robustScalerFromSpec(JSON.parse(JSON.stringify(robust))), minMaxScalerFromSpec(JSON.parse(JSON.stringify(minMax))), logScalerFromSpec(JSON.parse(JSON.stringify(log1p)))];
    [robust, minMax, log1p].forEach((scaler, i) => {
      expect(again[i]!.apply(matrix).values).toEqual(scaler.apply(matrix).values);
      expect(again[i]!.toJSON()).toEqual(scaler.toJSON());
    });
  });
});

describe("selection", () => {
  const orders: Readonly<Record<string, (i: number, length: number) => number>> = {
    scattered: (i) => (i * 7919) % 10_007,
    ascending: (i) => i,
    descending: (i) => -i,
    tied: (i) => (i * 7919) % 3,
    zigzag: (i) => (i % 2 === 0 ? i : -i),
    constant: () => 5,
    organPipe: (i, length) => Math.min(i, length - i),
  };

  test.each(Object.entries(orders))("finds what a sort puts there: %s", (_, valueAt) => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6000 }), fc.double({ min: 0, max: 1, noNaN: true }), (length, share) => {
        const values = Float64Array.from({ length }, (_unused, i) => valueAt(i, length));
        const sorted = values.slice().sort();
        const k = Math.round(share * (length - 1));
        const selected = values.slice();
        selectInPlace(selected, k, 0, length - 1);
        expect(selected[k]).toBe(sorted[k]);
        expect(selected.subarray(0, k).every((value) => value <= selected[k]!)).toBe(true);
        expect(selected.subarray(k).every((value) => value >= selected[k]!)).toBe(true);
        expect(selected.sort()).toEqual(sorted);
        const shares = [share / 2, share];
        const positioned = values.slice();
        selectQuantilePositions(positioned, shares);
        for (const each of shares) expect(quantileOfSorted(positioned, each)).toBe(quantileOfSorted(sorted, each));
      }),
      { numRuns: 60 },
    );
  });
});

test.each([
  ["lower", { lower: 0.5 }], ["upper", { upper: 0.5 }], ["scales", { scales: [0] }], ["centers", { centers: [] }], ["zeroRangeColumns", { zeroRangeColumns: ["b"] }], ["featureNames", { featureNames: ["a", "a"] }],
])("a saved robust scaler with a wrong %s", (field, change) => {
  expectRefusal(() => robustScalerFromSpec({ ...fitRobustScaler(featureMatrixFromColumns({ a: [1, 2] })).toJSON(), ...change }), "invalidSpec", field);
});

test.each([
  ["to", { to: 0 }], ["ranges", { ranges: [-1] }], ["minima", { minima: [1, 2] }], ["clip", { clip: 0 }], ["constantColumns", { constantColumns: ["b"] }],
])("a saved min–max scaler with a wrong %s", (field, change) => {
  expectRefusal(() => minMaxScalerFromSpec({ ...fitMinMaxScaler(featureMatrixFromColumns({ a: [1, 2] })).toJSON(), ...change }), "invalidSpec", field);
});
