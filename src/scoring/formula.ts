export { evaluateFormula } from "../formula/evaluate/evaluate";
export type { Formula } from "../formula/evaluate/formula";
export { formulaFromSpec } from "../formula/evaluate/spec";
