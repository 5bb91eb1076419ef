import { ClienteleError } from "../errors/error";
import { readOptions } from "../errors/options";
import { checkSteps, type Progress, type Steps } from "./steps";

/** The part of an `AbortSignal` that is read here, so that the types need neither DOM nor Node. */
export interface CancelSignal {
  readonly aborted: boolean;
}

/** Options of {@link runCooperatively}. */
export interface CooperativeOptions {
  /** An `AbortSignal`: once aborted, the work stops at its next slice and the promise is rejected with code `aborted`. */
  readonly signal?: CancelSignal | undefined;
  /** Called after every slice. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

const COOPERATIVE_OPTIONS = { signal: { kind: "object" }, onProgress: { kind: "function" } } as const;

/**
 * Runs sliced work while the event loop goes on: a server keeps answering, a page keeps scrolling.
 *
 * The result is the same, to the bit, as that of the function without `Steps` in its name.
 *
 * @throws ClienteleError with code `aborted` when the signal is aborted, `invalidInput` for what is no sliced work (such as the
 * result of the function without `Steps` in its name); whatever the work itself throws.
 * @example
 * ```ts
 * import { featureMatrixFromRows } from "clientele/data";
 * import { kMeansSteps } from "clientele/segmentation";
 * import { runCooperatively } from "clientele/steps";
 *
 * const matrix = featureMatrixFromRows([[1], [2], [10], [11]]);
 * const model = await runCooperatively(kMeansSteps(matrix, { k: 2 }), {
 *   onProgress: ({ phase, done, total }) => console.log(phase, done, "of", total),
 * });
 * console.log(model.inertia); // 1
 * ```
 */
export async function runCooperatively<Result>(steps: Steps<Result>, options?: CooperativeOptions): Promise<Result> {
  const { signal, onProgress } = readOptions("runCooperatively", options, COOPERATIVE_OPTIONS);
  checkSteps("runCooperatively", steps);
  const turn = createTurn();
  try {
    for (;;) {
      if (signal?.aborted === true) throw new ClienteleError("aborted", "stopped by the signal", { caller: "runCooperatively" });
      const step = steps.next();
      if (step.done === true) return step.value;
      onProgress?.(step.value);
      await turn.next();
    }
  } finally {
    turn.close();
    // Lets the generator run its own `finally` blocks when the work ended early.
    steps.return(undefined as never);
  }
}

interface Turn {
  /** Resolves after the event loop has had a turn. */
  next(): Promise<void>;
  close(): void;
}

/**
 * `scheduler.yield` where it exists (it keeps the task's priority), `setImmediate` in Node, else a message to ourselves;
 * none has the 4 ms floor of timers. Node's message ports will not do: they deliver up to 1,000 messages before the
 * event loop goes on.
 */
function createTurn(): Turn {
  const host = globalThis as unknown as {
    scheduler?: { yield?: () => Promise<void> };
    setImmediate?: (callback: () => void) => void;
    MessageChannel: new () => { port1: Port; port2: Port };
  };
  const { scheduler, setImmediate } = host;
  if (typeof scheduler?.yield === "function") return { next: () => scheduler.yield!(), close: () => undefined };
  if (typeof setImmediate === "function") return { next: () => new Promise((resolve) => setImmediate(resolve)), close: () => undefined };
  const { port1, port2 } = new host.MessageChannel();
  return {
    next: () =>
      new Promise((resolve) => {
        port1.onmessage = () => resolve();
        port2.postMessage(0);
      }),
    close: () => port1.close(),
  };
}

interface Port {
  onmessage: (() => void) | null;
  postMessage(message: number): void;
  close(): void;
}
