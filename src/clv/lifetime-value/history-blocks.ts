import type { Steps } from "../../steps/steps";
import { findDistinctRows } from "../transaction-model/distinct-rows";
import type { PurchaseHistories } from "../transaction-model/histories";

/** What a customer does who is alive costs a quadrature, and depends on frequency and age: so many different pairs take about two milliseconds. */
const PAIRS_PER_SLICE = 8;
const ROWS_PER_SLICE = 10_000;

/** The different histories of customers in blocks that take about two milliseconds each. */
export interface HistoryBlocks {
  readonly count: number;
  readonly blocks: readonly PurchaseHistories[];
  /** For each customer the position of the history among the different ones, counted through the blocks. */
  readonly positions: Int32Array;
}

/** Finds equal histories, and puts those together that agree in age and frequency. The sort of the different ones is one piece. */
export function* historyBlocksSteps({ frequency, recency, age }: PurchaseHistories): Steps<HistoryBlocks> {
  const { columns, positions } = yield* findDistinctRows([frequency, recency, age], frequency.length);
  const [x, tx, T] = columns as [Float64Array, Float64Array, Float64Array];
  const order = Int32Array.from(x, (_, i) => i).sort((i, j) => T[i]! - T[j]! || x[i]! - x[j]! || i - j);
  const rank = new Int32Array(order.length);
  for (let k = 0; k < order.length; k++) rank[order[k]!] = k;

  const blocks: PurchaseHistories[] = [];
  let start = 0;
  let pairs = 0;
  for (let k = 1; k <= order.length; k++) {
    const [last, next] = [order[k - 1]!, order[k]];
    const isNewPair = next === undefined || x[next] !== x[last] || T[next] !== T[last];
    if (isNewPair) pairs++;
    if (next === undefined || (isNewPair && (pairs >= PAIRS_PER_SLICE || k - start >= ROWS_PER_SLICE))) {
      const rows = order.subarray(start, k);
      blocks.push({ frequency: Float64Array.from(rows, (i) => x[i]!), recency: Float64Array.from(rows, (i) => tx[i]!), age: Float64Array.from(rows, (i) => T[i]!) });
      start = k;
      pairs = 0;
    }
  }
  return { count: order.length, blocks, positions: positions.map((i) => rank[i]!) };
}

/** A prediction for each of the different histories. */
export function* predictBlocksSteps({ count, blocks }: HistoryBlocks, phase: string, predict: (histories: PurchaseHistories) => Float64Array): Steps<Float64Array> {
  const values = new Float64Array(count);
  let done = 0;
  for (const block of blocks) {
    values.set(predict(block), done);
    done += block.frequency.length;
    yield { phase, done, total: count };
  }
  return values;
}
