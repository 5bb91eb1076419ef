import ts from "typescript";

/** Whether a parameter, variable, function, class or import of that name surrounds the node: then it is no global. */
export function isDeclaredAround(node: ts.Node, name: string): boolean {
  for (let scope = node.parent as ts.Node | undefined; scope !== undefined; scope = scope.parent as ts.Node | undefined) {
    if (ts.isFunctionLike(scope) && scope.parameters.some((parameter) => bindsName(parameter.name, name))) return true;
    if (ts.isFunctionExpression(scope) && scope.name?.text === name) return true;
    if (ts.isForStatement(scope) && scope.initializer !== undefined && ts.isVariableDeclarationList(scope.initializer) && declaresName(scope.initializer, name)) return true;
    if ((ts.isForOfStatement(scope) || ts.isForInStatement(scope)) && ts.isVariableDeclarationList(scope.initializer) && declaresName(scope.initializer, name)) return true;
    if (ts.isCatchClause(scope) && scope.variableDeclaration !== undefined && bindsName(scope.variableDeclaration.name, name)) return true;
    if ((ts.isBlock(scope) || ts.isSourceFile(scope) || ts.isCaseOrDefaultClause(scope)) && scope.statements.some((statement) => statementDeclares(statement, name))) return true;
  }
  return false;
}

function statementDeclares(statement: ts.Statement, name: string): boolean {
  if (ts.isVariableStatement(statement)) return declaresName(statement.declarationList, name);
  if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) return statement.name?.text === name;
  if (!ts.isImportDeclaration(statement)) return false;
  const bindings = statement.importClause?.namedBindings;
  if (bindings === undefined) return false;
  return ts.isNamespaceImport(bindings) ? bindings.name.text === name : bindings.elements.some((element) => element.name.text === name);
}

function declaresName(list: ts.VariableDeclarationList, name: string): boolean {
  return list.declarations.some((declaration) => bindsName(declaration.name, name));
}

function bindsName(binding: ts.BindingName, name: string): boolean {
  if (ts.isIdentifier(binding)) return binding.text === name;
  return binding.elements.some((element) => ts.isBindingElement(element) && bindsName(element.name, name));
}
