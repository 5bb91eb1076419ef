import ts from "typescript";
import { areaOf, lineOf, type SourceFile, type SourceTree, type Violation } from "./source-tree";

const forbiddenNames: ReadonlySet<string> = new Set(["utils", "util", "helpers", "helper", "common", "shared", "misc", "lib", "types"]);
const longestFile = 400;

/** Files are named after what they hold, in small letters with hyphens. */
export function namesSayWhatTheyHold({ files }: SourceTree): Violation[] {
  return files.flatMap((file) =>
    file.path.replace(/\.ts$/, "").split("/").flatMap((name) => {
      if (forbiddenNames.has(name)) return [violation(file, `the name "${name}" says nothing`)];
      return /^[a-z0-9]+(-[a-z0-9]+)*$/.test(name) ? [] : [violation(file, `"${name}" must be written in small letters with hyphens`)];
    }),
  );
}

/** No file is empty, none is longer than a reader keeps in mind. */
export function filesAreShort({ files }: SourceTree): Violation[] {
  return files.flatMap((file) => {
    const lines = file.text.trimEnd().split("\n").length;
    if (file.syntax.statements.length === 0) return [violation(file, "the file is empty")];
    return lines > longestFile ? [violation(file, `${lines} lines; at most ${longestFile}`)] : [];
  });
}

/** An index is a table of contents: names, never `export *`. */
export function indexesNameTheirExports({ files }: SourceTree): Violation[] {
  return indexes(files).flatMap((file) =>
    file.syntax.statements.flatMap((statement) => {
      if (!ts.isExportDeclaration(statement)) return [violation(file, "an index holds only `export { … } from …`", lineOf(statement))];
      const named = statement.exportClause !== undefined && ts.isNamedExports(statement.exportClause);
      return named ? [] : [violation(file, "`export *` hides what is exported", lineOf(statement))];
    }),
  );
}

/** mathjs would come with it: a formula is imported from `clientele/formula`. */
export function formulaIsNotInTheRoot({ files }: SourceTree): Violation[] {
  const root = files.find(({ path }) => path === "index.ts");
  if (root === undefined) return [];
  return root.imports.filter(({ file }) => areaOf(file ?? "") === "formula").map(({ specifier, line }) => violation(root, `exports ${specifier}`, line));
}

/** What a subpath exports the root exports too, and nothing more but the error class. */
export function rootNamesEveryExport({ files }: SourceTree): Violation[] {
  const root = files.find(({ path }) => path === "index.ts");
  if (root === undefined) return [{ file: "index.ts", line: 1, message: "there is no src/index.ts" }];
  const rootNames = exportedNames(root);
  const areas = indexes(files).filter(({ path }) => path !== "index.ts" && areaOf(path) !== "formula");
  const missing = areas.flatMap((area) => [...exportedNames(area)].filter(([name]) => !rootNames.has(name)).map(([name, line]) => violation(area, `src/index.ts does not name ${name}`, line)));
  const areaNames = new Set(areas.flatMap((area) => [...exportedNames(area).keys()]));
  const internal = new Set(root.imports.filter(({ file }) => areaOf(file ?? "") === "errors").flatMap(({ statement }) => exportSpecifiers(statement).map(({ name }) => name.text)));
  const extra = [...rootNames].filter(([name]) => !areaNames.has(name) && !internal.has(name)).map(([name, line]) => violation(root, `no subpath exports ${name}`, line));
  return [...missing, ...extra];
}

/** package.json `exports`, the folders with an index and the entries of the build are one list. */
export function subpathsAreFolders({ files, manifest, entries }: SourceTree): Violation[] {
  const exported = Object.entries(manifest.exports).flatMap(([subpath, target]) => {
    if (typeof target === "string") return [];
    const source = subpath === "." ? "index" : `${subpath.slice(2)}/index`;
    const wrong = target.types === `./dist/${source}.d.ts` && target.default === `./dist/${source}.js` ? [] : [packageViolation(`exports["${subpath}"] must point at ./dist/${source}.{d.ts,js}`)];
    return [{ source: `${source}.ts`, wrong }];
  });
  const sources = new Set(exported.map(({ source }) => source));
  const folders = new Set(indexes(files).map(({ path }) => path));
  const built = new Set(entries.map((entry) => entry.replace(/^src\//, "")));
  return [
    ...exported.flatMap(({ wrong }) => wrong),
    ...difference(sources, folders).map((source) => packageViolation(`exports names src/${source}, which is not there`)),
    ...difference(folders, sources).map((source) => packageViolation(`exports does not name src/${source}`)),
    ...difference(sources, built).map((source) => packageViolation(`the build has no entry src/${source}`)),
    ...difference(built, sources).map((source) => packageViolation(`the build has an entry that exports does not name: src/${source}`)),
  ];
}

function indexes(files: readonly SourceFile[]): SourceFile[] {
  return files.filter(({ path }) => /(^|\/)index\.ts$/.test(path));
}

/** Exported names with their lines. */
function exportedNames(file: SourceFile): Map<string, number> {
  return new Map(file.syntax.statements.flatMap(exportSpecifiers).map((specifier) => [specifier.name.text, lineOf(specifier)]));
}

function exportSpecifiers(statement: ts.Node): readonly ts.ExportSpecifier[] {
  if (!ts.isExportDeclaration(statement) || statement.exportClause === undefined || !ts.isNamedExports(statement.exportClause)) return [];
  return statement.exportClause.elements;
}

function difference(left: ReadonlySet<string>, right: ReadonlySet<string>): string[] {
  return [...left].filter((name) => !right.has(name));
}

function violation(file: SourceFile, message: string, line = 1): Violation {
  return { file: file.path, line, message };
}

function packageViolation(message: string): Violation {
  return { file: "package.json", line: 1, message };
}
