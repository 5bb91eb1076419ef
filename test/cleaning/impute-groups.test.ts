import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { tableFromColumns } from "clientele/data";
import { fillColumn, type FilledColumn } from "../../src/cleaning/impute/fill-column";
import { fitFill } from "../../src/cleaning/impute/fit-fill";
import type { FittedFill } from "../../src/cleaning/impute/fitted-fill";
import { checkFillRule, findFillConflict, type CheckedFillRule, type FillRule } from "../../src/cleaning/impute/plan";
import { cellAt, columnLength, type CategoryColumn, type Column } from "../../src/data/column";
import { expectRefusal } from "../support/errors";
import expected from "../reference/imputation/expected.json";

type Columns = ReadonlyMap<string, Column>;

const columnsOf = (data: Record<string, readonly unknown[]>): Columns => tableFromColumns(data).columns;
const cells = (column: Column | undefined): unknown[] => (column === undefined ? [] : Array.from({ length: columnLength(column) }, (_, row) => cellAt(column, row)));
const active = (columns: Columns): Uint8Array => new Uint8Array(columnLength([...columns.values()][0]!)).fill(1);
const checked = (rule: FillRule): CheckedFillRule => checkFillRule("test", "missing[0]", rule);
const fit = (rule: FillRule, columns: Columns, isActive = active(columns)): FittedFill => fitFill("test", checked(rule), columns, isActive);
const fill = (rule: FillRule, fitted: FittedFill, columns: Columns, isActive = active(columns)): FilledColumn => fillColumn("test", checked(rule), fitted, columns, isActive);

const train = columnsOf(expected.train);
const later = columnsOf(expected.new);

function expectCells(found: readonly unknown[], wanted: readonly unknown[]): void {
  expect(found.length).toBe(wanted.length);
  found.forEach((value, row) => {
    const reference = wanted[row];
    if (typeof value === "number" && typeof reference === "number") expect(Math.abs(value - reference)).toBeLessThanOrEqual(4 * Number.EPSILON * Math.abs(reference));
    else expect(value).toBe(reference);
  });
}

test.each(expected.cases)("$fill of $column by $by, at least $minGroupSize values: as pandas has it", ({ column, fill: method, by, minGroupSize, overall, groups, train: filledTrain, new: filledNew }) => {
  const rule = { column, fill: method, by, minGroupSize } as FillRule;
  const fitted = fit(rule, train);
  expectCells([fitted.value], [overall]);
  const byKey = new Map<string, unknown>(fitted.groups.map(({ key, value }) => [JSON.stringify(key), value]));
  expect(new Set(byKey.keys())).toEqual(new Set(groups.map(({ key }) => JSON.stringify(key))));
  expectCells(groups.map(({ key }) => byKey.get(JSON.stringify(key))), groups.map(({ value }) => value));
  expectCells(cells(fill(rule, fitted, train).column), filledTrain);
  expectCells(cells(fill(rule, fitted, later).column), filledNew);
});

describe("fills by group", () => {
  const rule: FillRule = { column: "spend", fill: "median", by: ["plan"], minGroupSize: 2 };
  const columns = columnsOf({ plan: ["pro", "pro", "free", "free", null, "team", "pro"], spend: [10, 20, 1, 3, 500, 7, null] });

  test("are matched by value, not by code; small, unseen and unknown groups get the value of all rows", () => {
    const fitted = fit(rule, columns);
    expect(fitted).toEqual({
      column: "spend", method: "median", status: "fitted", type: "number", value: 8.5, keyTypes: ["category"],
      groups: [{ key: ["pro"], value: 15 }, { key: ["free"], value: 2 }],
    });
    const { column, filledRows, summary } = fill(rule, fitted, columnsOf({ plan: ["trial", "free", "pro", "team", null, "free"], spend: [null, null, null, null, null, 9] }));
    expect(cells(column)).toEqual([8.5, 2, 15, 8.5, 8.5, 9]);
    expect(Array.from(filledRows)).toEqual([0, 1, 2, 3, 4]);
    expect(summary).toEqual({ column: "spend", method: "median", value: 8.5, status: "fitted", filled: 5, stillMissing: 0, groupCount: 2, quarantined: 0 });
  });

  test("only texts that are filled in join the dictionary", () => {
    const byVip: FillRule = { column: "city", fill: "mode", by: ["vip"], minGroupSize: 1 };
    const fitted = fit(byVip, columnsOf({ vip: [true, true, false, false, false], city: ["Bern", "Bern", "Zug", "Zug", "Zug"] }));
    const { column } = fill(byVip, fitted, columnsOf({ vip: [true, true, false], city: [null, "Basel", "Basel"] }));
    expect(fitted.value).toBe("Zug");
    expect((column as CategoryColumn).categories).toEqual(["Basel", "Bern"]);
    expect(cells(column)).toEqual(["Bern", "Basel", "Basel"]);
  });

  test("0 and −0 are one key, and a text is not the number it looks like", () => {
    const byCode: FillRule = { column: "x", fill: "mean", by: ["code"], minGroupSize: 1 };
    const fitted = fit(byCode, columnsOf({ code: [-0, 0, 1], x: [2, 4, 9] }));
    expect(fitted.groups).toEqual([{ key: [0], value: 3 }, { key: [1], value: 9 }]);
    expect(Object.is(fitted.groups[0]!.key[0], 0)).toBe(true);
    expect(cells(fill(byCode, fitted, columnsOf({ code: [-0, 0], x: [null, null] }, )).column)).toEqual([3, 3]);
    expectRefusal(() => fill(byCode, fitted, columnsOf({ code: ["0"], x: [null] })), "featureMismatch", '"code" must be of type number', "it is category");
    // Without a single value the column is of no type, and its rows have no group.
    expect(cells(fill(byCode, fitted, columnsOf({ code: [null], x: [null] })).column)).toEqual([5]);
  });

  test("a column that is not there is named, also where nothing is missing", () => {
    expectRefusal(() => fit({ ...rule, by: ["plans"] }, columns), "unknownColumn", "missing.by", 'did you mean "plan"?');
    expectRefusal(() => fill(rule, fit(rule, columns), columnsOf({ spend: [1] })), "unknownColumn", "missing.by");
    expectRefusal(() => fit({ ...rule, column: "spent" }, columns), "unknownColumn", 'did you mean "spend"?');
  });

  test("a column without any value has no groups", () => {
    const empty = columnsOf({ plan: ["a", "a"], spend: [NaN, NaN] });
    const fitted = fit(rule, empty);
    expect(fitted).toMatchObject({ status: "allMissing", value: null, groups: [] });
    expect(fill(rule, fitted, empty)).toMatchObject({ column: empty.get("spend"), summary: { filled: 0, stillMissing: 2, groupCount: 0 } });
  });
});

describe("quarantine", () => {
  const rule: FillRule = { column: "email", fill: "quarantine" };

  test("names the rows with a missing cell and changes nothing", () => {
    const columns = columnsOf({ email: ["a", null, null, "b"] });
    const fitted = fit(rule, columns);
    expect(fitted).toEqual({ column: "email", method: "quarantine", status: "fitted", type: "category", value: null, keyTypes: [], groups: [] });
    const result = fill(rule, fitted, columns, Uint8Array.of(1, 1, 0, 1));
    expect(result.column).toBe(columns.get("email"));
    expect([Array.from(result.setAsideRows), Array.from(result.filledRows)]).toEqual([[1], []]);
    expect(result.summary).toMatchObject({ quarantined: 1, filled: 0, stillMissing: 0, value: null });
  });

  test("of a column without any value sets all rows aside, and says why", () => {
    const columns = columnsOf({ email: [null, null] });
    expect(fill(rule, fit(rule, columns), columns).summary).toMatchObject({ status: "allMissing", quarantined: 2, stillMissing: 0 });
  });
});

describe("indicators", () => {
  const rule: FillRule = { column: "age", fill: "mean", indicator: "age_missing" };
  const columns = columnsOf({ age: [20, null, 40, null] });
  const fitted = fit(rule, columns);

  test("say which cells were missing, also after a second application", () => {
    const once = fill(rule, fitted, columns);
    expect(cells(once.indicator)).toEqual([false, true, false, true]);
    const again = new Map([["age", once.column], ["age_missing", once.indicator!]]);
    const twice = fill(rule, fitted, again);
    expect(twice.column).toBe(once.column);
    expect(cells(twice.indicator)).toEqual([false, true, false, true]);
  });

  test("are made where nothing is missing, and where a column has no value", () => {
    expect(cells(fill(rule, fitted, columnsOf({ age: [1, 2] })).indicator)).toEqual([false, false]);
    const empty = columnsOf({ age: [NaN, NaN] });
    expect(cells(fill(rule, fit(rule, empty), empty).indicator)).toEqual([true, true]);
  });

  test("leave inactive rows alone and overwrite no column of another type", () => {
    const with_ = (indicator: readonly unknown[]): Columns => columnsOf({ age: [20, null, null, 5], age_missing: indicator });
    expect(cells(fill(rule, fitted, with_([null, false, false, true]), Uint8Array.of(1, 1, 0, 1)).indicator)).toEqual([false, true, false, true]);
    expect(cells(fill(rule, fitted, columns, Uint8Array.of(1, 1, 0, 0)).indicator)).toEqual([false, true, null, null]);
    expectRefusal(() => fill(rule, fitted, with_([0, 1, 0, 1])), "invalidInput", '"age_missing"', "it is number");
  });
});

describe("rules", () => {
  const conflict = (rule: FillRule): string | undefined => findFillConflict(checked(rule), "missing[0]")?.parameter;

  test("have defaults", () => {
    expect(checked({ column: "x", fill: "mean" })).toEqual({ column: "x", fill: "mean", by: [] });
    expect(checked({ column: "x", fill: "mean", by: ["plan"] })).toEqual({ column: "x", fill: "mean", by: ["plan"], minGroupSize: 5 });
  });

  test("do not contradict themselves", () => {
    expect(conflict({ column: "x", fill: "constant" })).toBe("missing[0].value");
    expect(conflict({ column: "x", fill: "quarantine", value: 1 })).toBe("missing[0].value");
    expect(conflict({ column: "x", fill: "constant", value: NaN })).toBe("missing[0].value");
    expect(conflict({ column: "x", fill: "constant", value: 0, by: ["y"] })).toBe("missing[0].by");
    expect(conflict({ column: "x", fill: "quarantine", by: ["y"] })).toBe("missing[0].by");
    expect(conflict({ column: "x", fill: "mean", by: ["x"] })).toBe("missing[0].by");
    expect(conflict({ column: "x", fill: "mean", by: ["y", "y"] })).toBe("missing[0].by");
    expect(conflict({ column: "x", fill: "mean", minGroupSize: 3 })).toBe("missing[0].minGroupSize");
    expect(conflict({ column: "x", fill: "quarantine", indicator: "m" })).toBe("missing[0].indicator");
    expect(conflict({ column: "x", fill: "mean", indicator: "x" })).toBe("missing[0].indicator");
    expect(conflict({ column: "x", fill: "mean", by: ["m"], indicator: "m" })).toBe("missing[0].indicator");
    expect(conflict({ column: "x", fill: "mode", by: ["y", "z"], minGroupSize: 1, indicator: "m" })).toBeUndefined();
    expect(conflict({ column: "x", fill: "constant", value: "" })).toBeUndefined();
  });

  test("are refused by name", () => {
    expectRefusal(() => checked({ column: "x", fill: "mean", by: ["y"], minGroupSize: 0 }), "invalidOption", "missing[0].minGroupSize");
    expectRefusal(() => checked({ column: "x", fill: "drop" } as unknown as FillRule), "invalidOption", "missing[0].fill", '"quarantine"');
  });
});

describe("for all tables and rules", () => {
  const row = fc.record({
    g: fc.option(fc.constantFrom("a", "b", "c"), { freq: 4 }),
    h: fc.option(fc.constantFrom(0, 1), { freq: 4 }),
    n: fc.option(fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ noNaN: true, noDefaultInfinity: true })), { freq: 2 }),
    t: fc.option(fc.constantFrom("x", "y", "z"), { freq: 2 }),
    isActive: fc.boolean(),
  });
  const rule = fc
    .record({
      target: fc.constantFrom(["n", "mean"] as const, ["n", "median"] as const, ["n", "mode"] as const, ["t", "mode"] as const, ["n", "quarantine"] as const),
      by: fc.subarray(["g", "h"]),
      minGroupSize: fc.integer({ min: 1, max: 3 }),
      hasIndicator: fc.boolean(),
    })
    .map(({ target: [column, method], by, minGroupSize, hasIndicator }): FillRule => {
      if (method === "quarantine") return { column, fill: method };
      return { column, fill: method, ...(by.length === 0 ? {} : { by, minGroupSize }), ...(hasIndicator ? { indicator: "was_missing" } : {}) };
    });
  const tables = fc.array(row, { maxLength: 25 }).map((rows) => ({
    columns: columnsOf({ g: rows.map(({ g }) => g), h: rows.map(({ h }) => h), n: rows.map(({ n }) => n), t: rows.map(({ t }) => t) }),
    isActive: Uint8Array.from(rows, ({ isActive }) => Number(isActive)),
  }));

  test("only missing active cells change, all are accounted for, inputs stay, and a second application changes nothing", () => {
    fc.assert(
      fc.property(tables, rule, ({ columns, isActive }, item) => {
        const before = structuredClone({ columns, isActive });
        const fitted = fit(item, columns, isActive);
        const once = fill(item, fitted, columns, isActive);
        expect({ columns, isActive }).toEqual(before);

        const source = cells(columns.get(item.column));
        const missing = source.flatMap((cell, row) => (isActive[row] === 1 && cell === null ? [row] : []));
        const { filled, stillMissing, quarantined, groupCount } = once.summary;
        expect(filled + stillMissing + quarantined).toBe(missing.length);
        expect(groupCount).toBe(fitted.groups.length);
        expect(Array.from(item.fill === "quarantine" ? once.setAsideRows : once.filledRows)).toEqual(fitted.status === "fitted" || item.fill === "quarantine" ? missing : []);
        if (item.indicator !== undefined) expect(cells(once.indicator)).toEqual(source.map((cell, row) => (isActive[row] === 1 ? cell === null : null)));
        cells(once.column).forEach((cell, row) => {
          if (!once.filledRows.includes(row)) expect(cell).toBe(source[row] === undefined ? null : source[row]);
          else expect(cell).not.toBeNull();
        });

        const after = new Map([...columns, [item.column, once.column]]);
        if (once.indicator !== undefined) after.set(item.indicator!, once.indicator);
        const stays = isActive.map((isIn, row) => (once.setAsideRows.includes(row) ? 0 : isIn));
        const twice = fill(item, fitted, after, stays);
        expect(twice.column).toBe(once.column);
        expect(twice.setAsideRows.length).toBe(0);
        expect(cells(twice.indicator)).toEqual(cells(once.indicator));
      }),
    );
  });

  test("inactive rows have no part in the fit, nor in what others get", () => {
    fc.assert(
      fc.property(tables, rule, ({ columns, isActive }, item) => {
        const positions = Array.from(isActive.keys()).filter((row) => isActive[row] === 1);
        fc.pre(positions.length > 0);
        const part = new Map(Array.from(columns, ([name, column]) => [name, columnsOf({ x: positions.map((row) => cellAt(column, row)) }).get("x")!]));
        // Where only inactive rows hold a number, the column of the others has no type, and needs none.
        fc.pre([...part].every(([name, column]) => column.type === columns.get(name)!.type));
        expect(fit(item, columns, isActive)).toEqual(fit(item, part));
      }),
    );
  });
});
