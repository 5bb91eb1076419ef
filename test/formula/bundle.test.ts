import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { expect, test } from "vitest";

const folder = fileURLToPath(new URL("../../src/formula/", import.meta.url));

/** The packages whose code an application holds that makes this import. */
async function packagesOf(contents: string): Promise<{ readonly packages: ReadonlySet<string>; readonly bytes: number }> {
  const { metafile, outputFiles } = await build({
    stdin: { contents, resolveDir: folder, loader: "ts" },
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: "esm",
    platform: "neutral",
    mainFields: ["module", "main"],
    logLevel: "silent",
    tsconfigRaw: {},
  });
  const packages = new Set<string>();
  for (const { inputs } of Object.values(metafile.outputs)) {
    for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
      const name = /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1];
      if (name !== undefined && bytesInOutput > 0) packages.add(name);
    }
  }
  return { packages, bytes: outputFiles[0]!.contents.length };
}

test.each([
  ["saved formulas evaluated, by file", 'export { formulaFromSpec } from "./evaluate/spec"; export { evaluateFormula } from "./evaluate/evaluate";'],
  ["saved formulas evaluated, by area", 'export { formulaFromSpec, evaluateFormula } from "./index";'],
  ["saved formulas derived and printed", 'export { formulaFromSpec, deriveColumn, formatFormula, formatLatex } from "./index";'],
])("%s: without the parser", async (_what, contents) => {
  const { packages, bytes } = await packagesOf(contents);
  expect([...packages]).toEqual([]);
  expect(bytes).toBeLessThan(25_000);
});

test("compileFormula holds the parser of mathjs, not all of mathjs", async () => {
  const { packages, bytes } = await packagesOf('export { compileFormula } from "./index";');
  expect(packages).toContain("mathjs");
  expect(packages).not.toContain("complex.js");
  expect(packages).not.toContain("decimal.js");
  expect(bytes).toBeLessThan(200_000);
});
