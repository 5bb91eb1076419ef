import fc from "fast-check";
import { compileFormula } from "../../src/formula/compile/compile";
import { formulaFromSpec } from "../../src/formula/evaluate/spec";
import { operationNode, variableNames, type FormulaNode, type OperationName, type VariableType } from "../../src/formula/evaluate/tree";
import type { Formula } from "../../src/formula/index";
import { typeOfOperation } from "../../src/formula/evaluate/type-rules";

/** What a random tree may be made of. */
export interface TreeParts {
  readonly variables: ReadonlyMap<string, VariableType>;
  readonly numbers: fc.Arbitrary<number>;
  readonly texts?: fc.Arbitrary<string>;
  readonly arithmetic: readonly OperationName[];
}

const ORDER: readonly OperationName[] = ["less", "lessOrEqual", "greater", "greaterOrEqual"];
const EQUALITY: readonly OperationName[] = ["equal", "notEqual"];

function operation(names: readonly OperationName[], operands: fc.Arbitrary<FormulaNode[]>): fc.Arbitrary<FormulaNode> {
  return fc.tuple(fc.constantFrom(...names), operands).map(([name, nodes]) => operationNode(name, nodes));
}

/** Random formulas with types that fit, as trees. */
export function arbitraryTrees({ variables, numbers, texts, arithmetic }: TreeParts): fc.Arbitrary<FormulaNode> {
  const named = (type: VariableType): FormulaNode[] => [...variables].filter((each) => each[1] === type).map(([name]) => ({ type: "variable", name }));
  const literal = numbers.map((value): FormulaNode => ({ type: "number", value: value + 0 }));
  const unary = arithmetic.filter((name) => isArithmetic(name, 1));
  const binary = arithmetic.filter((name) => isArithmetic(name, 2));
  const ternary = arithmetic.filter((name) => isArithmetic(name, 3));

  const { number, boolean } = fc.letrec<{ number: FormulaNode; boolean: FormulaNode }>((tie) => {
    const numberLeaf = fc.oneof(fc.constantFrom(...named("number")), literal);
    const truthLeaf = fc.oneof(
      fc.boolean().map((value): FormulaNode => ({ type: "boolean", value })),
      ...(named("boolean").length > 0 ? [fc.constantFrom(...named("boolean"))] : []),
    );
    const n = tie("number");
    const b = tie("boolean");
    const trees = (type: fc.Arbitrary<FormulaNode>, count: number): fc.Arbitrary<FormulaNode[]> => fc.array(type, { minLength: count, maxLength: count });
    const comparisons = [operation(ORDER, trees(n, 2)), operation(EQUALITY, trees(n, 2)), operation(EQUALITY, trees(b, 2))];
    if (texts !== undefined) {
      const text = texts.map((value): FormulaNode => ({ type: "text", value }));
      const pair = fc.tuple(fc.constantFrom(...named("category")), text);
      comparisons.push(operation(EQUALITY, fc.oneof(pair, pair.map(([category, value]): [FormulaNode, FormulaNode] => [value, category]))));
    }
    const conditional = (type: fc.Arbitrary<FormulaNode>): fc.Arbitrary<FormulaNode> =>
      fc.tuple(b, type, type).map((operands) => operationNode("conditional", operands));
    return {
      number: fc.oneof(
        { maxDepth: 4, depthIdentifier: "tree" },
        numberLeaf,
        operation(unary, trees(n, 1)),
        operation(binary, trees(n, 2)),
        ...(ternary.length > 0 ? [operation(ternary, trees(n, 3))] : []),
        conditional(n),
      ),
      boolean: fc.oneof(
        { maxDepth: 4, depthIdentifier: "tree" },
        truthLeaf,
        operation(["and", "or"], trees(b, 2)),
        operation(["not"], trees(b, 1)),
        ...comparisons,
        conditional(b),
      ),
    };
  });
  return fc.oneof(number, boolean);
}

/** Whether an operation takes that many numbers and gives one. */
function isArithmetic(name: OperationName, count: number): boolean {
  const operand = { node: { type: "variable", name: "x" }, type: "number" } as const;
  return typeOfOperation(name, Array.from({ length: count }, () => operand)) === "number";
}

/** A formula of a tree, by way of its saved form. */
export function formulaOfTree(tree: FormulaNode, variables: ReadonlyMap<string, VariableType>): Formula {
  const used = [...variableNames(tree)].map((name) => ({ name, type: variables.get(name)! }));
  const resultType = isTruth(tree, variables) ? "boolean" : "number";
  return formulaFromSpec({ kind: "formula", version: 1, resultType, variables: used, tree });
}

function isTruth(tree: FormulaNode, variables: ReadonlyMap<string, VariableType>): boolean {
  switch (tree.type) {
    case "variable":
      return variables.get(tree.name) === "boolean";
    case "boolean":
      return true;
    case "operation":
      if (tree.operation === "conditional") return isTruth(tree.operands[1]!, variables);
      return ["and", "or", "not", "isMissing", ...ORDER, ...EQUALITY].includes(tree.operation);
    default:
      return false;
  }
}

/** The refusal of a text, or undefined if it was accepted. */
export function refusalOf(text: string, variables: readonly string[] | Readonly<Record<string, VariableType>>): unknown {
  try {
    compileFormula(text, { variables });
    return undefined;
  } catch (error) {
    return error;
  }
}
