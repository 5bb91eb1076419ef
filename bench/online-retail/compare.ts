import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { cleanTable, type CleaningPlan, type FittedCleaning } from "clientele/cleaning";
import { tableFromRecords } from "clientele/data";
import { compileFormula } from "clientele/formula";
import Papa from "papaparse";
import { heading, measure } from "../measure";

type Invoice = Readonly<Record<"InvoiceNo" | "StockCode" | "Description" | "Quantity" | "InvoiceDate" | "UnitPrice" | "CustomerID" | "Country", string>>;

const isPriced = compileFormula("UnitPrice != 0", { variables: ["UnitPrice"] });

/** What a data steward asks of the log: every count is a rule, every row that goes has its reason. */
const ONLINE_RETAIL_PLAN: CleaningPlan = {
  convert: [
    { column: "Quantity", to: "number" },
    { column: "UnitPrice", to: "number" },
    { column: "InvoiceDate", to: "timestamp", timeZone: "UTC" },
    { column: "CustomerID", to: "id", missing: [""] },
  ],
  rules: [
    { rule: "pattern", column: "InvoiceNo", pattern: "[^C].*", name: "cancellations" },
    { rule: "pattern", column: "InvoiceNo", pattern: "[^A].*", name: "adjustments" },
    { rule: "range", column: "Quantity", min: 0, name: "negative quantities" },
    { rule: "range", column: "UnitPrice", min: 0, name: "negative prices" },
    { rule: "formula", formula: isPriced, name: "zero prices" },
    { rule: "required", column: "CustomerID", name: "missing ids" },
  ],
  repeatedRows: "remove",
  missing: [{ column: "CustomerID", fill: "quarantine" }],
};

function clean(records: readonly Invoice[]): FittedCleaning {
  return cleanTable(tableFromRecords(records), ONLINE_RETAIL_PLAN);
}

/**
 * The Online Retail log (541,909 rows) from parsed records to the cleaned table, beside pandas in the same run:
 *
 *     ONLINE_RETAIL=online_retail.csv.gz PYTHON=python3 npm run bench -- online-retail
 */
export function benchOnlineRetail(): void {
  heading("Online Retail: from parsed records to the cleaned table");
  const path = process.env["ONLINE_RETAIL"];
  if (path === undefined || !existsSync(path)) {
    console.log("skipped: set ONLINE_RETAIL to the file of the UCI data set (CSV, may be gzipped)");
    return;
  }
  const bytes = readFileSync(path);
  const text = (path.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
  const { data: records } = Papa.parse<Invoice>(text, { header: true, skipEmptyLines: true });
  const before = process.memoryUsage().rss;
  let result: FittedCleaning | undefined;
  const { milliseconds, peakMegabytes } = measure(() => (result = clean(records)));
  const { report, table } = result!;
  console.log(`rows ${report.rowsIn} = ${report.rowsOut} kept + ${report.rowsQuarantined} set aside + ${report.rowsMerged} merged; repeated rows ${report.repeatedRows.count}`);
  for (const { name, broken } of report.rules) console.log(`  ${name.padEnd(20)} ${broken}`);
  const ids = table.columns.get("CustomerID");
  console.log(`  customers            ${ids?.type === "category" ? new Set(ids.codes).size : NaN}; the first is ${ids?.type === "category" ? ids.categories[ids.codes[0]!] : ""}`);
  console.log(`clientele  ${milliseconds.toFixed(0)} ms, ${(report.rowsIn / milliseconds / 1000).toFixed(2)} million rows/s; ${peakMegabytes.toFixed(0)} MB above the records (which with the text take ${(before / 1e6).toFixed(0)} MB)`);
  comparePandas(path, milliseconds);
}

function comparePandas(path: string, milliseconds: number): void {
  const script = fileURLToPath(new URL("clean.py", import.meta.url));
  const { status, stdout, stderr } = spawnSync(process.env["PYTHON"] ?? "python3", [script, path], { encoding: "utf8", maxBuffer: 1e8 });
  if (status !== 0) {
    console.log(`pandas     skipped: ${(stderr as string | null)?.trim().split("\n").at(-1) ?? "no such interpreter"} (PYTHON names an interpreter with pandas)`);
    return;
  }
  for (const each of JSON.parse(stdout) as readonly PandasRun[]) {
    if (each.skipped !== undefined) console.log(`pandas from ${each.from}: skipped: ${each.skipped}`);
    else {
      const ratio = (each.totalSeconds * 1000) / milliseconds;
      console.log(`pandas ${each.pandas} from ${each.from.padEnd(11)} ${(each.totalSeconds * 1000).toFixed(0)} ms, ratio ${ratio.toFixed(2)}; ${each.peakMegabytes - each.megabytesOfInput} MB above the input (${each.megabytesOfInput} MB)`);
    }
  }
}

/** One form of input, as `clean.py` prints it. */
interface PandasRun {
  readonly from: string;
  readonly skipped?: string;
  readonly pandas: string;
  readonly totalSeconds: number;
  readonly megabytesOfInput: number;
  readonly peakMegabytes: number;
}
