import { readFileSync } from "node:fs";
import fc from "fast-check";
import Papa from "papaparse";
import { describe, expect, test } from "vitest";
import { featureMatrixFromColumns, featureMatrixFromRows, featureMatrixFromValues, type FeatureMatrix } from "../../src/data";
import { fitStandardScaler, standardScalerFromSpec, standardScalerSteps } from "../../src/features";
import expected from "../reference/features/expected.json";
import { expectRefusal } from "../support/errors";

function relativeError(value: number, exact: number): number {
  return value === exact ? 0 : Math.abs(value - exact) / Math.abs(exact);
}

function telcoNumbers(names: readonly string[]): FeatureMatrix {
  const text = readFileSync(new URL("../../examples/data/telco-customer-churn.csv", import.meta.url), "utf8");
  const { data } = Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true });
  return featureMatrixFromRows(data.filter((row) => row.TotalCharges!.trim() !== "").map((row) => names.map((name) => Number(row[name]))), names);
}

describe("scikit-learn on the Telco customers", () => {
  const reference = expected.telcoScaler;
  const matrix = telcoNumbers(reference.names);

  test("means, deviations and standardised rows", () => {
    expect(matrix.rowCount).toBe(reference.rowCount);
    const scaler = fitStandardScaler(matrix);
    reference.names.forEach((_, j) => {
      expect(relativeError(scaler.means[j]!, reference.means[j]!)).toBeLessThan(1e-14);
      expect(relativeError(scaler.scales[j]!, reference.scales[j]!)).toBeLessThan(1e-14);
    });
    const { values, columnCount } = scaler.apply(matrix);
    reference.firstRows.forEach((row, i) => {
      row.forEach((value, j) => expect(Math.abs(values[i * columnCount + j]! - value)).toBeLessThan(1e-13));
    });
  });

  test("ddof 1 gives the sample's deviation", () => {
    const { scales } = fitStandardScaler(matrix, { ddof: 1 });
    reference.ddof1.forEach((deviation, j) => expect(relativeError(scales[j]!, deviation)).toBeLessThan(1e-14));
  });
});

describe("hostile columns", () => {
  const constant = new Set(["constant", "zero", "rounding", "largeRounding"]);

  test.each(Object.entries(expected.hostile))("%s", (name, { values, mean, deviation, sampleDeviation, sklearnScale }) => {
    const matrix = featureMatrixFromColumns({ [name]: values });
    const scaler = fitStandardScaler(matrix);
    const largest = Math.max(...values.map(Math.abs));
    expect(Math.abs(scaler.means[0]! - Number(mean))).toBeLessThanOrEqual(Number.EPSILON * largest);
    if (constant.has(name)) {
      expect(scaler.scales).toEqual([1]);
      expect(scaler.constantColumns).toEqual([name]);
      expect(sklearnScale).toBe(1);
    } else {
      expect(scaler.constantColumns).toEqual([]);
      expect(relativeError(scaler.scales[0]!, Number(deviation))).toBeLessThan(1e-15);
      expect(relativeError(fitStandardScaler(matrix, { ddof: 1 }).scales[0]!, Number(sampleDeviation))).toBeLessThan(1e-15);
      const restored = scaler.invert(scaler.apply(matrix)).values;
      values.forEach((value, i) => expect(Math.abs(restored[i]! - value)).toBeLessThanOrEqual(1e-12 * scaler.scales[0]!));
    }
  });

  test("equal values are constant, whatever their mean is rounded to", () => {
    for (let rows = 1; rows <= 300; rows++) {
      for (const value of [7.1, 0.1, -1e9 / 3, 1e140, 1e-300]) {
        const { scales, constantColumns } = fitStandardScaler(featureMatrixFromColumns({ x: new Float64Array(rows).fill(value) }));
        expect([scales, constantColumns], `${rows} × ${value}`).toEqual([[1], ["x"]]);
      }
    }
  });

  test("1e9 ± 0.1 varies, however many rows there are", () => {
    const column = Float64Array.from({ length: 1_000_000 }, (_, i) => 1e9 + (i % 2 === 0 ? 0.1 : -0.1));
    const { scales, constantColumns } = fitStandardScaler(featureMatrixFromColumns({ column }));
    expect(constantColumns).toEqual([]);
    expect(scales[0]).toBeCloseTo(0.1, 7);
  });

  test("values too large to square are refused by name, and so are values that are not finite", () => {
    const huge = featureMatrixFromColumns({ fine: [1, 2], revenue: [1e200, -1e200] });
    expectRefusal(() => fitStandardScaler(huge), "nonFinite", '"revenue"', "variance");
    const edges = featureMatrixFromColumns({ edges: [Number.MAX_VALUE, -Number.MAX_VALUE, Number.MAX_VALUE] });
    expectRefusal(() => fitStandardScaler(edges), "nonFinite", '"edges"', "variance");
    const handmade = { ...huge, values: new Float64Array([1, 2, NaN, 3]) };
    expectRefusal(() => fitStandardScaler(handmade), "nonFinite", "row 1", '"fine"', "NaN");
    const infinite = { ...huge, values: new Float64Array([1, -Infinity, 2, 3]) };
    expectRefusal(() => fitStandardScaler(infinite), "nonFinite", "row 0", '"revenue"', "-Infinity");
  });

  test("a new value whose distance is no number is refused with its row", () => {
    const scaler = fitStandardScaler(featureMatrixFromColumns({ x: [0, 1e-300] }));
    expectRefusal(() => scaler.apply(featureMatrixFromColumns({ x: [0, 1e300] })), "nonFinite", "row 1", '"x"');
  });

  test("the smallest numbers there are", () => {
    const scaler = fitStandardScaler(featureMatrixFromColumns({ x: [0, ...new Array<number>(99).fill(0), Number.MIN_VALUE] }));
    expect(scaler.constantColumns).toEqual(["x"]);
  });
});

describe("laws", () => {
  // No subnormal numbers: their spacing is coarser than any share of the scale.
  const column = fc
    .tuple(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.integer({ min: -100, max: 100 }), fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 40 }))
    .map(([centre, exponent, steps]) => steps.map((step) => (centre + step) * 2 ** exponent));

  test("invert(apply(x)) is x to 1e-12 of the scale, means become 0 and deviations 1", () => {
    fc.assert(
      fc.property(column, fc.constantFrom<(0 | 1)[]>(0, 1), (values, ddof) => {
        fc.pre(values.length > ddof);
        const matrix = featureMatrixFromColumns({ a: values, b: values.map((_, i) => i) });
        const scaler = fitStandardScaler(matrix, { ddof });
        const standardised = scaler.apply(matrix);
        const restored = scaler.invert(standardised);
        for (let i = 0; i < matrix.values.length; i++) {
          const j = i % 2;
          // A constant column has no scale of its own: there only the rounding of its size remains.
          const tolerance = scaler.constantColumns.includes(matrix.names[j]!) ? 2 * Number.EPSILON * Math.abs(matrix.values[i]!) : 1e-12 * scaler.scales[j]!;
          expect(Math.abs(restored.values[i]! - matrix.values[i]!)).toBeLessThanOrEqual(tolerance);
        }
        if (!scaler.constantColumns.includes("b")) {
          const squares = values.reduce((sum, _, i) => sum + standardised.values[2 * i + 1]! ** 2, 0);
          expect(squares / (values.length - ddof)).toBeCloseTo(1, 12);
        }
      }),
    );
  });

  test("a part is scaled as in the whole, and JSON gives the same bits back", () => {
    fc.assert(
      fc.property(column, (values) => {
        const matrix = featureMatrixFromColumns({ a: values });
        const scaler = fitStandardScaler(matrix);
        const whole = scaler.apply(matrix).values;
        const last = featureMatrixFromColumns({ a: values.slice(-1) });
        expect(scaler.apply(last).values[0]).toBe(whole.at(-1));
        const restored = standardScalerFromSpec(JSON.parse(JSON.stringify(scaler)));
        expect(restored.apply(matrix).values).toEqual(whole);
        expect(restored.toJSON()).toEqual(scaler.toJSON());
      }),
    );
  });

  test("inputs stay as they are, row ids are passed on", () => {
    const matrix = featureMatrixFromColumns({ a: [1, 2, 4] }, { rowIds: ["x", "y", "z"] });
    const before = matrix.values.slice();
    const scaled = fitStandardScaler(matrix).apply(matrix);
    expect(matrix.values).toEqual(before);
    expect(scaled.rowIds).toEqual(["x", "y", "z"]);
  });

  test("the saved form is not the model's own", () => {
    const scaler = fitStandardScaler(featureMatrixFromColumns({ a: [1, 2, 4] }));
    (scaler.toJSON().means as number[])[0] = 99;
    expect(scaler.means[0]).toBeCloseTo(7 / 3, 12);
  });

  test("the slices give the model of the whole", () => {
    const rows = 300_000;
    const values = Float64Array.from({ length: rows * 2 }, (_, i) => 1e6 + Math.sin(i) * 1e-3);
    const matrix = featureMatrixFromValues(values, ["a", "b"]);
    const steps = standardScalerSteps(matrix);
    const done: number[] = [];
    let step = steps.next();
    for (; step.done !== true; step = steps.next()) done.push(step.value.done);
    expect(done.length).toBeGreaterThan(2);
    expect(done.at(-1)).toBe(rows);
    expect(step.value.toJSON()).toEqual(fitStandardScaler(matrix).toJSON());
  });
});

describe("refusals", () => {
  const matrix = featureMatrixFromColumns({ a: [1, 2, 4], b: [1, 1, 2] });

  test("too few rows", () => {
    expectRefusal(() => fitStandardScaler(featureMatrixFromRows([], ["a"])), "tooFewRows", "at least 1");
    expectRefusal(() => fitStandardScaler(featureMatrixFromRows([[1]], ["a"]), { ddof: 1 }), "tooFewRows", "at least 2");
  });

  test("options", () => {
    // @ts-expect-error beyond its bounds
    expectRefusal(() => fitStandardScaler(matrix, { ddof: 2 }), "invalidOption", "ddof");
    // @ts-expect-error a misspelling
    expectRefusal(() => fitStandardScaler(matrix, { dof: 1 }), "unknownOption", '"ddof"');
  });

  test("other columns", () => {
    const scaler = fitStandardScaler(matrix);
    const swapped = featureMatrixFromColumns({ b: [1], a: [1] });
    expectRefusal(() => scaler.apply(swapped), "featureMismatch", '"a"');
    expectRefusal(() => scaler.invert(swapped), "featureMismatch", '"a"');
  });

  test.each([
    ["means", { means: [1] }],
    ["means[0]", { means: [null, 1] }],
    ["scales", { scales: [1, 0] }],
    ["ddof", { ddof: 2 }],
    ["featureNames", { featureNames: ["a", "a"] }],
    ["constantColumns", { constantColumns: ["c"] }],
    ["version", { version: 2 }],
    ["kind", { kind: "encoder" }],
  ])("a saved form with a wrong %s", (field, change) => {
    const spec = { ...fitStandardScaler(matrix).toJSON(), ...change };
    expectRefusal(() => standardScalerFromSpec(spec), "invalidSpec", field);
  });
});
