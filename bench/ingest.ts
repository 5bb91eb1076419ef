import { tableFromRecords, type Table } from "clientele/data";
import { heading, measure } from "./measure";

/** Records with ten fields of all four types, some of them missing. */
function makeRecords(count: number): object[] {
  const plans = ["free", "basic", "pro", "team"];
  return Array.from({ length: count }, (_, i) => ({
    id: i,
    age: 20 + (i % 60),
    income: 1000 + ((i * 7) % 9000),
    plan: plans[i % 4],
    active: i % 3 === 0,
    since: new Date(1.5e12 + i * 1000),
    country: `C${i % 30}`,
    score: i / 7,
    visits: i % 13,
    spend: i % 5 === 0 ? null : i * 0.1,
  }));
}

export function benchIngest(): void {
  heading("Records to a table: 1,000,000 records × 10 fields");
  const records = makeRecords(1_000_000);
  let table: Table | undefined;
  const { milliseconds, peakMegabytes } = measure(() => (table = tableFromRecords(records)));
  const columnBytes = [...table!.columns.values()].reduce((sum, column) => sum + (column.type === "category" ? column.codes : column.values).byteLength, 0);
  console.log(`tableFromRecords  ${milliseconds.toFixed(0)} ms, ${(1e9 / milliseconds / 1e6).toFixed(2)} million records/s`);
  console.log(`memory            ${peakMegabytes.toFixed(0)} MB above the records at the peak; the columns themselves hold ${(columnBytes / 1e6).toFixed(0)} MB`);
}
