import { wordAt } from "../names";
import { formulaProblem, quote, type TextSpan } from "./problem";
import { refuseBrokenNumber, refuseCharacter, refuseLeadingZero, refuseMissingOperator } from "./refusals";

/** What the grammar of formulas is made of; everything else in a text is refused before it is parsed. */
const SYMBOLS = ["<=", ">=", "==", "!=", "<", ">", "+", "-", "*", "/", "%", "^", "?", ":", "(", ")", ","] as const;

type TokenSymbol = (typeof SYMBOLS)[number] | "and" | "or" | "not";

/** A piece of formula text. Backticks make any text a name: `` `Monthly Charges` ``. */
export type Token = TextSpan &
  (
    | { readonly kind: "number"; readonly value: number }
    | { readonly kind: "boolean"; readonly value: boolean }
    | { readonly kind: "text"; readonly value: string }
    | { readonly kind: "name"; readonly name: string; readonly quoted: boolean }
    | { readonly kind: "symbol"; readonly symbol: TokenSymbol }
  );

/** Bounds on a text, so that the parser, which is recursive, never comes near the end of the stack. */
const MAX_TOKENS = 1_000;
const MAX_BRACKETS = 100;
const MAX_CONDITIONS = 100;

/** Splits a text into its pieces; refuses what is not in the grammar, and two values without an operator between them. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let brackets = 0;
  let conditions = 0;
  let at = skipSpace(text, 0);
  while (at < text.length) {
    const token = tokenAt(text, at);
    const previous = tokens.at(-1);
    const follows = previous !== undefined && endsValue(previous);
    if (follows && startsValue(token, previous)) throw refuseMissingOperator(text, previous, token);
    if (!follows && isInfixWord(token)) throw formulaProblem("invalidInput", text, token, `value expected, found ${quote(text, token)}`);
    if (isBrokenByComma(tokens.at(-2), previous, token)) throw refuseBrokenNumber(text, tokens.at(-2)!, token);
    if (token.kind === "number" && matchAt(/0[0-9]/y, text, at) !== undefined) throw refuseLeadingZero(text, token);
    tokens.push(token);
    if (tokens.length > MAX_TOKENS) throw formulaProblem("invalidInput", text, token, `more than ${MAX_TOKENS} names, numbers and symbols`);
    if (isSymbol(token, "(") && ++brackets > MAX_BRACKETS) throw formulaProblem("invalidInput", text, token, `more than ${MAX_BRACKETS} brackets within each other`);
    if (isSymbol(token, ")")) brackets--;
    if (isSymbol(token, "?") && ++conditions > MAX_CONDITIONS) throw formulaProblem("invalidInput", text, token, `more than ${MAX_CONDITIONS} conditions`);
    at = skipSpace(text, token.end);
  }
  return tokens;
}

function isSymbol(token: Token | undefined, symbol: TokenSymbol): boolean {
  return token?.kind === "symbol" && token.symbol === symbol;
}

/** Operators that the parser spells as words, and would take for names where a value must stand. */
function isInfixWord(token: Token): boolean {
  return isSymbol(token, "and") || isSymbol(token, "or") || isSymbol(token, "%");
}

/** "1,024" and "0,5": two values, or one number as half the world writes it. */
function isBrokenByComma(left: Token | undefined, comma: Token | undefined, right: Token): boolean {
  return left?.kind === "number" && isSymbol(comma, ",") && right.kind === "number" && right.start - left.end === 1;
}

function tokenAt(text: string, start: number): Token {
  return numberAt(text, start) ?? nameAt(text, start) ?? quotedAt(text, start) ?? symbolAt(text, start) ?? refuse(text, start);
}

function refuse(text: string, start: number): never {
  throw refuseCharacter(text, start);
}

function numberAt(text: string, start: number): Token | undefined {
  const digits = matchAt(/(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?/y, text, start);
  if (digits === undefined) return undefined;
  const span = { start, end: start + digits.length };
  const value = Number(digits);
  if (!Number.isFinite(value) || (value === 0 && /^[0.]*[1-9]/.test(digits))) {
    throw formulaProblem("invalidInput", text, span, `${quote(text, span)} is beyond the range of numbers`);
  }
  return { kind: "number", value, ...span };
}

function nameAt(text: string, start: number): Token | undefined {
  const word = wordAt(text, start);
  if (word === undefined) return undefined;
  const span = { start, end: start + word.length };
  switch (word) {
    case "and":
    case "or":
    case "not":
      return { kind: "symbol", symbol: word, ...span };
    case "true":
    case "false":
      return { kind: "boolean", value: word === "true", ...span };
    default:
      return { kind: "name", name: word, quoted: false, ...span };
  }
}

/** A name in backticks or a text in double quotes; the quote itself is written twice. */
function quotedAt(text: string, start: number): Token | undefined {
  const mark = text[start];
  if (mark !== "`" && mark !== '"') return undefined;
  const quoted = matchAt(mark === "`" ? /`(?:[^`]|``)*`/y : /"(?:[^"]|"")*"/y, text, start);
  if (quoted === undefined) throw formulaProblem("invalidInput", text, { start, end: start + 1 }, `${mark} without its closing ${mark}`);
  const span = { start, end: start + quoted.length };
  const content = quoted.slice(1, -1).replaceAll(mark + mark, mark);
  if (mark === '"') return { kind: "text", value: content, ...span };
  if (content === "") throw formulaProblem("invalidInput", text, span, "an empty name");
  return { kind: "name", name: content, quoted: true, ...span };
}

function symbolAt(text: string, start: number): Token | undefined {
  const symbol = SYMBOLS.find((each) => text.startsWith(each, start));
  // What other languages write and this one does not ("**", "<>", "===", "??") begins with symbols that it has.
  if (symbol === undefined || matchAt(/\*\*|<>|<<|>>|===|!==|=>|=<|\?\?|\?\.(?![0-9])/y, text, start) !== undefined) return undefined;
  return { kind: "symbol", symbol, start, end: start + symbol.length };
}

function endsValue(token: Token): boolean {
  return token.kind !== "symbol" || token.symbol === ")";
}

/** An opening bracket behind a plain name makes a call; behind any other value, a product without its sign. */
function startsValue(token: Token, previous: Token): boolean {
  if (isSymbol(token, "(")) return previous.kind !== "name" || previous.quoted;
  return token.kind !== "symbol" || token.symbol === "not";
}

function skipSpace(text: string, start: number): number {
  return start + (matchAt(/\s+/y, text, start)?.length ?? 0);
}

function matchAt(pattern: RegExp, text: string, start: number): string | undefined {
  pattern.lastIndex = start;
  return pattern.exec(text)?.[0];
}
