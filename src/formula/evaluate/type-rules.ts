import { OPERATIONS, type FormulaNode, type OperationName, type VariableType } from "./tree";

/** The type of a part of a formula. A text is a literal, and stands only beside a category. */
export type ValueType = VariableType | "text";

/** A part of a formula with its type. */
export interface TypedNode {
  readonly node: FormulaNode;
  readonly type: ValueType;
}

/** Why operands do not fit their operation: which one (from 0; −1: their number), and what it must be. */
export interface TypeProblem {
  readonly operand: number;
  readonly expected: string;
}

/** The most decimal places that `round` keeps. */
const MAX_DIGITS = 15;

/** The type that an operation gives, or what is wrong with its operands. */
export function typeOfOperation(operation: OperationName, operands: readonly TypedNode[]): VariableType | TypeProblem {
  const { count, types } = OPERATIONS[operation];
  if (operands.length < count[0] || operands.length > count[1]) return { operand: -1, expected: countText(count) };
  const first = operands[0]!.type;
  switch (types) {
    case "arithmetic":
      return firstOther(operands, "number") ?? "number";
    case "order":
      return firstOther(operands, "number") ?? "boolean";
    case "logic":
      return firstOther(operands, "boolean") ?? "boolean";
    case "rounding":
      return firstOther(operands, "number") ?? digitsProblem(operands[1]?.node) ?? "number";
    case "equality":
      return equalityProblem(first, operands[1]!.type) ?? "boolean";
    case "conditional": {
      if (first !== "boolean") return { operand: 0, expected: describeType("boolean") };
      return sameType(operands, 1);
    }
    case "coalesce":
      return sameType(operands, 0);
    case "isMissing":
      return first === "text" ? { operand: 0, expected: "a variable or a calculation" } : "boolean";
  }
}

/** A type in the words of a message. */
export function describeType(type: ValueType): string {
  return type === "boolean" ? "true/false" : `a ${type}`;
}

function countText([min, max]: readonly [number, number]): string {
  const range = min === max ? String(min) : `${min} to ${max}`;
  return `${range} ${max === 1 ? "operand" : "operands"}`;
}

function firstOther(operands: readonly TypedNode[], type: ValueType): TypeProblem | undefined {
  const operand = operands.findIndex((each) => each.type !== type);
  return operand < 0 ? undefined : { operand, expected: describeType(type) };
}

/** Operands from `start` on must be of one type, numbers or true/false; that is the type of the result. */
function sameType(operands: readonly TypedNode[], start: number): VariableType | TypeProblem {
  const type = operands[start]!.type;
  if (type !== "number" && type !== "boolean") return { operand: start, expected: "a number or true/false" };
  const other = operands.findIndex((each, i) => i > start && each.type !== type);
  return other < 0 ? type : { operand: other, expected: `${describeType(type)}, as the one before` };
}

function equalityProblem(left: ValueType, right: ValueType): TypeProblem | undefined {
  if (left === "text") return right === "category" ? undefined : { operand: 1, expected: "a category (its other side is a text)" };
  if (left === "category") return right === "text" ? undefined : { operand: 1, expected: "a text in double quotes (its other side is a category)" };
  return left === right ? undefined : { operand: 1, expected: `${describeType(left)}, as its other side` };
}

/** Decimal places are written out: a rounding that differs by row cannot be read off the formula. */
function digitsProblem(digits: FormulaNode | undefined): TypeProblem | undefined {
  if (digits === undefined) return undefined;
  const fits = digits.type === "number" && Number.isInteger(digits.value) && digits.value >= 0 && digits.value <= MAX_DIGITS;
  return fits ? undefined : { operand: 1, expected: `a whole number from 0 to ${MAX_DIGITS}, written out` };
}
