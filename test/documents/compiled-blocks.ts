import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { build, type Plugin } from "esbuild";
import ts from "typescript";
import { projectFiles, projectFolder, type CodeBlock } from "./code-blocks";
import { isPromised, printedText, recordOutput } from "./printed-output";

declare global {
  /** Set while a block runs. */
  var documentOutput: ((line: number) => (...values: unknown[]) => void) | undefined;
}

/** Blocks written as files inside the project, so that `clientele` and the packages resolve as they do for a user. */
export class CompiledBlocks {
  readonly #folder: string;
  readonly #files: ReadonlyMap<CodeBlock, string>;
  #program: ts.Program | undefined;
  #bundled: Promise<boolean> | undefined;

  constructor(blocks: readonly CodeBlock[]) {
    const cache = join(projectFolder, "node_modules/.cache");
    mkdirSync(cache, { recursive: true });
    this.#folder = mkdtempSync(join(cache, "clientele-documents-"));
    this.#files = new Map(blocks.map((block) => [block, join(this.#folder, `${block.place.replace(/[^A-Za-z0-9]+/g, "-")}.ts`)]));
    for (const [block, file] of this.#files) writeFileSync(file, block.code);
  }

  /** All blocks and the public surface, as one program under the project's own strict options. */
  get program(): ts.Program {
    this.#program ??= createProgram([...this.#files.values()]);
    return this.#program;
  }

  /** The compiler's complaints about one block. */
  typeErrors(block: CodeBlock): string[] {
    const file = this.program.getSourceFile(this.#fileOf(block));
    if (file === undefined) throw new Error(`${block.place} is not in the program`);
    return [...this.program.getSyntacticDiagnostics(file), ...this.program.getSemanticDiagnostics(file)].map(({ messageText, start }) => {
      const line = file.getLineAndCharacterOfPosition(start ?? 0).line;
      return `${placeOfLine(block, line + 1)} ${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
    });
  }

  /** Runs a block and returns what it printed otherwise than its comments promise. */
  async outputErrors(block: CodeBlock): Promise<string[]> {
    const printed = new Map<number, string[]>();
    globalThis.documentOutput = (line) => (...values) => void printed.set(line, [...(printed.get(line) ?? []), printedText(values)]);
    try {
      await import(/* @vite-ignore */ pathToFileURL(await this.#runnable(block)).href);
    } finally {
      globalThis.documentOutput = undefined;
    }
    return recordOutput(block.code).lines.flatMap(({ line, expected }) => {
      const outputs = printed.get(line) ?? [];
      if (expected === undefined || isPromised(expected, outputs)) return [];
      return [`${placeOfLine(block, line)} promises ${expected}\n  prints ${outputs.length === 0 ? "nothing" : outputs.join(" | ")}`];
    });
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** One build for all blocks, so that the library is compiled once; where that fails, one for each shows which block is to blame. */
  async #runnable(block: CodeBlock): Promise<string> {
    this.#bundled ??= this.#bundle([...this.#files.values()]).then(() => true, () => false);
    const file = this.#fileOf(block);
    if (!(await this.#bundled)) await this.#bundle([file]);
    return join(this.#folder, "out", basename(file).replace(/\.ts$/, ".js"));
  }

  async #bundle(files: readonly string[]): Promise<void> {
    await build({
      entryPoints: [...files],
      outdir: join(this.#folder, "out"),
      bundle: true,
      splitting: true,
      format: "esm",
      platform: "node",
      target: "node20",
      packages: "external",
      logLevel: "silent",
      plugins: [recordBlocks(new Set(files))],
    });
  }

  #fileOf(block: CodeBlock): string {
    const file = this.#files.get(block);
    if (file === undefined) throw new Error(`${block.place} was not compiled`);
    return file;
  }
}

function recordBlocks(files: ReadonlySet<string>): Plugin {
  return {
    name: "blocks",
    setup(bundler) {
      bundler.onResolve({ filter: /^clientele(\/|$)/ }, ({ path }) => ({ path: join(projectFolder, "src", path.slice("clientele".length), "index.ts") }));
      bundler.onLoad({ filter: /\.ts$/ }, ({ path }) => {
        if (!files.has(path)) return undefined;
        return { contents: recordOutput(readFileSync(path, "utf8")).code, loader: "ts" };
      });
    },
  };
}

function createProgram(files: readonly string[]): ts.Program {
  const { config } = ts.readConfigFile(join(projectFolder, "tsconfig.json"), (path) => ts.sys.readFile(path)) as { config: unknown };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, projectFolder);
  const indexes = projectFiles(/^src\/([^/]+\/)?index\.ts$/).map((path) => join(projectFolder, path));
  return ts.createProgram([...files, ...indexes], {
    ...options,
    moduleDetection: ts.ModuleDetectionKind.Force,
    // A block may name a value only to show how it is made, and is read by users with plain `strict`: no `!` behind each index.
    noUnusedLocals: false,
    noUncheckedIndexedAccess: false,
  });
}

function placeOfLine(block: CodeBlock, line: number): string {
  const [, path, first] = /^(.+):(\d+)$/.exec(block.place)!;
  return `${path!}:${Number(first) + line - 1}`;
}
