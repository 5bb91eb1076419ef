import type { OptionRule } from "../../src/errors/options";

/** Values that break a rule in each way it can be broken. */
export function refusedValues(rule: OptionRule): unknown[] {
  switch (rule.kind) {
    case "integer":
      return [...below(rule.min, 1), ...above(rule.max, 1), (rule.min ?? 0) + 0.5, NaN, Infinity, -Infinity, String(rule.min ?? 1), null, true, [rule.min ?? 1]];
    case "number": {
      const openMin = rule.open === "min" || rule.open === "both";
      const openMax = rule.open === "max" || rule.open === "both";
      return [...below(rule.min, openMin ? 0 : justBeyond(rule.min)), ...above(rule.max, openMax ? 0 : justBeyond(rule.max)), NaN, Infinity, -Infinity, "1", null, true, [1]];
    }
    case "boolean":
      return [0, 1, "true", null];
    case "text":
      return [5, null, ["text"]];
    case "oneOf":
      return ["no such value", rule.values[0]?.toUpperCase() === rule.values[0] ? "" : rule.values[0]?.toUpperCase(), 5, null];
    case "names":
      return ["a name", [5], [null], { 0: "a" }, null];
    case "list":
      return ["a text", 5, true, { 0: 1, length: 1 }, null];
    case "object":
      return ["a text", 5, true, [{}], null];
    case "function":
      return ["a text", 5, true, {}, null];
    case "custom":
      return [];
  }
}

/** The bounds of a rule, where they belong to what is allowed. */
export function boundaryValues(rule: OptionRule): number[] {
  if (rule.kind === "integer") return [...below(rule.min, 0), ...above(rule.max, 0)];
  if (rule.kind !== "number") return [];
  const min = rule.open === "min" || rule.open === "both" ? [] : below(rule.min, 0);
  const max = rule.open === "max" || rule.open === "both" ? [] : above(rule.max, 0);
  return [...min, ...max];
}

/** A distance from a bound that doubles can tell. */
function justBeyond(bound = 0): number {
  return 1e-9 * Math.max(1, Math.abs(bound));
}

function below(min: number | undefined, by: number): number[] {
  return min === undefined ? [] : [min - by];
}

function above(max: number | undefined, by: number): number[] {
  return max === undefined ? [] : [max + by];
}
