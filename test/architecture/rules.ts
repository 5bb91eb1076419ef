import { moduleLevelIsInert, noForbiddenGlobals, noNodeModules, unusedFilesVanish } from "./code-rules";
import {
  dependenciesAreUsed, importsGoDown, mathjsOnlyThroughFormula, noIndexImports, noRuntimeCycles, packagesInTheirPlace, scoringHoldsNoFit, specsHoldNoFit,
} from "./import-rules";
import type { Manifest, Rule } from "./source-tree";
import { filesAreShort, formulaIsNotInTheRoot, indexesNameTheirExports, namesSayWhatTheyHold, rootNamesEveryExport, subpathsAreFolders } from "./surface-rules";

/** Sources by path, and where a planted case needs them, the manifest and the build's entries. */
export interface Plant {
  readonly files: Readonly<Record<string, string>>;
  readonly manifest?: Partial<Manifest>;
  readonly entries?: readonly string[];
}

export interface NamedRule {
  readonly name: string;
  readonly rule: Rule;
  /** Each must be reported; the key is a part of the report. */
  readonly refused: Readonly<Record<string, Plant>>;
  /** Looks similar and must not be reported. */
  readonly allowed: Plant;
}

const subpath = (path: string): { types: string; default: string } => ({ types: `./dist/${path}.d.ts`, default: `./dist/${path}.js` });

export const rules: readonly NamedRule[] = [
  {
    name: "runtime imports go down only, never between siblings",
    rule: importsGoDown,
    refused: {
      "imports upwards: ../churn/a": { files: { "data/b.ts": 'import { a } from "../churn/a";', "churn/a.ts": "export const a = 1;" } },
      "imports a sibling: ../numeric/a": { files: { "steps/b.ts": 'import { a } from "../numeric/a";', "numeric/a.ts": "export const a = 1;" } },
      "imports a sibling: ../clv/a": { files: { "churn/b.ts": 'export { a } from "../clv/a";', "clv/a.ts": "export const a = 1;" } },
      "imports upwards: ../report/a": { files: { "scoring/b.ts": 'export const load = () => import("../report/a");', "report/a.ts": "export const a = 1;" } },
      "(write `import type { … }`)": { files: { "data/b.ts": 'import { type A } from "../churn/a";', "churn/a.ts": "export type A = 1;" } },
      "imports upwards: ../index": { files: { "data/b.ts": 'import { a } from "../index";', "index.ts": "export const a = 1;" } },
      "sql/ has no layer": { files: { "sql/a.ts": "export const a = 1;" } },
    },
    allowed: {
      files: {
        "data/b.ts": 'import { e } from "../errors/e";\nimport type { A } from "../churn/a";\nimport { c } from "./c";',
        "data/c.ts": "export const c = 1;",
        "errors/e.ts": "export const e = 1;",
        "churn/a.ts": "export type A = 1;",
      },
    },
  },
  {
    name: "no runtime cycles",
    rule: noRuntimeCycles,
    refused: {
      "cycle: data/a.ts → data/b.ts → data/c.ts → data/a.ts": { files: { "data/a.ts": 'import "./b";', "data/b.ts": 'export { c } from "./c";', "data/c.ts": 'import { a } from "./a";\nexport const c = a;' } },
      "cycle: data/a.ts → data/a.ts": { files: { "data/a.ts": 'import "./a";' } },
    },
    allowed: {
      files: { "data/a.ts": 'import { b } from "./b";\nimport { c } from "./c";', "data/b.ts": 'import { c } from "./c";\nimport type { A } from "./a";\nexport const b = c;', "data/c.ts": "export const c = 1;" },
    },
  },
  {
    name: "files import files, never an index",
    rule: noIndexImports,
    refused: {
      "imports an index: ../errors; name the file": { files: { "data/a.ts": 'import { e } from "../errors";', "errors/index.ts": "" } },
      "imports an index: ./index; name the file": { files: { "data/a.ts": 'import type { E } from "./index";', "data/index.ts": "" } },
      "imports an index: .; name the file": { files: { "data/a.ts": 'import { e } from ".";', "data/index.ts": "" } },
    },
    allowed: { files: { "index.ts": 'export { e } from "./errors";', "errors/index.ts": 'export { e } from "./error";', "errors/error.ts": "export const e = 1;" } },
  },
  {
    name: "packages are imported in their place only",
    rule: packagesInTheirPlace,
    refused: {
      "zod, which belongs to schema/": { files: { "data/a.ts": 'import * as z from "zod";' } },
      "mathjs/number, which belongs to formula/": { files: { "clv/a.ts": 'import { parse } from "mathjs/number";' } },
      "ml-matrix, which belongs to numeric/": { files: { "churn/a.ts": 'import { Matrix } from "ml-matrix";' } },
      "ml-kmeans, which belongs to segmentation/": { files: { "numeric/a.ts": 'import { kmeans } from "ml-kmeans";' } },
      "imports lodash: no such dependency": { files: { "data/a.ts": 'export const load = () => import("lodash");' } },
      "imports clientele/data: no such dependency": { files: { "churn/a.ts": 'import { a } from "clientele/data";' } },
      "write `import * as z from …`": { files: { "schema/a.ts": 'import { z } from "zod";' } },
    },
    allowed: {
      files: {
        "schema/a.ts": 'import * as z from "zod";\nimport type { ZodType } from "zod";',
        "formula/a.ts": 'import { parse } from "mathjs/number";',
        "numeric/a.ts": 'import { Matrix } from "ml-matrix";',
        "segmentation/a.ts": 'import { kmeans } from "ml-kmeans";',
      },
    },
  },
  {
    name: "every dependency is used",
    rule: dependenciesAreUsed,
    refused: { "no source imports the dependency zod": { files: { "schema/a.ts": "export {};" }, manifest: { dependencies: { zod: "^4.0.0" } } } },
    allowed: { files: { "schema/a.ts": 'import * as z from "zod";' }, manifest: { dependencies: { zod: "^4.0.0" } } },
  },
  {
    name: "only clientele/formula loads mathjs",
    rule: mathjsOnlyThroughFormula,
    refused: {
      "loads mathjs/number: cleaning/index.ts → cleaning/rules.ts → formula/parse.ts": {
        files: { "cleaning/index.ts": 'export { a } from "./rules";', "cleaning/rules.ts": 'export { a } from "../formula/parse";', "formula/parse.ts": 'import { parse } from "mathjs/number";\nexport const a = 1;' },
      },
    },
    allowed: {
      files: {
        "cleaning/index.ts": 'export { a } from "../formula/evaluate";\nexport type { B } from "../formula/parse";',
        "formula/index.ts": 'export { b } from "./parse";',
        "formula/evaluate.ts": "export const a = 1;",
        "formula/parse.ts": 'import { parse } from "mathjs/number";',
      },
    },
  },
  {
    name: "scoring loads no package and no fit",
    rule: scoringHoldsNoFit,
    refused: {
      "loads ml-matrix: scoring/a.ts → churn/spec.ts → numeric/cholesky.ts": {
        files: { "scoring/a.ts": 'export { b } from "../churn/spec";', "churn/spec.ts": 'import { c } from "../numeric/cholesky";', "numeric/cholesky.ts": 'import { Matrix } from "ml-matrix";' },
      },
      "loads fitTree: scoring/a.ts → churn/tree.ts": { files: { "scoring/a.ts": 'export { b } from "../churn/tree";', "churn/tree.ts": "export function fitTree() {}" } },
      "loads treeSteps: scoring/a.ts → churn/tree.ts": { files: { "scoring/a.ts": 'export { b } from "../churn/tree";', "churn/tree.ts": "export function* treeSteps() {}" } },
    },
    allowed: {
      files: { "scoring/a.ts": 'export { b } from "../churn/model";', "churn/model.ts": 'import type { Options } from "./fit";\nexport class Model {}', "churn/fit.ts": 'import "ml-matrix";\nexport function fitTree() {}' },
    },
  },
  {
    name: "specs and predictions load no fit",
    rule: specsHoldNoFit,
    refused: { "loads fitTree: churn/tree/spec.ts → churn/tree/fit.ts": { files: { "churn/tree/spec.ts": 'import { a } from "./fit";', "churn/tree/fit.ts": "export function fitTree() {}" } } },
    allowed: { files: { "churn/tree/spec.ts": 'import type { A } from "./fit";', "churn/tree/fit.ts": 'import "./spec";\nexport function fitTree() {}' } },
  },
  {
    name: "no console, clock, network, environment or foreign randomness",
    rule: noForbiddenGlobals,
    refused: {
      "uses console": { files: { "data/a.ts": "export const f = () => console.log(1);" } },
      "uses process": { files: { "data/a.ts": "export const f = () => process.env.HOME;" } },
      "uses fetch": { files: { "data/a.ts": 'export const f = () => fetch("x");' } },
      "uses Math.random": { files: { "data/a.ts": "export const f = () => Math.random();" } },
      "uses Date.now": { files: { "data/a.ts": 'export const f = () => Date["now"]();' } },
      "uses performance": { files: { "data/a.ts": "export const f = () => performance.now();" } },
      "a.ts:1 uses the time of now": { files: { "data/a.ts": "export const f = () => new Date();" } },
      "b.ts:1 uses the time of now": { files: { "data/b.ts": "export const f = () => new Date;" } },
      "c.ts:1 uses the time of now": { files: { "data/c.ts": "export const f = () => Date();" } },
      "uses eval": { files: { "data/a.ts": 'export const f = () => eval("1");' } },
      "a.ts:1 uses Function": { files: { "data/a.ts": 'export const f = () => Function("return 1");' } },
      "b.ts:1 uses Function": { files: { "data/b.ts": 'export const f = () => new Function("return 1");' } },
      "b.ts:2 uses document": { files: { "data/b.ts": "export const f = (document: string) => document;\nexport const g = () => document.title;" } },
      "uses globalThis.process": { files: { "data/a.ts": "export const f = () => globalThis.process;" } },
      "uses localeCompare": { files: { "data/a.ts": "export const f = (a: string, b: string) => a.localeCompare(b);" } },
    },
    allowed: {
      files: {
        "data/a.ts": [
          "// console.log, Math.random() and new Date() in a comment",
          'export const text = "console.log(Math.random())";',
          "export interface A { readonly performance: number; process(): void }",
          "export const f = (a: A, at: number): number => a.performance + new Date(at).getTime();",
          "export type G = typeof fetch;",
          "export const record = { process: 1, console: 2 };",
          "export function h({ performance }: A) { for (const window of [performance]) return window; }",
        ].join("\n"),
      },
    },
  },
  {
    name: "no modules of Node",
    rule: noNodeModules,
    refused: { "imports node:fs": { files: { "data/a.ts": 'import { readFileSync } from "node:fs";' } }, "imports path": { files: { "data/a.ts": 'import type { ParsedPath } from "path";' } } },
    allowed: { files: { "data/a.ts": 'import { path } from "./path";', "data/path.ts": "export const path = 1;" } },
  },
  {
    name: "module level holds declarations and literals",
    rule: moduleLevelIsInert,
    refused: {
      "a call: new Float64Array(3)": { files: { "data/a.ts": "export const a = new Float64Array(3);" } },
      "a call: Object.freeze({ a: 1 })": { files: { "data/a.ts": "export const a = Object.freeze({ a: 1 });" } },
      "a call: f(b)": { files: { "data/a.ts": "const b = 1;\nexport const a = { inner: [/* @__PURE__ */ f(b)] };\nfunction f(x: number) { return x; }" } },
      "a call: base()": { files: { "data/a.ts": "function base() { return Error; }\nexport class A extends base() {}" } },
      "a call: now()": { files: { "data/a.ts": "function now() { return 1; }\nexport class A { static readonly at = now(); }" } },
      "a static block": { files: { "data/a.ts": "export class A { static {} }" } },
      "a variable that can change": { files: { "data/a.ts": "let count = 0;\nexport const next = () => count++;" } },
      "a statement: start();": { files: { "data/a.ts": "export function start() {}\nstart();" } },
      "an enum": { files: { "data/a.ts": "export enum A { B }" } },
      "a default export": { files: { "data/a.ts": "export default 1;" } },
      "a tagged template": { files: { "data/a.ts": "export const a = String.raw`x`;" } },
    },
    allowed: {
      files: {
        "schema/a.ts": "export const a = make();\nfunction make() { return 1; }",
        "data/a.ts": [
          "export const a = { kind: 'integer', min: 1 } as const;",
          "export const known: ReadonlySet<string> = /* @__PURE__ */ new Set(['a', 'b']);",
          "export const f = (x: number) => Math.sqrt(x);",
          "export class A extends Error { readonly #at = new Map<string, number>(); static readonly limit = 3; run() { return f(this.#at.size); } }",
          "export type T = ReturnType<typeof f>;",
          "export function* steps() { yield f(1); }",
          "let cache: A | undefined;",
          "export function cached() { return (cache ??= new A()); }",
        ].join("\n"),
      },
    },
  },
  {
    name: "an unused file leaves nothing in a bundle",
    rule: unusedFilesVanish,
    refused: {
      "data/a.ts:1 a bundle keeps, though nobody uses it": { files: { "data/a.ts": "export const a = { inner: 1 };\nexport const b = a.inner;" } },
      "data/b.ts:1 a bundle keeps, though nobody uses it": { files: { "data/b.ts": "export const width = screen.width;" } },
      "data/c.ts:1 a bundle keeps, though nobody uses it": { files: { "index.ts": 'export { c } from "./data/c";', "data/c.ts": "export const c = new Map([[1, 2]]).get(1);" } },
    },
    allowed: { files: { "data/a.ts": 'import { b } from "./b";\nexport const a = [b, -1, `x`, /y/];\nexport class A extends Error { static limit = 3; }', "data/b.ts": 'import { parse } from "mathjs";\nexport const b = 2 ** -52 + Number.EPSILON * 8;\nexport const c = b / 2;\nexport const f = () => parse("1");' } },
  },
  {
    name: "names say what a file holds",
    rule: namesSayWhatTheyHold,
    refused: {
      'the name "utils"': { files: { "data/utils.ts": "" } },
      'the name "helpers"': { files: { "churn/helpers/odds.ts": "" } },
      'the name "types"': { files: { "clv/types.ts": "" } },
      '"fitModel" must be': { files: { "clv/fitModel.ts": "" } },
    },
    allowed: { files: { "data/column-types.ts": "", "clv/bg-nbd/fit.ts": "" } },
  },
  {
    name: "files are neither empty nor long",
    rule: filesAreShort,
    refused: { "the file is empty": { files: { "data/a.ts": "// later\n" } }, "401 lines": { files: { "data/a.ts": "export {};\n".repeat(401) } } },
    allowed: { files: { "data/a.ts": "export {};\n".repeat(400) } },
  },
  {
    name: "indexes name what they export",
    rule: indexesNameTheirExports,
    refused: {
      "`export *` hides": { files: { "index.ts": 'export * from "./data";' } },
      "an index holds only": { files: { "data/index.ts": "export const a = 1;" } },
    },
    allowed: { files: { "index.ts": 'export { a, type B } from "./data";\nexport type { C } from "./data/c";', "data/c.ts": 'export * from "./d";' } },
  },
  {
    name: "the root does not export formula",
    rule: formulaIsNotInTheRoot,
    refused: { "exports ./formula/compile": { files: { "index.ts": 'export { compileFormula } from "./formula/compile";', "formula/compile.ts": "" } }, "exports ./formula": { files: { "index.ts": 'export type { Formula } from "./formula";', "formula/index.ts": "" } } },
    allowed: { files: { "index.ts": 'export { a } from "./data";', "data/index.ts": "", "formula/index.ts": "" } },
  },
  {
    name: "the root names what the subpaths export",
    rule: rootNamesEveryExport,
    refused: {
      "src/index.ts does not name b": { files: { "index.ts": 'export { a } from "./data";', "data/index.ts": 'export { a, b } from "./table";' } },
      "src/index.ts does not name C": { files: { "index.ts": 'export { a } from "./data";', "data/index.ts": 'export { a } from "./table";\nexport type { C } from "./table";' } },
      "no subpath exports inner": { files: { "index.ts": 'export { inner } from "./data/table";', "data/table.ts": "" } },
      "there is no src/index.ts": { files: { "data/index.ts": "" } },
    },
    allowed: {
      files: {
        "index.ts": 'export { a, type C } from "./data";\nexport { ClienteleError } from "./errors/error";',
        "data/index.ts": 'export { x as a, type C } from "./table";',
        "formula/index.ts": 'export { compileFormula } from "./compile";',
        "errors/error.ts": "",
      },
    },
  },
  {
    name: "package exports, folders with an index and build entries are one list",
    rule: subpathsAreFolders,
    refused: {
      "exports does not name src/clv/index.ts": { files: { "clv/index.ts": "" } },
      "exports names src/clv/index.ts, which is not there": { files: {}, manifest: { exports: { "./clv": subpath("clv/index") } }, entries: ["src/clv/index.ts"] },
      "the build has no entry src/clv/index.ts": { files: { "clv/index.ts": "" }, manifest: { exports: { "./clv": subpath("clv/index") } } },
      "the build has an entry that exports does not name": { files: {}, entries: ["src/clv/index.ts"] },
      'exports["./clv"] must point at ./dist/clv/index': { files: { "clv/index.ts": "" }, manifest: { exports: { "./clv": subpath("churn/index") } }, entries: ["src/clv/index.ts"] },
    },
    allowed: {
      files: { "index.ts": "", "clv/index.ts": "", "numeric/sum.ts": "" },
      manifest: { exports: { ".": subpath("index"), "./clv": subpath("clv/index"), "./package.json": "./package.json" } },
      entries: ["src/index.ts", "src/clv/index.ts"],
    },
  },
];
