import { checkDistinct, checkObject } from "../../errors/check";
import { describeOption, describeValue } from "../../errors/describe";
import { ClienteleError } from "../../errors/error";
import { checkOption, readOptions } from "../../errors/options";
import { isTable, type Table } from "../../data/table";
import { Formula } from "../evaluate/formula";
import { variableNames, type FormulaVariable, type VariableType } from "../evaluate/tree";
import { describeType } from "../evaluate/type-rules";
import { checkTree, type KnownVariables } from "./check-tree";
import { parseTokens } from "./parse";
import { formulaProblem } from "./problem";
import { tokenize } from "./tokenize";

/** Options of {@link compileFormula}. */
export interface FormulaOptions {
  /**
   * The names that the formula may use: a list of names of numbers, names with their types, or a table, whose columns
   * say their types.
   */
  readonly variables: readonly string[] | Readonly<Record<string, VariableType>> | ReadonlyMap<string, VariableType> | Table;
}

export const FORMULA_OPTIONS = { variables: { kind: "custom", required: true } } as const;

const CALLER = "compileFormula";
const MAX_LENGTH = 10_000;

/**
 * Checks a formula that a person wrote, and makes it ready for evaluation over whole columns.
 *
 * A formula holds numbers, `true`, `false`, names, `+ - * / % ^`, comparisons (also in chains: `18 <= age < 65`),
 * `and`, `or`, `not`, `condition ? a : b`, brackets, and the functions of the guide; a category is compared with a text
 * in double quotes. Names are letters of any script, digits and `_`; any other name stands in backticks:
 * `` `Monthly Charges` ``. Types are checked: true/false cannot be added, a number is no condition.
 * Nothing else is a formula: no assignment, no properties, no lists, no functions of one's own, and no code is made from the text.
 *
 * At most 10,000 characters, 1000 names, numbers and symbols, 100 brackets within each other and 100 conditions.
 * Time is linear in the length.
 *
 * @throws ClienteleError with the place in the text: code `unknownColumn` for an unknown variable (with the nearest known
 * name), `unsupported` for what formulas do not offer, `invalidInput` for wrong syntax or types. `details.value` is a
 * {@link FormulaProblem}.
 * @example
 * ```ts
 * import { compileFormula, evaluateFormula } from "clientele/formula";
 *
 * const formula = compileFormula("monetary / max(frequency, 1)", { variables: ["monetary", "frequency"] });
 * console.log(formula.resultType); // "number"
 *
 * try {
 *   compileFormula("monetery / 2", { variables: ["monetary", "frequency"] });
 * } catch (error) {
 *   console.log(String(error)); // "ClienteleError: compileFormula: unknown variable "monetery" at character 1; did you mean "monetary"?"
 * }
 * ```
 */
export function compileFormula(text: string, options: FormulaOptions): Formula {
  const { variables } = readOptions(CALLER, options, FORMULA_OPTIONS);
  const known = readVariables(variables);
  checkText(text);
  const tokens = tokenize(text);
  if (tokens.length === 0) throw new ClienteleError("invalidInput", "the formula is empty", { caller: CALLER, parameter: "text" });

  const { node: tree, type } = checkTree(text, tokens, parseTokens(text, tokens), known);
  if (type !== "number" && type !== "boolean") {
    throw formulaProblem("invalidInput", text, { start: 0, end: text.length }, `a formula gives a number or true/false, and this is ${describeType(type)}`);
  }
  const used: FormulaVariable[] = [];
  for (const name of variableNames(tree)) {
    const variableType = known.get(name);
    if (variableType !== undefined && variableType !== "timestamp") used.push({ name, type: variableType });
  }
  return new Formula(type, used, tree);
}

function checkText(text: unknown): void {
  if (typeof text === "string" && text.length <= MAX_LENGTH) return;
  const rule = `a text of at most ${MAX_LENGTH} characters`;
  throw new ClienteleError("invalidInput", `the formula must be ${rule}; got ${describeValue(text)}`, { caller: CALLER, parameter: "text", rule });
}

function readVariables(variables: FormulaOptions["variables"]): KnownVariables {
  if (isNameList(variables)) {
    checkOption(CALLER, "variables", variables, { kind: "names" });
    checkDistinct(CALLER, "variables", variables);
    return new Map(variables.map((name) => [name, "number"]));
  }
  checkObject(CALLER, "variables", variables);
  if (isTable(variables)) return new Map([...variables.columns].map(([name, { type }]) => [name, type]));
  const types: ReadonlyMap<string, unknown> = variables instanceof Map ? variables : new Map(Object.entries(variables));
  const known = new Map<string, VariableType>();
  for (const [name, type] of types) {
    if (type !== "number" && type !== "boolean" && type !== "category") {
      const rule = 'one of "number", "boolean", "category"';
      throw new ClienteleError("invalidOption", `the type of variable ${JSON.stringify(name)} must be ${rule}; got ${describeOption(type)}`, {
        caller: CALLER,
        parameter: "variables",
        column: name,
        rule,
      });
    }
    known.set(name, type);
  }
  return known;
}

function isNameList(variables: FormulaOptions["variables"]): variables is readonly string[] {
  return Array.isArray(variables);
}
