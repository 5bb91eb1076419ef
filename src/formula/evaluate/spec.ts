import { SpecReader } from "../../errors/spec";
import { Formula } from "./formula";
import { isOperationName, MAX_DEPTH, MAX_NODES, operationNode, OPERATIONS, variableNames, type FormulaVariable, type VariableType } from "./tree";
import { describeType, typeOfOperation, type TypedNode } from "./type-rules";

const CALLER = "formulaFromSpec";

/**
 * Reads a saved formula from parsed, untrusted JSON, with the same checks as formula text: known operations only,
 * types that fit, at most 500 levels and 2000 parts. The parser is not needed, and no code is ever made from the tree.
 *
 * @throws ClienteleError with code `invalidSpec` that names the part of the tree.
 * @example
 * ```ts
 * import { compileFormula, evaluateFormula, formulaFromSpec } from "clientele/formula";
 *
 * const saved = JSON.stringify(compileFormula("monetary / max(frequency, 1)", { variables: ["monetary", "frequency"] }));
 * const formula = formulaFromSpec(JSON.parse(saved));
 * const perOrder = evaluateFormula(formula, {
 *   monetary: Float64Array.of(120, 80),
 *   frequency: Float64Array.of(4, 0),
 * });
 * console.log(perOrder); // Float64Array [30, 80]
 * ```
 */
export function formulaFromSpec(value: unknown): Formula {
  const spec = SpecReader.open(CALLER, value, "formula", 1);
  const declared = readVariables(spec);
  const { node: tree, type } = readNode(spec.object("tree"), declared, { nodes: 0 }, 1);
  const resultType = spec.oneOf("resultType", ["number", "boolean"]);
  if (type !== resultType) throw spec.refuse("tree", `a formula that gives ${describeType(resultType)}, as resultType says`);

  const used = variableNames(tree);
  const unused = [...declared.keys()].find((name) => !used.has(name));
  if (unused !== undefined) throw spec.refuse("variables", `the variables of the tree (${JSON.stringify(unused)} is not in it)`);
  const variables = [...used].map((name): FormulaVariable => ({ name, type: declared.get(name)! }));
  return new Formula(resultType, variables, tree);
}

function readVariables(spec: SpecReader): Map<string, VariableType> {
  const declared = new Map<string, VariableType>();
  for (const variable of spec.objects("variables")) {
    const name = variable.text("name");
    if (name === "") throw variable.refuse("name", "a name");
    if (declared.has(name)) throw variable.refuse("name", "distinct");
    declared.set(name, variable.oneOf("type", ["number", "boolean", "category"]));
  }
  return declared;
}

function readNode(reader: SpecReader, declared: ReadonlyMap<string, VariableType>, budget: { nodes: number }, depth: number): TypedNode {
  if (depth > MAX_DEPTH) throw reader.refuse("type", `at most ${MAX_DEPTH} levels deep`);
  if (++budget.nodes > MAX_NODES) throw reader.refuse("type", `one of at most ${MAX_NODES} parts of a formula`);
  const type = reader.oneOf("type", ["number", "boolean", "text", "variable", "operation"]);
  switch (type) {
    case "number":
      // "-0" is JSON too; every formula writes it 0.
      return { node: { type, value: reader.number("value") + 0 }, type };
    case "boolean":
      return { node: { type, value: reader.boolean("value") }, type };
    case "text":
      return { node: { type, value: reader.text("value") }, type };
    case "variable": {
      const name = reader.text("name");
      const variableType = declared.get(name);
      if (variableType === undefined) throw reader.refuse("name", "one of the formula's variables");
      return { node: { type, name }, type: variableType };
    }
    case "operation":
      return readOperation(reader, declared, budget, depth);
  }
}

function readOperation(reader: SpecReader, declared: ReadonlyMap<string, VariableType>, budget: { nodes: number }, depth: number): TypedNode {
  const operation = reader.text("operation");
  if (!isOperationName(operation)) throw reader.refuse("operation", "a known operation");
  const [min, max] = OPERATIONS[operation].count;
  const count = reader.list("operands").length;
  if (count < min || count > max) throw reader.refuse("operands", `${min} to ${max} operands of ${operation}`);

  const operands = reader.objects("operands").map((operand) => readNode(operand, declared, budget, depth + 1));
  const type = typeOfOperation(operation, operands);
  if (typeof type === "object") throw reader.refuse("operands", `operands of ${operation}, where number ${type.operand + 1} is ${type.expected}`);
  const nodes = operands.map(({ node }) => node);
  return { node: operationNode(operation, nodes), type };
}
