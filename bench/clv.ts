import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { fitBgBb, fitBgNbd, fitMbgNbd, fitParetoNbd, type PurchasePredictor, type WeightedHistories } from "clientele/clv";
import { nextGamma } from "../src/numeric/random/gamma";
import { RandomStream } from "../src/numeric/random/random-stream";
import { readDonors } from "../test/clv/bg-bb/donors";
import { cdnowSplit, inWeeks } from "../test/clv/cdnow";
import { heading, measure } from "./measure";

const CUSTOMERS = 1_000_000;
const CHILD = "BENCH_CLV";
/** Weeks ahead that purchases are predicted for. */
const HORIZON = 39;

type Fit = (histories: WeightedHistories) => PurchasePredictor & { readonly parameters: object };
type Weeks = ReturnType<typeof inWeeks>;

/** The models, by the name that bench/clv/lifetimes.py knows them by; on the million, lifetimes fits those of `weightedOnly` to counted rows only. */
const MODELS: Readonly<Record<string, { readonly fit: Fit; readonly weightedOnly?: true }>> = {
  bg: { fit: fitBgNbd },
  mbg: { fit: fitMbgNbd },
  pareto: { fit: fitParetoNbd, weightedOnly: true },
};
const FITS: Readonly<Record<string, Fit>> = { ...Object.fromEntries(Object.entries(MODELS).map(([name, { fit }]) => [name, fit])), bgBb: fitBgBb };

/** What each program prints of itself; times in milliseconds. */
interface Result {
  readonly parameters: readonly number[];
  /** Of the first fit of a fresh process: nothing is compiled yet. */
  readonly first: number;
  /** Median of the fits after it. */
  readonly warm: number;
  readonly megabytes: number;
  readonly purchases: number;
  readonly alive: number;
  readonly total: number;
}

/**
 * Fits and predictions of transaction models beside lifetimes, in one run, each program in a process of its own:
 *
 *     PYTHON=python3 npm run bench -- clv
 */
export function benchClv(): void {
  const child = process.env[CHILD];
  if (child !== undefined) {
    const [model, folder, runs] = JSON.parse(child) as [string, string, number];
    console.log(JSON.stringify(measureOwn(model, folder, runs)));
    return;
  }
  heading("Transaction models: CDNOW, 2,357 customers in weeks");
  withColumns(inWeeks(cdnowSplit().calibration), (folder) => {
    for (const model of Object.keys(MODELS)) compare(model, folder, 50, ["raw", "weighted"]);
  });
  heading("Discrete time: 11,104 donors and six appeals");
  withColumns(listDonors(), (folder) => compare("bgBb", folder, 20, ["raw", "weighted"]));
  heading(`Transaction models: ${CUSTOMERS.toLocaleString("en")} simulated customers at day resolution`);
  withColumns(simulate(), (folder) => {
    for (const [model, { weightedOnly }] of Object.entries(MODELS)) compare(model, folder, 3, weightedOnly ? ["weighted"] : ["raw", "weighted"]);
  });
}

/** One by one, as lifetimes takes them when it is not given weights. */
function listDonors(): Weeks {
  const { weights, ...counted } = readDonors();
  const listed = (column: readonly number[]): Float64Array => Float64Array.from(column.flatMap((value, i) => Array.from({ length: weights[i]! }, () => value)));
  return { frequency: listed(counted.frequency), recency: listed(counted.recency), age: listed(counted.age) };
}

/** Customers of BG/NBD at the parameters of CDNOW, known for 27 to 39 weeks; purchases of one day are one, and those of the first day none. */
function simulate(): Weeks {
  const random = new RandomStream(1);
  const frequency = new Float64Array(CUSTOMERS);
  const recency = new Float64Array(CUSTOMERS);
  const age = new Float64Array(CUSTOMERS);
  for (let i = 0; i < CUSTOMERS; i++) {
    const days = 189 + random.nextInteger(85);
    const rate = nextGamma(random, 0.243) / (4.414 * 7);
    const stops = nextGamma(random, 0.793);
    const dropout = stops / (stops + nextGamma(random, 2.426));
    let last = 0;
    for (let time = 0; ; ) {
      time += -Math.log(1 - random.nextFloat()) / rate;
      if (time >= days + 1) break;
      const day = Math.floor(time);
      if (day > last) {
        frequency[i] = frequency[i]! + 1;
        last = day;
      }
      if (random.nextFloat() < dropout) break;
    }
    recency[i] = last / 7;
    age[i] = days / 7;
  }
  return { frequency, recency, age };
}

function withColumns(columns: Weeks, run: (folder: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), "bench-clv-"));
  try {
    for (const [name, values] of Object.entries(columns)) writeFileSync(join(folder, `${name}.f64`), values);
    run(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function measureOwn(model: string, folder: string, runs: number): Result {
  const read = (name: string): Float64Array => new Float64Array(new Uint8Array(readFileSync(join(folder, `${name}.f64`))).buffer);
  const histories = { frequency: read("frequency"), recency: read("recency"), age: read("age") };
  const fit = FITS[model]!;
  const start = performance.now();
  const fitted = fit(histories);
  const first = performance.now() - start;
  const { milliseconds: warm, peakMegabytes: megabytes } = measure(() => fit(histories), runs);
  const total = fitted.predictPurchases(histories, HORIZON).reduce((sum, value) => sum + value, 0);
  const { milliseconds: purchases } = measure(() => fitted.predictPurchases(histories, HORIZON), 3);
  const { milliseconds: alive } = measure(() => fitted.predictAlive(histories), 3);
  return { parameters: Object.values<number>(fitted.parameters as Record<string, number>), first, warm, megabytes, purchases, alive, total };
}

function compare(model: string, folder: string, runs: number, ways: readonly ("raw" | "weighted")[]): void {
  const own = runOwn(model, folder, runs);
  console.log(`${model.padEnd(7)} clientele            ${describe(own)}`);
  for (const way of ways) {
    const peer = runPeer(model, way, folder, way === "raw" ? Math.min(runs, 5) : runs);
    if (peer === undefined) return;
    const apart = Math.max(...own.parameters.map((value, j) => Math.abs(peer.parameters[j]! / value - 1)));
    console.log(`        ${`lifetimes, ${way}`.padEnd(20)} ${describe(peer)}`);
    const ratios = { first: peer.first / own.first, warm: peer.warm / own.warm, purchases: peer.purchases / own.purchases, alive: peer.alive / own.alive };
    const text = Object.entries(ratios).map(([name, ratio]) => `${name} ${ratio.toFixed(1)}`);
    console.log(`        ${"".padEnd(20)} ratios: ${text.join(", ")}; parameters agree to ${apart.toExponential(0)}, sums of purchases to ${Math.abs(peer.total / own.total - 1).toExponential(0)}`);
  }
}

function describe({ first, warm, megabytes, purchases, alive }: Result): string {
  const shown = (value: number): string => value.toFixed(value < 100 ? 1 : 0).padStart(7);
  return `fit ${shown(first)} ms cold ${shown(warm)} ms warm ${megabytes.toFixed(0).padStart(5)} MB; purchases ${shown(purchases)} ms, alive ${shown(alive)} ms`;
}

function runOwn(model: string, folder: string, runs: number): Result {
  const env = { ...process.env, [CHILD]: JSON.stringify([model, folder, runs]) };
  const { status, stdout, stderr } = spawnSync(process.execPath, [...process.execArgv, process.argv[1]!, "clv"], { encoding: "utf8", env });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout.trim().split("\n").at(-1)!) as Result;
}

function runPeer(model: string, way: string, folder: string, runs: number): Result | undefined {
  const script = fileURLToPath(new URL("clv/lifetimes.py", import.meta.url));
  const { status, stdout, stderr } = spawnSync(process.env["PYTHON"] ?? "python3", [script, model, way, folder, String(runs)], { encoding: "utf8" });
  if (status === 0) return JSON.parse(stdout) as Result;
  console.log(`        lifetimes skipped: ${stderr.trim().split("\n").at(-1) ?? "no Python"} (PYTHON names an interpreter with lifetimes)`);
  return undefined;
}
