import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { functionNames, type VariableType } from "../../src/formula/evaluate/tree";
import { compileFormula, formatFormula, formatLatex } from "../../src/formula/index";
import { arbitraryTrees, formulaOfTree } from "./arbitrary-tree";

const variables: ReadonlyMap<string, VariableType> = new Map<string, VariableType>([
  ["x", "number"],
  ["max", "number"],
  ["收入", "number"],
  ["Monthly Charges", "number"],
  ["a`b``c", "number"],
  ["not", "number"],
  ["2024", "number"],
  ["churned", "boolean"],
  ["and", "boolean"],
  ["plan", "category"],
]);
const trees = arbitraryTrees({
  variables,
  numbers: fc.oneof(fc.integer({ min: -5, max: 5 }), fc.double({ noNaN: true, noDefaultInfinity: true })),
  texts: fc.string({ unit: "binary" }),
  arithmetic: [...functionNames().filter((name) => name !== "round"), "add", "subtract", "multiply", "divide", "remainder", "power", "negate"],
});

describe("formatFormula", () => {
  test("what is printed reads as the same formula, and prints the same", () => {
    fc.assert(
      fc.property(trees, (tree) => {
        const formula = formulaOfTree(tree, variables);
        const text = formatFormula(formula);
        const again = compileFormula(text, { variables });
        expect(again.toJSON()).toEqual(formula.toJSON());
        expect(formatFormula(again)).toBe(text);
      }),
      { seed: 7, numRuns: 1000 },
    );
  });

  test("any name can be written", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", minLength: 1, maxLength: 40 }), (name) => {
        const formula = formulaOfTree({ type: "variable", name }, new Map([[name, "number"]]));
        expect(compileFormula(formatFormula(formula), { variables: [name] }).tree).toEqual({ type: "variable", name });
      }),
      { seed: 7, numRuns: 1000 },
    );
  });

  test.each([
    ["a+b*c", "a + b * c"],
    ["(a+b)*c", "(a + b) * c"],
    ["a-(b-c)", "a - (b - c)"],
    ["(a-b)-c", "a - b - c"],
    ["a/(b*c)", "a / (b * c)"],
    ["(a^b)^c", "(a ^ b) ^ c"],
    ["a^(b^c)", "a ^ b ^ c"],
    ["-a^2", "-a ^ 2"],
    ["(-a)^2", "(-a) ^ 2"],
    ["(-2)^2", "(-2) ^ 2"],
    ["2^-a", "2 ^ -a"],
    ["-(-a)", "--a"],
    ["+a", "a"],
    ["a % b", "a % b"],
    ["(a<b)==(b<c)", "(a < b) == (b < c)"],
    ["a < b < c", "a < b and b < c"],
    ["not (a<b) and (a<c or b<c)", "not (a < b) and (a < c or b < c)"],
    ["not (a<b) == (b<c)", "(not (a < b)) == (b < c)"],
    ["a<b ? 1 : b<c ? 2 : 3", "a < b ? 1 : b < c ? 2 : 3"],
    ["(a<b ? 1 : 2)+1", "(a < b ? 1 : 2) + 1"],
    ["max( a ,b,c )", "max(a, b, c)"],
    ["1e3 + .5 + 5.", "1000 + 0.5 + 5"],
    ["a*1e21/1e-7", "a * 1e+21 / 1e-7"],
  ])("%s → %s", (text, printed) => {
    const formula = compileFormula(text, { variables: ["a", "b", "c"] });
    expect(formatFormula(formula)).toBe(printed);
    expect(compileFormula(printed, { variables: ["a", "b", "c"] }).tree).toEqual(formula.tree);
  });
});

describe("formatLatex", () => {
  test.each([
    ["a / (b + c)", String.raw`\frac{a}{b + c}`],
    ["(a / b) ^ 2", String.raw`\left(\frac{a}{b}\right)^{2}`],
    ["a * (b + c)", String.raw`a \cdot \left(b + c\right)`],
    ["2 ^ (a + b)", "2^{a + b}"],
    ["a - -b", String.raw`a - \left(-b\right)`],
    ["a * 1e21 ^ 2", String.raw`a \cdot \left(1 \cdot 10^{21}\right)^{2}`],
    ["sqrt(abs(a)) + floor(b)", String.raw`\sqrt{\left|a\right|} + \left\lfloor b\right\rfloor`],
    ["log(a) + log10(b) + log1p(c)", String.raw`\ln\left(a\right) + \log_{10}\left(b\right) + \operatorname{log1p}\left(c\right)`],
    ["a < b <= c", String.raw`a < b \;\text{and}\; b \le c`],
    ["not (a != b)", String.raw`\text{not}\;\left(a \ne b\right)`],
    ["a > 1 ? 1 : b > 1 ? 2 : 3", String.raw`\begin{cases}1 & \text{if } a > 1 \\ 2 & \text{if } b > 1 \\ 3 & \text{otherwise}\end{cases}`],
    ["`net_spend (%)` % 2", String.raw`\text{net\_spend (\%)} \bmod 2`],
  ])("%s", (text, latex) => {
    expect(formatLatex(compileFormula(text, { variables: ["a", "b", "c", "net_spend (%)"] }))).toBe(latex);
  });

  test("braces and delimiters are in pairs, whatever the names and texts", () => {
    fc.assert(
      fc.property(trees, (tree) => {
        const latex = formatLatex(formulaOfTree(tree, variables));
        const bare = latex.replace(/\\textbackslash\{\}/g, "").replace(/\\[{}]/g, "");
        let depth = 0;
        for (const character of bare) {
          if (character === "{") depth++;
          if (character === "}") expect(--depth).toBeGreaterThanOrEqual(0);
        }
        expect(depth).toBe(0);
        expect(latex.split("\\left").length).toBe(latex.split("\\right").length);
      }),
      { seed: 7, numRuns: 300 },
    );
  });
});
