import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ClienteleError } from "../../src/errors/error";
import { compileFormula, evaluateFormula, formatFormula, formatLatex, formulaFromSpec, type VariableType } from "../../src/formula/index";
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
  "\\u{78}",
  "\\x78",
  "x\\u0020y",
  "x\u0301",
  "x\u200dy",
  "x\u2060",
  "x\u202e",
  "\u2066x\u2069",
  "x\u00ad",
  "x\u180e",
  "x \u037e y",
  "x；y",
  "（x）",
  "x，y",
  "x ∕ y",
  "x ⁄ y",
  "x ∗ y",
  "x²",
  "½",
  "ⅷ",
  "١",
  "𝟏",
  "ⓧ",
  "ˣ",
  "ᵪ",
  "\ud835\u0000",
  "\udc65x",
  // Templates, comments, statements.
  "${x}",
  "`${x}`",
  "`x${y}`",
  "x`y`",
  "max`x`",
  "String.raw`x`",
  "/* x */ x",
  "<!-- x",
  "--> x",
  "# x",
  "#!x",
  "'use strict'",
  "let x = 1",
  "var x",
  "return x",
  "throw x",
  "debugger",
  "new x",
  "new Function(x)",
  "typeof x",
  "delete x",
  "void 0",
  "await x",
  "yield x",
  "async () => x",
  "class A {}",
  "if (x) y",
  "while (true) x",
  "x, y",
  "(x, y)",
  "...x",
  "max(...x)",
  "x += 1",
  "x := 1",
  "x++",
  "x |> y",
  "x @ y",
  "@x",
  "$x",
  "\\",
  // Calls by a detour.
  'import("fs")',
  'require("fs")',
  'eval("x")',
  "eval(x)",
  "(max)(x, y)",
  "`max`(x, y)",
  "max(x, y)(x)",
  "max(x, y).constructor",
  "max.call(x, y)",
  "max.apply",
  "(x > y ? max : min)(x, y)",
  "max(max)",
  "add(x, y)",
  "negate(x)",
  "conditional(x > y, x, y)",
  "less(x, y)",
  "greater(x, y)",
  "unaryMinus(x)",
  "Math.max(x, y)",
  "globalThis.x",
  "global.process.exit()",
  "self(x)",
  "document.cookie",
  "alert(1)",
  "fetch(x)",
  "setTimeout(x, 1)",
  "Symbol(x)",
  "Object(x)",
  "Reflect(x)",
  "Proxy(x, y)",
  "__lookupGetter__(x)",
  "prototype",
  "isPrototypeOf(x)",
  "propertyIsEnumerable(x)",
  "arguments",
  "super",
  "then",
  "toJSON()",
  "v0",
  "v0(v1)",
  "v1",
  "ans",
  "end",
  // Words of the parser where a value must stand.
  "and",
  "or",
  "not",
  "mod",
  "and(x > y, true)",
  "or(x, y)",
  "mod(x, y)",
  "xor(x, y)",
  "x + and",
  "max(or, x)",
  "and and and",
  "not and",
  "% x",
  "x + %",
  "x %% y",
  "(%)",
  "true(x)",
  "true = false",
  "(true).x",
  "x to",
  "in",
  "in x",
  // Operators side by side, and parts without their others.
  "x < > y",
  "x <=> y",
  "x = = y",
  "x ! = y",
  "x * / y",
  "x ^ ^ y",
  "x + * y",
  "x ? y",
  "x > y ? x",
  "x > y ? : x",
  "x > y ? (1:2) : 3",
  "? x : y",
  ": x",
  "x :",
  "()",
  "( )",
  "max(, x)",
  "max(x,)",
  "max x, y",
  "x)",
  "(x",
  ")x(",
  ",",
  "max(x;y)",
  // Numbers that are none, or two.
  "1_000",
  "1 000",
  "1'000",
  "1,024",
  "0,5",
  "x * 0,5",
  "x > 1,024",
  "max(x, 1,024)",
  "round(x * 0,5)",
  "clamp(x,0,1)",
  "1.000,5",
  "1..2",
  "1.2.3",
  "0x1F",
  "0o17",
  "1e",
  "1e+",
  "1e1e1",
  "007",
  "max(x, 007)",
  "00",
  "1e309",
  "1e-400",
  "1.x",
  "x.1",
  "+",
  "-",
];

describe("escape attempts", () => {
  test.each(ATTEMPTS)("%j is refused", (text) => {
    const error = refusalOf(text, ["x", "y"]);
    expect(error).toBeInstanceOf(ClienteleError);
    expect(["invalidInput", "unsupported", "unknownColumn"]).toContain((error as ClienteleError).code);
  });

  test("there are many, and each is another", () => {
    expect(new Set(ATTEMPTS).size).toBe(ATTEMPTS.length);
    expect(ATTEMPTS.length).toBeGreaterThan(300);
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
    ["a number of 10,000 digits", repeated("9", 10_000)],
    ["10,000 decimals of zero", `0.${repeated("0", 9_990)}1`],
    ["an exponent of 9,000 digits", `1e${repeated("9", 9_000)}`],
    ["501 words not", `${repeated("not ", 501)}true`],
    ["5,000 line ends and a stray bracket", `${repeated("\u2028\n", 2_500)})`],
    ["conditions without their other sides", repeated("x>y?", 99) + "x"],
    ["many commas", `max(${repeated(",", 990)})`],
    ["many words", repeated("and ", 900)],
    ["brackets that close nothing", repeated(")", 9_000)],
    ["operators only", repeated("/", 9_000)],
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
    ["100 nested calls", repeated("max(x,", 100) + "y" + repeated(")", 100), 4],
    ["a tower of 499 exponents, beyond every number", repeated("9^", 498) + "y", NaN],
    ["200 remainders in a row", repeated("(x)%", 200) + "(y)", 0],
    ["a chain of 150 comparisons", `${repeated("x==", 150)}x`, 1],
  ])("%s are read, printed, saved and evaluated", (_name, text, expected) => {
    const formula = compileFormula(text, { variables: ["x", "y"] });
    expect(evaluateFormula(formula, { x: Float64Array.of(3), y: Float64Array.of(4) })[0]).toBe(expected);
    expect(formulaFromSpec(JSON.parse(JSON.stringify(formula))).toJSON()).toEqual(formula.toJSON());
    expect(compileFormula(formatFormula(formula), { variables: ["x", "y"] }).toJSON()).toEqual(formula.toJSON());
  });
});

describe("an unknown name", () => {
  test("of 10,000 characters beside 2,000 columns is refused without being compared with each of them", () => {
    const columns = Array.from({ length: 2_000 }, (_, i) => `column ${i} ${"x".repeat(500)}`);
    for (const text of ["x".repeat(10_000), `${"x".repeat(9_990)}(1)`]) {
      const error = refusalOf(text, columns);
      expect(error).toMatchObject({ code: text.endsWith(")") ? "unsupported" : "unknownColumn" });
      expect((error as ClienteleError).message).not.toContain("did you mean");
      expect((error as ClienteleError).message.length).toBeLessThan(5_000);
    }
  });

  test("is no name of an object that holds the variables", () => {
    for (const name of ["__proto__", "constructor", "toString", "hasOwnProperty", "valueOf", "size", "get", "rowCount", "columns"]) {
      expect(refusalOf(name, { x: "number" })).toMatchObject({ code: "unknownColumn" });
    }
    const own = JSON.parse('{ "__proto__": "number", "constructor": "category" }') as Record<string, VariableType>;
    expect(compileFormula('__proto__ > 1 and constructor == "a"', { variables: own }).variables).toEqual([
      { name: "__proto__", type: "number" },
      { name: "constructor", type: "category" },
    ]);
  });
});

describe("any text of a formula's pieces", () => {
  const pieces = [
    "x", "y", "p", "plan", "`a b`", "1", "2.5", ".5", "1e3", "0", "true", "false", '"pro"', '""', "+", "-", "*", "/", "%", "^", "<", "<=", ">", ">=", "==", "!=",
    "and", "or", "not", "?", ":", "(", ")", ",", "max(", "round(", "abs(", "isMissing(", "coalesce(", "clamp(", "\n",
  ];
  const variables = { x: "number", y: "number", p: "boolean", plan: "category", "a b": "number" } as const;
  const columns = {
    x: Float64Array.of(1, -2, NaN, -0),
    y: Float64Array.of(3, 0, 1, Infinity),
    p: Float64Array.of(1, 0, NaN, 1),
    plan: { type: "category", codes: Int32Array.of(0, 1, -1, 0), categories: ["pro", "free"] },
    "a b": Float64Array.of(1e300, -1e300, 5e-324, 7),
  } as const;
  const texts = fc
    .array(fc.tuple(fc.constantFrom(...pieces), fc.constantFrom("", " ", " ")), { minLength: 1, maxLength: 14 })
    .map((list) => list.flat().join(""));

  test("is refused by name, or is a formula that is printed, saved and evaluated", () => {
    let accepted = 0;
    fc.assert(
      fc.property(texts, (text) => {
        const error = refusalOf(text, variables);
        if (error !== undefined) {
          expect(error, text).toBeInstanceOf(ClienteleError);
          return;
        }
        accepted++;
        const formula = compileFormula(text, { variables });
        for (const value of evaluateFormula(formula, columns)) {
          expect(Number.isFinite(value) || Number.isNaN(value), text).toBe(true);
          expect(Object.is(value, -0), text).toBe(false);
        }
        expect(compileFormula(formatFormula(formula), { variables }).toJSON()).toEqual(formula.toJSON());
        expect(formulaFromSpec(JSON.parse(JSON.stringify(formula))).toJSON()).toEqual(formula.toJSON());
        expect(formatLatex(formula).length).toBeGreaterThan(0);
      }),
      { seed: 13, numRuns: 40_000 },
    );
    expect(accepted).toBeGreaterThan(1_000);
  });
});
