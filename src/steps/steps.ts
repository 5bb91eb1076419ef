import { checkShape } from "../errors/check";

/** How far a long computation has come, within its present phase. */
export interface Progress {
  /** What is being done, in words for a progress bar. */
  readonly phase: string;
  /** Units of this phase that are finished. */
  readonly done: number;
  /** Units of this phase in all. */
  readonly total: number;
}

/** Work in slices of about two milliseconds: yields its progress after each, returns the result at the end. */
export type Steps<Result> = Generator<Progress, Result, void>;

/**
 * Runs sliced work to its end without a pause. This is what every `fit…` function does with its `…Steps` twin.
 *
 * @example
 * ```ts
 * import { runToEnd, type Steps } from "clientele/steps";
 *
 * function* countTo(total: number): Steps<string> {
 *   for (let done = 1; done <= total; done++) yield { phase: "counting", done, total };
 *   return "counted";
 * }
 * console.log(runToEnd(countTo(3))); // "counted"
 * ```
 */
export function runToEnd<Result>(steps: Steps<Result>): Result {
  checkSteps("runToEnd", steps);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** Refuses what cannot be run in slices, such as the model that a function without `Steps` in its name returns. */
export function checkSteps(caller: string, steps: Steps<unknown>): void {
  checkShape(caller, "steps", steps, "the result of a …Steps function", (fields) => typeof fields["next"] === "function" && typeof fields["return"] === "function");
}
