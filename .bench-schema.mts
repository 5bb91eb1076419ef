import * as v from "valibot";
import { customerSchema, transactionSchema, validateRecords, validateRecordsSteps } from "clientele/schema";
const customers = Array.from({ length: 1e6 }, (_, i) => ({ id: `c${i}`, age: 20 + (i % 50), income: i * 3.5, plan: "pro" }));
const bad = customers.map((c) => ({ ...c, id: "", age: "x" }));
const tx = Array.from({ length: 1e6 }, (_, i) => ({ customerId: `c${i}`, timestamp: "2024-02-29T10:00:00Z", amount: i }));
const vs = v.looseObject({ id: v.string(), age: v.number(), income: v.number() });
for (let r = 0; r < 3; r++) for (const [n, f] of [["customers", () => validateRecords(customers, customerSchema)], ["all bad, capped", () => validateRecords(bad, customerSchema, { maxIssues: 1000 })], ["all bad, all listed", () => validateRecords(bad, customerSchema)], ["tx text", () => validateRecords(tx, transactionSchema)], ["valibot", () => validateRecords(customers, vs)]] as const) { const t = performance.now(); const s = f().summary; console.log(n, s.validCount, (performance.now() - t).toFixed(0)); }
for (const d of [customers, bad, tx]) { const all: number[] = []; let t = performance.now(); for (const _ of validateRecordsSteps(d, (d === tx ? transactionSchema : customerSchema) as never, {maxIssues: 10})) { all.push(performance.now() - t); t = performance.now(); } all.sort((a,b)=>a-b); console.log("slice ms median, p99, max", all[all.length>>1]!.toFixed(2), all[Math.floor(all.length*.99)]!.toFixed(1), all.at(-1)!.toFixed(1)); }
