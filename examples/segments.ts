/**
 * Who the customers are, on the marketing campaign file: clean, scale, cluster, profile, describe; then segments that survive a refit,
 * on the CD shop's orders. Draws the pictures of the guide.
 *
 *     npx tsx examples/segments.ts                 pictures in examples/output
 *     npx tsx examples/segments.ts docs/images     those of the guide
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { cleanTable } from "clientele/cleaning";
import { featureMatrixFromColumns, tableFromColumns, tableFromRecords, type FeatureMatrix, type Table } from "clientele/data";
import { fitStandardScaler, summarizeTransactions } from "clientele/features";
import { compileFormula } from "clientele/formula";
import { describeSegments, fitKMeans, matchSegments, profileSegments, relabelSegments, type SegmentDescription, type SegmentProfiles } from "clientele/segmentation";
import Papa from "papaparse";
import { readCdnowTransactions } from "./read-data";
import { drawDifferences, drawFlow, drawMap } from "./segment-pictures";

const K = 4;
const folder = process.argv[2] ?? fileURLToPath(new URL("output/", import.meta.url));
mkdirSync(folder, { recursive: true });

campaignSegments();
shopSegments();

/** 2,240 customers of a shop: what they earn, buy and answer. */
function campaignSegments(): void {
  const customers = cleanCampaign();
  const matrix = featureMatrixFromColumns(
    // Spend is skewed: without the logarithm a few large customers would be a segment of their own.
    { income: numbers(customers, "Income"), logSpend: numbers(customers, "Spend").map(Math.log1p), children: numbers(customers, "Children") },
    { rowIds: customers.rowIds },
  );
  const space = fitStandardScaler(matrix).apply(matrix);
  const model = fitKMeans(space, { k: K, seed: 42 });
  const segments = model.predict(space);

  const columns = ["Income", "Spend", "Orders", "NumDealsPurchases", "NumWebVisitsMonth", "Children", "Age", "Response"];
  const profiles = profileSegments(customers, segments, { columns: [...columns, "Education", "Marital_Status"], value: "Spend", space, typicalMembers: 1 });
  const description = describeSegments(customers, segments, { columns: ["Income", "Spend", "Children", "Orders"] });
  printProfiles(profiles, description);

  const ringed = profiles.segments.flatMap(({ typicalMembers }) => typicalMembers.map(({ row }) => row));
  save("segments-map.svg", drawMap({
    title: `${customers.rowCount} customers in ${K} segments by income, spend and children`,
    x: { label: "yearly income (beyond 120,000 at the edge); the most typical customer of each segment is ringed", from: 0, to: 120_000, ticks: [0, 30_000, 60_000, 90_000, 120_000].map((at) => [at, at.toLocaleString("en")]) },
    y: { label: "spend in two years", from: Math.log1p(4), to: Math.log1p(3000), ticks: [10, 30, 100, 300, 1000, 3000].map((at) => [Math.log1p(at), at.toLocaleString("en")]) },
    points: Array.from(segments, (segment, row) => ({ x: Math.min(120_000, matrix.values[3 * row]!), y: matrix.values[3 * row + 1]!, segment })),
    ringed,
    legend: description.segments.map(({ segment, size, rules }) => `${nameOf(segment)}, ${size} customers, mostly: ${rules[0]?.text ?? "no rule"}`),
  }));
  save("segments-profile.svg", drawDifferences({
    title: "What sets the segments apart: mean, difference from all customers, 95 % interval",
    columns: ["income", "spend", "orders", "deals", "web visits", "children", "age", "said yes"],
    rows: profiles.segments.map(({ segment, size, numbers: means, booleans }) => ({
      name: `${nameOf(segment)} (${size})`,
      cells: [
        ...means.map(({ mean, standardizedDifference, differenceInterval }) => ({ words: short(mean!), difference: standardizedDifference!, ...differenceInterval! })),
        ...booleans.map(({ shareTrue, standardizedDifference, differenceInterval }) => ({ words: percent(shareTrue!), difference: standardizedDifference!, ...differenceInterval! })),
      ],
    })),
  }));
}

function cleanCampaign(): Table {
  const text = readFileSync(new URL("data/marketing-campaign.csv", import.meta.url), "utf8");
  const { data } = Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true, delimiter: ";" });
  const amounts = ["MntWines", "MntFruits", "MntMeatProducts", "MntFishProducts", "MntSweetProducts", "MntGoldProds"];
  const orders = ["NumWebPurchases", "NumCatalogPurchases", "NumStorePurchases"];
  const others = ["Year_Birth", "Income", "Kidhome", "Teenhome", "NumDealsPurchases", "NumWebVisitsMonth"];
  const sum = (column: string, parts: readonly string[]): { column: string; formula: ReturnType<typeof compileFormula> } => ({ column, formula: compileFormula(parts.join(" + "), { variables: parts }) });
  const { table, report } = cleanTable(tableFromRecords(data, { id: "ID" }), {
    convert: [
      ...[...amounts, ...orders, ...others].map((column) => ({ column, to: "number", missing: [""] }) as const),
      { column: "Response", to: "boolean", trueTexts: ["1"], falseTexts: ["0"] },
      { column: "Marital_Status", to: "category", synonyms: { Single: ["Alone", "Absurd", "YOLO"] } },
    ],
    rules: [
      // One income is 666,666; three customers were born before 1910.
      { rule: "range", column: "Income", max: 200_000, onViolation: "quarantine" },
      { rule: "range", column: "Year_Birth", min: 1920, onViolation: "quarantine" },
    ],
    // An income that was made up would put the customer into a segment that was made up, too.
    missing: [{ column: "Income", fill: "quarantine" }],
    derive: [sum("Spend", amounts), sum("Orders", orders), sum("Children", ["Kidhome", "Teenhome"]), { column: "Age", formula: compileFormula("2014 - Year_Birth", { variables: ["Year_Birth"] }) }],
  });
  console.log(`Marketing campaign: ${report.rowsIn} customers = ${report.rowsOut} used + ${report.rowsQuarantined} set aside\n`);
  return table;
}

function printProfiles({ segments }: SegmentProfiles, { fidelity, baseline, segments: described }: SegmentDescription): void {
  for (const { segment, size, share, value, marks, typicalMembers } of segments) {
    console.log(`${nameOf(segment)}: ${size} customers (${percent(share)}), ${percent(value!.share!)} of the spend`);
    console.log(`  apart by  ${marks.map(({ column, category, standardizedDifference }) => `${column}${category === null ? "" : ` ${category}`} ${standardizedDifference > 0 ? "+" : ""}${standardizedDifference.toFixed(2)} sd`).join(", ")}`);
    console.log(`  typical   customer ${typicalMembers.map(({ rowId }) => rowId).join(", ")}`);
    for (const { text, precision, recall } of described[segment]!.rules) console.log(`  rule      ${text} (right for ${percent(precision)}, covers ${percent(recall)})`);
  }
  console.log(`The rules name the segment of ${percent(fidelity)} of the customers; naming the largest for all, of ${percent(baseline)}.\n`);
}

/** 2,357 customers of a CD shop at the end of September and of December 1997, by recency, orders and spend. */
function shopSegments(): void {
  const orders = readCdnowTransactions();
  const log = tableFromColumns({ customerId: orders.map(({ customerId }) => customerId), timestamp: orders.map(({ timestamp }) => timestamp), amount: orders.map(({ amount }) => amount) });
  const [september, december] = [rfm(log, "1997-09-30"), rfm(log, "1997-12-31")];
  const scaler = fitStandardScaler(september);
  const [earlier, now] = [scaler.apply(september), scaler.apply(december)];
  const before = fitKMeans(earlier, { k: K, seed: 1 });
  const after = fitKMeans(now, { k: K, seed: 2 });

  // Which new segment is which old one: December's customers under both models.
  const match = matchSegments({ rowIds: now.rowIds, segments: before.predict(now) }, { rowIds: now.rowIds, segments: after.predict(now) });
  // Who really moved: September's labels and December's, under one set of ids.
  const moves = matchSegments({ rowIds: earlier.rowIds, segments: before.predict(earlier) }, { rowIds: now.rowIds, segments: relabelSegments(after.predict(now), match.ids) });
  console.log(`CD shop: the new model alone moves ${percent(match.moved.share!)} of the customers once its segments are matched (${percent(match.renumbered.share!)} if numbers are taken as they come);`);
  console.log(`         from September to December ${percent(moves.renumbered.share!)} are in another segment.`);
  const means = profileSegments(tableFromColumns({ days: numbersOf(september, 0), orders: numbersOf(september, 1), spend: numbersOf(september, 2) }), before.predict(earlier));
  means.segments.forEach(({ segment, numbers: [days, count, spend] }) => console.log(`         ${nameOf(segment)}: last order ${short(days!.median!)} days ago, ${short(count!.median!)} orders, ${short(spend!.median!)} dollars (medians)`));
  save("segments-migration.svg", drawFlow({
    title: `Who moved: ${moves.sharedCount} customers of a CD shop, segments matched`,
    before: "30 September 1997",
    after: "31 December 1997",
    names: means.segments.map(({ segment, numbers: [, count, spend] }) => `${nameOf(segment)}, ${count!.median!} order${count!.median === 1 ? "" : "s"}, $${spend!.median!.toFixed(0)}`),
    counts: moves.migration.counts,
  }));
}

/** Days since the last order, orders and spend as log(1 + x). */
function rfm(log: Table, asOf: string): FeatureMatrix {
  const { id, daysSinceLast, orderCount, totalValue } = summarizeTransactions(log, { asOf });
  const logOf = (values: ArrayLike<number>): Float64Array => Float64Array.from(values, Math.log1p);
  return featureMatrixFromColumns({ recency: logOf(daysSinceLast), orders: logOf(orderCount), spend: logOf(totalValue) }, { rowIds: id });
}

/** A column of the RFM matrix in its own units. */
function numbersOf({ values, columnCount, rowCount }: FeatureMatrix, column: number): number[] {
  return Array.from({ length: rowCount }, (_, row) => Math.round(Math.expm1(values[row * columnCount + column]!) * 100) / 100);
}

function numbers(table: Table, name: string): Float64Array {
  const column = table.columns.get(name);
  if (column?.type !== "number") throw new Error(`${name} is no number column`);
  return column.values;
}

function nameOf(segment: number): string {
  return `Segment ${"ABCDEF"[segment]!}`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

function short(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString("en") : value.toFixed(1);
}

function save(name: string, svg: string): void {
  writeFileSync(join(folder, name), svg);
  console.log(`Picture: ${join(folder, name)}`);
}
