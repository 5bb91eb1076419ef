import type { InteractionColumns } from "./summary";

/** The rows that count: position of the customer (−1: left out) and calendar day. */
export interface CountedRows {
  readonly customers: Int32Array;
  readonly days: Int32Array;
}

/** The last days of the present window and of the two before it: `(from, to]`. */
export interface Windows {
  readonly lastDay: number;
  readonly days: number;
}

/** Counts of each customer and level, row-major: level l of customer c stands at `c * levelCount + l`. */
export interface LevelCounts {
  readonly counts: Float64Array;
  readonly lastDays: Float64Array;
  readonly recentCounts: Float64Array;
  readonly earlierCounts: Float64Array;
}

export function createLevelCounts(length: number): LevelCounts {
  return {
    counts: new Float64Array(length),
    lastDays: new Float64Array(length).fill(-Infinity),
    recentCounts: new Float64Array(length),
    earlierCounts: new Float64Array(length),
  };
}

/** Counts rows from `start` to before `end`, each at its level (−1: none). */
export function countRows(found: LevelCounts, rows: CountedRows, levels: Int32Array | undefined, levelCount: number, windows: Windows, start: number, end: number): void {
  const { customers, days } = rows;
  const { counts, lastDays, recentCounts, earlierCounts } = found;
  const recentFrom = windows.lastDay - windows.days;
  const earlierFrom = recentFrom - windows.days;
  for (let row = start; row < end; row++) {
    const level = levels === undefined ? 0 : levels[row]!;
    if (customers[row]! < 0 || level < 0) continue;
    const at = customers[row]! * levelCount + level;
    const day = days[row]!;
    counts[at]!++;
    if (day > lastDays[at]!) lastDays[at] = day;
    if (day > recentFrom) recentCounts[at]!++;
    else if (day > earlierFrom) earlierCounts[at]!++;
  }
}

/** The columns of one level, for the customers at `positions`. */
export function columnsOfLevel(found: LevelCounts, level: number, levelCount: number, positions: Int32Array, asOfDay: number): InteractionColumns {
  const columns = {
    count: new Float64Array(positions.length),
    daysSinceLast: new Float64Array(positions.length),
    recentCount: new Float64Array(positions.length),
    earlierCount: new Float64Array(positions.length),
    trend: new Float64Array(positions.length),
  };
  for (let i = 0; i < positions.length; i++) {
    const at = positions[i]! * levelCount + level;
    const recent = found.recentCounts[at]!;
    const earlier = found.earlierCounts[at]!;
    columns.count[i] = found.counts[at]!;
    columns.daysSinceLast[i] = found.counts[at] === 0 ? NaN : asOfDay - found.lastDays[at]!;
    columns.recentCount[i] = recent;
    columns.earlierCount[i] = earlier;
    columns.trend[i] = recent + earlier === 0 ? 0 : (recent - earlier) / (recent + earlier);
  }
  return columns;
}
