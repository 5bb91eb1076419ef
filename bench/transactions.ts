import { tableFromColumns } from "clientele/data";
import { summarizeTransactions } from "clientele/features";
import { RandomStream } from "../src/numeric/random/random-stream";
import { heading, measure } from "./measure";

const ROWS = 1_000_000;

export function benchTransactions(): void {
  heading(`summarizeTransactions: ${ROWS.toLocaleString("en")} rows of 100,000 customers in random order`);
  const random = new RandomStream(1);
  const ids = Array.from({ length: ROWS }, () => random.nextInteger(100_000));
  const start = Date.UTC(2024, 0, 1);
  const timestamp = Array.from({ length: ROWS }, () => new Date(start + random.nextInteger(730 * 86_400) * 1000));
  const amount = Float64Array.from({ length: ROWS }, () => random.nextInteger(20_000) / 100);
  for (const [kind, customerId] of [["text", ids.map((id) => `c${id}`)], ["number", ids]] as const) {
    const log = tableFromColumns({ customerId, timestamp, amount });
    const { milliseconds } = measure(() => summarizeTransactions(log, { asOf: "2025-12-31" }));
    console.log(`${kind.padEnd(6)} ids  ${milliseconds.toFixed(0)} ms, ${(ROWS / milliseconds / 1000).toFixed(1)} million rows/s`);
  }
}
