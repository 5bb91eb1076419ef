import type { Progress } from "../../steps/steps";

/** Operations of about a nanosecond between two turns of the event loop: two milliseconds. */
const OPERATIONS_PER_SLICE = 2_000_000;

/** Tells sliced work when to pause, by the operations that were done and never by a clock. */
export class Pace {
  /** Units of the phase that are finished. */
  done = 0;
  readonly #phase: string;
  readonly #total: number;
  #spent = 0;

  constructor(phase: string, total: number) {
    this.#phase = phase;
    this.#total = total;
  }

  /** Adds operations to those of the present slice; true when the slice is full. */
  spend(operations: number): boolean {
    this.#spent += operations;
    if (this.#spent < OPERATIONS_PER_SLICE) return false;
    this.#spent = 0;
    return true;
  }

  get progress(): Progress {
    return { phase: this.#phase, done: this.done, total: this.#total };
  }
}
