import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { tableFromColumns } from "clientele/data";
import { compileFormula, deriveColumn, evaluateFormula, type FormulaColumns, type VariableType } from "../../src/formula/index";
import { expectRefusal } from "../support/errors";
import expected from "../reference/formula/expected.json";

/** One value of a formula over variables of these values. */
function valueOf(text: string, values: Readonly<Record<string, number>> = {}): number {
  const columns = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, Float64Array.of(value)]));
  const formula = compileFormula(text, { variables: Object.keys(values) });
  return evaluateFormula(formula, { ...columns, "one row": Float64Array.of(0) })[0]!;
}

const MISSING = NaN;

describe("against other programs", () => {
  test("round is decimal, halves away from zero (Python's decimal module)", () => {
    for (const [value, places, rounded] of expected.round) expect(valueOf(`round(x, ${places!})`, { x: value! }), `round(${value}, ${places})`).toBe(rounded! + 0);
  });

  test("the remainder has the sign of the divisor, exactly (Python's %)", () => {
    for (const [value, divisor, remainder] of expected.remainder) expect(valueOf("x % y", { x: value!, y: divisor! }), `${value} % ${divisor}`).toBe(remainder! + 0);
  });

  test.each(Object.entries(expected.functions))("%s (mpmath, 60 digits)", (name, cases) => {
    for (const [x, exact] of cases) expect(Math.abs(valueOf(`${name}(x)`, { x: x! }) / exact! - 1), `${name}(${x})`).toBeLessThan(1e-15);
  });
});

describe("missing values", () => {
  test.each([
    ["x + 1", MISSING],
    ["0 * x", MISSING],
    ["x ^ 0", MISSING],
    ["1 ^ x", MISSING],
    ["x % 2", MISSING],
    ["-x", MISSING],
    ["min(x, 1)", MISSING],
    ["max(1, 2, x)", MISSING],
    ["clamp(x, 0, 1)", MISSING],
    ["clamp(0, x, 1)", MISSING],
    ["round(x, 2)", MISSING],
    ["logistic(x)", MISSING],
    ["sign(x)", MISSING],
    ["x < 1", MISSING],
    ["x >= 1", MISSING],
    ["x == x", MISSING],
    ["x != 1", MISSING],
    ["x > 1 ? 1 : 2", MISSING],
    ["true ? 1 : x", 1],
    ["false ? 1 : x", MISSING],
    ["isMissing(x)", 1],
    ["isMissing(x + 1)", 1],
    ["isMissing(x > 1)", 1],
    ["isMissing(isMissing(x))", 0],
    ["isMissing(1)", 0],
    ["coalesce(x, 5)", 5],
    ["coalesce(x, x + 1, 7)", 7],
    ["coalesce(1, x)", 1],
    ["coalesce(x > 1, false)", 0],
  ])("%s with x missing", (text, value) => {
    expect(valueOf(text, { x: NaN })).toBe(value);
  });

  test("and, or, not follow Kleene's tables", () => {
    const truth = [0, MISSING, 1];
    // Kleene: and is the lesser, or the greater, not the mirror image of false < missing < true.
    const rank = (value: number): number => (Number.isNaN(value) ? 0.5 : value);
    const value = (at: number): number => (at === 0.5 ? MISSING : at);
    for (const p of truth) {
      const not = compileFormula("not p", { variables: { p: "boolean" } });
      expect(evaluateFormula(not, { p: Float64Array.of(p) })[0]).toBe(value(1 - rank(p)));
      for (const q of truth) {
        const row = { p: Float64Array.of(p), q: Float64Array.of(q) };
        const variables = { p: "boolean", q: "boolean" } as const;
        expect(evaluateFormula(compileFormula("p and q", { variables }), row)[0], `${p} and ${q}`).toBe(value(Math.min(rank(p), rank(q))));
        expect(evaluateFormula(compileFormula("p or q", { variables }), row)[0], `${p} or ${q}`).toBe(value(Math.max(rank(p), rank(q))));
        expect(evaluateFormula(compileFormula("p == q", { variables }), row)[0]).toBe(Number.isNaN(p) || Number.isNaN(q) ? MISSING : Number(p === q));
      }
    }
  });

  test.each(["1 / x", "0 / x", "1 % x", "x ^ -1", "log(x)", "log(-1)", "log10(x)", "log2(x)", "log1p(-1)", "sqrt(-1)", "exp(710)", "expm1(710)", "1e308 * 10", "1e308 + 1e308", "-1e308 - 1e308", "(-8) ^ (1 / 3)", "1e200 ^ 2", "clamp(1, 3, 2)", "1 / (1 / x)", "1 / exp(710)"])(
    "%s, no finite number, is missing (x = 0)",
    (text) => {
      expect(valueOf(text, { x: 0 })).toBeNaN();
      expect(valueOf(`coalesce(${text}, 5)`, { x: 0 })).toBe(5);
    },
  );

  test("an infinity in a column is missing", () => {
    for (const x of [Infinity, -Infinity]) {
      expect(valueOf("x", { x })).toBeNaN();
      expect(valueOf("x > 5", { x })).toBeNaN();
      expect(valueOf("isMissing(x)", { x })).toBe(1);
      expect(valueOf("max(x, 1)", { x })).toBeNaN();
    }
  });
});

describe("values", () => {
  test.each([
    ["2 + 3 * 4", 14],
    ["-2 ^ 2", -4],
    ["2 ^ 3 ^ 2", 512],
    ["8 / 4 / 2", 1],
    ["7 - 2 - 1", 4],
    ["10 % 4 * 2", 4],
    ["2 * 7 % 4", 2],
    ["1 - 7 % 4", -2],
    ["7 % 2 ^ 2", 3],
    ["2 ^ 3 % 5", 3],
    ["-7 % 3", 2],
    ["-(7 % 3)", -1],
    ["7 % -4", -1],
    ["8 / 2 % 3", 1],
    ["2 ^ -2 ^ 2", 0.0625],
    ["-2 ^ -2", -0.25],
    ["2 * -3 ^ 2", -18],
    ["1 - -1 - - -1", 1],
    ["not true or true", 1],
    ["not (true or true)", 0],
    ["true or true and false", 1],
    ["false and false == false", 0],
    ["1 + 1 == 2 and 2 * 2 > 3", 1],
    ["1 < 2 == true ? 1 : 0", "refused"],
    ["true == false == false", 0],
    ["(true == false) == false", 1],
    ["true ? (false ? 1 : 2) : 3", 2],
    ["true ? false ? 1 : 2 : 3", "refused"],
    ["1 > 0 or 1 > 0 ? 5 : 6", 5],
    ["1 + true ? 1 : 0", "refused"],
    ["2 ^ -1", 0.5],
    ["0 ^ 0", 1],
    ["1 < 2 and 2 < 1 or true", 1],
    ["18 <= 20 < 65", 1],
    ["18 <= 70 < 65", 0],
    ["1 < 3 < 2 < 4", 0],
    ["false ? 1 : true ? 2 : 3", 2],
    ["(false ? true : false) == false", 1],
    ["max(3, 1, 4, 1, 5, 9, 2, 6)", 9],
    ["min(3, 1, 4, 1, 5, 9, 2, 6)", 1],
    ["clamp(5, 1, 3) + clamp(-5, 1, 3) + clamp(2, 1, 3)", 6],
    ["round(2.5) + round(-2.5) + round(0.49999999999999994)", 0],
    ["floor(-1.5) + ceil(-1.5) + ceil(1.2)", -1],
    ["sign(-3) * abs(-4)", -4],
    ["0.1 + 0.2 == 0.3", 0],
    ["round(0.1 + 0.2, 9) == 0.3", 1],
    ["logistic(0)", 0.5],
    ["logistic(-1000)", 0],
    ["logistic(1000)", 1],
    ["sqrt(16) + exp(0) + log(1) + log10(1000) + log2(8)", 11],
    ["1e3 + .5", 1000.5],
  ] as const)("%s is %s", (text, value) => {
    if (value === "refused") expectRefusal(() => valueOf(text), "invalidInput");
    else expect(valueOf(text)).toBe(value);
  });

  test("no zero is negative that a person would read", () => {
    const texts = [
      "x", "-x", "x * -2", "x / -3", "-2 * x", "-1e-200 * 1e-200", "-1e-300 / 1e300", "(-1e-200) ^ 3", "(-x) ^ 3", "-x - x", "min(x, 0)", "max(-x, x)", "abs(-x)", "sign(-x)", "sign(x * -1)",
      "round(-0.2)", "round(-0.001, 2)", "round(-x, 2)", "floor(-x)", "ceil(-0.2)", "sqrt(-x)", "expm1(-x)", "log1p(-x)", "clamp(x * -1, -1, 1)", "coalesce(x * -1, 1)", "true ? x * -1 : 1",
      "-6 % 3", "x % -3", "-1 == 2", "x == -1",
    ];
    for (const x of [0, -0]) for (const text of texts) expect(Object.is(valueOf(text, { x }), 0), `${text}, x = ${x}`).toBe(true);
  });

  test("are the same in any block and beside any others", () => {
    const count = 5000;
    const x = Float64Array.from({ length: count }, (_, i) => (i % 7 === 0 ? NaN : Math.sin(i) * 100));
    const y = Float64Array.from({ length: count }, (_, i) => Math.cos(i * 3) * 50);
    const formula = compileFormula("x > y and not (x < 0) ? round(x / (y + 1), 3) - min(x, y, 2) * (x - y) : coalesce(x, y) % 7", { variables: ["x", "y"] });
    const all = evaluateFormula(formula, { x, y });
    expect(all.length).toBe(count);
    expect(new Set(all).size).toBeGreaterThan(4000);
    for (const row of [0, 1, 7, 1023, 1024, 1025, 2047, 2048, 4095, 4999]) {
      expect(evaluateFormula(formula, { x: x.subarray(row, row + 1), y: y.subarray(row, row + 1) })).toEqual(all.subarray(row, row + 1));
    }
    expect(evaluateFormula(formula, { x: x.subarray(1000, 3100), y: y.subarray(1000, 3100) })).toEqual(all.subarray(1000, 3100));
  });

  test("do not depend on which blocks are used again", () => {
    // Sums of squares, nested every way: a block overwritten too early would show.
    const shape = fc.letrec<{ tree: { text: string; value: (x: number) => number } }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 6 },
        fc.integer({ min: 0, max: 9 }).map((k) => ({ text: `(x + ${k})`, value: (x: number) => x + k })),
        fc.tuple(tie("tree"), tie("tree")).map(([a, b]) => ({ text: `(${a.text} - ${b.text})`, value: (x: number) => a.value(x) - b.value(x) })),
        fc.tuple(tie("tree"), tie("tree"), tie("tree")).map(([a, b, c]) => ({
          text: `max(${a.text}, ${b.text}, ${c.text})`,
          value: (x: number) => Math.max(a.value(x), b.value(x), c.value(x)),
        })),
        fc.tuple(tie("tree"), tie("tree"), tie("tree")).map(([a, b, c]) => ({
          text: `(${a.text} > ${b.text} ? ${c.text} : ${a.text})`,
          value: (x: number) => (a.value(x) > b.value(x) ? c.value(x) : a.value(x)),
        })),
      ),
    })).tree;
    fc.assert(
      fc.property(shape, ({ text, value }) => {
        fc.pre(text.length < 2_000);
        expect(valueOf(text, { x: 3 })).toBe(value(3));
      }),
      { seed: 11, numRuns: 300 },
    );
  });
});

describe("columns", () => {
  const table = tableFromColumns({ spend: [100, null, 30], plan: ["pro", "free", null], churned: [true, false, null], orders: [4, 0, 3] });

  test("of a table: numbers, true/false and categories", () => {
    const values = (text: string): number[] => [...evaluateFormula(compileFormula(text, { variables: table }), table)];
    expect(values("spend / orders")).toEqual([25, NaN, 10]);
    expect(values("churned")).toEqual([1, 0, NaN]);
    expect(values("not churned or orders > 3")).toEqual([1, 1, NaN]);
    expect(values('plan == "pro"')).toEqual([1, 0, NaN]);
    expect(values('"pro" != plan')).toEqual([0, 1, NaN]);
    expect(values('plan == "Pro"')).toEqual([0, 0, NaN]);
    expect(values("isMissing(plan)")).toEqual([0, 0, 1]);
    expect(values("isMissing(churned) or isMissing(spend)")).toEqual([0, 1, 1]);
    expect(values('plan == "pro" ? 1 : plan == "free" ? 2 : 3')).toEqual([1, 2, NaN]);
    expect(values("1 + 1")).toEqual([2, 2, 2]);
  });

  test("of a category are compared by text: codes may differ from table to table", () => {
    const formula = compileFormula('plan == "pro"', { variables: table });
    const other = tableFromColumns({ plan: ["basic", "free", "pro", "pro"] });
    expect([...evaluateFormula(formula, other)]).toEqual([0, 0, 1, 1]);
    expect([...evaluateFormula(formula, tableFromColumns({ plan: ["basic"] }))]).toEqual([0]);
  });

  test("by name: a record, a map, columns of a table, names of any kind", () => {
    const names = ["__proto__", "constructor", "columns", "rowCount", "2024"];
    const text = names.map((name) => `\`${name}\``).join(" + ");
    const formula = compileFormula(text, { variables: names });
    const entries = names.map((name, i): [string, Float64Array] => [name, Float64Array.of(10 ** i, i)]);
    expect([...evaluateFormula(formula, new Map(entries))]).toEqual([11111, 10]);
    expect([...evaluateFormula(formula, Object.fromEntries(entries))]).toEqual([11111, 10]);
    expect([...evaluateFormula(compileFormula("spend", { variables: ["spend"] }), { spend: table.columns.get("spend")! })]).toEqual([100, NaN, 30]);
  });

  test("are found among own names only", () => {
    const formula = compileFormula("constructor + 1", { variables: ["constructor"] });
    expectRefusal(() => evaluateFormula(formula, { x: Float64Array.of(1) }), "unknownColumn", '"constructor"');
  });

  test("are not changed, and the result is new", () => {
    const x = Float64Array.of(1, NaN, 3);
    const formula = compileFormula("x", { variables: ["x"] });
    const result = evaluateFormula(formula, { x });
    expect(result).toEqual(x);
    result[0] = 99;
    expect([...x]).toEqual([1, NaN, 3]);
  });

  test("without rows give no values", () => {
    expect(evaluateFormula(compileFormula("round(x) + 1", { variables: ["x"] }), { x: new Float64Array(0) })).toEqual(new Float64Array(0));
    expect(evaluateFormula(compileFormula("1", { variables: [] }), {})).toEqual(new Float64Array(0));
  });

  test.each<[string, VariableType, FormulaColumns, string]>([
    ["absent", "number", { y: Float64Array.of(1) }, "unknownColumn"],
    ["of different lengths", "number", { x: Float64Array.of(1), y: Float64Array.of(1, 2) }, "lengthMismatch"],
    ["of true/false for a number", "number", { x: { type: "boolean", values: Uint8Array.of(1) } }, "invalidInput"],
    ["of texts for a number", "number", { x: { type: "category", codes: Int32Array.of(0), categories: ["a"] } }, "invalidInput"],
    ["of times for a number", "number", { x: { type: "timestamp", values: Float64Array.of(0) } }, "invalidInput"],
    ["of numbers that are not 0 or 1 for true/false", "boolean", { x: Float64Array.of(1, 2) }, "invalidInput"],
    ["of texts for true/false", "boolean", { x: { type: "category", codes: Int32Array.of(0), categories: ["a"] } }, "invalidInput"],
    ["of numbers for a category", "category", { x: Float64Array.of(1) }, "invalidInput"],
  ])("%s are refused", (_what, type, columns, code) => {
    const formula = compileFormula("isMissing(x)", { variables: { x: type } });
    expect(() => evaluateFormula(formula, columns)).toThrow(expect.objectContaining({ code, details: expect.objectContaining({ caller: "evaluateFormula" }) as unknown }));
  });

  test("of a wrong kind are refused", () => {
    const formula = compileFormula("x", { variables: ["x"] });
    const call = evaluateFormula as (formula: unknown, columns: unknown) => unknown;
    for (const columns of [undefined, null, 5, [1], { x: [1, 2] }, { x: 5 }, { x: null }, { x: new Float32Array(1) }, { x: { type: "number" } }, { x: { type: "number", codes: Int32Array.of(0) } }, { x: { type: "number", values: [1] } }, { x: { type: "category", values: Float64Array.of(1) } }, { x: { type: "constructor", values: Float64Array.of(1) } }]) {
      expectRefusal(() => call(formula, columns), "invalidInput");
    }
  });
});

describe("deriveColumn", () => {
  const table = tableFromColumns({ spend: [100, null, 30], orders: [4, 2, 0] }, { rowIds: ["a", "b", "c"] });

  test("adds numbers or true/false at the end and shares the rest", () => {
    const perOrder = deriveColumn(table, "perOrder", compileFormula("spend / orders", { variables: table }));
    const derived = deriveColumn(perOrder, "isLarge", compileFormula("perOrder > 10", { variables: perOrder }));
    expect([...derived.columns.keys()]).toEqual(["spend", "orders", "perOrder", "isLarge"]);
    expect(derived.columns.get("perOrder")).toEqual({ type: "number", values: Float64Array.of(25, NaN, NaN) });
    expect(derived.columns.get("isLarge")).toEqual({ type: "boolean", values: Uint8Array.of(1, 255, 255) });
    expect(derived.columns.get("spend")).toBe(table.columns.get("spend"));
    expect(derived.rowIds).toBe(table.rowIds);
    expect(table.columns.size).toBe(2);
  });

  test("refuses a name that is taken", () => {
    expectRefusal(() => deriveColumn(table, "spend", compileFormula("orders", { variables: table })), "duplicateKey", '"spend"');
  });
});
