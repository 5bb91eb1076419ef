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

/** What each program prints of itself. */
interface Result {
  /** Median of several runs. */
  readonly milliseconds: number;
  /** The highest resident size above that before the first run. */
  readonly megabytes: number;
  readonly customers: number;
  readonly repeats: number;
}

/** Names the log for a process that only measures this library: a fresh one, as its peers are. */
const CHILD = "BENCH_RFM";

/**
 * Purchase summaries of 2,000,000 transactions in random order, beside pandas, numpy and lifetimes on the same log, in the same run,
 * each in a process of its own:
 *
 *     PYTHON=python3 CDNOW=CDNOW_master.txt npm run bench -- rfm
 */
export function benchRfm(): void {
  const child = process.env[CHILD];
  if (child !== undefined) {
    const [ids, zone, folder] = JSON.parse(child) as [string, string, string];
    console.log(JSON.stringify(measureOwn(ids, zone, folder)));
    return;
  }
  heading(`summarizeTransactions: ${ROWS.toLocaleString("en")} rows of ${CUSTOMERS.toLocaleString("en")} customers in random order`);
  const folder = mkdtempSync(join(tmpdir(), "bench-rfm-"));
  try {
    const { ids, times, amounts } = makeLog();
    writeFileSync(join(folder, "ids.i32"), ids);
    writeFileSync(join(folder, "times.f64"), times);
    writeFileSync(join(folder, "amounts.f64"), amounts);
    for (const [kind, peerKinds] of [["number", ["number"]], ["text", ["text", "category"]]] as const) compare(kind, peerKinds, folder);
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

function measureOwn(kind: string, timeZone: string, folder: string): Result {
  const read = (name: string): ArrayBuffer => new Uint8Array(readFileSync(join(folder, name))).buffer;
  const ids = new Int32Array(read("ids.i32"));
  const customerId: Column = kind === "text" ? textColumn(ids) : { type: "number", values: Float64Array.from(ids) };
  const timestamp: Column = { type: "timestamp", values: new Float64Array(read("times.f64")) };
  const amount: Column = { type: "number", values: new Float64Array(read("amounts.f64")) };
  const table: Table = { rowCount: ROWS, rowIds: new Int32Array(ROWS), columns: new Map([["customerId", customerId], ["timestamp", timestamp], ["amount", amount]]) };
  let summary: PurchaseSummary | undefined;
  const { milliseconds, peakMegabytes } = measure(() => (summary = summarizeTransactions(table, { asOf: AS_OF, timeZone })), 9);
  return { milliseconds, megabytes: peakMegabytes, customers: summary!.customerCount, repeats: summary!.frequency.reduce((sum, count) => sum + count, 0) };
}

/** A text column as a table holds it: its dictionary in the order in which the texts came. */
function textColumn(ids: Int32Array): Column {
  const codeOf = new Map<number, number>();
  const codes = ids.map((id) => codeOf.get(id) ?? (codeOf.set(id, codeOf.size), codeOf.size - 1));
  return { type: "category", codes, categories: Array.from(codeOf.keys(), (id) => `c${id}`) };
}

function compare(kind: "number" | "text", peerKinds: readonly string[], folder: string): void {
  const own = runOwn(kind, "UTC", folder);
  console.log(`${kind} ids: ${own.customers} customers, ${own.repeats} repeat purchase days`);
  console.log(`  ${"clientele".padEnd(24)} ${describe(own)}`);
  console.log(`  ${"in Europe/Berlin".padEnd(24)} ${describe(runOwn(kind, "Europe/Berlin", folder))}`);
  for (const peerKind of peerKinds) {
    for (const method of ["pandas", "numpy", "lifetimes"]) {
      const peer = runPeer(method, peerKind, folder);
      if (peer === undefined) return;
      const same = peer.customers === own.customers && peer.repeats === own.repeats ? "" : `   DIFFERS: ${peer.customers} customers, ${peer.repeats} repeats`;
      console.log(`  ${`${method} (${peerKind})`.padEnd(24)} ${describe(peer)}   ratio ${(peer.milliseconds / own.milliseconds).toFixed(1)}${same}`);
    }
  }
}

function describe({ milliseconds, megabytes }: Result): string {
  return `${milliseconds.toFixed(0).padStart(5)} ms ${(ROWS / milliseconds / 1000).toFixed(1).padStart(5)} million rows/s ${megabytes.toFixed(0).padStart(5)} MB`;
}

function runOwn(kind: string, timeZone: string, folder: string): Result {
  const env = { ...process.env, [CHILD]: JSON.stringify([kind, timeZone, folder]) };
  const { status, stdout, stderr } = spawnSync(process.execPath, [...process.execArgv, process.argv[1]!, "rfm"], { encoding: "utf8", env });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout.trim().split("\n").at(-1)!) as Result;
}

function runPeer(method: string, kind: string, folder: string): Result | undefined {
  const script = fileURLToPath(new URL("rfm/summarize.py", import.meta.url));
  const { status, stdout, stderr } = spawnSync(process.env["PYTHON"] ?? "python3", [script, method, kind, folder, String(ROWS), AS_OF], { encoding: "utf8" });
  if (status === 0) return JSON.parse(stdout) as Result;
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
