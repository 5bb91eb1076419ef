import { checkFormula, type Formula } from "../evaluate/formula";
import { symbolOf, type FormulaNode } from "../evaluate/tree";
import { isPlainName } from "../names";
import { CONDITIONAL, isInfix, operandPrecedence, OR, precedenceOf, UNARY } from "./precedence";

/**
 * The formula as text, with one space around operators and the brackets that its tree needs.
 * `compileFormula` makes the same formula of it again, within its bounds on length and brackets.
 *
 * @example
 * ```ts
 * import { compileFormula, formatFormula } from "clientele/formula";
 *
 * const formula = compileFormula("18<=age<65 and (`Monthly Charges`*12)>=1000", { variables: ["Monthly Charges", "age"] });
 * console.log(formatFormula(formula)); // "18 <= age and age < 65 and `Monthly Charges` * 12 >= 1000"
 * ```
 */
export function formatFormula(formula: Formula): string {
  checkFormula("formatFormula", formula);
  return format(formula.tree, 0);
}

/** Writes an expression, in brackets if it binds more loosely than its place allows. */
function format(node: FormulaNode, loosest: number): string {
  const text = formatNode(node);
  return precedenceOf(node) < loosest ? `(${text})` : text;
}

function formatNode(node: FormulaNode): string {
  switch (node.type) {
    case "number":
    case "boolean":
      return String(node.value);
    case "text":
      return `"${node.value.replaceAll('"', '""')}"`;
    case "variable":
      return isPlainName(node.name) ? node.name : `\`${node.name.replaceAll("`", "``")}\``;
    case "operation":
      break;
  }
  const { operation, operands } = node;
  const [first, second, third] = operands;
  if (isInfix(operation, operands)) {
    const [left, right] = operandPrecedence(operation);
    return `${format(first!, left)} ${symbolOf(operation)!} ${format(second!, right)}`;
  }
  switch (operation) {
    case "conditional":
      return `${format(first!, OR)} ? ${format(second!, OR)} : ${format(third!, CONDITIONAL)}`;
    case "negate":
      return `-${format(first!, UNARY)}`;
    case "not":
      return `not ${format(first!, UNARY)}`;
    default:
      return `${operation}(${operands.map((operand) => format(operand, 0)).join(", ")})`;
  }
}
