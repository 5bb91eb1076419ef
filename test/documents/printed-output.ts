import { inspect } from "node:util";
import ts from "typescript";

/** A line of a block that prints, with the output it promises. */
interface PrintingLine {
  readonly line: number;
  /** The comment behind the call, or undefined where the line promises nothing. */
  readonly expected: string | undefined;
}

/** A block whose `console.log` calls report to `globalThis.documentOutput(line)(…values)`. */
export interface RecordedBlock {
  readonly code: string;
  readonly lines: readonly PrintingLine[];
}

/** Turns `console.log(x)` into a call that remembers its line, without moving anything to another line. */
export function recordOutput(code: string): RecordedBlock {
  const file = ts.createSourceFile("block.ts", code, ts.ScriptTarget.ES2022, true);
  const comments = lineComments(file);
  const expectedOf = new Map<number, string | undefined>();
  const edits: { start: number; end: number; line: number }[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && node.expression.getText() === "console.log") {
      const line = lineAt(file, node.getEnd());
      expectedOf.set(line, comments.get(line));
      edits.push({ start: node.expression.getStart(), end: node.expression.getEnd(), line });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  const recorded = edits
    .sort((left, right) => right.start - left.start)
    .reduce((text, { start, end, line }) => `${text.slice(0, start)}globalThis.documentOutput(${line})${text.slice(end)}`, code);
  return { code: recorded, lines: [...expectedOf].map(([line, expected]) => ({ line, expected })) };
}

/** What `console.log` would print, on one line and with nothing left out. */
export function printedText(values: readonly unknown[]): string {
  return values.map((value) => (typeof value === "string" ? value : inspect(value, { depth: null, maxArrayLength: null, maxStringLength: null, breakLength: Infinity, compact: true }))).join(" ");
}

/**
 * Whether an output is the promised one. Quotes, blanks beside punctuation and the class of a typed array make no difference;
 * `…` stands for any text; ` | ` separates the outputs of a line that prints several times.
 */
export function isPromised(expected: string, outputs: readonly string[]): boolean {
  const pattern = normalise(expected).split("…").map(escapeForPattern).join(".*");
  return new RegExp(`^${pattern}$`, "s").test(normalise(outputs.join(" | ")));
}

function normalise(text: string): string {
  return text
    .replace(/\b(?:Float64|Float32|Int32|Int16|Int8|Uint32|Uint16|Uint8)Array(?:\(\d+\))?(?=\s*\[)/g, "")
    .replace(/\[Object: null prototype\]/g, "")
    .replace(/["'`]/g, "")
    .replace(/\s+/g, " ")
    .replace(/ ?([[\](){}:,|]) ?/g, "$1")
    .trim();
}

function escapeForPattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
}

/** The `//` comments that stand behind code, by line. */
function lineComments(file: ts.SourceFile): Map<number, string> {
  const comments = new Map<number, string>();
  const visit = (node: ts.Node): void => {
    node.getChildren(file).forEach(visit);
    for (const { pos, end, kind } of ts.getTrailingCommentRanges(file.text, node.getEnd()) ?? []) {
      if (kind === ts.SyntaxKind.SingleLineCommentTrivia) comments.set(lineAt(file, pos), file.text.slice(pos + 2, end).trim());
    }
  };
  visit(file);
  return comments;
}

function lineAt(file: ts.SourceFile, position: number): number {
  return file.getLineAndCharacterOfPosition(position).line + 1;
}
