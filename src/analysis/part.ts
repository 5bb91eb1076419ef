import { ClienteleError, type ErrorCode } from "../errors/error";
import type { Steps } from "../steps/steps";
import { withoutCaller } from "./fields";

/** A part of the analysis that did not run, and what it would need. */
export interface NotRun {
  readonly status: "notRun";
  readonly reason: string;
}

/** A part of the analysis: its result, or the reason why there is none. */
export type Part<Result extends object> = ({ readonly status: "done" } & Result) | NotRun;

export function notRun(reason: string): NotRun {
  return { status: "notRun", reason };
}

/** What data can lack without anyone having made a mistake. */
const TOO_LITTLE_DATA: readonly ErrorCode[] = ["tooFewRows", "constantLabels"];

/** Runs a part under its own name. Where the data are not enough the reason is its result; a mistaken option still throws. */
export function* runPart<Result extends object>(name: string, steps: Steps<Part<Result>>): Steps<Part<Result>> {
  try {
    for (;;) {
      const step = steps.next();
      if (step.done === true) return step.value;
      yield { ...step.value, phase: `${name}: ${step.value.phase}` };
    }
  } catch (error) {
    if (error instanceof ClienteleError && TOO_LITTLE_DATA.includes(error.code)) return notRun(withoutCaller(error));
    throw error;
  }
}
