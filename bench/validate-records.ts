import { customerSchema, validateRecords, validateRecordsSteps, type ValidatedRecords } from "clientele/schema";
import { runCooperatively } from "clientele/steps";
import { RandomStream } from "../src/numeric/random/random-stream";
import { heading, measure } from "./measure";

const ROWS = 1_000_000;
const PLANS = ["free", "basic", "pro", "team"] as const;

/** What can be wrong with a customer; each makes one issue. */
const FAULTS: readonly ((customer: Record<string, unknown>) => unknown)[] = [
  (customer) => ({ ...customer, id: undefined }),
  (customer) => ({ ...customer, id: " " }),
  (customer) => ({ ...customer, age: -1 }),
  (customer) => ({ ...customer, age: "41" }),
  (customer) => ({ ...customer, income: NaN }),
  (customer) => ({ ...customer, email: "" }),
  (customer) => ({ ...customer, currency: "eur" }),
  (customer) => ({ ...customer, birthDate: "1990-02-30" }),
  (customer) => ({ ...customer, registeredAt: "2024-03-01T12:00:00" }),
  () => null,
];

/** Customers as a CRM exports them: twelve fields, of which ten are the schema's. A share of them is broken, one fault in each. */
function makeCustomers(invalidShare: number): unknown[] {
  const random = new RandomStream(1);
  return Array.from({ length: ROWS }, (_, i) => {
    const customer = {
      id: `c${i}`,
      name: `Customer ${i}`,
      email: `customer${i}@example.com`,
      age: 18 + (i % 70),
      birthDate: `${1940 + (i % 60)}-0${1 + (i % 9)}-1${i % 10}`,
      income: i % 11 === 0 ? null : 20_000 + ((i * 37) % 90_000),
      currency: "EUR",
      city: `City ${i % 500}`,
      country: "DE",
      registeredAt: `2024-03-${10 + (i % 20)}T10:${10 + (i % 50)}:00Z`,
      plan: PLANS[i % 4],
      visits: i % 31,
    };
    return random.nextFloat() < invalidShare ? FAULTS[random.nextInteger(FAULTS.length)]!(customer) : customer;
  });
}

interface Peer {
  readonly valid: unknown[];
  readonly issues: { readonly row: number; readonly path: readonly PropertyKey[]; readonly code: string }[];
}

/** What a program without the library does: zod's safeParse in a loop, the output and the issues kept. */
function safeParseAll(records: readonly unknown[]): Peer {
  const valid: unknown[] = [];
  const issues: Peer["issues"] = [];
  for (let row = 0; row < records.length; row++) {
    const parsed = customerSchema.safeParse(records[row]);
    if (parsed.success) valid.push(parsed.data);
    else for (const { path, code } of parsed.error.issues) issues.push({ row, path, code });
  }
  return { valid, issues };
}

/** Refuses counts that differ from those of the issues one by one: the list is capped, the counts must not be. */
function checkCounts(capped: ValidatedRecords<unknown>, records: readonly unknown[], cap: number): void {
  const all = validateRecords(records, customerSchema);
  const peer = safeParseAll(records);
  const counted = new Map<string, number>();
  for (const { field, rule } of all.issues) counted.set(`${field}\0${rule}`, (counted.get(`${field}\0${rule}`) ?? 0) + 1);
  const isExact =
    capped.issues.length === Math.min(cap, all.issues.length) &&
    capped.summary.issueCount === peer.issues.length &&
    capped.summary.validCount === peer.valid.length &&
    capped.summary.counts.length === counted.size &&
    capped.summary.counts.every(({ field, rule, count }) => counted.get(`${field}\0${rule}`) === count);
  if (!isExact) throw new Error("the counts beside a capped list are not those of all issues");
}

/** How long at most a timer waits that asks to run at once, while the work goes on. */
async function longestPause(run: () => Promise<unknown>): Promise<number> {
  let longest = 0;
  let last = performance.now();
  let isOver = false;
  const tick = (): void => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    if (!isOver) setImmediate(tick);
  };
  setImmediate(tick);
  await run();
  isOver = true;
  return longest;
}

/** What a result holds on the heap, in megabytes. */
function heldMegabytes(run: () => unknown): number {
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  const result = run();
  globalThis.gc?.();
  const held = (process.memoryUsage().heapUsed - before) / 1e6;
  // Whoever reads it keeps it until here.
  if (result === undefined) throw new Error("nothing was made");
  return held;
}

function rate(milliseconds: number): string {
  return `${milliseconds.toFixed(0).padStart(5)} ms, ${(ROWS / milliseconds / 1000).toFixed(2)} million rows/s`;
}

/** Records checked against a schema, beside zod's own function in a loop. */
export async function benchValidateRecords(): Promise<void> {
  heading(`Validation: ${ROWS.toLocaleString("en")} customers × 12 fields, customerSchema`);
  for (const [name, invalidShare] of [["all valid", 0], ["5 % invalid", 0.05]] as const) {
    const records = makeCustomers(invalidShare);
    const ours = measure(() => validateRecords(records, customerSchema), 3);
    const theirs = measure(() => safeParseAll(records), 3);
    console.log(`${name.padEnd(11)}  validateRecords     ${rate(ours.milliseconds)}`);
    console.log(`${" ".repeat(11)}  safeParse in a loop ${rate(theirs.milliseconds)}; ratio ${(theirs.milliseconds / ours.milliseconds).toFixed(2)}`);
    if (invalidShare === 0) {
      const held = heldMegabytes(() => validateRecords(records, customerSchema));
      console.log(`${" ".repeat(11)}  memory              ${ours.peakMegabytes.toFixed(0)} MB above the records at the peak; the result holds ${held.toFixed(0)} MB`);
    } else printCapped(records);
  }
  const records = makeCustomers(0.05);
  const pauses: number[] = [];
  for (let run = 0; run < 3; run++) {
    globalThis.gc?.();
    pauses.push(await longestPause(() => runCooperatively(validateRecordsSteps(records, customerSchema))));
  }
  console.log(`runCooperatively, 5 % invalid: longest pause of the event loop ${pauses.map((pause) => pause.toFixed(0)).join(", ")} ms in three runs`);
}

function printCapped(records: readonly unknown[]): void {
  const maxIssues = 100;
  let capped: ValidatedRecords<unknown> | undefined;
  const { milliseconds } = measure(() => (capped = validateRecords(records, customerSchema, { maxIssues })), 3);
  checkCounts(capped!, records, maxIssues);
  const { issueCount, counts } = capped!.summary;
  console.log(`${" ".repeat(11)}  maxIssues: 100      ${rate(milliseconds)}; ${issueCount} issues of ${counts.length} kinds counted, as one by one`);
}
