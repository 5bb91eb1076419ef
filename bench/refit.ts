import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { featureMatrixFromColumns, tableFromColumns, type FeatureMatrix } from "clientele/data";
import { fitStandardScaler, summarizeTransactions } from "clientele/features";
import { fitKMeans, matchSegments, refitKMeans, relabelSegments, type KMeansModel, type LabelledRows, type StableIds } from "clientele/segmentation";
import Papa from "papaparse";
import { heading } from "./measure";

type Invoice = Readonly<Record<"InvoiceNo" | "Quantity" | "InvoiceDate" | "UnitPrice" | "CustomerID", string>>;

const K = 5;
const MONTH_ENDS = ["2011-03-31", "2011-04-30", "2011-05-31", "2011-06-30", "2011-07-31", "2011-08-31", "2011-09-30", "2011-10-31", "2011-11-30"];

/** Ways to number the segments of a month. */
const WAYS = {
  frozen: "first month's model, never refitted",
  fresh: "from scratch, numbered by size",
  byLabels: "from scratch, matched to last month's labels",
  byModel: "from scratch, matched on this month's customers",
  refit: "refitted from last month's centroids",
} as const;

type Way = keyof typeof WAYS;

/** A month's model and the stable id of each of its clusters. */
interface Numbered {
  readonly model: KMeansModel;
  readonly stable: StableIds;
}

/**
 * How stable segment ids are from month to month on Online Retail: RFM (log1p of recency, orders and spend), standardised by the first
 * month's scaler, k = 5. Every month all customers so far, their orders so far; invoices with a customer, a quantity and a price above 0.
 *
 *     ONLINE_RETAIL=online_retail.csv.gz npm run bench -- refit
 */
export function benchRefit(): void {
  heading(`Refit stability: Online Retail month by month, RFM, k = ${K}`);
  const path = process.env["ONLINE_RETAIL"];
  if (path === undefined || !existsSync(path)) {
    console.log("SKIPPED: set ONLINE_RETAIL to the file of the UCI data set (CSV, may be gzipped)");
    return;
  }
  const months = readMonths(path);
  const start: Numbered = { model: fitKMeans(months[0]!, { k: K }), stable: { ids: [0, 1, 2, 3, 4], nextId: K } };
  const last: Record<Way, Numbered> = { frozen: start, fresh: start, byLabels: start, byModel: start, refit: start };
  const changed: Record<Way, number[]> = { frozen: [], fresh: [], byLabels: [], byModel: [], refit: [] };
  const byRefit: Record<Way, number[]> = { frozen: [], fresh: [], byLabels: [], byModel: [], refit: [] };
  const excess: number[] = [];
  for (const [i, matrix] of months.slice(1).entries()) {
    const earlier = months[i]!;
    // Another seed each month, as in a job that nobody watches.
    const fresh = fitKMeans(matrix, { k: K, seed: i + 2 });
    const refit = refitKMeans(matrix, last.refit.model, { compareRestarts: 10 });
    const next: Record<Way, Numbered> = {
      frozen: start,
      fresh: { model: fresh, stable: start.stable },
      byLabels: { model: fresh, stable: matchSegments(labelled(last.byLabels.model, earlier), labelled(fresh, matrix), { previous: last.byLabels.stable }) },
      byModel: { model: fresh, stable: matchSegments(labelled(last.byModel.model, matrix), labelled(fresh, matrix), { previous: last.byModel.stable }) },
      refit: { model: refit.model, stable: start.stable },
    };
    for (const way of Object.keys(WAYS) as Way[]) {
      changed[way].push(changedShare(named(last[way], earlier), named(next[way], matrix)));
      byRefit[way].push(changedShare(named(last[way], matrix), named(next[way], matrix)));
      last[way] = next[way];
    }
    excess.push(refit.model.inertia / refit.freshInertia! - 1);
  }
  const line = (label: string, values: readonly (string | number)[]): void => console.log(label.padEnd(50) + values.map((value) => String(value).padStart(8)).join(""));
  const shares = (label: string, values: readonly number[]): void => line(label, [...values, values.reduce((sum, value) => sum + value, 0) / values.length].map((value) => (100 * value).toFixed(1)));
  line("month", [...MONTH_ENDS.slice(1).map((day) => day.slice(0, 7)), "mean"]);
  line("customers of both months", months.slice(0, -1).map(({ rowCount }) => rowCount));
  console.log("% whose segment id is another one than the month before");
  for (const way of Object.keys(WAYS) as Way[]) shares(`  ${WAYS[way]}`, changed[way]);
  console.log("% whose id the new model alone changes: the same customers and month under last month's model and the new one");
  for (const way of Object.keys(WAYS) as Way[]) shares(`  ${WAYS[way]}`, byRefit[way]);
  console.log(`ids used after ${months.length} months: ${(["byLabels", "byModel"] as const).map((way) => `${last[way].stable.nextId} (${WAYS[way]})`).join(", ")}`);
  console.log(`inertia of the refit above that of a fit from scratch: at most ${(100 * Math.max(...excess)).toFixed(2)} %`);
}

function labelled(model: KMeansModel, matrix: FeatureMatrix): LabelledRows {
  return { rowIds: matrix.rowIds, segments: model.predict(matrix) };
}

/** Customers under their stable ids. */
function named({ model, stable }: Numbered, matrix: FeatureMatrix): LabelledRows {
  return { rowIds: matrix.rowIds, segments: relabelSegments(model.predict(matrix), stable.ids) };
}

/** Share of the customers of both whose id differs. */
function changedShare(before: LabelledRows, after: LabelledRows): number {
  return matchSegments(before, after).renumbered.share!;
}

/** The RFM matrix of every month, in the first month's units. */
function readMonths(path: string): FeatureMatrix[] {
  const bytes = readFileSync(path);
  const text = (path.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
  const orders = Papa.parse<Invoice>(text, { header: true, skipEmptyLines: true }).data.filter(
    ({ InvoiceNo, CustomerID, Quantity, UnitPrice }) => CustomerID !== "" && !InvoiceNo.startsWith("C") && Number(Quantity) > 0 && Number(UnitPrice) > 0,
  );
  const log = tableFromColumns({
    customerId: orders.map(({ CustomerID }) => CustomerID),
    timestamp: orders.map(({ InvoiceDate }) => new Date(`${InvoiceDate.replace(" ", "T")}Z`)),
    amount: orders.map(({ Quantity, UnitPrice }) => Math.round(Number(Quantity) * Number(UnitPrice) * 100) / 100),
  });
  const raw = MONTH_ENDS.map((asOf) => {
    const { id, daysSinceLast, orderCount, totalValue } = summarizeTransactions(log, { asOf });
    const columns = { recency: daysSinceLast, orders: orderCount, spend: totalValue };
    return featureMatrixFromColumns(Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, Float64Array.from(values, Math.log1p)])), { rowIds: id });
  });
  const scaler = fitStandardScaler(raw[0]!);
  return raw.map((matrix) => scaler.apply(matrix));
}
