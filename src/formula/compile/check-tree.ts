import {
  isConditionalNode,
  isFunctionNode,
  isOperatorNode,
  isParenthesisNode,
  isRangeNode,
  isRelationalNode,
  isSymbolNode,
  type FunctionNode,
  type MathNode,
} from "mathjs/number";
import { describeNames, suggestName } from "../../errors/describe";
import type { ClienteleError } from "../../errors/error";
import {
  functionNames,
  isOperationName,
  MAX_DEPTH,
  MAX_NODES,
  operationNode,
  symbolOf,
  type FormulaNode,
  type OperationName,
  type VariableType,
} from "../evaluate/tree";
import { describeType, typeOfOperation, type TypedNode, type TypeProblem, type ValueType } from "../evaluate/type-rules";
import { tokenIndex } from "./parse";
import { formulaProblem, quote, type TextSpan } from "./problem";
import { foreignFunctionHint } from "./refusals";
import type { Token } from "./tokenize";

/** The types of the names that a formula may use. A point in time has a name, and no operation. */
export type KnownVariables = ReadonlyMap<string, VariableType | "timestamp">;

/** A checked part of the formula with its place among the pieces of the text. */
interface CheckedNode extends TypedNode {
  readonly firstToken: number;
  readonly lastToken: number;
  readonly nodes: number;
  readonly depth: number;
}

/** The operators of mathjs that a formula may hold, by their names there. */
const OPERATORS: Readonly<Record<string, OperationName>> = {
  add: "add",
  subtract: "subtract",
  multiply: "multiply",
  divide: "divide",
  mod: "remainder",
  pow: "power",
  unaryMinus: "negate",
  smaller: "less",
  smallerEq: "lessOrEqual",
  larger: "greater",
  largerEq: "greaterOrEqual",
  equal: "equal",
  unequal: "notEqual",
  and: "and",
  or: "or",
  not: "not",
};

/**
 * Turns mathjs' syntax tree into ours. Only what is named here gets through: names, literals, brackets, the operators
 * above, chains of comparisons, conditions, and calls of listed functions, each with operands of fitting types.
 */
export function checkTree(text: string, tokens: readonly Token[], root: MathNode, known: KnownVariables): TypedNode {
  return new TreeCheck(text, tokens, known).check(root);
}

class TreeCheck {
  readonly #text: string;
  readonly #tokens: readonly Token[];
  readonly #known: KnownVariables;

  constructor(text: string, tokens: readonly Token[], known: KnownVariables) {
    this.#text = text;
    this.#tokens = tokens;
    this.#known = known;
  }

  check(node: MathNode): CheckedNode {
    if (isSymbolNode(node)) return this.#leaf(tokenIndex(node.name));
    if (isParenthesisNode(node)) {
      const content = this.check(node.content);
      return { ...content, firstToken: content.firstToken - 1, lastToken: content.lastToken + 1 };
    }
    if (isOperatorNode(node) && !node.implicit) {
      const fn: string = node.fn;
      const operands = node.args.map((operand) => this.check(operand));
      const prefix = operands.length === 1 ? 1 : 0;
      if (fn === "unaryPlus") return this.#unaryPlus(operands[0]!);
      if (Object.hasOwn(OPERATORS, fn)) return this.#operation(OPERATORS[fn]!, operands, operands[0]!.firstToken - prefix, operands.at(-1)!.lastToken);
    }
    if (isRelationalNode(node)) {
      return this.#chain(node.conditionals, node.params.map((operand) => this.check(operand)));
    }
    if (isConditionalNode(node)) {
      const operands = [node.condition, node.trueExpr, node.falseExpr].map((operand) => this.check(operand));
      return this.#operation("conditional", operands, operands[0]!.firstToken, operands[2]!.lastToken);
    }
    if (isFunctionNode(node)) return this.#call(node);
    if (isRangeNode(node)) {
      const hint = '":" belongs to condition ? value : other';
      throw formulaProblem("unsupported", this.#text, this.#span(this.check(node.start)), "ranges are not offered: one begins", hint);
    }
    throw formulaProblem("unsupported", this.#text, { start: 0, end: this.#text.length }, "the expression has a part that is not offered");
  }

  #leaf(index: number): CheckedNode {
    const token = this.#tokens[index]!;
    const place = { firstToken: index, lastToken: index, nodes: 1, depth: 1 };
    switch (token.kind) {
      case "number":
        return { node: { type: "number", value: token.value }, type: "number", ...place };
      case "boolean":
        return { node: { type: "boolean", value: token.value }, type: "boolean", ...place };
      case "text":
        return { node: { type: "text", value: token.value }, type: "text", ...place };
      case "name":
        return { node: { type: "variable", name: token.name }, type: this.#variableType(token.name, token), ...place };
      case "symbol":
        throw this.#unexpected(token);
    }
  }

  #variableType(name: string, span: TextSpan): ValueType {
    const type = this.#known.get(name);
    if (type === undefined) throw this.#unknownVariable(name, span);
    if (type === "timestamp") {
      throw formulaProblem("unsupported", this.#text, span, `${quote(this.#text, span)} is a point in time, which a formula cannot use`, "make a number of it first, such as days since the last order");
    }
    return type;
  }

  #unaryPlus(operand: CheckedNode): CheckedNode {
    if (operand.type !== "number") throw this.#typeProblem("add", [operand], { operand: 0, expected: describeType("number") });
    return { ...operand, firstToken: operand.firstToken - 1 };
  }

  /** `a < b <= c` is `a < b and b <= c`. */
  #chain(comparisons: readonly string[], operands: readonly CheckedNode[]): CheckedNode {
    return comparisons
      .map((comparison, i) => {
        const [left, right] = [operands[i]!, operands[i + 1]!];
        if (!Object.hasOwn(OPERATORS, comparison)) throw this.#unexpected(this.#span(left));
        return this.#operation(OPERATORS[comparison]!, [left, right], left.firstToken, right.lastToken);
      })
      .reduce((left, right) => this.#operation("and", [left, right], left.firstToken, right.lastToken));
  }

  #call(node: FunctionNode): CheckedNode {
    const index = tokenIndex(node.fn.name);
    const token = this.#tokens[index]!;
    if (token.kind !== "name") throw this.#unexpected(token);
    const { name } = token;
    if (!isOperationName(name) || symbolOf(name) !== undefined) throw this.#unknownFunction(name, token);
    const operands = node.args.map((operand) => this.check(operand));
    // Behind the operands, or behind the opening bracket if there are none, stands the closing bracket.
    return this.#operation(name, operands, index, (operands.at(-1)?.lastToken ?? index + 1) + 1);
  }

  #operation(operation: OperationName, operands: readonly CheckedNode[], firstToken: number, lastToken: number): CheckedNode {
    const span = this.#span({ firstToken, lastToken });
    const type = typeOfOperation(operation, operands);
    if (typeof type === "object") {
      if (type.operand >= 0) throw this.#typeProblem(operation, operands, type);
      throw formulaProblem("invalidInput", this.#text, span, `${operation} takes ${type.expected}, and is given ${operands.length}`);
    }
    const nodes = operands.reduce((sum, operand) => sum + operand.nodes, 1);
    const depth = operands.reduce((most, operand) => Math.max(most, operand.depth), 0) + 1;
    if (nodes > MAX_NODES) throw formulaProblem("invalidInput", this.#text, span, `more than ${MAX_NODES} parts`);
    if (depth > MAX_DEPTH) throw formulaProblem("invalidInput", this.#text, span, `more than ${MAX_DEPTH} operations within each other`);
    const parts: FormulaNode[] = operands.map((operand) => operand.node);
    return { node: operationNode(operation, parts), type, firstToken, lastToken, nodes, depth };
  }

  #span({ firstToken, lastToken }: { readonly firstToken: number; readonly lastToken: number }): TextSpan {
    return { start: this.#tokens[firstToken]!.start, end: this.#tokens[lastToken]!.end };
  }

  #typeProblem(operation: OperationName, operands: readonly CheckedNode[], { operand, expected }: TypeProblem): ClienteleError {
    const wrong = operands[operand]!;
    const span = this.#span(wrong);
    const problem = `${symbolOf(operation) ?? operation} needs ${expected}, and ${quote(this.#text, span)} is ${describeType(wrong.type)}`;
    const hint = operation === "not" ? "not binds closer than a comparison: write not (a > b)" : undefined;
    return formulaProblem("invalidInput", this.#text, span, problem, hint);
  }

  #unknownVariable(name: string, span: TextSpan): ClienteleError {
    const problem = `unknown variable ${quote(this.#text, span)}`;
    const suggestion = suggestNear(name, this.#known.keys());
    if (suggestion !== undefined) return formulaProblem("unknownColumn", this.#text, span, problem, `did you mean ${JSON.stringify(suggestion)}?`);
    if (isOperationName(name) && symbolOf(name) === undefined) {
      return formulaProblem("unknownColumn", this.#text, span, problem, `${name} is a function: write ${name}(…)`);
    }
    const hint = this.#known.size === 0 ? "there are no variables" : `there are ${describeNames(this.#known.keys())}`;
    return formulaProblem("unknownColumn", this.#text, span, problem, hint);
  }

  #unknownFunction(name: string, span: TextSpan): ClienteleError {
    const functions = functionNames();
    const foreign = foreignFunctionHint(name);
    const suggestion = suggestNear(name, functions);
    const isVariable = this.#known.has(name);
    const hint =
      foreign ??
      (isVariable ? `${JSON.stringify(name)} is a variable; a product is written with *` : undefined) ??
      (suggestion === undefined ? `there are ${functions.join(", ")}` : `did you mean ${suggestion}?`);
    return formulaProblem("unsupported", this.#text, span, `unknown function ${quote(this.#text, span)}`, hint);
  }

  #unexpected(span: TextSpan): ClienteleError {
    return formulaProblem("unsupported", this.#text, span, `unexpected ${quote(this.#text, span)}`);
  }
}

/** Nobody misspells a name so long, and comparing two names takes the product of their lengths. */
const MAX_MISSPELT = 200;

function suggestNear(name: string, candidates: Iterable<string>): string | undefined {
  return name.length > MAX_MISSPELT ? undefined : suggestName(name, [...candidates].filter((each) => each.length <= 2 * MAX_MISSPELT));
}
