import { readFileSync } from "node:fs";
import Papa from "papaparse";
import { describe, expect, test } from "vitest";
import { featureMatrixFromColumns, tableFromColumns } from "clientele/data";
import { fitStandardScaler } from "clientele/features";
import { describeSegments, fitKMeans, profileSegments } from "clientele/segmentation";

/** The marketing campaign file, without the customers that the guide sets aside. */
function readCustomers(): { income: number[]; spend: number[]; children: number[]; orders: number[]; saidYes: boolean[] } {
  const text = readFileSync(new URL("../../examples/data/marketing-campaign.csv", import.meta.url), "utf8");
  const { data } = Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true, delimiter: ";" });
  const rows = data.filter((row) => row["Income"] !== "" && Number(row["Income"]) <= 200_000 && Number(row["Year_Birth"]) >= 1920);
  const sumOf = (isPart: (name: string) => boolean): number[] => rows.map((row) => Object.entries(row).reduce((sum, [name, cell]) => sum + (isPart(name) ? Number(cell) : 0), 0));
  return {
    income: sumOf((name) => name === "Income"),
    spend: sumOf((name) => name.startsWith("Mnt")),
    children: sumOf((name) => name === "Kidhome" || name === "Teenhome"),
    orders: sumOf((name) => /^Num(Web|Catalog|Store)Purchases$/.test(name)),
    saidYes: rows.map((row) => row["Response"] === "1"),
  };
}

describe("the marketing campaign file, as the guide tells it", () => {
  const customers = readCustomers();
  const matrix = featureMatrixFromColumns({ income: customers.income, spend: customers.spend.map(Math.log1p), children: customers.children });
  const space = fitStandardScaler(matrix).apply(matrix);
  const segments = fitKMeans(space, { k: 4, seed: 42 }).predict(space);
  const table = tableFromColumns(customers);

  test("segment C: half of the spend, three times as many who said yes", () => {
    expect(table.rowCount).toBe(2212);
    const { segments: profiles } = profileSegments(table, segments, { value: "spend" });
    const [, , c] = profiles;
    expect((100 * c!.value!.share!).toFixed(0)).toBe("51");
    expect((100 * c!.booleans[0]!.shareTrue!).toFixed(0)).toBe("31");
    const others = profiles.filter(({ segment }) => segment !== 2);
    const yes = others.reduce((sum, { size, booleans }) => sum + size * booleans[0]!.shareTrue!, 0) / others.reduce((sum, { size }) => sum + size, 0);
    expect((100 * yes).toFixed(0)).toBe("10");
    expect(c!.marks[0]).toMatchObject({ column: "children", direction: "below" });
  });

  test("the fidelity of its rules", () => {
    const { fidelity, baseline, segments: described } = describeSegments(table, segments, { columns: ["income", "spend", "children", "orders"] });
    expect([(100 * fidelity).toFixed(1), (100 * baseline).toFixed(1)]).toEqual(["95.3", "32.3"]);
    expect(described.map(({ rules }) => rules[0]?.text)).toEqual([
      "spend > 221 and children > 0",
      "spend ≤ 221 and children ≤ 1 and income ≤ 51280",
      "spend > 221 and children ≤ 0 and income > 40400",
      "spend ≤ 221 and children > 1",
    ]);
  });
});
