import ts from "typescript";
import { afterAll, describe, expect, test } from "vitest";
import { blocksOfPage, blocksOfSource, documentPages, examplesWithoutBlock, projectFiles, projectFolder, readProjectFile, type CodeBlock } from "./code-blocks";
import { CompiledBlocks } from "./compiled-blocks";
import { isPromised, printedText, recordOutput } from "./printed-output";

const sources = projectFiles(/^src\/.+\.ts$/);
const blocks = [...documentPages().flatMap((path) => blocksOfPage(path, readProjectFile(path))), ...sources.flatMap((path) => blocksOfSource(path, readProjectFile(path)))];
const runnable = blocks.filter(({ language }) => language === "ts");
const compiled = new CompiledBlocks(runnable);
afterAll(() => compiled.remove());

describe("every TypeScript block of the documents", () => {
  test.each(runnable)("$place runs and prints what it promises", async (block) => {
    expect(await compiled.outputErrors(block)).toEqual([]);
  });

  test("is accepted by the compiler under the project's options", { timeout: 60_000 }, () => {
    expect(runnable.flatMap((block) => compiled.typeErrors(block))).toEqual([]);
  });

  test("is marked ts: another spelling would not be run", () => {
    expect(blocks.filter(({ language }) => ["", "typescript", "tsx", "js", "javascript", "jsx"].includes(language)).map(({ place, language }) => `${place} ${language}`)).toEqual([]);
  });

  test("stands in a fence behind @example", () => {
    expect(sources.flatMap((path) => examplesWithoutBlock(path, readProjectFile(path)))).toEqual([]);
  });
});

test("every public name has a docstring, and every public function an example", () => {
  const checker = compiled.program.getTypeChecker();
  const indexes = projectFiles(/^src\/([^/]+\/)?index\.ts$/).flatMap((path) => compiled.program.getSourceFile(projectFolder + path) ?? []);
  const problems = indexes.flatMap((index) =>
    checker.getExportsOfModule(checker.getSymbolAtLocation(index)!).flatMap((exported) => {
      const symbol = (exported.flags & ts.SymbolFlags.Alias) === 0 ? exported : checker.getAliasedSymbol(exported);
      const declaration = symbol.declarations?.[0];
      if (declaration === undefined) return [`${exported.name} is declared nowhere`];
      const place = `${declaration.getSourceFile().fileName.slice(projectFolder.length)} ${exported.name}`;
      if (symbol.getDocumentationComment(checker).length === 0) return [`${place} has no docstring`];
      // `xSteps` is `fitX` in slices: the example of runCooperatively shows them all.
      const needsExample = (symbol.flags & ts.SymbolFlags.Function) !== 0 && !exported.name.endsWith("Steps") && !symbol.getJsDocTags(checker).some(({ name }) => name === "example");
      return needsExample ? [`${place} has no example`] : [];
    }),
  );
  expect([...new Set(problems)].sort()).toEqual([]);
});

test("npm scripts that the documents name exist", () => {
  const { scripts } = JSON.parse(readProjectFile("package.json")) as { scripts: Record<string, string> };
  const builtin = ["install", "ci", "pack", "publish", "version"];
  const named = projectFiles(/^([A-Z]+|docs\/(?!api\/).+)\.md$/).flatMap((path) =>
    [...readProjectFile(path).matchAll(/\bnpm (?:run ([\w:-]+)|(test|start)\b)/g)].map(([, script, short]) => ({ path, name: script ?? short! })),
  );
  expect(named.filter(({ name }) => scripts[name] === undefined && !builtin.includes(name)).map(({ path, name }) => `${path}: npm run ${name}`)).toEqual([]);
});

describe("the checks themselves", () => {
  const block = (code: string, line = 10): CodeBlock => ({ place: `planted.md:${line}`, language: "ts", code });
  const planted = {
    wrongOutput: block('import { ClienteleError } from "clientele";\n\nconsole.log(new ClienteleError("aborted", "stopped").code); // "unsupported"'),
    neverPrinted: block("for (const x of [] as number[]) {\n  console.log(x); // 1\n}"),
    throws: block("throw new Error('planted');"),
    wrongName: block('import { noSuchName } from "clientele";\nconsole.log(noSuchName);', 20),
    wrongType: block("export const count: number = 'one';", 30),
    right: block("for (const x of [1, 2]) console.log([x], 'a'); // [1] a | [2] a\nconsole.log(\n  { b: new Float64Array([1 / 3, 2]) },\n); // { b: [0.333…, 2] }\nconsole.log('unpromised');"),
  };
  /** Each in a build of its own, as one that cannot be built would spoil the others. */
  const outputErrorsOf = async (name: keyof typeof planted): Promise<string[]> => {
    const alone = new CompiledBlocks([planted[name]]);
    try {
      return await alone.outputErrors(planted[name]);
    } finally {
      alone.remove();
    }
  };

  test("report an output that differs, with its line", async () => {
    expect(await outputErrorsOf("wrongOutput")).toEqual(['planted.md:12 promises "unsupported"\n  prints aborted']);
  });

  test("report an output that never comes", async () => {
    expect(await outputErrorsOf("neverPrinted")).toEqual(["planted.md:11 promises 1\n  prints nothing"]);
  });

  test("report a block that throws", async () => {
    await expect(outputErrorsOf("throws")).rejects.toThrow("planted");
  });

  test("report a name that is not exported", async () => {
    await expect(outputErrorsOf("wrongName")).rejects.toThrow("noSuchName");
  });

  test("report what the compiler refuses, with its line", { timeout: 60_000 }, () => {
    const refused = new CompiledBlocks([planted.wrongName, planted.wrongType]);
    try {
      expect(refused.typeErrors(planted.wrongName).join()).toMatch(/^planted\.md:20 .*noSuchName/);
      expect(refused.typeErrors(planted.wrongType).join()).toMatch(/^planted\.md:30 Type 'string' is not assignable/);
    } finally {
      refused.remove();
    }
  });

  test("accept what is right", async () => {
    expect(await outputErrorsOf("right")).toEqual([]);
  });

  test.each([
    ["2 2", "22"],
    ["[1, 2]", "[1, 2, 3]"],
    ["0.33…", "0.34"],
    ["{ a: 1 }", "{ a: 2 }"],
    ["1 | 2", "1 2"],
    ["anything", ""],
  ])("tell %s from %s", (expected, output) => {
    expect(isPromised(expected, [output])).toBe(false);
  });

  test.each<[string, unknown]>([
    ['["age", "income"]', ["age", "income"]],
    ["['age', 'income']", ["age", "income"]],
    ['{ a: "x", b: null }', { a: "x", b: null }],
    ["Float64Array [1, 2]", new Float64Array([1, 2])],
    ["[1, 2]", new Float64Array([1, 2])],
    ["NaN", NaN],
    ["-0", -0],
    ['"text"', "text"],
    ["from 1 to … (rows)", "from 1 to 200 (rows)"],
  ])("take %s for the printed value", (expected, value) => {
    expect(isPromised(expected, [printedText([value])])).toBe(true);
  });

  test("find the comment behind the last line of a call", () => {
    expect(recordOutput('console.log(\n  "// no comment",\n); // yes').lines).toEqual([{ line: 3, expected: "yes" }]);
  });
});
