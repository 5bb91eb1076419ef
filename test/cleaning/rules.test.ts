import { describe, expect, test } from "vitest";
import { tableFromColumns, tableFromRecords, type Column, type Table } from "clientele/data";
import { compileFormula } from "clientele/formula";
import { SpecReader } from "../../src/errors/spec";
import { judgeRule } from "../../src/cleaning/rules/apply";
import { checkRule, type CheckedRule } from "../../src/cleaning/rules/checked-rule";
import { columnsOfRule, judgedColumn } from "../../src/cleaning/rules/describe-rule";
import { fitRules } from "../../src/cleaning/rules/fit";
import type { Rule } from "../../src/cleaning/rules/plan";
import { assertQuality, summarizeRule, type RuleSummary } from "../../src/cleaning/rules/quality-gate";
import { findRuleConflict } from "../../src/cleaning/rules/rule-conflicts";
import { readRule, writeRule } from "../../src/cleaning/rules/spec";
import reference from "../reference/rules/expected.json";
import { expectRefusal } from "../support/errors";

function check(rule: Rule): CheckedRule {
  return checkRule("test", "rules[0]", rule);
}

function judge(rule: Rule, table: Table, isActive = new Uint8Array(table.rowCount).fill(1), related: ReadonlyMap<string, Table> = new Map()): number[] {
  const checked = check(rule);
  if (checked.rule === "dependency" || checked.rule === "spelling") throw new Error("learns: see its own test");
  expect(findRuleConflict(checked, "rules[0]")).toBeUndefined();
  return [...judgeRule("test", checked, table.columns, isActive, related).verdicts];
}

function conflict(rule: Rule): string {
  const found = findRuleConflict(check(rule), "rules[0]");
  if (found === undefined) throw new Error("no conflict was found");
  return `${found.parameter} must be ${found.rule}`;
}

describe("verdicts are those of pandas", () => {
  const formula = compileFormula("balance <= day", { variables: ["balance", "day"] });
  const monotonic = { rule: "monotonic", column: "balance", orderBy: "day", within: ["id"] } as const;
  const keys = new Map([["parts", tableFromColumns({ number: [2, null, 3, 7] })]]);
  const rules: readonly [name: keyof (typeof reference.rules)[number], rule: Rule][] = [
    ["required", { rule: "required", column: "balance" }],
    ["range", { rule: "range", column: "balance", min: 1, max: 3 }],
    ["oneOf", { rule: "oneOf", column: "id", values: ["a", "c", "g"] }],
    ["pattern", { rule: "pattern", column: "id", pattern: "[a-d]" }],
    ["formula", { rule: "formula", formula }],
    ["unique", { rule: "unique", columns: ["id", "part"] }],
    ["reference", { rule: "reference", column: "part", table: "parts", key: "number" }],
    ["increasing", monotonic],
    ["strictlyIncreasing", { ...monotonic, strict: true }],
    ["decreasing", { ...monotonic, direction: "decreasing" }],
  ];
  test.each(rules)("%s", (name, rule) => {
    for (const { columns, ...expected } of reference.rules) {
      expect(judge(rule, tableFromColumns(columns), undefined, keys)).toEqual(expected[name as keyof typeof expected]);
    }
  });
});

test("rows that are not active are not judged, and count for nobody", () => {
  const table = tableFromColumns({ id: ["a", "a", "b", "b"], day: [1, 2, 3, 4], value: [9, 1, 0, 2] });
  const isActive = Uint8Array.of(0, 1, 1, 1);
  expect(judge({ rule: "unique", columns: ["id"] }, table, isActive)).toEqual([2, 0, 1, 1]);
  expect(judge({ rule: "monotonic", column: "value", orderBy: "day" }, table, isActive)).toEqual([2, 0, 1, 0]);
  expect(judge({ rule: "range", column: "value", max: 1 }, table, isActive)).toEqual([2, 0, 0, 1]);
  expect(judge({ rule: "required", column: "id" }, table, isActive)).toEqual([2, 0, 0, 0]);
  expect(judge({ rule: "oneOf", column: "id", values: ["b"] }, table, isActive)).toEqual([2, 1, 0, 0]);
  expect(judge({ rule: "reference", column: "id", table: "t", key: "id" }, table, isActive, new Map([["t", tableFromColumns({ id: ["a"] })]]))).toEqual([2, 0, 1, 1]);
  const formula = compileFormula("value > 0", { variables: ["value"] });
  expect(judge({ rule: "formula", formula }, table, isActive)).toEqual([2, 0, 1, 0]);
});

test("times are judged by ISO 8601 bounds, both allowed", () => {
  const table = tableFromRecords([{ at: new Date("2026-01-01T00:00Z") }, { at: new Date("2025-12-31T23:59Z") }, { at: null }, { at: new Date("2026-02-01T00:00Z") }]);
  expect(judge({ rule: "range", column: "at", min: "2026-01-01", max: "2026-01-31T23:59:59Z" }, table)).toEqual([0, 1, 2, 1]);
  expectRefusal(() => judge({ rule: "range", column: "at", min: 0 }, table), "invalidInput", "range at", "dates or times");
  expectRefusal(() => judge({ rule: "range", column: "n", min: "2026-01-01" }, tableFromColumns({ n: [1] })), "invalidInput", "numbers");
});

test("a pattern must match the whole text, a letter beyond 16 bits is one", () => {
  const table = tableFromColumns({ code: ["ab", "abc", "xab", "😀b"] });
  expect(judge({ rule: "pattern", column: "code", pattern: ".b|abc" }, table)).toEqual([0, 0, 1, 0]);
});

test("a reference compares texts, numbers and true/false; equal ones only of one type", () => {
  const related = new Map([["customers", tableFromColumns({ id: ["a", "b", null], code: [1, -0, 3], ok: [true, null, true] })]]);
  const table = tableFromColumns({ id: ["b", "c", null], code: [0, 2, null], ok: [true, false, null] });
  for (const column of ["id", "code", "ok"]) expect(judge({ rule: "reference", column, table: "customers", key: column }, table, undefined, related)).toEqual([0, 1, 2]);
  expectRefusal(() => judge({ rule: "reference", column: "id", table: "customers", key: "code" }, table, undefined, related), "invalidInput", "category", "number");
  expectRefusal(() => judge({ rule: "reference", column: "id", table: "orders", key: "id" }, table, undefined, related), "invalidInput", '"orders"', '"customers"');
  expectRefusal(() => judge({ rule: "reference", column: "id", table: "customers", key: "ids" }, table, undefined, related), "unknownColumn", '"id"');
});

test("a column without any value is of any type, and not judged", () => {
  const table = tableFromRecords([{ a: null, n: 1 }, { a: null, n: 2 }]);
  const formula = compileFormula("a > n", { variables: ["a", "n"] });
  const rules: Rule[] = [
    { rule: "range", column: "a", min: 0 },
    { rule: "monotonic", column: "a", orderBy: "n" },
    { rule: "monotonic", column: "n", orderBy: "a" },
    { rule: "formula", formula },
    { rule: "unique", columns: ["a"] },
    { rule: "reference", column: "a", table: "t", key: "n" },
  ];
  for (const rule of rules) expect(judge(rule, table, undefined, new Map([["t", table]]))).toEqual([2, 2]);
  expect(judge({ rule: "required", column: "a" }, table)).toEqual([1, 1]);
});

test("a column of another type, or none, is refused by the name of the rule", () => {
  const table = tableFromColumns({ age: ["1", "2"], n: [1, 2] });
  expectRefusal(() => judge({ rule: "range", column: "age", min: 0 }, table), "invalidInput", "range age", "number or timestamp", "category");
  expectRefusal(() => judge({ rule: "oneOf", column: "n", values: ["1"] }, table), "invalidInput", "oneOf n", "number");
  expectRefusal(() => judge({ rule: "unique", columns: ["ages"] }, table), "unknownColumn", "unique ages", '"age"');
});

test("a thousand customers in a sequence each are judged apart", () => {
  const rows = 50_000;
  const table = tableFromColumns({
    customer: Float64Array.from({ length: rows }, (_, i) => i % 1000),
    at: Float64Array.from({ length: rows }, (_, i) => -i),
    total: Float64Array.from({ length: rows }, (_, i) => (i === 3007 ? -1 : rows - i)),
  });
  const verdicts = judge({ rule: "monotonic", column: "total", orderBy: "at", within: ["customer"], strict: true }, table);
  expect(verdicts.flatMap((verdict, row) => (verdict === 0 ? [] : [row]))).toEqual([3007]);
});

test("names and columns follow from a rule", () => {
  const formula = compileFormula("spend > 0 or orders == 0", { variables: ["spend", "orders"] });
  const expected: readonly [Rule, string, readonly string[], string][] = [
    [{ rule: "range", column: "age", min: 0 }, "range age", ["age"], "age"],
    [{ rule: "unique", columns: ["id", "shop"] }, "unique id, shop", ["id", "shop"], "id"],
    [{ rule: "dependency", from: ["zip"], to: "city" }, "zip → city", ["zip", "city"], "city"],
    [{ rule: "reference", column: "customer", table: "customers", key: "id" }, "reference customer → customers.id", ["customer"], "customer"],
    [{ rule: "monotonic", column: "total", orderBy: "day", within: ["id"] }, "monotonic total by day", ["total", "day", "id"], "total"],
    [{ rule: "formula", formula }, "formula spend, orders", ["spend", "orders"], "spend"],
    [{ rule: "formula", formula, column: "orders", name: "spends" }, "spends", ["spend", "orders"], "orders"],
    [{ rule: "spelling", column: "city" }, "spelling city", ["city"], "city"],
  ];
  for (const [rule, name, columns, judged] of expected) {
    const checked = check(rule);
    expect([checked.name, columnsOfRule(checked), judgedColumn(checked)]).toEqual([name, columns, judged]);
  }
});

test("what a rule contradicts itself in is told", () => {
  const formula = compileFormula("age + 1", { variables: ["age"] });
  const truth = compileFormula("age > 1", { variables: ["age"] });
  expect(conflict({ rule: "range", column: "age" })).toBe("rules[0].min must be given, or max");
  expect(conflict({ rule: "range", column: "age", min: 3, max: 2 })).toBe("rules[0].max must be at least min");
  expect(conflict({ rule: "range", column: "age", min: 3, max: "2026-01-01" })).toBe("rules[0].max must be of the same type as min");
  expect(conflict({ rule: "range", column: "age", max: "2026-02-30" })).toContain("rules[0].max must be a finite number");
  expect(conflict({ rule: "range", column: "age", max: NaN })).toContain("rules[0].max must be a finite number");
  expect(conflict({ rule: "oneOf", column: "plan", values: [] })).toContain("rules[0].values");
  expect(conflict({ rule: "oneOf", column: "plan", values: ["a", "a"] })).toContain("distinct");
  expect(conflict({ rule: "pattern", column: "plan", pattern: "(" })).toContain("rules[0].pattern must be a regular expression");
  expect(conflict({ rule: "pattern", column: "plan", pattern: "a)(?:b" })).toContain("rules[0].pattern");
  expect(conflict({ rule: "formula", formula })).toBe("rules[0].formula must be a formula that gives true or false");
  expect(conflict({ rule: "formula", formula: compileFormula("1 > 0", { variables: [] }) })).toContain("at least one column");
  expect(conflict({ rule: "formula", formula: truth, onViolation: "missing" })).toContain("rules[0].column");
  expect(conflict({ rule: "unique", columns: [] })).toContain("rules[0].columns");
  expect(conflict({ rule: "unique", columns: ["a", "a"] })).toContain("distinct columns");
  expect(conflict({ rule: "monotonic", column: "a", orderBy: "a" })).toContain("rules[0].column");
  expect(conflict({ rule: "monotonic", column: "a", orderBy: "b", within: ["c", "c"] })).toContain("rules[0].within");
  expect(conflict({ rule: "dependency", from: [], to: "a" })).toContain("rules[0].from");
  expect(conflict({ rule: "dependency", from: ["a"], to: "a" })).toContain("rules[0].to");
  expect(conflict({ rule: "dependency", from: ["a"], to: "b", fillMissing: true })).toContain("rules[0].fillMissing");
  expect(conflict({ rule: "spelling", column: "a", maxDistance: 3 })).toBe("rules[0].minLength must be at least 7 (2 · maxDistance + 1)");
  expect(conflict({ rule: "required", column: "a", warnAbove: 0.1, stopAbove: 0.05 })).toBe("rules[0].stopAbove must be at least warnAbove (0.1)");
  expect(conflict({ rule: "required", column: "a", name: "" })).toContain("rules[0].name");
});

test("a rule that is not well formed is refused where it stands", () => {
  expectRefusal(() => check({ rule: "ranges", column: "a" } as unknown as Rule), "invalidOption", "rules[0].rule");
  expectRefusal(() => check({ rule: "range", column: "a", maximum: 1 } as unknown as Rule), "unknownOption", "rules[0]", "maximum");
  expectRefusal(() => check({ rule: "required", column: "a", onViolation: "missing" } as unknown as Rule), "invalidOption", "rules[0].onViolation");
  expectRefusal(() => check({ rule: "required", column: "a", stopAbove: 5 }), "invalidOption", "rules[0].stopAbove", "from 0 to 1");
  expectRefusal(() => check({ rule: "dependency", from: ["a"], to: "b", minShare: 0 }), "invalidOption", "rules[0].minShare", "above 0");
  expectRefusal(() => check({ rule: "formula", formula: { kind: "formula" } } as unknown as Rule), "invalidOption", "rules[0].formula");
  expectRefusal(() => check(null as unknown as Rule), "invalidOption", "rules[0]");
});

test("a rule shares nothing with the plan", () => {
  const values = ["a"];
  const rule = check({ rule: "oneOf", column: "c", values });
  values.push("b");
  expect(rule).toMatchObject({ values: ["a"] });
});

describe("saved rules", () => {
  const table = tableFromColumns({ zip: ["1", "1", "2", "1", "2"], n: [1, 1, -0, 1, 0], ok: [true, true, false, true, false], city: ["Arab", "Arab", "Boaz", "Opp", "Boaz"] });
  const all = new Uint8Array(table.rowCount).fill(1);
  const rules: Rule[] = [
    { rule: "required", column: "zip", stopAbove: 0.1 },
    { rule: "range", column: "n", min: 0 },
    { rule: "oneOf", column: "zip", values: ["1", "2"] },
    { rule: "pattern", column: "zip", pattern: "\\d" },
    { rule: "formula", formula: compileFormula("n >= 0", { variables: ["n"] }) },
    { rule: "unique", columns: ["zip"] },
    { rule: "reference", column: "zip", table: "t", key: "zip" },
    { rule: "monotonic", column: "n", orderBy: "n2" },
    { rule: "dependency", from: ["zip", "n", "ok"], to: "city", onViolation: "repair", fillMissing: true },
    { rule: "dependency", from: ["zip"], to: "ok" },
    { rule: "spelling", column: "city", minLength: 3, minRatio: 2 },
  ];
  const open = (value: unknown): SpecReader => SpecReader.open("test", { kind: "k", version: 1, rule: value }, "k", 1).object("rule");

  test.each(rules)("$rule", (rule) => {
    const fitted = fitRules("test", [check(rule)], table.columns, all)[0]!;
    const saved = writeRule(fitted);
    const read = readRule(open(JSON.parse(JSON.stringify(saved))));
    expect(writeRule(read)).toEqual(saved);
    expect(read.learned).toEqual(fitted.learned);
    expect({ ...read.rule, formula: null }).toEqual({ ...fitted.rule, formula: null });
    for (const name of Object.keys(saved)) {
      const rest = Object.entries(JSON.parse(JSON.stringify(saved)) as object).filter(([other]) => other !== name);
      expectRefusal(() => readRule(open(Object.fromEntries(rest))), "invalidSpec");
    }
  });

  test("what does not fit together is refused", () => {
    const saved = (rule: Rule): Record<string, unknown> => JSON.parse(JSON.stringify(writeRule(fitRules("test", [check(rule)], table.columns, all)[0]!))) as Record<string, unknown>;
    const range = saved({ rule: "range", column: "n", min: 0 });
    expectRefusal(() => readRule(open({ ...range, min: { a: 1 } })), "invalidSpec", "rule.min");
    expectRefusal(() => readRule(open({ ...range, learned: {} })), "invalidSpec", "rule.learned");
    expectRefusal(() => readRule(open({ ...saved({ rule: "pattern", column: "zip", pattern: "a" }), pattern: "(" })), "invalidSpec", "rule.pattern");
    const dependency = saved({ rule: "dependency", from: ["zip"], to: "city" });
    const learned = dependency["learned"] as Record<string, unknown>;
    expect(learned).toMatchObject({ counts: [2, 2], rows: [3, 2] });
    expectRefusal(() => readRule(open({ ...dependency, learned: { ...learned, counts: [2, 3] } })), "invalidSpec", "rule.learned.rows");
    expectRefusal(() => readRule(open({ ...dependency, learned: { ...learned, counts: [2] } })), "invalidSpec", "rule.learned.rows");
    expectRefusal(() => readRule(open({ ...dependency, learned: { ...learned, from: [] } })), "invalidSpec", "rule.learned.from");
    expectRefusal(() => readRule(open({ ...dependency, learned: { ...learned, to: { type: "category", values: ["a", 2] } } })), "invalidSpec", "rule.learned.to.values[1]");
    expectRefusal(() => readRule(open({ ...dependency, learned: null })), "invalidSpec", "rule.learned");
    const spelling = { ...saved({ rule: "spelling", column: "city" }), learned: { kind: "spelling", texts: ["Anniston", "Annixton"], counts: [30, 2], standsFor: [0, 0] } };
    expect(readRule(open(spelling)).learned).toEqual(spelling.learned);
    for (const wrong of [{ standsFor: [1, 0] }, { standsFor: [0, 2] }, { standsFor: [0] }, { counts: [2, 30] }, { counts: [30, 0] }, { texts: ["Anniston", "Anniston"] }, { texts: ["Anniston", "Opp"] }]) {
      expectRefusal(() => readRule(open({ ...spelling, learned: { ...spelling.learned, ...wrong } })), "invalidSpec", `rule.learned.${Object.keys(wrong)[0]!}`);
    }
  });
});

describe("the gate", () => {
  const all = new Uint8Array(100).fill(1);
  const summary = (broken: number, thresholds: { warnAbove?: number; stopAbove?: number }, column: Column = { type: "number", values: Float64Array.from({ length: 100 }, (_, i) => (i < broken ? -1 : 1)) }): RuleSummary => {
    const rule = check({ rule: "range", column: "age", min: 0, ...thresholds });
    if (rule.rule !== "range") throw new Error("no range");
    return summarizeRule(judgeRule("test", rule, new Map([["age", column]]), all, new Map()), all);
  };

  test("warns above 1 %, stops above 5 %, not at them", () => {
    const thresholds = { warnAbove: 0.01, stopAbove: 0.05 };
    expect([0, 1, 2, 5, 6].map((broken) => summary(broken, thresholds).status)).toEqual(["passed", "passed", "warned", "warned", "stopped"]);
    expect([0, 1].map((broken) => summary(broken, {}).status)).toEqual(["passed", "warned"]);
    expect(summary(100, {}).status).toBe("warned");
    expect(summary(1, { warnAbove: 0, stopAbove: 0 }).status).toBe("stopped");
  });

  test("a summary counts rows and tells which", () => {
    const column: Column = { type: "number", values: Float64Array.from({ length: 100 }, (_, i) => (i === 7 || i === 50 ? -1 : i < 20 ? 1 : NaN)) };
    expect(summary(0, { stopAbove: 0.05 }, column)).toEqual({
      name: "range age", rule: "range", columns: ["age"], judged: 21, broken: 2, repaired: 0, filled: 0, notJudged: 79, share: 2 / 21,
      warnAbove: 0, stopAbove: 0.05, status: "stopped", onViolation: "report", rows: Int32Array.of(7, 50),
    });
  });

  test("where nothing was judged, nothing is broken", () => {
    const none = summary(0, { stopAbove: 0 }, { type: "number", values: new Float64Array(100).fill(NaN) });
    expect(none).toMatchObject({ judged: 0, broken: 0, notJudged: 100, share: NaN, status: "passed" });
    expect(() => assertQuality({ rules: [none] })).not.toThrow();
  });

  test("rows that had left the table are counted nowhere", () => {
    const rule = check({ rule: "required", column: "age" });
    if (rule.rule !== "required") throw new Error("no required");
    const column: Column = { type: "number", values: Float64Array.of(NaN, NaN, 1) };
    const isActive = Uint8Array.of(0, 1, 1);
    expect(summarizeRule(judgeRule("test", rule, new Map([["age", column]]), isActive, new Map()), isActive)).toMatchObject({ judged: 2, broken: 1, notJudged: 0, rows: Int32Array.of(1) });
  });

  test("assertQuality names every rule that stopped, with count, share and threshold", () => {
    expect(() => assertQuality({ rules: [summary(6, {}), summary(3, { stopAbove: 0.03 })] })).not.toThrow();
    const error = expectRefusal(
      () => assertQuality({ rules: [summary(6, { stopAbove: 0.05 }), summary(50, {}), summary(13, { stopAbove: 0.125 })] }),
      "invalidInput",
      "2 of 3 rules stopped",
      '"range age" is broken by 6 of 100 rows (6 %, above 5 %)',
      "13 of 100 rows (13 %, above 12.5 %)",
    );
    expect(error.details.rule).toBe("range age, range age");
    expectRefusal(() => assertQuality({} as never), "invalidInput", "report");
  });
});
