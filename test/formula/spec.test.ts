import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ClienteleError } from "../../src/errors/error";
import { functionNames, type VariableType } from "../../src/formula/evaluate/tree";
import { compileFormula, evaluateFormula, formulaFromSpec, type FormulaColumn, type FormulaNode } from "../../src/formula/index";
import { expectRefusal } from "../support/errors";
import { arbitraryTrees, formulaOfTree } from "./arbitrary-tree";

const variables: ReadonlyMap<string, VariableType> = new Map<string, VariableType>([
  ["x", "number"],
  ["__proto__", "number"],
  ["churned", "boolean"],
  ["plan", "category"],
]);
const trees = arbitraryTrees({
  variables,
  numbers: fc.double({ noNaN: true, noDefaultInfinity: true }),
  texts: fc.string(),
  arithmetic: [...functionNames().filter((name) => name !== "round"), "add", "divide", "power", "negate"],
});

const data = new Map<string, FormulaColumn>([
  ["x", Float64Array.of(2)],
  ["__proto__", Float64Array.of(3)],
  ["churned", Float64Array.of(1)],
  ["plan", { type: "category", codes: Int32Array.of(0), categories: ["pro"] }],
]);

describe("a saved formula", () => {
  test("is JSON, comes back the same and gives the same bits", () => {
    fc.assert(
      fc.property(trees, (tree) => {
        const formula = formulaOfTree(tree, variables);
        const again = formulaFromSpec(JSON.parse(JSON.stringify(formula)));
        expect(JSON.stringify(again)).toBe(JSON.stringify(formula));
        expect(evaluateFormula(again, data)).toEqual(evaluateFormula(formula, data));
      }),
      { seed: 3, numRuns: 500 },
    );
  });

  test("shares nothing with what it was read from", () => {
    const tree = { type: "variable", name: "x" };
    const formula = formulaFromSpec({ kind: "formula", version: 1, resultType: "number", variables: [{ name: "x", type: "number" }], tree });
    tree.name = "constructor";
    expect(formula.tree).toEqual({ type: "variable", name: "x" });
  });

  test("has one tree for one value: negative literals and zero", () => {
    const read = (tree: FormulaNode): FormulaNode => formulaOfTree(tree, variables).tree;
    expect(read({ type: "operation", operation: "negate", operands: [{ type: "number", value: 5 }] })).toEqual({ type: "number", value: -5 });
    expect(read({ type: "number", value: -0 })).toEqual({ type: "number", value: 0 });
  });
});

describe("what is not a saved formula is refused", () => {
  const x = { type: "variable", name: "x" };
  const saved = { kind: "formula", version: 1, resultType: "number", variables: [{ name: "x", type: "number" }], tree: x };
  const operation = (name: unknown, operands: unknown): object => ({ ...saved, tree: { type: "operation", operation: name, operands } });
  const nested = (depth: number): object => {
    let tree: object = x;
    for (let i = 0; i < depth; i++) tree = { type: "operation", operation: "abs", operands: [tree] };
    return { ...saved, tree };
  };

  test.each<[string, unknown]>([
    ["nothing", undefined],
    ["null", null],
    ["a text", "x + 1"],
    ["a list", []],
    ["another kind", { ...saved, kind: "kMeans" }],
    ["another version", { ...saved, version: 2 }],
    ["no tree", { ...saved, tree: undefined }],
    ["a tree that is text", { ...saved, tree: "x" }],
    ["an unknown part", { ...saved, tree: { type: "code", value: "process.exit()" } }],
    ["an unknown operation", operation("evaluate", [x])],
    ["an operation of Object.prototype", operation("constructor", [x])],
    ["an operation that is no text", operation(["add"], [x, x])],
    ["operands that are no list", operation("abs", { 0: x, length: 1 })],
    ["too few operands", operation("add", [x])],
    ["too many operands", operation("abs", [x, x])],
    ["a million operands", operation("max", new Array(1_000_000).fill(x))],
    ["a hole among operands", operation("add", [x, undefined])],
    ["types that do not fit", operation("and", [x, x])],
    ["decimal places that are no number", operation("round", [x, x])],
    ["decimal places out of bounds", operation("round", [x, { type: "number", value: 400 }])],
    ["a result of another type", { ...saved, resultType: "boolean" }],
    ["an unknown result type", { ...saved, resultType: "text" }],
    ["a category as result", { ...saved, resultType: "category", variables: [{ name: "x", type: "category" }] }],
    ["a text as result", { ...saved, tree: { type: "text", value: "a" } }],
    ["an undeclared variable", { ...saved, tree: { type: "variable", name: "y" } }],
    ["an undeclared variable of Object.prototype", { ...saved, tree: { type: "variable", name: "toString" } }],
    ["an unused variable", { ...saved, variables: [...saved.variables, { name: "y", type: "number" }] }],
    ["a repeated variable", { ...saved, variables: [...saved.variables, ...saved.variables] }],
    ["a variable without a name", { ...saved, variables: [{ name: "", type: "number" }], tree: { type: "variable", name: "" } }],
    ["a variable of an unknown type", { ...saved, variables: [{ name: "x", type: "function" }] }],
    ["a number that is text", operation("add", [x, { type: "number", value: "1" }])],
    ["a number that is not finite", operation("add", [x, { type: "number", value: Infinity }])],
    ["a number that is missing", operation("add", [x, { type: "number", value: null }])],
    ["true/false that is a number", operation("not", [{ type: "boolean", value: 1 }])],
    ["501 levels", nested(500)],
    ["100,000 levels", nested(100_000)],
    ["too many parts", operation("max", new Array(50).fill(operation("max", new Array(50).fill(x))).map((each: { tree?: unknown }) => each.tree))],
  ])("%s", (_what, value) => {
    expectRefusal(() => formulaFromSpec(value), "invalidSpec", "formulaFromSpec: ");
  });

  test("500 levels are read", () => {
    expect(formulaFromSpec(nested(499)).resultType).toBe("number");
  });

  test("the message names the part", () => {
    expectRefusal(
      () => formulaFromSpec(operation("add", [x, { type: "operation", operation: "abs", operands: [{ type: "boolean", value: true }] }])),
      "invalidSpec",
      "tree.operands[1].operands must be operands of abs, where number 1 is a number",
    );
  });

  test("inherited fields do not count", () => {
    expectRefusal(() => formulaFromSpec(Object.create(saved)), "invalidSpec", "kind");
  });

  test("any damage to a saved formula is refused, or leaves one that can be evaluated", () => {
    const intact = JSON.stringify(
      compileFormula('churned and plan == "pro" ? round(x / max(`__proto__`, 1), 2) : coalesce(-x, 5)', { variables }),
    );
    let refused = 0;
    fc.assert(
      fc.property(fc.nat(intact.length - 1), fc.constantFrom("", "0", "-", "x", '"', "add", "null", "[]", "9", "}"), fc.nat(12), (at, inserted, removed) => {
        const damaged = intact.slice(0, at) + inserted + intact.slice(at + removed);
        let value: unknown;
        try {
          value = JSON.parse(damaged);
        } catch {
          return;
        }
        try {
          expect(evaluateFormula(formulaFromSpec(value), data).length).toBe(1);
        } catch (error) {
          if (!(error instanceof ClienteleError)) throw error;
          expect(["invalidSpec", "unknownColumn", "invalidInput"]).toContain(error.code);
          refused++;
        }
      }),
      { seed: 5, numRuns: 20_000 },
    );
    expect(refused).toBeGreaterThan(500);
  });
});
