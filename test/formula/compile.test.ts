import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { tableFromColumns } from "clientele/data";
import type { FormulaProblem } from "clientele/formula";
import { ClienteleError } from "../../src/errors/error";
import { functionNames } from "../../src/formula/evaluate/tree";
import { compileFormula, type VariableType } from "../../src/formula/index";
import { refusalOf } from "./arbitrary-tree";

const variables = { a: "number", b: "number", c: "number", churned: "boolean", plan: "category" } as const;

/** The parts of a refusal that a test compares. */
function refused(text: string, names: Readonly<Record<string, VariableType>> = variables): { code: string; position: number; symbol: string; message: string } {
  const error = refusalOf(text, names);
  if (!(error instanceof ClienteleError)) throw new Error(`${text} was not refused`);
  const { position, symbol } = error.details.value as FormulaProblem;
  expect(error.details.caller).toBe("compileFormula");
  expect(error.message).toContain(`at character ${position + 1}`);
  return { code: error.code, position, symbol, message: error.message };
}

describe("a formula", () => {
  test("holds the tree, the variables in order of appearance and the type of its result", () => {
    const formula = compileFormula("b / max(a, 1) > b", { variables });
    expect(formula.resultType).toBe("boolean");
    expect(formula.variables).toEqual([
      { name: "b", type: "number" },
      { name: "a", type: "number" },
    ]);
    expect(JSON.parse(JSON.stringify(formula))).toEqual({
      kind: "formula",
      version: 1,
      resultType: "boolean",
      variables: [
        { name: "b", type: "number" },
        { name: "a", type: "number" },
      ],
      tree: {
        type: "operation",
        operation: "greater",
        operands: [
          {
            type: "operation",
            operation: "divide",
            operands: [
              { type: "variable", name: "b" },
              { type: "operation", operation: "max", operands: [{ type: "variable", name: "a" }, { type: "number", value: 1 }] },
            ],
          },
          { type: "variable", name: "b" },
        ],
      },
    });
  });

  test("takes its variables from a list, a record, a map or a table", () => {
    const table = tableFromColumns({ a: [1, 2], plan: ["pro", "free"], churned: [true, false] });
    const text = 'a > 1 and plan == "pro" and churned';
    const types = { a: "number", plan: "category", churned: "boolean" } as const;
    const expected = compileFormula(text, { variables: types }).toJSON();
    expect(compileFormula(text, { variables: table }).toJSON()).toEqual(expected);
    expect(compileFormula(text, { variables: new Map(Object.entries(types)) }).toJSON()).toEqual(expected);
    expect(compileFormula("a", { variables: ["a"] }).variables).toEqual([{ name: "a", type: "number" }]);
  });

  test.each(["收入 / 年龄", "σ + été", "выручка_2024", "आयु > 18 ? 1 : 0", "`Monthly Charges` * 12", "`a``b`", "`and` + `2024`", "`Total.Charges`"])("%s", (text) => {
    const names = ["收入", "年龄", "σ", "été", "выручка_2024", "आयु", "Monthly Charges", "a`b", "and", "2024", "Total.Charges"];
    expect(compileFormula(text, { variables: names }).variables.length).toBeGreaterThan(0);
  });

  test("may use names that mean something to JavaScript, to mathjs or to formulas", () => {
    const names = ["__proto__", "constructor", "toString", "hasOwnProperty", "max", "import", "v0", "v1", "end", "i", "e", "pi", "mod", "to", "in", "xor", "null", "undefined", "NaN", "Infinity"];
    for (const name of names) {
      expect(compileFormula(`${name} + 1`, { variables: names }).variables).toEqual([{ name, type: "number" }]);
    }
    expect(compileFormula("max(max, min)", { variables: ["max", "min"] }).variables.map(({ name }) => name)).toEqual(["max", "min"]);
    for (const name of ["true", "not"]) expect(compileFormula(`\`${name}\` + 1`, { variables: [name] }).variables).toEqual([{ name, type: "number" }]);
  });

  test.each([
    ["a + b", "number"],
    ["churned", "boolean"],
    ["true", "boolean"],
    ["churned ? a : b", "number"],
    ["churned ? a > b : churned", "boolean"],
    ['plan == "pro"', "boolean"],
    ['"pro" != plan', "boolean"],
    ["isMissing(plan)", "boolean"],
    ["isMissing(a > b)", "boolean"],
    ["coalesce(a, b, 0)", "number"],
    ["coalesce(a > b, false)", "boolean"],
    ["churned == (a > b)", "boolean"],
    ["round(a / b, 2)", "number"],
    ["a < b <= c != 3", "boolean"],
  ])("%s gives a %s", (text, type) => {
    expect(compileFormula(text, { variables }).resultType).toBe(type);
  });
});

test("a comma between two numbers is one between two values if a space follows, or a sign stands before the second", () => {
  const tree = (text: string): unknown => compileFormula(text, { variables }).toJSON().tree;
  for (const text of ["max(1, 24)", "max(1 ,24)", "max(1\n,24)", "max( 1 , 24 )"]) expect(tree(text)).toEqual(tree("max(1, 24)"));
  expect(tree("max(1,-24)")).toEqual(tree("max(1, -24)"));
  expect(tree("clamp(a,0, 1)")).toEqual(tree("clamp(a, 0, 1)"));
  expect(tree("max(0, 0.5)")).toEqual(tree("max(0, .5)"));
});

describe("wrong types are refused at their place", () => {
  test.each([
    ["churned + 1", 0, "churned"],
    ["1 + (a > b)", 4, "(a > b)"],
    ["a * (b + churned)", 9, "churned"],
    ["a and churned", 0, "a"],
    ["not a > b", 4, "a"],
    ["a ? 1 : 2", 0, "a"],
    ["churned ? 1 : churned", 14, "churned"],
    ["churned < 1", 0, "churned"],
    ["churned == 1", 11, "1"],
    ["plan == a", 8, "a"],
    ["plan == plan", 8, "plan"],
    ['"a" == "b"', 7, '"b"'],
    ['a == "b"', 5, '"b"'],
    ['max(a, "b")', 7, '"b"'],
    ["abs(plan)", 4, "plan"],
    ["-churned", 1, "churned"],
    ["+churned", 1, "churned"],
    ["round(a, b)", 9, "b"],
    ["round(a, 1.5)", 9, "1.5"],
    ["round(a, 16)", 9, "16"],
    ['isMissing("a")', 10, '"a"'],
    ["coalesce(a, churned)", 12, "churned"],
    ["coalesce(plan, plan)", 9, "plan"],
    ["min(a)", 0, "min(a)"],
    ["1 + min()", 4, "min()"],
    ["clamp(a, b)", 0, "clamp(a, b)"],
    ["sqrt(a, b)", 0, "sqrt(a, b)"],
    ["plan", 0, "plan"],
    ['"pro"', 0, '"pro"'],
    ["churned ? plan : plan", 10, "plan"],
    ["-(a < b) ^ max(a, b)", 1, "(a < b)"],
  ])("%s at %i", (text, position, symbol) => {
    expect(refused(text)).toMatchObject({ code: "invalidInput", position, symbol });
  });

  test("the message names both types", () => {
    expect(refused("b * (a > 1)").message).toBe('compileFormula: * needs a number, and "(a > 1)" is true/false at character 5');
  });
});

describe("unknown names", () => {
  const names = { monetary: "number", 收入: "number", "Monthly Charges": "number" } as const;
  test.each([
    ["1 + monetery", 4, "monetery", 'did you mean "monetary"?'],
    ["收人 * 2", 0, "收人", 'did you mean "收入"?'],
    ["`Monthly charges`", 0, "`Monthly charges`", 'did you mean "Monthly Charges"?'],
    ["Q + 1", 0, "Q", 'there are "monetary", "收入", "Monthly Charges"'],
    ["max + 1", 0, "max", "max is a function: write max(…)"],
    ["__proto__", 0, "__proto__", "there are"],
  ])("variable in %s", (text, position, symbol, hint) => {
    const refusal = refused(text, names);
    expect(refusal).toMatchObject({ code: "unknownColumn", position, symbol });
    expect(refusal.message).toContain(hint);
  });

  test.each([
    ["maxx(1, 2)", "did you mean max?"],
    ["IF(true, 1, 2)", "write condition ? value : other"],
    ["ln(2)", "write log(x)"],
    ["monetary(2)", '"monetary" is a variable'],
    ["constructor(1)", "there are min, max"],
    ["add(1, 2)", "there are min, max"],
  ])("function in %s", (text, hint) => {
    const refusal = refused(text, names);
    expect(refusal).toMatchObject({ code: "unsupported", position: 0 });
    expect(refusal.message).toContain(hint);
  });
});

describe("wrong syntax is refused at its place", () => {
  test.each([
    ["2 a", 2, "missing operator"],
    ["2a", 1, "missing operator"],
    ["a b", 2, "missing operator"],
    ["(a)(b)", 3, "missing operator"],
    ["2(b)", 1, "missing operator"],
    ["`a`(b)", 3, "missing operator"],
    ["1.2.3", 3, "missing operator"],
    ["a AND b", 2, "write and"],
    ["a between 1", 2, "between is not offered"],
    ["(a", 2, "parenthesis"],
    ["a)", 1, "operator )"],
    ["a +", 3, "end of expression"],
    ["a * / b", 4, "value expected"],
    ["max(a,, b)", 6, "value expected"],
    ["()", 1, "value expected"],
    ["churned ? a", 11, "conditional"],
    ["churned ? : a", 10, "conditional"],
    ["5%", 2, "end of expression"],
    ["`a", 0, "without its closing"],
    ['"a', 0, "without its closing"],
    ["``", 0, "empty name"],
    ["1e999", 0, "range of numbers"],
    ["1e-999", 0, "range of numbers"],
    ["a ＋ b", 2, "write +"],
    ["a \u200b+ b", 2, "U+200B"],
    ["a @ b", 2, '"@" (U+0040)'],
    ["and", 0, "value expected"],
    ["or(churned, true)", 0, "value expected"],
    ["a + % b", 4, "value expected"],
    ["churned and and churned", 12, "value expected"],
    ["a > 1,024", 4, "may be one number or two"],
    ["max(a, 1,024)", 7, "may be one number or two"],
    ["round(a * 0,5)", 10, "a space"],
    ["max(1, 007)", 7, "begins with a 0"],
  ])("%s", (text, position, words) => {
    const refusal = refused(text);
    expect(refusal).toMatchObject({ code: "invalidInput", position });
    expect(refusal.message).toContain(words);
  });

  test("an empty text", () => {
    for (const text of ["", "  \n\t"]) expect(refusalOf(text, variables)).toMatchObject({ code: "invalidInput" });
  });
});

describe("options", () => {
  test.each([
    [undefined, "invalidOption"],
    [{}, "invalidOption"],
    [{ variables: 5 }, "invalidInput"],
    [{ variables: ["a", 5] }, "invalidOption"],
    [{ variables: ["a", "a"] }, "duplicateKey"],
    [{ variables: { a: "text" } }, "invalidOption"],
    [{ variables: new Map([["a", undefined]]) }, "invalidOption"],
    [{ variables: ["a"], variable: 1 }, "unknownOption"],
  ])("%j", (options, code) => {
    const call = compileFormula as (text: unknown, options: unknown) => unknown;
    expect(() => call("a", options)).toThrow(expect.objectContaining({ code }));
  });

  test("a text must be a text", () => {
    const call = compileFormula as (text: unknown, options: unknown) => unknown;
    for (const text of [undefined, null, 5, {}, ["a"], new String("a")]) expect(() => call(text, { variables })).toThrow(expect.objectContaining({ code: "invalidInput" }));
  });

  test("a column of times is known and cannot be used", () => {
    const table = { rowCount: 1, rowIds: [0], columns: new Map([["joined", { type: "timestamp", values: Float64Array.of(0) } as const]]) };
    expect(() => compileFormula("joined > 0", { variables: table })).toThrow(expect.objectContaining({ code: "unsupported" }));
  });
});

test("the guide lists every function", () => {
  const guide = readFileSync(new URL("../../docs/guide/formulas.md", import.meta.url), "utf8");
  expect(functionNames().filter((name) => !guide.includes(`\`${name}(`))).toEqual([]);
});
