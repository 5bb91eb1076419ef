import { analyzeCustomersSteps } from "clientele";
import { featureMatrixFromValues } from "clientele/data";
import { kMeansSteps } from "clientele/segmentation";
import type { Steps } from "clientele/steps";
import { RandomStream } from "../src/numeric/random/random-stream";
import { heading } from "./measure";

/** Times of all slices in milliseconds, ascending, after one run to warm up. */
function sliceTimes(start: () => Steps<unknown>): number[] {
  for (const steps = start(); steps.next().done !== true; );
  const times: number[] = [];
  const steps = start();
  for (;;) {
    const before = performance.now();
    const { done } = steps.next();
    times.push(performance.now() - before);
    if (done === true) return times.sort((a, b) => a - b);
  }
}

function print(name: string, times: readonly number[]): void {
  console.log(`${name.padEnd(44)} median ${times[Math.floor(times.length / 2)]!.toFixed(1)} ms, longest ${times.at(-1)!.toFixed(0)} ms of ${times.length} slices`);
}

/** How long the event loop waits at most: the figures that the docs state. */
export function benchSlices(): void {
  heading("Slices of long work");
  const random = new RandomStream(1);
  for (const k of [8, 50, 200]) {
    const columns = k === 50 ? 20 : 10;
    const values = Float64Array.from({ length: 10_000 * columns }, () => random.nextFloat());
    const matrix = featureMatrixFromValues(values, Array.from({ length: columns }, (_, j) => `x${j}`));
    print(`kMeansSteps, 10,000 × ${columns}, k = ${k}`, sliceTimes(() => kMeansSteps(matrix, { k, restarts: 1, maxIterations: 5 })));
  }
  const customers = Array.from({ length: 100_000 }, (_, i) => ({ visits: i % 31, spend: i % 997, age: i % 60, plan: `p${i % 4}`, active: i % 2 === 0 }));
  print("analyzeCustomersSteps, 100,000 × 5 (cleaning)", sliceTimes(() => analyzeCustomersSteps({ customers, segments: { k: 2 } })));
}
