import { existsSync, readFileSync, writeFileSync } from "node:fs";

/** What one call cost: wall time, and the highest resident memory above that before the call. */
export interface Measurement {
  readonly milliseconds: number;
  readonly peakMegabytes: number;
}

/** Runs something several times and keeps the median time; the memory is that of the first run, before anything is warm. */
export function measure(run: () => unknown, runs = 5): Measurement {
  globalThis.gc?.();
  resetPeak();
  const before = process.memoryUsage().rss;
  run();
  const peakMegabytes = (peakBytes() - before) / 1e6;
  const times = Array.from({ length: runs }, () => {
    globalThis.gc?.();
    const start = performance.now();
    run();
    return performance.now() - start;
  }).sort((a, b) => a - b);
  return { milliseconds: times[Math.floor(runs / 2)]!, peakMegabytes };
}

const STATUS = "/proc/self/status";

/** Forgets what the process took before, where the system can: reading the input may have taken more than the work. */
function resetPeak(): void {
  if (existsSync(STATUS)) writeFileSync("/proc/self/clear_refs", "5");
}

/** The highest resident memory, since `resetPeak` on Linux and since the start elsewhere. */
function peakBytes(): number {
  if (!existsSync(STATUS)) return process.resourceUsage().maxRSS * 1024;
  return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(STATUS, "utf8"))![1]) * 1024;
}

export function heading(title: string): void {
  console.log(`\n${title}\n${"-".repeat(title.length)}`);
}
