import { describe, expect, test } from "vitest";
import { ClienteleError } from "../../src/errors/error";
import { compileFormula, evaluateFormula, formatFormula, formulaFromSpec } from "../../src/formula/index";
import { refusalOf } from "./arbitrary-tree";

/** What has been tried against expression parsers, mathjs first among them. */
const ATTEMPTS = [
  // Changing the parser.
  "import({ max: 5 })",
  'import({ max: 5 }, { override: true })',
  'config({ number: "BigNumber" })',
  'createUnit("customer")',
  'evaluate("x")',
  'compile("x")',
  'parse("x")',
  "parser()",
  'simplify("x + x")',
  'derivative("x^2", "x")',
  'rationalize("x")',
  'resolve("x")',
  "typed(x)",
  'reviver("a", x)',
  'chain(x)',
  "print(x)",
  'help("max")',
  "help",
  "print",
  'format(x)',
  "map(x, y)",
  "filter(x, y)",
  "forEach(x, y)",
  "sort(x, y)",
  // Assignment and definition.
  "x = 1",
  "x = y = 1",
  "f(x) = x",
  "max(x, y) = 1",
  "x; y",
  "x\ny",
  "x + (y = 2)",
  "function() { return 1 }",
  "x => x",
  "() => 1",
  // Properties and indexes.
  "x.y",
  "x.constructor",
  "max.constructor",
  'max.constructor("return process")()',
  "x?.y",
  'x["constructor"]',
  "x[1]",
  'x.__proto__.polluted = 1',
  "(1).constructor",
  '"a".constructor',
  'cos.constructor("alert(1)")()',
  // Names of Object.prototype and globals, not declared.
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
  "valueOf()",
  "__defineGetter__(x, y)",
  "this",
  "globalThis",
  "process",
  "window",
  "Function(x)",
  "constructor(x)",
  "toString(x)",
  "__proto__(x)",
  "hasOwnProperty(x)",
  // Other types of mathjs.
  "[1, 2]",
  "[x; y]",
  "{a: 1}",
  "{}",
  "1:3",
  "x:y:2",
  "y > 1 ? 1 : 2:3",
  '"a"',
  "'a'",
  '"a" + "b"',
  "`a`",
  "5 cm",
  "5 cm to inch",
  "x to y",
  "x in y",
  "i",
  "2i",
  "pi",
  "e",
  "null",
  "undefined",
  "NaN",
  "Infinity",
  "0x10",
  "0b11",
  "1n",
  'bignumber("1")',
  "fraction(1, 3)",
  "complex(1, 2)",
  "unit(5)",
  "matrix(x)",
  "range(1, 3)",
  "random()",
  "now()",
  // Operators that are not offered.
  "2 x",
  "2(x)",
  "(x)(y)",
  "x!",
  "!x",
  "x'",
  "x .* y",
  "x ./ y",
  "x .^ y",
  "x & y",
  "x | y",
  "x ^| y",
  "~x",
  "x << 1",
  "x >> 1",
  "x >>> 1",
  "x xor y",
  "x ?? y",
  "x ** 2",
  "x === y",
  "5%",
  "x # comment",
  "x // comment",
  "x /* comment */",
  // Unicode.
  "x＋y",
  "ｘ",
  "x\u2028y",
  "x\u200b",
  "\u202ex + y",
  "x\u0000",
  "\ufeffx y",
  "х",
  "𝑥",
  "x\ud800",
  "“a”",
  "\\u0078",
];

describe("escape attempts", () => {
  test.each(ATTEMPTS)("%j is refused", (text) => {
    const error = refusalOf(text, ["x", "y"]);
    expect(error).toBeInstanceOf(ClienteleError);
    expect(["invalidInput", "unsupported", "unknownColumn"]).toContain((error as ClienteleError).code);
  });

  test("there are many, and each is another", () => {
    expect(new Set(ATTEMPTS).size).toBe(ATTEMPTS.length);
    expect(ATTEMPTS.length).toBeGreaterThan(100);
  });

  test("none has left a trace: formulas mean what they did", () => {
    for (const text of ATTEMPTS) refusalOf(text, ["x", "y"]);
    expect(Object.keys(Object.prototype)).toEqual([]);
    const formula = compileFormula("max(x, y) + 1", { variables: ["x", "y"] });
    expect(evaluateFormula(formula, { x: Float64Array.of(2), y: Float64Array.of(3) })).toEqual(Float64Array.of(4));
  });
});

describe("size", () => {
  const repeated = (text: string, count: number): string => text.repeat(count);
  test.each([
    ["10,000 nested brackets", repeated("(", 10_000) + "x" + repeated(")", 10_000)],
    ["4,000 nested brackets", repeated("(", 4_000) + "x" + repeated(")", 4_000)],
    ["101 nested brackets", repeated("(", 101) + "x" + repeated(")", 101)],
    ["101 nested calls", repeated("abs(", 101) + "x" + repeated(")", 101)],
    ["open brackets only", repeated("(", 9_000)],
    ["1 MB of text", repeated("x + ", 250_000) + "x"],
    ["1 MB of spaces", repeated(" ", 1_000_000)],
    ["1 MB of one name", repeated("x", 1_000_000)],
    ["9,000 signs", repeated("-", 9_000) + "x"],
    ["1,000 signs", repeated("-", 1_000) + "x"],
    ["501 signs", repeated("-", 501) + "x"],
    ["2,000 powers", repeated("x^", 2_000) + "x"],
    ["3,000 summands", repeated("x+", 3_000) + "x"],
    ["101 conditions", repeated("x>y?x:", 101) + "y"],
    ["an unclosed quote", `"${repeated('""', 4_000)}`],
    ["an unclosed name", `\`${repeated("``", 4_000)}`],
    ["many operands", `max(${repeated("x,", 101)}x)`],
    ["chains within chains", repeated("x < (0 < ", 30) + "y" + repeated(" < x ? 1 : 2) < y", 30)],
  ])("%s", (_name, text) => {
    expect(refusalOf(text, ["x", "y"])).toMatchObject({ code: "invalidInput" });
  });

  test.each([
    ["100 nested brackets", repeated("(", 100) + "x" + repeated(")", 100), 3],
    ["100 nested remainders", repeated("y % (x + ", 100) + "y" + repeated(")", 100), 4],
    ["498 powers", repeated("1^", 498) + "x", 1],
    ["498 signs", repeated("-", 498) + "x", 3],
    ["500 summands", repeated("x+", 498) + "y - y", 1494],
    ["100 conditions", repeated("x>y?x:", 100) + "x", 3],
    ["100 nested conditions", repeated("x>y?x:(", 100) + "x" + repeated(")", 100), 3],
    ["100 operands", `min(${repeated("x,", 99)}y)`, 3],
  ])("%s are read, printed, saved and evaluated", (_name, text, expected) => {
    const formula = compileFormula(text, { variables: ["x", "y"] });
    expect(evaluateFormula(formula, { x: Float64Array.of(3), y: Float64Array.of(4) })[0]).toBe(expected);
    expect(formulaFromSpec(JSON.parse(JSON.stringify(formula))).toJSON()).toEqual(formula.toJSON());
    expect(compileFormula(formatFormula(formula), { variables: ["x", "y"] }).toJSON()).toEqual(formula.toJSON());
  });
});
