import { build, type Plugin } from "esbuild";
import ts from "typescript";
import { isDeclaredAround } from "./scope";
import { areaOf, lineOf, packageOf, type SourceFile, type SourceTree, type Violation } from "./source-tree";

/** Globals that read the clock, the machine or the network, or that turn text into code. */
const forbiddenGlobals: ReadonlySet<string> = new Set([
  "console", "process", "fetch", "performance", "eval", "Function", "require", "Buffer", "XMLHttpRequest", "WebSocket", "localStorage", "navigator", "document", "window",
]);
const forbiddenMembers: ReadonlySet<string> = new Set(["Math.random", "Date.now", "crypto.randomUUID", "crypto.getRandomValues"]);

/** The library prints nothing, reads no clock, no environment, no network and no randomness but its own. */
export function noForbiddenGlobals({ files }: SourceTree): Violation[] {
  return files.flatMap((file) => {
    const violations: Violation[] = [];
    const report = (node: ts.Node, what: string): void => void violations.push({ file: file.path, line: lineOf(node), message: `uses ${what}` });
    const visit = (node: ts.Node): void => {
      if (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node)) return;
      if (ts.isIdentifier(node) && forbiddenGlobals.has(node.text) && isReference(node) && !isDeclaredAround(node, node.text)) report(node, node.text);
      const member = memberText(node);
      if (member !== undefined && (forbiddenMembers.has(member) || (member.startsWith("globalThis.") && forbiddenGlobals.has(member.slice(11))))) report(node, member);
      if (isDate(node) && (node.arguments ?? []).length === 0) report(node, "the time of now: Date without an argument");
      if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression) && node.expression.name.text === "localeCompare") report(node, "localeCompare: the order would depend on the machine's language");
      ts.forEachChild(node, visit);
    };
    visit(file.syntax);
    return violations;
  });
}

/** Builtin modules of Node, with or without `node:`. */
export function noNodeModules({ files }: SourceTree): Violation[] {
  const builtins = new Set(["fs", "path", "os", "crypto", "util", "url", "events", "stream", "buffer", "worker_threads", "perf_hooks", "child_process"]);
  return files.flatMap((file) =>
    file.imports
      .filter(({ specifier }) => specifier.startsWith("node:") || builtins.has(packageOf(specifier) ?? ""))
      .map(({ specifier, line }) => ({ file: file.path, line, message: `imports ${specifier}: the library runs in browsers` })),
  );
}

/** At module level stand declarations and literals: bundlers keep calls. */
export function moduleLevelIsInert({ files }: SourceTree): Violation[] {
  return files
    .filter(({ path }) => areaOf(path) !== "schema")
    .flatMap((file) =>
      file.syntax.statements.flatMap((statement) => activeNodes(statement).map(({ node, what }) => ({ file: file.path, line: lineOf(node), message: `at module level: ${what}` }))),
    );
}

/**
 * What nobody uses leaves nothing in a bundle. The rule above names the usual causes; this one asks the bundler,
 * which also keeps things that look harmless (a property read, a spread). Constants such as `4 * Number.EPSILON` are
 * let through: esbuild keeps them, at a few bytes each, and they say more than their value.
 */
export async function unusedFilesVanish({ files }: SourceTree): Promise<Violation[]> {
  const inert = files.filter(({ path }) => areaOf(path) !== "schema");
  const { outputFiles } = await build({
    stdin: { contents: inert.map(({ path }) => `import ${JSON.stringify(`./${path}`)};`).join("\n"), loader: "ts" },
    bundle: true,
    write: false,
    format: "esm",
    target: "es2022",
    logLevel: "silent",
    plugins: [inMemory(inert)],
  });
  const bundle = ts.createSourceFile("bundle.js", outputFiles[0]?.text ?? "", ts.ScriptTarget.ES2022, true);
  let file = "";
  return bundle.statements.flatMap((statement) => {
    // The bundler heads each file's part with a comment that names it.
    file = /^\/\/ source:(.+)$/m.exec(statement.getFullText())?.[1] ?? file;
    if (ts.isVariableStatement(statement) && statement.declarationList.declarations.every(({ initializer }) => initializer !== undefined && isArithmetic(initializer))) return [];
    return [{ file, line: 1, message: `a bundle keeps, though nobody uses it: ${statement.getText().slice(0, 60)}` }];
  });
}

function isArithmetic(node: ts.Expression): boolean {
  if (ts.isBinaryExpression(node)) return isArithmetic(node.left) && isArithmetic(node.right);
  if (ts.isPrefixUnaryExpression(node)) return isArithmetic(node.operand);
  if (ts.isParenthesizedExpression(node)) return isArithmetic(node.expression);
  if (ts.isPropertyAccessExpression(node)) return ["Math", "Number"].includes(node.expression.getText());
  return ts.isNumericLiteral(node) || ts.isIdentifier(node);
}

/** Serves the sources from memory, marked as having side effects so that only the code itself decides; packages are empty. */
function inMemory(files: readonly SourceFile[]): Plugin {
  const byPath = new Map(files.map((file) => [file.path, file]));
  return {
    name: "sources",
    setup(bundler) {
      bundler.onResolve({ filter: /.*/ }, ({ path, importer }) => {
        const target = importer === "<stdin>" ? path.slice(2) : byPath.get(importer)?.imports.find(({ specifier }) => specifier === path)?.file;
        if (target !== undefined && byPath.has(target)) return { path: target, namespace: "source", sideEffects: true };
        return { path, namespace: "package", sideEffects: false };
      });
      bundler.onLoad({ filter: /.*/, namespace: "package" }, () => ({ contents: "module.exports = {};" }));
      bundler.onLoad({ filter: /.*/, namespace: "source" }, ({ path }) => ({ contents: byPath.get(path)?.text ?? "", loader: "ts" }));
    },
  };
}

interface ActiveNode {
  readonly node: ts.Node;
  readonly what: string;
}

/** The parts of a statement that run when the module is loaded. */
function activeNodes(statement: ts.Statement): ActiveNode[] {
  if (ts.isVariableStatement(statement)) {
    const constant = (statement.declarationList.flags & ts.NodeFlags.Const) !== 0;
    const initializers = statement.declarationList.declarations.flatMap(({ initializer }) => (initializer === undefined ? [] : activeInside(initializer)));
    // `let cache: Cache | undefined;` is filled at the first use and holds nothing that a caller could see.
    const lazy = statement.declarationList.declarations.every(({ initializer }) => initializer === undefined);
    return constant || lazy ? initializers : [{ node: statement, what: "a variable that can change" }, ...initializers];
  }
  if (ts.isClassDeclaration(statement)) return activeInside(statement);
  if (ts.isExportAssignment(statement)) return [{ node: statement, what: "a default export" }];
  if (ts.isEnumDeclaration(statement)) return [{ node: statement, what: "an enum (write a union of texts)" }];
  if (ts.isModuleDeclaration(statement)) return [{ node: statement, what: "a namespace" }];
  const declares = ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement) || ts.isFunctionDeclaration(statement) || ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement);
  return declares ? [] : [{ node: statement, what: `a statement: ${statement.getText().slice(0, 40)}` }];
}

function activeInside(root: ts.Node): ActiveNode[] {
  const found: ActiveNode[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) || ts.isTypeNode(node) || isInstanceField(node)) return;
    if ((ts.isCallExpression(node) || ts.isNewExpression(node)) && !isPureOfLiterals(node)) found.push({ node, what: `a call: ${node.getText().slice(0, 40)}` });
    else if (ts.isTaggedTemplateExpression(node)) found.push({ node, what: "a tagged template" });
    else if (ts.isAwaitExpression(node)) found.push({ node, what: "an await" });
    else if (ts.isClassStaticBlockDeclaration(node)) found.push({ node, what: "a static block" });
    else ts.forEachChild(node, visit);
  };
  // The type of `extends Base<T>` is read as a type node; its expression runs.
  if (ts.isClassDeclaration(root)) root.heritageClauses?.forEach(({ types }) => types.forEach(({ expression }) => visit(expression)));
  visit(root);
  return found;
}

function isInstanceField(node: ts.Node): boolean {
  return ts.isPropertyDeclaration(node) && node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword) !== true;
}

/** A call that bundlers may drop, because it is marked, and that cannot fail or depend on anything, because its arguments are literals. */
function isPureOfLiterals(node: ts.CallExpression | ts.NewExpression): boolean {
  return node.getFullText().slice(0, node.getLeadingTriviaWidth()).includes("@__PURE__") && (node.arguments ?? []).every(isLiteral);
}

function isLiteral(node: ts.Expression): boolean {
  if (ts.isAsExpression(node) || ts.isSatisfiesExpression(node) || ts.isParenthesizedExpression(node)) return isLiteral(node.expression);
  if (ts.isArrayLiteralExpression(node)) return node.elements.every(isLiteral);
  if (ts.isObjectLiteralExpression(node)) return node.properties.every((property) => ts.isPropertyAssignment(property) && isLiteral(property.initializer));
  if (ts.isPrefixUnaryExpression(node)) return isLiteral(node.operand);
  return ts.isLiteralExpression(node) || [ts.SyntaxKind.TrueKeyword, ts.SyntaxKind.FalseKeyword, ts.SyntaxKind.NullKeyword].includes(node.kind);
}

/** Whether an identifier stands for a value, not for a member's or a parameter's name. */
function isReference(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent) || ts.isQualifiedName(parent)) return parent.getChildAt(0) === node;
  if (ts.isPropertyAssignment(parent) || ts.isBindingElement(parent) || ts.isParameter(parent) || ts.isVariableDeclaration(parent) || ts.isPropertyDeclaration(parent)) return parent.initializer === node;
  if (ts.isImportSpecifier(parent) || ts.isExportSpecifier(parent)) return false;
  return !((ts.isMethodDeclaration(parent) || ts.isPropertySignature(parent) || ts.isMethodSignature(parent) || ts.isAccessor(parent)) && parent.name === node);
}

/** `Math.random` for `Math.random` and `Math["random"]`. */
function memberText(node: ts.Node): string | undefined {
  if (ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression)) return `${node.expression.text}.${node.name.text}`;
  if (ts.isElementAccessExpression(node) && ts.isIdentifier(node.expression) && ts.isStringLiteralLike(node.argumentExpression)) return `${node.expression.text}.${node.argumentExpression.text}`;
  return undefined;
}

function isDate(node: ts.Node): node is ts.NewExpression | ts.CallExpression {
  return (ts.isNewExpression(node) || ts.isCallExpression(node)) && ts.isIdentifier(node.expression) && node.expression.text === "Date";
}
