import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { tableFromColumns, type Column, type Table } from "clientele/data";
import { splitTransactions, summarizeTransactions, type PurchaseSummary } from "clientele/features";
import { RandomStream } from "../src/numeric/random/random-stream";
import { heading, measure } from "./measure";

const ROWS = 2_000_000;
const CUSTOMERS = 100_000;
const AS_OF = "2025-12-31";

interface Log {
  readonly ids: Int32Array;
  readonly times: Float64Array;
  readonly amounts: Float64Array;
}

/** What a peer's script prints. */
interface PeerResult {
  readonly milliseconds: number;
  readonly megabytes: number;
  readonly customers: number;
  readonly repeats: number;
}

/**
 * Purchase summaries of 2,000,000 transactions in random order, beside pandas, numpy and lifetimes on the same log, in the same run:
 *
 *     PYTHON=python3 CDNOW=CDNOW_master.txt npm run bench -- rfm
 */
export function benchRfm(): void {
  heading(`summarizeTransactions: ${ROWS.toLocaleString("en")} rows of ${CUSTOMERS.toLocaleString("en")} customers in random order`);
  const log = makeLog();
  const folder = mkdtempSync(join(tmpdir(), "bench-rfm-"));
  try {
    writeFileSync(join(folder, "ids.i32"), log.ids);
    writeFileSync(join(folder, "times.f64"), log.times);
    writeFileSync(join(folder, "amounts.f64"), log.amounts);
    for (const [ids, peerIds] of [["number", ["number"]], ["text", ["text", "category"]]] as const) compare(log, ids, peerIds, folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
  benchCdnow();
}

function makeLog(): Log {
  const random = new RandomStream(1);
  const start = Date.UTC(2024, 0, 1);
  const ids = Int32Array.from({ length: ROWS }, () => random.nextInteger(CUSTOMERS));
  const times = Float64Array.from({ length: ROWS }, () => start + random.nextInteger(730 * 86_400) * 1000);
  const amounts = Float64Array.from({ length: ROWS }, () => random.nextInteger(20_000) / 100);
  return { ids, times, amounts };
}

/** A text column as a table holds it: its dictionary in the order in which the texts came. */
function textColumn(ids: Int32Array): Column {
  const codes = new Map<number, number>();
  const code = ids.map((id) => codes.get(id) ?? (codes.set(id, codes.size), codes.size - 1));
  return { type: "category", codes: code, categories: Array.from(codes.keys(), (id) => `c${id}`) };
}

function compare(log: Log, ids: "number" | "text", peerIds: readonly string[], folder: string): void {
  const customerId: Column = ids === "text" ? textColumn(log.ids) : { type: "number", values: Float64Array.from(log.ids) };
  const columns = new Map<string, Column>([["customerId", customerId], ["timestamp", { type: "timestamp", values: log.times }], ["amount", { type: "number", values: log.amounts }]]);
  const table: Table = { rowCount: ROWS, rowIds: new Int32Array(ROWS), columns };
  let summary: PurchaseSummary | undefined;
  const own = measure(() => (summary = summarizeTransactions(table, { asOf: AS_OF })), 9);
  const { customerCount, frequency } = summary!;
  const repeats = frequency.reduce((sum, count) => sum + count, 0);
  const zoned = measure(() => summarizeTransactions(table, { asOf: AS_OF, timeZone: "Europe/Berlin" }));
  console.log(`${ids} ids: ${customerCount} customers, ${repeats} repeat purchase days`);
  console.log(`  clientele                ${describe(own.milliseconds, own.peakMegabytes)}   (in Europe/Berlin ${zoned.milliseconds.toFixed(0)} ms)`);
  for (const kind of peerIds) {
    for (const method of ["pandas", "numpy", "lifetimes"]) {
      const peer = runPeer(method, kind, folder);
      if (peer === undefined) return;
      const same = peer.customers === customerCount && peer.repeats === repeats ? "" : `   DIFFERS: ${peer.customers} customers, ${peer.repeats} repeats`;
      console.log(`  ${`${method} (${kind})`.padEnd(24)} ${describe(peer.milliseconds, peer.megabytes)}   ratio ${(peer.milliseconds / own.milliseconds).toFixed(1)}${same}`);
    }
  }
}

function describe(milliseconds: number, megabytes: number): string {
  return `${milliseconds.toFixed(0).padStart(5)} ms ${(ROWS / milliseconds / 1000).toFixed(1).padStart(5)} million rows/s ${megabytes.toFixed(0).padStart(5)} MB`;
}

function runPeer(method: string, ids: string, folder: string): PeerResult | undefined {
  const script = fileURLToPath(new URL("rfm/summarize.py", import.meta.url));
  const { status, stdout, stderr } = spawnSync(process.env["PYTHON"] ?? "python3", [script, method, ids, folder, String(ROWS), AS_OF], { encoding: "utf8" });
  if (status === 0) return JSON.parse(stdout) as PeerResult;
  console.log(`  ${method} skipped: ${stderr.trim().split("\n").at(-1) ?? "no Python"} (PYTHON names an interpreter with pandas and lifetimes)`);
  return undefined;
}

/** The whole log of the literature, whose numbers are known. */
function benchCdnow(): void {
  const path = process.env["CDNOW"];
  if (path === undefined || !existsSync(path)) {
    console.log("CDNOW skipped: set CDNOW to the file CDNOW_master.txt of the package lifetimes");
    return;
  }
  const rows = readFileSync(path, "utf8").trim().split("\n").slice(1).map((line) => line.trim().split(/\s+/));
  const log = tableFromColumns({
    customerId: rows.map((row) => row[0]),
    timestamp: rows.map((row) => new Date(row[1]!.replace(/(....)(..)(..)/, "$1-$2-$3"))),
    amount: rows.map((row) => Number(row[3])),
  });
  const total = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0);
  const summary = summarizeTransactions(log, { asOf: "1998-06-30" });
  const { calibration, holdout } = splitTransactions(log, { calibrationEnd: "1997-09-30", asOf: "1998-06-30" });
  const { milliseconds } = measure(() => summarizeTransactions(log, { asOf: "1998-06-30" }));
  console.log(`CDNOW: ${rows.length} rows, ${summary.customerCount} customers, ${total(summary.frequency)} repeat purchase days, ${milliseconds.toFixed(0)} ms`);
  console.log(`  cut at 1997-09-30: ${total(calibration.frequency)} and ${total(holdout.frequency)} in the ${holdout.duration} days after, ${holdout.newCustomerCount} new customers`);
}
