import { describe, expect, test } from "vitest";
import { computeLifetimeValue, computeValueByFormula, type ValueByFormulaInput } from "clientele/clv";
import { compileFormula } from "clientele/formula";
import { formulaFromSpec } from "clientele/scoring";
import cases from "../../reference/formula-value/expected.json";
import { expectRefusal } from "../../support/errors";

const NAMES = ["period", "survival", "discountFactor", "discountRate", "averageRevenue", "margin"];
const textbook = compileFormula("survival * averageRevenue * margin * discountFactor", { variables: NAMES });

/** A cost that is paid once is the formula's own business. */
function onlyPeriods(input: FiniteInput): ValueByFormulaInput {
  const { retention, survival, periods, averageRevenue, margin, payment, discountRate, annualDiscountRate, period } = input;
  return { retention, survival, periods, averageRevenue, margin, payment, discountRate, annualDiscountRate, period };
}

type FiniteInput = Parameters<typeof computeLifetimeValue>[0] & { readonly periods: number };

describe("the textbook's formula, as text", () => {
  test.each(cases.flatMap(({ input }) => (input.periods === "infinite" ? [] : [[JSON.stringify(input), input as FiniteInput] as const])))("%s", (_, input) => {
    const rest = { ...input, acquisitionCost: undefined };
    const value = computeLifetimeValue(rest);
    if (value.kind !== "money") throw new Error("not money");
    const byFormula = computeValueByFormula(textbook, onlyPeriods(input));
    expect(byFormula.lifetimeValue).toBe(value.lifetimeValue);
    expect([...byFormula.values]).toEqual(value.periods.map((period) => period.value));
    expect(byFormula.discountRate).toBe(value.discountRate);
  });
});

test("every variable of a period, and inputs by name", () => {
  const some = { retention: 0.5, periods: 3, averageRevenue: [8, 6], margin: 0.25, discountRate: 1, payment: "start" } as const;
  const valuesOf = (text: string): number[] => [...computeValueByFormula(compileFormula(text, { variables: [...NAMES, "cost", "season"] }), { ...some, inputs: { cost: 2, season: [1, 0, 3] } }).values];
  expect(valuesOf("period")).toEqual([1, 2, 3]);
  expect(valuesOf("survival")).toEqual([1, 0.5, 0.25]);
  expect(valuesOf("discountFactor")).toEqual([1, 0.5, 0.25]);
  expect(valuesOf("discountRate")).toEqual([1, 1, 1]);
  expect(valuesOf("averageRevenue")).toEqual([8, 6, 6]);
  expect(valuesOf("margin")).toEqual([0.25, 0.25, 0.25]);
  expect(valuesOf("cost * season")).toEqual([2, 0, 6]);
  expect(valuesOf("7")).toEqual([7, 7, 7]);
});

test("a saved formula will do", () => {
  const saved = formulaFromSpec(JSON.parse(JSON.stringify(textbook)));
  expect(computeValueByFormula(saved, { survival: [0.5, 0.25], averageRevenue: 4 }).lifetimeValue).toBe(3);
});

describe("refused", () => {
  const input = { retention: 0.5, periods: 3, averageRevenue: 8 };
  const compiled = (text: string) => compileFormula(text, { variables: [...NAMES, "cost"] });

  test("a formula that knows more than there is", () => {
    expectRefusal(() => computeValueByFormula(compiled("survival * cost"), input), "unknownColumn", '"cost"');
  });
  test("a condition", () => {
    expectRefusal(() => computeValueByFormula(compiled("survival > 1"), input), "invalidInput", "a formula that gives a number");
  });
  test("a text", () => {
    expectRefusal(() => computeValueByFormula("survival" as never, input), "invalidInput", "compileFormula");
  });
  test("no value in some period", () => {
    expect(expectRefusal(() => computeValueByFormula(compiled("1 / (period - 2)"), input), "nonFinite", "period 2").details.row).toBe(1);
  });
  test("an infinite horizon", () => {
    expectRefusal(() => computeValueByFormula(textbook, { ...input, periods: "infinite" }), "invalidOption", "period by period");
  });
  test("an input that hides what is there, or has another length", () => {
    expectRefusal(() => computeValueByFormula(textbook, { ...input, inputs: { margin: 1 } }), "duplicateKey", '"margin"');
    expectRefusal(() => computeValueByFormula(compiled("cost"), { ...input, inputs: { cost: [1, 2] } }), "lengthMismatch", "3 values");
    expectRefusal(() => computeValueByFormula(compiled("cost"), { ...input, inputs: { cost: [1, 2, NaN] } }), "invalidOption", "inputs.cost[2]");
  });
});
