import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { tableFromColumns } from "clientele/data";
import { applyLimits, type OutlierEdit } from "../../src/cleaning/outliers/apply-limits";
import { fitLimits } from "../../src/cleaning/outliers/fit-limits";
import type { FittedLimits } from "../../src/cleaning/outliers/fitted-limits";
import { checkOutlierRule, findOutlierConflict, type CheckedOutlierRule, type OutlierRule } from "../../src/cleaning/outliers/plan";
import { cellAt, columnLength, type BooleanColumn, type Column, type NumberColumn } from "../../src/data/column";
import { expectRefusal } from "../support/errors";
import expected from "../reference/outliers/expected.json";

const numbers = (values: Iterable<number | null>): NumberColumn => ({ type: "number", values: Float64Array.from(values, (value) => value ?? NaN) });
const booleans = (values: readonly (boolean | null)[]): BooleanColumn => ({ type: "boolean", values: Uint8Array.from(values, (value) => (value === null ? 255 : Number(value))) });
const cells = (column: Column | undefined): unknown[] => (column === undefined ? [] : Array.from({ length: columnLength(column) }, (_, row) => cellAt(column, row)));
const active = (length: number): Uint8Array => new Uint8Array(length).fill(1);
const checked = (rule: OutlierRule): CheckedOutlierRule => checkOutlierRule("test", "outliers[0]", rule);

function fitted(rule: OutlierRule, values: readonly (number | null)[], isActive = active(values.length)): FittedLimits {
  return fitLimits("test", checked(rule), numbers(values), isActive);
}

function applied(rule: OutlierRule, limits: FittedLimits, column: Column, isActive = active(columnLength(column)), others: Record<string, Column> = {}): OutlierEdit {
  return applyLimits("test", checked(rule), limits, new Map(Object.entries({ x: column, ...others })), isActive);
}

const data: Readonly<Record<string, readonly number[]>> = expected.data;

test.each(expected.cases)("$rule of $data", ({ data: name, rule, status, low, high, outliers }) => {
  const values = data[name]!;
  const whole = { ...rule, column: "x" } as OutlierRule;
  const limits = fitted(whole, values);
  expect([limits.status, limits.values]).toEqual([status, values.length]);
  // A few rounding errors of the limit itself, and those of the reach of the limits; on the scale on which they were computed.
  const onScale = (limit: number): number => ("logScale" in rule ? Math.log1p(limit) : limit);
  const tolerance = 4 * Number.EPSILON * Math.max(Math.abs(onScale(low ?? 0)), Math.abs(onScale(high ?? 0))) + 1e-12 * (onScale(high ?? 0) - onScale(low ?? 0));
  for (const [limit, wanted] of [[limits.low, low], [limits.high, high]] as const) {
    if (limit === null || wanted === null) expect(limit).toBe(wanted);
    else expect(Math.abs(onScale(limit) - onScale(wanted))).toBeLessThanOrEqual(tolerance);
  }
  expect(Array.from(applied(whole, limits, numbers(values)).rows)).toEqual(outliers);
});

describe("limits", () => {
  test("of spend that is mostly 0: the mean deviation where the median one is 0, none where the quartiles are equal", () => {
    const spend = [...Array.from({ length: 80 }, () => 0), ...Array.from({ length: 20 }, (_, i) => 10 + i), 5000];
    const mad = fitted({ column: "x", method: "mad" }, spend);
    expect(mad.status).toBe("meanDeviation");
    expect(mad.high).toBeCloseTo((3.5 * 1.253314137 * (390 + 5000)) / 101, 5);
    expect(fitted({ column: "x", method: "iqr" }, spend)).toMatchObject({ status: "noSpread", low: null, high: null });
    expect(applied({ column: "x", method: "iqr" }, fitted({ column: "x", method: "iqr" }, spend), numbers(spend)).summary).toMatchObject({ belowLow: 0, aboveHigh: 0, judged: 101 });
    // On a logarithmic scale the many zeros are still the middle.
    expect(fitted({ column: "x", method: "mad", logScale: true }, spend).status).toBe("meanDeviation");
  });

  test("z: among ten values none can be beyond three standard deviations, however far it lies; among eleven one can", () => {
    const others = Array.from({ length: 9 }, (_, i) => i);
    expect(fitted({ column: "x", method: "z" }, [...others, 1e9])).toMatchObject({ status: "tooFewValues", low: null, high: null, values: 10 });
    const eleven = [...others, 0, 1e9];
    expect(Array.from(applied({ column: "x", method: "z" }, fitted({ column: "x", method: "z" }, eleven), numbers(eleven)).rows)).toEqual([10]);
    expect(fitted({ column: "x", method: "z", factor: 2.8 }, [...others, 1e9]).status).toBe("fitted");
  });

  test("no values, and a column that came without any, give none", () => {
    const texts = tableFromColumns({ x: [null, null] }).columns.get("x")!;
    for (const method of ["iqr", "z", "mad", "quantile"] as const) {
      const rule: OutlierRule = { column: "x", method };
      expect(fitted(rule, [null, null])).toEqual({ column: "x", method, status: "tooFewValues", low: null, high: null, values: 0 });
      expect(fitLimits("test", checked(rule), texts, active(2)).status).toBe("tooFewValues");
      expect(applied(rule, fitted(rule, [1, 2, 3, 4, 100]), texts).summary.judged).toBe(0);
    }
  });

  test("one side only", () => {
    const values = [1, 2, 3, 4, 5, 6, 90, -90];
    const both = fitted({ column: "x", method: "mad" }, values);
    expect(fitted({ column: "x", method: "mad", side: "low" }, values)).toEqual({ ...both, high: null });
    expect(fitted({ column: "x", method: "mad", side: "high" }, values)).toEqual({ ...both, low: null });
    expect(Array.from(applied({ column: "x", method: "mad", side: "high" }, { ...both, low: null }, numbers(values)).rows)).toEqual([6]);
  });

  test("a limit beyond the range of doubles is none", () => {
    expect(fitted({ column: "x", method: "iqr" }, [-1.7e308, -1.6e308, 0, 1.6e308, 1.7e308])).toMatchObject({ status: "fitted", low: null, high: null });
  });

  test("fixed limits need no data, and a value at the limit is no outlier", () => {
    const rule: OutlierRule = { column: "x", method: "fixed", low: 0, high: 100, action: "clip" };
    const limits = fitted(rule, []);
    expect(limits).toEqual({ column: "x", method: "fixed", status: "fitted", low: 0, high: 100, values: 0 });
    const edit = applied(rule, limits, numbers([-1, 0, 100, 100.5, null]));
    expect(cells(edit.column)).toEqual([0, 0, 100, 100, null]);
    expect(edit.summary).toEqual({ column: "x", method: "fixed", action: "clip", status: "fitted", low: 0, high: 100, belowLow: 1, aboveHigh: 1, judged: 4 });
  });

  test("only numbers, and no negative ones on a logarithmic scale", () => {
    const { columns } = tableFromColumns({ c: ["a"], b: [true], t: [new Date(0)] });
    const fit = (name: string) => () => fitLimits("test", checked({ column: name, method: "iqr" }), columns.get(name)!, active(1));
    expectRefusal(fit("c"), "invalidInput", '"c" must be of type number', "it is category", "convert it");
    expectRefusal(fit("b"), "invalidInput", '"b"', "it is boolean");
    expectRefusal(fit("t"), "invalidInput", '"t"', "it is timestamp", '"range"');
    const logged: OutlierRule = { column: "x", method: "mad", logScale: true };
    const error = expectRefusal(() => fitted(logged, [1, null, -0.5, 3]), "invalidInput", '"x"', "at least 0", "row 2");
    expect(error.details.row).toBe(2);
    expect(fitted(logged, [1, -0.5, 3, 4], Uint8Array.of(1, 0, 1, 1)).values).toBe(3);
    // Later tables may hold anything.
    expect(applied(logged, fitted(logged, [1, 2, 3]), numbers([-5])).summary.belowLow).toBe(1);
  });
});

describe("flags", () => {
  const rule: OutlierRule = { column: "x", method: "fixed", high: 10 };
  const limits = fitted(rule, []);

  test("are true for outliers, false for usual and for missing cells", () => {
    const edit = applied(rule, limits, numbers([5, 50, null]));
    expect(cells(edit.flag)).toEqual([false, true, false]);
    expect(edit.column).toBeUndefined();
  });

  test("of an earlier application are replaced, those of inactive rows stay", () => {
    const isActive = Uint8Array.of(1, 1, 1, 0, 0);
    const before = booleans([true, false, null, true, null]);
    const edit = applied(rule, limits, numbers([5, 50, 5, 5, 50]), isActive, { x_outlier: before });
    expect(cells(edit.flag)).toEqual([false, true, false, true, null]);
    expect(cells(before)).toEqual([true, false, null, true, null]);
    expect(cells(applied(rule, limits, numbers([5, 50]), Uint8Array.of(1, 0)).flag)).toEqual([false, null]);
  });

  test("do not overwrite a column of another type", () => {
    expectRefusal(() => applied(rule, limits, numbers([5]), active(1), { x_outlier: numbers([5]) }), "invalidInput", '"x_outlier"', "it is number");
    expect(cells(applied(rule, limits, numbers([5]), active(1), { x_outlier: { type: "category", codes: Int32Array.of(-1), categories: [] } }).flag)).toEqual([false]);
  });

  test("a column that is not there is named", () => {
    expectRefusal(() => applyLimits("test", checked(rule), limits, new Map([["xx", numbers([1])]]), active(1)), "unknownColumn", '"x"', 'did you mean "xx"?');
  });
});

describe("rules", () => {
  const conflict = (rule: OutlierRule): string | undefined => findOutlierConflict(checked(rule), "outliers[0]")?.parameter;

  test("have the defaults of their method", () => {
    expect(checked({ column: "x", method: "iqr" })).toEqual({ column: "x", method: "iqr", action: "flag", factor: 1.5, side: "both", logScale: false, flag: "x_outlier" });
    expect(checked({ column: "x", method: "z", action: "clip" })).toMatchObject({ factor: 3, flag: undefined });
    expect(checked({ column: "x", method: "mad" })).toMatchObject({ factor: 3.5 });
    expect(checked({ column: "x", method: "quantile" })).toEqual({ column: "x", method: "quantile", action: "flag", lower: 0.01, upper: 0.99, side: "both", flag: "x_outlier" });
  });

  test("know the options of their method only", () => {
    const refused = (rule: object, option: string): unknown => expectRefusal(() => checked(rule as OutlierRule), "unknownOption", `"${option}" in outliers[0]`);
    refused({ column: "x", method: "quantile", factor: 2 }, "factor");
    refused({ column: "x", method: "quantile", logScale: true }, "logScale");
    refused({ column: "x", method: "iqr", lower: 0.1 }, "lower");
    refused({ column: "x", method: "fixed", low: 0, side: "low" }, "side");
    refused({ column: "x", method: "mad", high: 5 }, "high");
    expectRefusal(() => checked({ column: "x", method: "median" } as unknown as OutlierRule), "invalidOption", "outliers[0].method");
    expectRefusal(() => checked(null as unknown as OutlierRule), "invalidOption", "outliers[0] must be an object");
    expectRefusal(() => checked({ column: "x", method: "iqr", factor: 0 }), "invalidOption", "outliers[0].factor");
  });

  test("do not contradict themselves", () => {
    expect(conflict({ column: "x", method: "iqr", action: "clip", flag: "f" })).toBe("outliers[0].flag");
    expect(conflict({ column: "x", method: "iqr", flag: "x" })).toBe("outliers[0].flag");
    expect(conflict({ column: "x", method: "quantile", lower: 0.5, upper: 0.5 })).toBe("outliers[0].lower");
    expect(conflict({ column: "x", method: "fixed" })).toBe("outliers[0].low");
    expect(conflict({ column: "x", method: "fixed", low: 5, high: 5 })).toBe("outliers[0].low");
    expect(conflict({ column: "x", method: "fixed", high: 5 })).toBeUndefined();
    expect(conflict({ column: "x", method: "quantile", lower: 0, upper: 1 })).toBeUndefined();
  });
});

const value = fc.oneof(
  fc.constantFrom(null, 0, 0, 0, 1, -1, 1e9, 1e9 + 1, 5e-324, -1.7e308, 1.7e308),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer({ min: -5, max: 50 }),
);
const rows = fc.array(fc.tuple(value, fc.boolean()), { maxLength: 30 });
const rule = fc.tuple(fc.constantFrom("iqr", "z", "mad", "quantile"), fc.constantFrom("flag", "clip", "quarantine"), fc.constantFrom("both", "low", "high")).map(
  ([method, action, side]) => ({ column: "x", method, action, side }),
);

describe("for all columns and rules", () => {
  test("every active value is judged once, inactive rows are left alone, inputs stay, and a second application changes nothing", () => {
    fc.assert(
      fc.property(rows, rule, (entries, item) => {
        const column = numbers(entries.map(([cell]) => cell));
        const isActive = Uint8Array.from(entries, ([, isIn]) => Number(isIn));
        const before = structuredClone({ column, isActive });
        const limits = fitted(item, entries.map(([cell]) => cell), isActive);
        if (limits.low !== null && limits.high !== null) expect(limits.low).toBeLessThanOrEqual(limits.high);
        const first = applied(item, limits, column, isActive);
        expect({ column, isActive }).toEqual(before);

        const isBeyond = (cell: number | null): boolean => cell !== null && ((limits.low !== null && cell < limits.low) || (limits.high !== null && cell > limits.high));
        expect(Array.from(first.rows)).toEqual(entries.flatMap(([cell, isIn], row) => (isIn && isBeyond(cell) ? [row] : [])));
        expect(first.summary.judged).toBe(entries.filter(([cell, isIn]) => isIn && cell !== null).length);
        expect(first.summary.belowLow + first.summary.aboveHigh).toBe(first.rows.length);

        const after = first.column ?? column;
        entries.forEach(([, isIn], row) => {
          if (!isIn || !first.rows.includes(row)) expect(cellAt(after, row)).toBe(cellAt(column, row));
        });
        const stays = isActive.map((isIn, row) => (item.action === "quarantine" && first.rows.includes(row) ? 0 : isIn));
        const second = applied(item, limits, after, stays, first.flag === undefined ? {} : { x_outlier: first.flag });
        expect(second.column).toBeUndefined();
        expect(cells(second.flag)).toEqual(cells(first.flag));
        if (item.action !== "flag") expect(second.rows.length).toBe(0);
      }),
    );
  });

  test("inactive rows have no part in the limits", () => {
    fc.assert(
      fc.property(rows, rule, (entries, item) => {
        const all = fitted(item, entries.map(([cell]) => cell), Uint8Array.from(entries, ([, isIn]) => Number(isIn)));
        const without = fitted(item, entries.flatMap(([cell, isIn]) => (isIn ? [cell] : [])));
        expect(all).toEqual(without);
      }),
    );
  });

  test("where too few values are said to be, none of them can be beyond the limits", () => {
    fc.assert(
      fc.property(fc.constantFrom("iqr", "z", "mad"), fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 2, maxLength: 10 }), fc.integer({ min: 0, max: 30 }), (method, values, tenths) => {
        // A factor just below that of the rule leaves no room for doubt: the bound itself is allowed to rounding.
        const factor = 0.2 + tenths / 10;
        if (fitted({ column: "x", method, factor }, values).status !== "tooFewValues") return;
        const sorted = Float64Array.from(values).sort();
        const n = sorted.length;
        const quantile = (p: number): number => {
          const below = Math.floor((n - 1) * p);
          return sorted[below]! + ((n - 1) * p - below) * ((sorted[below + 1] ?? sorted[below]!) - sorted[below]!);
        };
        const mean = values.reduce((sum, next) => sum + next, 0) / n;
        const deviation = Float64Array.from(values, (next) => Math.abs(next - quantile(0.5))).sort();
        const [from, spread] =
          method === "iqr" ? [quantile(0.75), quantile(0.75) - quantile(0.25)]
          : method === "z" ? [mean, Math.sqrt(values.reduce((sum, next) => sum + (next - mean) ** 2, 0) / (n - 1))]
          : [quantile(0.5), 1.4826022185 * (deviation[0]! + deviation[n - 1]!) / 2];
        expect(sorted[n - 1]!).toBeLessThanOrEqual(from + factor * spread + 1e-9 * Math.max(1, sorted[n - 1]!));
      }),
    );
  });
});
