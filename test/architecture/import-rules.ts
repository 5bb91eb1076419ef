import ts from "typescript";
import { areaOf, loadedBy, packageOf, routeTo, type ImportUse, type SourceFile, type SourceTree, type Violation } from "./source-tree";

/** Lowest first; areas of one layer do not import each other. `src/index.ts` stands above them all. */
const layers: readonly (readonly string[])[] = [
  ["errors"],
  ["steps", "numeric"],
  ["data"],
  ["schema", "formula"],
  ["cleaning", "features", "evaluation"],
  ["segmentation", "churn", "clv"],
  ["scoring"],
  ["report"],
  ["analysis"],
];

/** The one area that may import each package. */
const packagePlaces: Readonly<Record<string, string>> = { zod: "schema", mathjs: "formula", "ml-matrix": "numeric", "ml-kmeans": "segmentation" };

/** Runtime imports go down only, never between siblings. */
export function importsGoDown({ files }: SourceTree): Violation[] {
  return files.flatMap((file) => {
    const area = areaOf(file.path);
    if (area === "") return [];
    if (layerOf(area) === -1) return [{ file: file.path, line: 1, message: `${area}/ has no layer: name it in docs/contributing/conventions.md and in this test` }];
    return file.imports.flatMap((use) => {
      if (!use.runtime || use.file === undefined) return [];
      const imported = areaOf(use.file);
      if (imported === area || (imported !== "" && layerOf(imported) < layerOf(area))) return [];
      const how = imported === "" || layerOf(imported) > layerOf(area) ? "upwards" : "a sibling";
      return [violation(file, use, `${area}/ imports ${how}: ${use.specifier}${typeHint(use)}`)];
    });
  });
}

/** No file is loaded by what it loads. */
export function noRuntimeCycles({ files }: SourceTree): Violation[] {
  const finished = new Set<SourceFile>();
  const violations: Violation[] = [];
  const byPath = new Map(files.map((file) => [file.path, file]));
  const visit = (file: SourceFile, route: readonly SourceFile[]): void => {
    if (finished.has(file)) return;
    for (const use of file.imports) {
      const imported = use.runtime && use.file !== undefined ? byPath.get(use.file) : undefined;
      if (imported === undefined) continue;
      const start = [...route, file].indexOf(imported);
      if (start >= 0) violations.push(violation(file, use, `cycle: ${[...route, file].slice(start).map(({ path }) => path).join(" → ")} → ${imported.path}`));
      else visit(imported, [...route, file]);
    }
    finished.add(file);
  };
  for (const file of files) visit(file, []);
  return violations;
}

/** Files import files; an index is for those outside. */
export function noIndexImports({ files }: SourceTree): Violation[] {
  return files
    .filter(({ path }) => path !== "index.ts")
    .flatMap((file) => file.imports.filter((use) => /(^|\/)index\.ts$/.test(use.file ?? "")).map((use) => violation(file, use, `imports an index: ${use.specifier}; name the file`)));
}

/** zod, mathjs, ml-matrix and ml-kmeans each in its area, and nothing else from outside. */
export function packagesInTheirPlace({ files }: SourceTree): Violation[] {
  return files.flatMap((file) =>
    file.imports.flatMap((use) => {
      const name = packageOf(use.specifier);
      if (name === undefined) return [];
      const place = packagePlaces[name];
      if (place === undefined) return [violation(file, use, `imports ${use.specifier}: no such dependency of the library`)];
      if (place !== areaOf(file.path)) return [violation(file, use, `imports ${use.specifier}, which belongs to ${place}/`)];
      if (name === "zod" && !isNamespaceImport(use)) return [violation(file, use, "write `import * as z from …`: the named export `z` keeps all of zod")];
      return [];
    }),
  );
}

/** The dependencies of package.json are those that the sources import. */
export function dependenciesAreUsed({ files, manifest }: SourceTree): Violation[] {
  const used = new Set(files.flatMap((file) => file.imports.map((use) => packageOf(use.specifier))));
  return Object.keys(manifest.dependencies)
    .filter((name) => !used.has(name))
    .map((name) => ({ file: "package.json", line: 1, message: `no source imports the dependency ${name}` }));
}

/** mathjs takes a third of a second to load, so only `clientele/formula` may bring it in. */
export function mathjsOnlyThroughFormula({ files }: SourceTree): Violation[] {
  const entries = files.filter(({ path }) => /^([^/]+\/)?index\.ts$/.test(path) && path !== "formula/index.ts");
  return entries.flatMap((entry) => loadsPackage(entry, files, ["mathjs"]));
}

/** A scorer is shipped to browsers: it loads no package and no code that fits. */
export function scoringHoldsNoFit({ files }: SourceTree): Violation[] {
  return files
    .filter(({ path }) => areaOf(path) === "scoring")
    .flatMap((scorer) => [...loadsPackage(scorer, files, Object.keys(packagePlaces)), ...loadsFit(scorer, files)]);
}

/** Saved forms and kernels of prediction stand without the fit, in every area. */
export function specsHoldNoFit({ files }: SourceTree): Violation[] {
  return files.filter(({ path }) => /\/(spec|predict)\.ts$/.test(path)).flatMap((file) => loadsFit(file, files));
}

function loadsPackage(entry: SourceFile, files: readonly SourceFile[], packages: readonly string[]): Violation[] {
  const askedBy = loadedBy(entry, files);
  return [...askedBy.keys()].flatMap((file) =>
    file.imports
      .filter((use) => use.runtime && packages.includes(packageOf(use.specifier) ?? ""))
      .map((use) => ({ file: entry.path, line: 1, message: `loads ${use.specifier}: ${routeTo(file, askedBy)}` })),
  );
}

function loadsFit(entry: SourceFile, files: readonly SourceFile[]): Violation[] {
  const askedBy = loadedBy(entry, files);
  return [...askedBy.keys()].flatMap((file) => {
    // The functions of steps/ run the slices of others.
    const fit = areaOf(file.path) === "steps" ? undefined : exportedFunctions(file).find((name) => /^fit[A-Z]/.test(name) || /[a-z]Steps$/.test(name));
    return fit === undefined ? [] : [{ file: entry.path, line: 1, message: `loads ${fit}: ${routeTo(file, askedBy)}` }];
  });
}

function exportedFunctions(file: SourceFile): string[] {
  return file.syntax.statements.flatMap((statement) =>
    ts.isFunctionDeclaration(statement) && statement.name !== undefined && statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true ? [statement.name.text] : [],
  );
}

function isNamespaceImport(use: ImportUse): boolean {
  if (!ts.isImportDeclaration(use.statement)) return false;
  const clause = use.statement.importClause;
  return clause !== undefined && (clause.phaseModifier === ts.SyntaxKind.TypeKeyword || (clause.namedBindings !== undefined && ts.isNamespaceImport(clause.namedBindings)));
}

/** `import { type A }` looks like a type import and is none: the file stays in the compiled output. */
function typeHint(use: ImportUse): string {
  return /^(import|export)\s*\{\s*type\s/.test(use.statement.getText()) ? " (write `import type { … }`)" : "";
}

function layerOf(area: string): number {
  return layers.findIndex((layer) => layer.includes(area));
}

function violation(file: SourceFile, use: ImportUse, message: string): Violation {
  return { file: file.path, line: use.line, message };
}
