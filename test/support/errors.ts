import { expect } from "vitest";
import { ClienteleError, type ErrorCode } from "../../src/errors/error";

/** Runs something that must be refused and returns the named error. */
export function refusal(run: () => unknown): ClienteleError {
  try {
    run();
  } catch (error) {
    if (error instanceof ClienteleError) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}

/** Expects a named error with this code, whose message holds these parts. */
export function expectRefusal(run: () => unknown, code: ErrorCode, ...parts: readonly string[]): ClienteleError {
  const error = refusal(run);
  expect(error.code, error.message).toBe(code);
  for (const part of parts) expect(error.message).toContain(part);
  return error;
}
