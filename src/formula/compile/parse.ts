import { create, parseDependencies, type MathNode } from "mathjs/number";
import { formulaProblem, quote } from "./problem";
import type { Token } from "./tokenize";

type Parse = (expression: string) => MathNode;

/** The parser, which takes mathjs milliseconds to make: made at the first formula, kept for the next. It holds no state of a formula. */
const PARSER: { parse?: Parse } = {};

/**
 * The syntax tree that mathjs makes of the pieces of a formula. Each name and literal goes in as the placeholder of its
 * piece ("v0", "v1" …): mathjs decides how the operators bind, and never sees a name that could mean something to it.
 */
export function parseTokens(text: string, tokens: readonly Token[]): MathNode {
  const starts: number[] = [];
  let expression = "";
  tokens.forEach((token, index) => {
    starts.push(expression.length);
    expression += `${spellingOf(token, index)} `;
  });
  PARSER.parse ??= create({ ...parseDependencies }, {}).parse;
  try {
    return PARSER.parse(expression);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw syntaxProblem(text, tokens, starts, error);
  }
}

/** The piece of a formula that a placeholder stands for. */
export function tokenIndex(placeholder: string): number {
  return Number(placeholder.slice(1));
}

function spellingOf(token: Token, index: number): string {
  if (token.kind !== "symbol") return `v${index}`;
  // mathjs reads "%" as a percentage where it can, and tries both readings at every level of brackets: 2^levels of work.
  return token.symbol === "%" ? "mod" : token.symbol;
}

/** mathjs says what it missed, and where in the expression it was given (`char`, from 1). */
function syntaxProblem(text: string, tokens: readonly Token[], starts: readonly number[], error: SyntaxError & { char?: unknown }): Error {
  const message = error.message.replace(/ \(char \d+\)$/, "");
  const problem = message.charAt(0).toLowerCase() + message.slice(1);
  const token = typeof error.char === "number" ? tokens[starts.indexOf(error.char - 1)] : undefined;
  if (token === undefined) return formulaProblem("invalidInput", text, { start: text.length, end: text.length }, problem);
  return formulaProblem("invalidInput", text, token, `${problem}, found ${quote(text, token)}`);
}
