import { readFileSync } from "node:fs";
import { tableFromColumns } from "clientele/data";
import { splitTransactions, type PurchaseSummary, type TransactionSplit } from "clientele/features";

/** The log of CDNOW (1/10 sample), cut where the literature cuts it; ages in days. */
export function cdnowSplit(): TransactionSplit {
  const rows = readFileSync(new URL("../../examples/data/cdnow-sample.txt", import.meta.url), "utf8").trim().split("\n").map((line) => line.trim().split(/\s+/));
  const log = tableFromColumns({
    customerId: rows.map((row) => row[1]),
    timestamp: rows.map((row) => new Date(row[2]!.replace(/(....)(..)(..)/, "$1-$2-$3"))),
    amount: rows.map((row) => Number(row[4])),
  });
  return splitTransactions(log, { calibrationEnd: "1997-09-30", asOf: "1998-06-30" });
}

/** Histories in weeks, as in the papers. */
export function inWeeks({ frequency, recency, age }: Pick<PurchaseSummary, "frequency" | "recency" | "age">): { frequency: Float64Array; recency: Float64Array; age: Float64Array } {
  return { frequency, recency: recency.map((days) => days / 7), age: age.map((days) => days / 7) };
}

/** The customers of the package lifetimes, whose weeks have two decimals. */
export function cdnowOfLifetimes(): { frequency: Float64Array; recency: Float64Array; age: Float64Array } {
  const [head, ...lines] = readFileSync(new URL("../reference/transactions/cdnow_customers_summary.csv", import.meta.url), "utf8").trim().split(/\r?\n/);
  const names = head!.split(",").map((name) => name.replaceAll('"', ""));
  const column = (name: string): Float64Array => Float64Array.from(lines, (line) => Number(line.split(",")[names.indexOf(name)]));
  return { frequency: column("frequency"), recency: column("recency"), age: column("T") };
}
