/** What one call cost: wall time, and the highest resident memory above that before the call. */
export interface Measurement {
  readonly milliseconds: number;
  readonly peakMegabytes: number;
}

/** Runs something several times and keeps the median time; the memory is that of the first run, before anything is warm. */
export function measure(run: () => unknown, runs = 5): Measurement {
  globalThis.gc?.();
  const before = process.memoryUsage().rss;
  const highestBefore = process.resourceUsage().maxRSS;
  run();
  const highest = process.resourceUsage().maxRSS;
  const peakMegabytes = highest > highestBefore ? (highest * 1024 - before) / 1e6 : (process.memoryUsage().rss - before) / 1e6;
  const times = Array.from({ length: runs }, () => {
    globalThis.gc?.();
    const start = performance.now();
    run();
    return performance.now() - start;
  }).sort((a, b) => a - b);
  return { milliseconds: times[Math.floor(runs / 2)]!, peakMegabytes };
}

export function heading(title: string): void {
  console.log(`\n${title}\n${"-".repeat(title.length)}`);
}
