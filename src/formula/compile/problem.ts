import { ClienteleError, type ErrorCode } from "../../errors/error";

/** A part of the formula text, from its first character to behind its last (counted from 0, as `slice` does). */
export interface TextSpan {
  readonly start: number;
  readonly end: number;
}

const CALLER = "compileFormula";

/** A refusal that names the place in the text. Formula text comes from whoever wrote the rule, not from customers, so it is shown. */
export function formulaProblem(code: ErrorCode, text: string, span: TextSpan, problem: string, hint?: string): ClienteleError {
  const message = `${problem} at character ${span.start + 1}${hint === undefined ? "" : `; ${hint}`}`;
  const value: FormulaProblem = { position: span.start, symbol: excerpt(text, span) };
  return new ClienteleError(code, message, { caller: CALLER, parameter: "text", rule: hint ?? problem, value });
}

/** What `details.value` of an error of `compileFormula` holds, for an editor that marks the place. */
export interface FormulaProblem {
  /** Where in the text the offending part begins, from 0. */
  readonly position: number;
  /** The offending part, shortened. */
  readonly symbol: string;
}

/** The part of the text, quoted for a message and shortened. */
export function quote(text: string, span: TextSpan): string {
  return `"${excerpt(text, span)}"`;
}

function excerpt(text: string, { start, end }: TextSpan): string {
  // Half of a surrogate pair at the cut would not be printable.
  return end - start > 40 ? `${text.slice(start, start + 37).replace(/[\uD800-\uDBFF]$/, "")}...` : text.slice(start, end);
}
