import { loadBlock, type BoundColumn, type BoundColumns } from "./columns";
import { KERNELS, type BlockKernel } from "./kernels";
import type { FormulaNode } from "./tree";

/** Rows in a block: long enough that a loop costs more than its call, short enough that all blocks stay in the first-level cache. */
const BLOCK_ROWS = 1024;

/** One kernel call; operands and result are numbers of blocks. */
interface Instruction {
  readonly kernel: BlockKernel;
  readonly out: number;
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

/** A formula as a list of kernel calls over numbered blocks. */
export interface Program {
  readonly rowCount: number;
  readonly blockCount: number;
  /** Blocks that are filled from a column before each run. */
  readonly loads: readonly { readonly block: number; readonly column: BoundColumn }[];
  /** Blocks that hold one value throughout. */
  readonly constants: readonly { readonly block: number; readonly value: number }[];
  readonly instructions: readonly Instruction[];
  /** The block that holds the result. */
  readonly result: number;
}

/** Lays the tree out as kernel calls, operands first. Blocks of intermediate results are used again as soon as they are read. */
export function buildProgram(tree: FormulaNode, bound: BoundColumns): Program {
  const blockOfVariable = new Map<string, number>();
  const blockOfConstant = new Map<number, number>();
  const instructions: Instruction[] = [];
  const intermediate = new Set<number>();
  const free: number[] = [];
  let blockCount = 0;

  const blockOf = <Key>(blocks: Map<Key, number>, key: Key): number => {
    let block = blocks.get(key);
    if (block === undefined) blocks.set(key, (block = blockCount++));
    return block;
  };

  const call = (kernel: BlockKernel, a: number, b = a, c = a): number => {
    // Kernels may write over their operands.
    for (const operand of new Set([a, b, c])) if (intermediate.has(operand)) free.push(operand);
    const out = free.pop() ?? blockCount++;
    intermediate.add(out);
    instructions.push({ kernel, out, a, b, c });
    return out;
  };

  const place = (node: FormulaNode, textBlock?: number): number => {
    switch (node.type) {
      case "number":
        return blockOf(blockOfConstant, node.value);
      case "boolean":
        return blockOf(blockOfConstant, node.value ? 1 : 0);
      case "text":
        return textBlock!;
      case "variable":
        return blockOf(blockOfVariable, node.name);
      case "operation": {
        const kernel = KERNELS[node.operation];
        const code = codeOfText(node.operands, bound);
        const codeBlock = code === undefined ? undefined : blockOf(blockOfConstant, code);
        const blocks = node.operands.map((operand) => place(operand, codeBlock));
        switch (node.operation) {
          case "min":
          case "max":
          case "coalesce":
            return blocks.reduce((chain, block) => call(kernel, chain, block));
          case "round":
            return call(kernel, blocks[0]!, blocks[1] ?? blockOf(blockOfConstant, 0));
          default:
            return call(kernel, blocks[0]!, blocks[1], blocks[2]);
        }
      }
    }
  };

  const result = place(tree);
  return {
    rowCount: bound.rowCount,
    blockCount,
    loads: [...blockOfVariable].map(([name, block]) => ({ block, column: bound.columns.get(name)! })),
    constants: [...blockOfConstant].map(([value, block]) => ({ block, value })),
    instructions,
    result,
  };
}

/** Runs the kernel calls over all rows, block by block. */
export function runProgram(program: Program): Float64Array {
  const { rowCount, loads, instructions } = program;
  const values = new Float64Array(rowCount);
  const blockRows = Math.min(BLOCK_ROWS, rowCount);
  const blocks = Array.from({ length: program.blockCount }, () => new Float64Array(blockRows));
  for (const { block, value } of program.constants) blocks[block]!.fill(value);

  const result = blocks[program.result]!;
  for (let start = 0; start < rowCount; start += blockRows) {
    const count = Math.min(blockRows, rowCount - start);
    for (const { block, column } of loads) loadBlock(column, start, count, blocks[block]!);
    for (const { kernel, out, a, b, c } of instructions) kernel(count, blocks[out]!, blocks[a]!, blocks[b]!, blocks[c]!);
    values.set(count === blockRows ? result : result.subarray(0, count), start);
  }
  return values;
}

/**
 * In a comparison of a category with a text: the code of the text in that category. A text that the category does not
 * hold has a code that no row has.
 */
function codeOfText(operands: readonly FormulaNode[], bound: BoundColumns): number | undefined {
  const text = operands.find((operand) => operand.type === "text");
  if (text === undefined) return undefined;
  for (const operand of operands) {
    const column = operand.type === "variable" ? bound.columns.get(operand.name) : undefined;
    if (column?.type === "category") return column.categories.indexOf(text.value);
  }
  return undefined;
}
