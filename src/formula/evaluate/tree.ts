/** What a variable holds. A category can be compared with a text and asked whether it is missing. */
export type VariableType = "number" | "boolean" | "category";

/** A name in a formula, and what it must hold when the formula is evaluated. */
export interface FormulaVariable {
  readonly name: string;
  readonly type: VariableType;
}

/** What a formula gives for each row. */
export type FormulaResultType = "number" | "boolean";

/** A formula as a tree of plain objects: literals and variables at the leaves, operations above them. */
export type FormulaNode =
  | { readonly type: "number"; readonly value: number }
  | { readonly type: "boolean"; readonly value: boolean }
  | { readonly type: "text"; readonly value: string }
  | { readonly type: "variable"; readonly name: string }
  | { readonly type: "operation"; readonly operation: OperationName; readonly operands: readonly FormulaNode[] };

/** What operands an operation takes and what it gives. */
interface Operation {
  /** How many operands at least and at most. */
  readonly count: readonly [number, number];
  /** The rule of its types; `typeOfOperation` holds each. */
  readonly types: "arithmetic" | "rounding" | "order" | "equality" | "logic" | "conditional" | "isMissing" | "coalesce";
  /** How an operator is written; an operation without a symbol is written as a function. */
  readonly symbol?: string;
}

/** Everything that a formula can do: the allow-list of the parser, of the reader of saved formulas and of the interpreter. */
export const OPERATIONS = {
  add: { count: [2, 2], types: "arithmetic", symbol: "+" },
  subtract: { count: [2, 2], types: "arithmetic", symbol: "-" },
  multiply: { count: [2, 2], types: "arithmetic", symbol: "*" },
  divide: { count: [2, 2], types: "arithmetic", symbol: "/" },
  remainder: { count: [2, 2], types: "arithmetic", symbol: "%" },
  power: { count: [2, 2], types: "arithmetic", symbol: "^" },
  negate: { count: [1, 1], types: "arithmetic", symbol: "-" },
  less: { count: [2, 2], types: "order", symbol: "<" },
  lessOrEqual: { count: [2, 2], types: "order", symbol: "<=" },
  greater: { count: [2, 2], types: "order", symbol: ">" },
  greaterOrEqual: { count: [2, 2], types: "order", symbol: ">=" },
  equal: { count: [2, 2], types: "equality", symbol: "==" },
  notEqual: { count: [2, 2], types: "equality", symbol: "!=" },
  and: { count: [2, 2], types: "logic", symbol: "and" },
  or: { count: [2, 2], types: "logic", symbol: "or" },
  not: { count: [1, 1], types: "logic", symbol: "not" },
  conditional: { count: [3, 3], types: "conditional", symbol: "? :" },
  min: { count: [2, 100], types: "arithmetic" },
  max: { count: [2, 100], types: "arithmetic" },
  clamp: { count: [3, 3], types: "arithmetic" },
  abs: { count: [1, 1], types: "arithmetic" },
  sign: { count: [1, 1], types: "arithmetic" },
  round: { count: [1, 2], types: "rounding" },
  floor: { count: [1, 1], types: "arithmetic" },
  ceil: { count: [1, 1], types: "arithmetic" },
  sqrt: { count: [1, 1], types: "arithmetic" },
  exp: { count: [1, 1], types: "arithmetic" },
  expm1: { count: [1, 1], types: "arithmetic" },
  log: { count: [1, 1], types: "arithmetic" },
  log10: { count: [1, 1], types: "arithmetic" },
  log2: { count: [1, 1], types: "arithmetic" },
  log1p: { count: [1, 1], types: "arithmetic" },
  logistic: { count: [1, 1], types: "arithmetic" },
  isMissing: { count: [1, 1], types: "isMissing" },
  coalesce: { count: [2, 100], types: "coalesce" },
} as const satisfies Readonly<Record<string, Operation>>;

/** An operator or a function, by the name that it has in the tree of a formula. */
export type OperationName = keyof typeof OPERATIONS;

/** Bounds on a formula, so that no text and no saved tree can exhaust the stack or the memory of whoever reads it. */
export const MAX_DEPTH = 500;
export const MAX_NODES = 2_000;

export function isOperationName(name: string): name is OperationName {
  return Object.hasOwn(OPERATIONS, name);
}

/** The operations that are written as functions, in the order of the table. */
export function functionNames(): OperationName[] {
  return Object.keys(OPERATIONS).filter(isOperationName).filter((name) => symbolOf(name) === undefined);
}

/** How an operator is written; undefined for a function. */
export function symbolOf(operation: OperationName): string | undefined {
  const { symbol }: Operation = OPERATIONS[operation];
  return symbol;
}

/** An operation over operands. The negative of a positive literal is a negative literal: one value has one tree. */
export function operationNode(operation: OperationName, operands: readonly FormulaNode[]): FormulaNode {
  const [first] = operands;
  if (operation === "negate" && first?.type === "number" && first.value > 0) return { type: "number", value: -first.value };
  return { type: "operation", operation, operands };
}

/** The variables of a tree, in the order of their first appearance. */
export function variableNames(tree: FormulaNode): Set<string> {
  const names = new Set<string>();
  const visit = (node: FormulaNode): void => {
    if (node.type === "variable") names.add(node.name);
    else if (node.type === "operation") node.operands.forEach(visit);
  };
  visit(tree);
  return names;
}
