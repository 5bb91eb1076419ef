import { symbolOf, type FormulaNode, type OperationName } from "../evaluate/tree";

/** How closely each kind of expression binds, from the loosest. */
export const CONDITIONAL = 1;
export const OR = 2;
const AND = 3;
const COMPARISON = 4;
export const ADDITIVE = 5;
export const MULTIPLICATIVE = 6;
export const UNARY = 7;
export const POWER = 8;
export const PRIMARY = 9;

/** How closely an expression binds when it is written out. */
export function precedenceOf(node: FormulaNode): number {
  if (node.type === "number") return node.value < 0 ? UNARY : PRIMARY;
  return node.type === "operation" ? precedenceOfOperation(node.operation) : PRIMARY;
}

function precedenceOfOperation(operation: OperationName): number {
  switch (operation) {
    case "conditional":
      return CONDITIONAL;
    case "or":
      return OR;
    case "and":
      return AND;
    case "less":
    case "lessOrEqual":
    case "greater":
    case "greaterOrEqual":
    case "equal":
    case "notEqual":
      return COMPARISON;
    case "not":
      // It binds as a sign does; in brackets beside a comparison, nobody has to know.
      return COMPARISON;
    case "add":
    case "subtract":
      return ADDITIVE;
    case "multiply":
    case "divide":
    case "remainder":
      return MULTIPLICATIVE;
    case "negate":
      return UNARY;
    case "power":
      return POWER;
    default:
      return PRIMARY;
  }
}

/**
 * The loosest binding that the left and the right operand of an operator may have without brackets.
 * Operators group to the left, `^` to the right; comparisons do not group (a chain of them means something else).
 */
export function operandPrecedence(operation: OperationName): readonly [left: number, right: number] {
  const own = precedenceOfOperation(operation);
  switch (own) {
    case POWER:
      return [PRIMARY, UNARY];
    case COMPARISON:
      return [ADDITIVE, ADDITIVE];
    default:
      return [own, own + 1];
  }
}

/** An operator with two sides, as opposed to a prefix, a condition or a function. */
export function isInfix(operation: OperationName, operands: readonly FormulaNode[]): boolean {
  return symbolOf(operation) !== undefined && operands.length === 2;
}
