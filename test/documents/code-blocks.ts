import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import ts from "typescript";

export const projectFolder = fileURLToPath(new URL("../../", import.meta.url));

/** A fenced block of a Markdown page or of a docstring. */
export interface CodeBlock {
  /** `docs/guide/churn.md:12`, the line of the first line of code. */
  readonly place: string;
  readonly language: string;
  readonly code: string;
}

interface Line {
  readonly text: string;
  readonly number: number;
}

/** README, guide and contributors' pages; decisions tell history and are not kept running, `docs/api` is generated. */
export function documentPages(): string[] {
  return projectFiles(/^(README|docs\/(?!api\/|decisions\/).+)\.md$/);
}

/** Paths of the project's own files that match, with forward slashes, in order. */
export function projectFiles(pattern: RegExp): string[] {
  const folders = ["src", "test", "docs", "examples", "bench"].filter((folder) => existsSync(projectFolder + folder));
  const below = folders.flatMap((folder) =>
    readdirSync(projectFolder + folder, { recursive: true, encoding: "utf8" }).map((path) => `${folder}/${path.replaceAll("\\", "/")}`),
  );
  return [...readdirSync(projectFolder), ...below].filter((path) => pattern.test(path)).sort();
}

export function readProjectFile(path: string): string {
  return readFileSync(projectFolder + path, "utf8");
}

export function blocksOfPage(path: string, text: string): CodeBlock[] {
  return fencedBlocks(path, text.split("\n").map((line, index) => ({ text: line, number: index + 1 })));
}

/** The fenced blocks of the docstrings of a source file, in comments of every name in it. */
export function blocksOfSource(path: string, text: string): CodeBlock[] {
  return docstrings(path, text).flatMap((lines) => fencedBlocks(path, lines));
}

/** Lines of `@example` that no fenced block follows: nobody would run them. */
export function examplesWithoutBlock(path: string, text: string): string[] {
  return docstrings(path, text).flatMap((lines) =>
    lines.filter((line, index) => line.text.trim().startsWith("@example") && lines[index + 1]?.text.trim() !== "```ts").map(({ number }) => `${path}:${number}`),
  );
}

function docstrings(path: string, text: string): Line[][] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
  const found = new Map<number, Line[]>();
  const visit = (node: ts.Node): void => {
    for (const { pos, end } of ts.getLeadingCommentRanges(text, node.getFullStart()) ?? []) {
      if (!text.startsWith("/**", pos) || found.has(pos)) continue;
      const first = file.getLineAndCharacterOfPosition(pos).line + 1;
      const lines = text.slice(pos + 3, end - 2).split("\n");
      found.set(pos, lines.map((line, index) => ({ text: line.replace(/^\s*\* ?/, ""), number: first + index })));
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return [...found.values()];
}

function fencedBlocks(path: string, lines: readonly Line[]): CodeBlock[] {
  const blocks: CodeBlock[] = [];
  let open: { fence: string; indent: number; language: string; first: number; code: string[] } | undefined;
  for (const { text, number } of lines) {
    const fence = /^(\s*)(`{3,})\s*(\S*)\s*$/.exec(text);
    if (open === undefined) {
      if (fence !== null) open = { fence: fence[2]!, indent: fence[1]!.length, language: fence[3]!, first: number + 1, code: [] };
    } else if (fence !== null && fence[3] === "" && fence[2]!.length >= open.fence.length) {
      blocks.push({ place: `${path}:${open.first}`, language: open.language, code: open.code.join("\n") });
      open = undefined;
    } else open.code.push(text.slice(Math.min(open.indent, text.length - text.trimStart().length)));
  }
  if (open !== undefined) throw new Error(`${path}:${open.first}: the block is not closed`);
  return blocks;
}
