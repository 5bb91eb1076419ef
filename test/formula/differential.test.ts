import fc from "fast-check";
import { all, create } from "mathjs/number";
import { expect, test } from "vitest";
import { functionNames, type OperationName, type VariableType } from "../../src/formula/evaluate/tree";
import { evaluateFormula, formatFormula } from "../../src/formula/index";
import { arbitraryTrees, formulaOfTree } from "./arbitrary-tree";

/** mathjs compares with a tolerance; this one is below any distance of two doubles. */
const math = create(all!, { relTol: 1e-30, absTol: 0 });

const variables: ReadonlyMap<string, VariableType> = new Map<string, VariableType>([
  ["x", "number"],
  ["y", "number"],
  ["z", "number"],
  ["p", "boolean"],
  ["q", "boolean"],
]);

/** mathjs has no function of these names, or another arithmetic: its remainder is x − y⌊x/y⌋, ours is exact. */
const ownFunctions: readonly OperationName[] = ["clamp", "logistic", "isMissing", "coalesce", "round"];
const trees = arbitraryTrees({
  variables,
  numbers: fc.oneof(fc.integer({ min: -9, max: 9 }), fc.double({ min: -20, max: 20, noNaN: true })),
  arithmetic: [...functionNames().filter((name) => !ownFunctions.includes(name)), "add", "subtract", "multiply", "divide", "power", "negate"],
});

const rows = fc.record({
  x: fc.double({ min: -100, max: 100, noNaN: true }),
  y: fc.double({ min: 0.01, max: 10, noNaN: true }),
  z: fc.integer({ min: -5, max: 5 }),
  p: fc.boolean(),
  q: fc.boolean(),
});

/** Whether every part of the expression, evaluated by mathjs, is a finite number or true/false. */
function isFiniteThroughout(text: string, row: Readonly<Record<string, number | boolean>>): boolean {
  let isFinite = true;
  math.parse(text).traverse((node, path) => {
    // The name of a called function has no value of its own.
    if (path === "fn") return;
    const value: unknown = node.evaluate({ ...row });
    if (typeof value !== "boolean" && !Number.isFinite(value)) isFinite = false;
  });
  return isFinite;
}

test("random formulas have the values that mathjs gives to the same text", () => {
  let compared = 0;
  let missing = 0;
  let operations = 0;
  fc.assert(
    fc.property(trees, rows, (tree, row) => {
      const formula = formulaOfTree(tree, variables);
      const text = formatFormula(formula);
      const columns = Object.fromEntries(Object.entries(row).map(([name, value]) => [name, Float64Array.of(Number(value))]));
      const ours = evaluateFormula(formula, columns)[0]!;
      if (Number.isNaN(ours)) {
        // Missing must have a reason: a part that is no finite number.
        expect(isFiniteThroughout(text, row), text).toBe(false);
        missing++;
        return;
      }
      const theirs = Number(math.evaluate(text, { ...row }));
      expect(Math.abs(ours - theirs), `${text} for ${JSON.stringify(row)}: ${ours}, mathjs ${theirs}`).toBeLessThanOrEqual(1e-12 * Math.abs(theirs));
      compared++;
      operations += text.split(/[-+*/^<>=,?]/).length - 1;
    }),
    { seed: 20240607, numRuns: 5_000 },
  );
  expect(compared).toBeGreaterThan(2_500);
  expect(missing).toBeGreaterThan(100);
  expect(operations / compared).toBeGreaterThan(3);
});
