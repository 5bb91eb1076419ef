import { checkObject, isList } from "../../errors/check";
import { ClienteleError } from "../../errors/error";
import { checkOption, readOptions } from "../../errors/options";
import { bindColumns } from "../../formula/evaluate/columns";
import { checkFormula, type Formula } from "../../formula/evaluate/formula";
import { buildProgram, runProgram } from "../../formula/evaluate/program";
import { sumOf } from "../../numeric/statistics/compensated-sum";
import { readValuePeriods, VALUE_PERIODS_OPTIONS, type ValuePeriods, type ValuePeriodsInput } from "./value-periods";

/** What {@link computeValueByFormula} needs to know. */
export interface ValueByFormulaInput extends ValuePeriodsInput {
  /** What the formula knows besides: a number for each name, or a list with one for each period. */
  readonly inputs?: Readonly<Record<string, number | readonly number[]>> | undefined;
}

/** What {@link computeValueByFormula} returns. */
export interface ValueByFormula {
  /** Sum over the periods. */
  readonly lifetimeValue: number;
  /** What the formula gives for each period. */
  readonly values: Float64Array;
  /** Discount rate of one period, converted if an annual rate was given. */
  readonly discountRate: number;
}

/**
 * Customer lifetime value by a formula of one's own: the sum over the periods of what the formula gives for each.
 *
 * It may use `period` (t, from 1), `survival` (of the payment, as in `computeLifetimeValue`), `discountFactor`, `discountRate`,
 * `averageRevenue`, `margin`, and the names of `inputs`. The formula `survival * averageRevenue * margin * discountFactor` is
 * that of `computeLifetimeValue`. A cost that is paid once stands in the first period: `(period == 1 ? cost : 0)`.
 *
 * The horizon must be finite. For a formula over the columns of many customers use `evaluateFormula`.
 *
 * @param formula - from `compileFormula`, or a saved one from `formulaFromSpec`; it must give a number
 * @throws ClienteleError `unknownColumn` for a variable that is none of these, `nonFinite` for a period of which the formula gives no
 * finite number; else as `computeLifetimeValue`.
 * @example
 * ```ts
 * import { computeValueByFormula } from "clientele/clv";
 * import { compileFormula } from "clientele/formula";
 *
 * const formula = compileFormula("(survival * (averageRevenue * margin - service) - (period == 1 ? acquisition : 0)) * discountFactor", {
 *   variables: ["survival", "averageRevenue", "margin", "service", "period", "acquisition", "discountFactor"],
 * });
 * const { lifetimeValue } = computeValueByFormula(formula, {
 *   retention: 0.8, periods: 36, averageRevenue: 50, margin: 0.5, annualDiscountRate: 0.08, period: "month",
 *   inputs: { service: 4, acquisition: 30 },
 * });
 * console.log(lifetimeValue.toFixed(2)); // 51.55
 * ```
 */
export function computeValueByFormula(formula: Formula, input: ValueByFormulaInput): ValueByFormula {
  const caller = "computeValueByFormula";
  checkFormula(caller, formula);
  if (formula.resultType !== "number") {
    const rule = "a formula that gives a number";
    throw new ClienteleError("invalidInput", `formula must be ${rule}; this one gives true/false`, { caller, parameter: "formula", rule });
  }
  const { inputs, ...options } = readOptions(caller, input, { ...VALUE_PERIODS_OPTIONS, inputs: { kind: "object" } });
  if (options.periods === "infinite") {
    const rule = "a number: a formula is summed period by period";
    throw new ClienteleError("invalidOption", `periods must be ${rule}; got "infinite"`, { caller, parameter: "periods", rule });
  }
  const layout = readValuePeriods(caller, options);
  const columns = new Map(Object.entries(columnsOf(layout)));
  for (const [name, given] of Object.entries(readInputs(caller, inputs))) {
    if (columns.has(name)) {
      const rule = `other names than ${[...columns.keys()].join(", ")}`;
      throw new ClienteleError("duplicateKey", `inputs must have ${rule}; got ${JSON.stringify(name)}`, { caller, parameter: "inputs", rule });
    }
    columns.set(name, inputColumn(caller, name, given, layout.count));
  }
  const values = runProgram(buildProgram(formula.tree, bindColumns(caller, formula, columns)));
  const row = values.findIndex((value) => !Number.isFinite(value));
  const lifetimeValue = sumOf(values);
  if (row >= 0 || !Number.isFinite(lifetimeValue)) {
    const what = row >= 0 ? `the formula gives no finite number for period ${row + 1}` : "the sum of the formula over the periods is too large for a number";
    throw new ClienteleError("nonFinite", what, { caller, parameter: "formula", row: row >= 0 ? row : undefined, rule: "a finite value in each period" });
  }
  return { lifetimeValue, values, discountRate: layout.discountRate };
}

function columnsOf(layout: ValuePeriods): Readonly<Record<string, Float64Array>> {
  const { count, survival, discountFactor, averageRevenue, margin, discountRate } = layout;
  return {
    period: Float64Array.from({ length: count }, (_, i) => i + 1),
    survival,
    discountFactor,
    discountRate: new Float64Array(count).fill(discountRate),
    averageRevenue,
    margin,
  };
}

function readInputs(caller: string, inputs: ValueByFormulaInput["inputs"]): Readonly<Record<string, unknown>> {
  if (inputs === undefined) return {};
  checkObject(caller, "inputs", inputs);
  return inputs;
}

function inputColumn(caller: string, name: string, given: unknown, count: number): Float64Array {
  const parameter = `inputs.${name}`;
  if (!isList(given)) {
    checkOption(caller, parameter, given, { kind: "number" });
    return new Float64Array(count).fill(given as number);
  }
  if (given.length !== count) {
    const rule = `${count} values (one for each period)`;
    throw new ClienteleError("lengthMismatch", `${parameter} must have ${rule}; got ${given.length}`, { caller, parameter, rule, value: given.length });
  }
  return Float64Array.from(given, (value, i) => {
    checkOption(caller, `${parameter}[${i}]`, value, { kind: "number" });
    return value as number;
  });
}
