import type { ClienteleError } from "../../errors/error";
import { formulaProblem, quote, type TextSpan } from "./problem";

interface Refusal {
  readonly symbol: string;
  readonly problem: string;
  readonly hint?: string;
}

/** What people write in a formula that it does not have, longest first, with what to write instead. */
const REFUSALS: readonly Refusal[] = [
  { symbol: "===", problem: "\"===\" is no operator", hint: "write == to compare" },
  { symbol: "!==", problem: "\"!==\" is no operator", hint: "write != to compare" },
  { symbol: "**", problem: "\"**\" is no operator", hint: "write ^ for a power" },
  { symbol: "<>", problem: "\"<>\" is no operator", hint: "write !=" },
  { symbol: "=<", problem: "\"=<\" is no operator", hint: "write <=" },
  { symbol: "=>", problem: "\"=>\" is no operator", hint: "write >=" },
  { symbol: "<<", problem: "bit operations are not offered" },
  { symbol: ">>", problem: "bit operations are not offered" },
  { symbol: "??", problem: "\"??\" is no operator", hint: "write coalesce(value, replacement)" },
  { symbol: "?.", problem: "properties are not offered" },
  { symbol: "&&", problem: "\"&&\" is no operator", hint: "write and" },
  { symbol: "||", problem: "\"||\" is no operator", hint: "write or" },
  { symbol: "=", problem: "assignment is not offered", hint: "write == to compare" },
  { symbol: "&", problem: "\"&\" is no operator", hint: "write and" },
  { symbol: "|", problem: "\"|\" is no operator", hint: "write or, and abs(x) for an absolute value" },
  { symbol: "!", problem: "\"!\" is no operator", hint: "write not, and != for unequal" },
  { symbol: "~", problem: "bit operations are not offered" },
  { symbol: ".", problem: "properties are not offered", hint: "write a name with a dot in backticks" },
  { symbol: "[", problem: "lists and indexes are not offered" },
  { symbol: "]", problem: "lists and indexes are not offered" },
  { symbol: "{", problem: "objects are not offered" },
  { symbol: "}", problem: "objects are not offered" },
  { symbol: ";", problem: "a formula is one expression" },
  { symbol: "#", problem: "comments are not offered" },
  { symbol: "'", problem: "single quotes are not offered", hint: "write a text in double quotes and a name in backticks" },
  { symbol: "“", problem: "curly quotes are not offered", hint: "write a text in straight double quotes" },
  { symbol: "”", problem: "curly quotes are not offered", hint: "write a text in straight double quotes" },
  { symbol: "„", problem: "curly quotes are not offered", hint: "write a text in straight double quotes" },
  { symbol: "−", problem: "\"−\" is not the minus of a formula", hint: "write -" },
  { symbol: "–", problem: "\"–\" is not the minus of a formula", hint: "write -" },
  { symbol: "×", problem: "\"×\" is no operator", hint: "write *" },
  { symbol: "·", problem: "\"·\" is no operator", hint: "write *" },
  { symbol: "÷", problem: "\"÷\" is no operator", hint: "write /" },
  { symbol: "≤", problem: "\"≤\" is no operator", hint: "write <=" },
  { symbol: "≥", problem: "\"≥\" is no operator", hint: "write >=" },
  { symbol: "≠", problem: "\"≠\" is no operator", hint: "write !=" },
  { symbol: "√", problem: "\"√\" is no operator", hint: "write sqrt(x)" },
];

/** Names of functions in spreadsheets and databases, with what does their work here. */
const FOREIGN_FUNCTIONS: Readonly<Record<string, string>> = {
  if: "write condition ? value : other",
  iif: "write condition ? value : other",
  iff: "write condition ? value : other",
  pow: "write base ^ exponent",
  power: "write base ^ exponent",
  mod: "write a % b",
  ln: "write log(x), the natural logarithm",
  sigmoid: "write logistic(x)",
  least: "write min(a, b)",
  greatest: "write max(a, b)",
  ceiling: "write ceil(x)",
  trunc: "write sign(x) * floor(abs(x))",
  ifnull: "write coalesce(value, replacement)",
  nvl: "write coalesce(value, replacement)",
  isna: "write isMissing(x)",
  isnull: "write isMissing(x)",
  isblank: "write isMissing(x)",
  column: "write the name in backticks",
};

/** The refusal of a character (or two) that no formula holds. */
export function refuseCharacter(text: string, start: number): ClienteleError {
  const known = REFUSALS.find(({ symbol }) => text.startsWith(symbol, start));
  if (known !== undefined) {
    return formulaProblem("unsupported", text, { start, end: start + known.symbol.length }, known.problem, known.hint);
  }
  const point = text.codePointAt(start)!;
  const character = String.fromCodePoint(point);
  const code = `U+${point.toString(16).toUpperCase().padStart(4, "0")}`;
  const shown = /^[\p{L}\p{N}\p{P}\p{S}]$/u.test(character) ? `"${character}" (${code})` : code;
  const hint = isFullWidth(point) ? `write ${character.normalize("NFKC")}` : "write a name with such characters in backticks";
  return formulaProblem("invalidInput", text, { start, end: start + character.length }, `unexpected character ${shown}`, hint);
}

/** The refusal of two values side by side: as often a misspelt operator or a forgotten quote as a product. */
export function refuseMissingOperator(text: string, left: TextSpan, right: TextSpan): ClienteleError {
  const span = { start: right.start, end: right.end };
  const problem = `missing operator between ${quote(text, left)} and ${quote(text, span)}`;
  return formulaProblem("invalidInput", text, span, problem, wordHint(text, left) ?? wordHint(text, span) ?? "a product is written with *, a name with spaces in backticks");
}

/** The refusal of a comma with a digit on either side, which may part two values, thousands, or whole and decimals. */
export function refuseBrokenNumber(text: string, left: TextSpan, right: TextSpan): ClienteleError {
  const span = { start: left.start, end: right.end };
  const hint = "decimals stand behind a point, thousands without a mark, and behind the comma of two values a space";
  return formulaProblem("invalidInput", text, span, `${quote(text, span)} may be one number or two`, hint);
}

/** The refusal of "007", which is a code, or what follows a mark of thousands. */
export function refuseLeadingZero(text: string, span: TextSpan): ClienteleError {
  return formulaProblem("invalidInput", text, span, `${quote(text, span)} begins with a 0`, "a number has none there, and a code is a text in double quotes");
}

/** What to write instead of a function that spreadsheets and databases have. */
export function foreignFunctionHint(name: string): string | undefined {
  const key = name.toLowerCase();
  return Object.hasOwn(FOREIGN_FUNCTIONS, key) ? FOREIGN_FUNCTIONS[key] : undefined;
}

function wordHint(text: string, { start, end }: TextSpan): string | undefined {
  const word = text.slice(start, end);
  switch (word.toLowerCase()) {
    case "and":
    case "or":
    case "not":
      return word === word.toLowerCase() ? undefined : `write ${word.toLowerCase()}`;
    case "mod":
      return "write a % b";
    case "xor":
      return "write a != b";
    case "in":
    case "to":
    case "is":
    case "between":
    case "like":
      return `${word.toLowerCase()} is not offered; write the comparisons, joined by and, or`;
    default:
      return undefined;
  }
}

/** The full-width forms of ASCII, which East Asian keyboards write. */
function isFullWidth(point: number): boolean {
  return point >= 0xff01 && point <= 0xff5e;
}
