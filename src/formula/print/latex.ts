import { checkFormula, type Formula } from "../evaluate/formula";
import type { FormulaNode, OperationName } from "../evaluate/tree";
import { ADDITIVE, CONDITIONAL, isInfix, MULTIPLICATIVE, operandPrecedence, OR, POWER, precedenceOf, PRIMARY } from "./precedence";

/** Operators between two sides; division and powers have a form of their own. */
const INFIX: Readonly<Partial<Record<OperationName, string>>> = {
  add: "+",
  subtract: "-",
  multiply: "\\cdot",
  remainder: "\\bmod",
  less: "<",
  lessOrEqual: "\\le",
  greater: ">",
  greaterOrEqual: "\\ge",
  equal: "=",
  notEqual: "\\ne",
  and: "\\;\\text{and}\\;",
  or: "\\;\\text{or}\\;",
};

/** Functions that LaTeX knows, and those written with brackets of their own. */
const FUNCTIONS: Readonly<Partial<Record<OperationName, string>>> = {
  min: "\\min",
  max: "\\max",
  exp: "\\exp",
  log: "\\ln",
  log10: "\\log_{10}",
  log2: "\\log_{2}",
};
const ENCLOSED: Readonly<Partial<Record<OperationName, readonly [open: string, close: string]>>> = {
  abs: ["\\left|", "\\right|"],
  floor: ["\\left\\lfloor ", "\\right\\rfloor"],
  ceil: ["\\left\\lceil ", "\\right\\rceil"],
  sqrt: ["\\sqrt{", "}"],
};

/**
 * The formula in LaTeX, in math mode, for KaTeX, MathJax or a paper. Needs `amsmath`.
 *
 * @example
 * ```ts
 * import { compileFormula, formatLatex } from "clientele/formula";
 *
 * const formula = compileFormula("spend / max(orders, 1)", { variables: ["spend", "orders"] });
 * console.log(formatLatex(formula)); // "\frac{\text{spend}}{\max\left(\text{orders}, 1\right)}"
 * ```
 */
export function formatLatex(formula: Formula): string {
  checkFormula("formatLatex", formula);
  return latex(formula.tree, 0);
}

function latex(node: FormulaNode, loosest: number): string {
  const text = latexNode(node);
  const isPower = node.type === "number" && String(node.value).includes("e");
  return (isPower ? MULTIPLICATIVE : precedenceOf(node)) < loosest ? bracketed(text) : text;
}

function bracketed(text: string): string {
  return `\\left(${text}\\right)`;
}

function latexNode(node: FormulaNode): string {
  switch (node.type) {
    case "number":
      return String(node.value).replace(/e\+?(-?\d+)$/, " \\cdot 10^{$1}");
    case "boolean":
      return `\\text{${node.value}}`;
    case "text":
      return `\\text{“${escapeText(node.value)}”}`;
    case "variable":
      return /^[a-zA-Z]$/.test(node.name) ? node.name : `\\text{${escapeText(node.name)}}`;
    case "operation":
      return latexOperation(node.operation, node.operands);
  }
}

function latexOperation(operation: OperationName, operands: readonly FormulaNode[]): string {
  const [first, second] = operands;
  switch (operation) {
    case "divide":
      return `\\frac{${latex(first!, 0)}}{${latex(second!, 0)}}`;
    case "power":
      return `${latex(first!, PRIMARY)}^{${latex(second!, 0)}}`;
    case "negate":
      return `-${latex(first!, POWER)}`;
    case "not":
      return `\\text{not}\\;${latex(first!, PRIMARY)}`;
    case "conditional":
      return `\\begin{cases}${caseRows(operands).join(" \\\\ ")}\\end{cases}`;
    default:
      break;
  }
  if (isInfix(operation, operands)) {
    const [left, right] = operandPrecedence(operation);
    const rightText = latex(second!, right);
    return `${latex(first!, left)} ${INFIX[operation]!} ${rightText.startsWith("-") && right > ADDITIVE ? bracketed(rightText) : rightText}`;
  }
  const list = operands.map((operand) => latex(operand, 0)).join(", ");
  const [open, close] = ENCLOSED[operation] ?? [`${FUNCTIONS[operation] ?? `\\operatorname{${operation}}`}\\left(`, "\\right)"];
  return open + list + close;
}

/** One row for each condition of a chain `a ? x : b ? y : z`, and one for the rest. */
function caseRows([condition, value, other]: readonly FormulaNode[]): string[] {
  const row = `${latex(value!, OR)} & \\text{if } ${latex(condition!, OR)}`;
  if (other!.type === "operation" && other!.operation === "conditional") return [row, ...caseRows(other!.operands)];
  return [row, `${latex(other!, CONDITIONAL)} & \\text{otherwise}`];
}

/** Text as LaTeX prints it: the ten characters that mean something there are written as commands. */
function escapeText(text: string): string {
  return text.replace(/[\\{}$&#%_^~\n\r\t]/g, (character) => {
    switch (character) {
      case "\\":
        return "\\textbackslash{}";
      case "^":
        return "\\textasciicircum{}";
      case "~":
        return "\\textasciitilde{}";
      case "\n":
      case "\r":
      case "\t":
        return " ";
      default:
        return `\\${character}`;
    }
  });
}
