import { readdirSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

/** The part of package.json that the rules look at. */
export interface Manifest {
  readonly exports: Readonly<Record<string, string | { readonly types: string; readonly default: string }>>;
  readonly dependencies: Readonly<Record<string, string>>;
}

export interface SourceFile {
  /** Path below `src/`, with forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly syntax: ts.SourceFile;
  readonly imports: readonly ImportUse[];
}

/** One `import …`, `export … from` or `import()`. */
export interface ImportUse {
  readonly specifier: string;
  readonly line: number;
  /** Kept in the compiled file. `import { type A }` is: only `import type` vanishes under `verbatimModuleSyntax`. */
  readonly runtime: boolean;
  /** The imported file's path below `src/`; undefined for a package or a file that is not there. */
  readonly file: string | undefined;
  readonly statement: ts.Node;
}

/** What a rule is given: the real sources, or a few planted ones. */
export interface SourceTree {
  readonly files: readonly SourceFile[];
  readonly manifest: Manifest;
  /** Entry files of the build, as written in its configuration (`src/…/index.ts`). */
  readonly entries: readonly string[];
}

/** A broken rule: where, and what to do about it. */
export interface Violation {
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

export type Rule = (tree: SourceTree) => readonly Violation[] | Promise<readonly Violation[]>;

const sourceFolder = fileURLToPath(new URL("../../src/", import.meta.url));

/** Parses sources given as texts by their path below `src/`. */
export function parseSources(texts: Readonly<Record<string, string>>): SourceFile[] {
  const paths = new Set(Object.keys(texts));
  return Object.entries(texts).map(([path, text]) => {
    const syntax = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
    return { path, text, syntax, imports: importsOf(syntax, paths) };
  });
}

/** Reads every TypeScript file below `src/`. */
export function readSources(): SourceFile[] {
  const texts: Record<string, string> = {};
  for (const entry of readdirSync(sourceFolder, { recursive: true, encoding: "utf8" }).sort()) {
    const path = entry.replaceAll("\\", "/");
    if (path.endsWith(".ts")) texts[path] = readFileSync(sourceFolder + entry, "utf8");
  }
  return parseSources(texts);
}

/** The first folder of a path: `segmentation` of `segmentation/kmeans/fit.ts`; empty for `index.ts` itself. */
export function areaOf(path: string): string {
  return path.includes("/") ? path.slice(0, path.indexOf("/")) : "";
}

export function lineOf(node: ts.Node): number {
  const file = node.getSourceFile();
  return file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1;
}

/** The files that `start` loads at run time, itself included, each with the file that asked for it. */
export function loadedBy(start: SourceFile, files: readonly SourceFile[]): Map<SourceFile, SourceFile | undefined> {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const askedBy = new Map<SourceFile, SourceFile | undefined>([[start, undefined]]);
  for (const file of askedBy.keys()) {
    for (const { runtime, file: path } of file.imports) {
      const imported = runtime && path !== undefined ? byPath.get(path) : undefined;
      if (imported !== undefined && !askedBy.has(imported)) askedBy.set(imported, file);
    }
  }
  return askedBy;
}

/** "a.ts → b.ts → c.ts": how the start came to load a file. */
export function routeTo(file: SourceFile, askedBy: ReadonlyMap<SourceFile, SourceFile | undefined>): string {
  const route: string[] = [];
  for (let at: SourceFile | undefined = file; at !== undefined; at = askedBy.get(at)) route.unshift(at.path);
  return route.join(" → ");
}

/** The package of a bare specifier: `mathjs` of `mathjs/number`; undefined for a relative one. */
export function packageOf(specifier: string): string | undefined {
  if (specifier.startsWith(".") || specifier.startsWith("/")) return undefined;
  const parts = specifier.split("/");
  return specifier.startsWith("@") ? parts.slice(0, 2).join("/") : parts[0];
}

function importsOf(syntax: ts.SourceFile, paths: ReadonlySet<string>): ImportUse[] {
  const uses: ImportUse[] = [];
  const add = (statement: ts.Node, specifier: ts.Node | undefined, runtime: boolean): void => {
    if (specifier === undefined || !ts.isStringLiteralLike(specifier)) return;
    uses.push({ specifier: specifier.text, line: lineOf(statement), runtime, file: resolveImport(syntax.fileName, specifier.text, paths), statement });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add(node, node.moduleSpecifier, node.importClause?.phaseModifier !== ts.SyntaxKind.TypeKeyword);
    else if (ts.isExportDeclaration(node)) add(node, node.moduleSpecifier, !node.isTypeOnly);
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) add(node, node.arguments[0], true);
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node, node.argument.literal, false);
    ts.forEachChild(node, visit);
  };
  visit(syntax);
  return uses;
}

function resolveImport(from: string, specifier: string, paths: ReadonlySet<string>): string | undefined {
  if (!specifier.startsWith(".")) return undefined;
  const base = posix.join(posix.dirname(from), specifier).replace(/\/$/, "").replace(/\.(js|ts)$/, "");
  const index = base === "." ? "index.ts" : `${base}/index.ts`;
  return [`${base}.ts`, index].find((candidate) => paths.has(candidate));
}
