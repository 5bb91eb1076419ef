import { ClienteleError } from "../errors/error";
import { Formula, type FormulaSpec } from "../formula/evaluate/formula";
import { formulaFromSpec } from "../formula/evaluate/spec";

/**
 * A formula in a plan: one that `compileFormula` made, or its saved form, so that a plan can be stored as JSON. A text is refused:
 * reading it takes the parser, which neither a cleaning nor a scorer should bring along.
 */
export function checkPlanFormula(caller: string, path: string, formula: Formula | FormulaSpec): Formula {
  if (formula instanceof Formula) return formula;
  try {
    return formulaFromSpec(formula);
  } catch (error) {
    if (!(error instanceof ClienteleError)) throw error;
    const rule = "what compileFormula (clientele/formula) makes of a text, or its saved form";
    throw new ClienteleError("invalidOption", `${path} must be ${rule}; ${error.message}`, { caller, parameter: path, rule });
  }
}
