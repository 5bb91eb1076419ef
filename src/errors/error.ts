/**
 * Why a call was refused. One word a caller can switch on; the message is for people.
 *
 * - `invalidOption`: an option has a value outside its documented bounds
 * - `unknownOption`: an option name that the function does not know (a misspelling must not mean the default)
 * - `invalidInput`: data of the wrong type or shape
 * - `nonFinite`: NaN or infinity where a finite number is needed
 * - `lengthMismatch`: two arguments that must describe the same rows do not
 * - `unknownColumn`: a column that the table or matrix does not have
 * - `duplicateKey`: a key, name or row id that must be unique is repeated
 * - `tooFewRows`: not enough rows (or distinct values) for what was asked
 * - `constantLabels`: labels of one class only
 * - `featureMismatch`: a model was given other columns than it was fitted on
 * - `asyncSchema`: a schema that answers with a promise
 * - `invalidSpec`: JSON that is not a saved model of the expected kind and version
 * - `missingReader`: a saved pipeline holds a part whose reader was not passed in
 * - `unsupported`: the request is understood, and not offered
 * - `aborted`: the caller's signal stopped the work
 */
export type ErrorCode =
  | "invalidOption"
  | "unknownOption"
  | "invalidInput"
  | "nonFinite"
  | "lengthMismatch"
  | "unknownColumn"
  | "duplicateKey"
  | "tooFewRows"
  | "constantLabels"
  | "featureMismatch"
  | "asyncSchema"
  | "invalidSpec"
  | "missingReader"
  | "unsupported"
  | "aborted";

/** Where the trouble is, for programs. Values of customer data are never put here. */
export interface ErrorDetails {
  /** The function that refused. */
  readonly caller?: string | undefined;
  /** The parameter or option, as the caller writes it. */
  readonly parameter?: string | undefined;
  readonly column?: string | undefined;
  /** Position of the row, from 0. */
  readonly row?: number | undefined;
  /** The rule that was broken, as in the message. */
  readonly rule?: string | undefined;
  /** The refused value, when it is an option or a non-finite number (never a customer's text). */
  readonly value?: unknown;
}

/**
 * The one error class of the library: every refused call throws it.
 *
 * @example
 * ```ts
 * import { ClienteleError, featureMatrixFromRows, fitKMeans } from "clientele";
 *
 * try {
 *   fitKMeans(featureMatrixFromRows([[1], [2]]), { k: 5 });
 * } catch (error) {
 *   if (!(error instanceof ClienteleError)) throw error;
 *   console.log(error.code);    // "invalidOption"
 *   console.log(error.message); // "fitKMeans: k must be an integer from 1 to 2 (rows); got 5"
 * }
 * ```
 */
export class ClienteleError extends Error {
  override readonly name = "ClienteleError";
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(details.caller === undefined ? message : `${details.caller}: ${message}`);
    this.code = code;
    this.details = details;
  }
}
