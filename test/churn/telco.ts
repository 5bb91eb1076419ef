import { readFileSync } from "node:fs";
import { featureMatrixFromColumns, type FeatureMatrix } from "../../src/data/feature-matrix";

const NUMBERS = ["SeniorCitizen", "tenure", "MonthlyCharges", "TotalCharges"];

/** The Telco churn data as pandas would prepare them: numbers first, then one column for each level but the first in sorted order. */
export function readTelco(blanks: "asZero" | "dropped"): { matrix: FeatureMatrix; labels: Uint8Array } {
  const text = readFileSync(new URL("../../examples/data/telco-customer-churn.csv", import.meta.url), "utf8");
  const [header, ...lines] = text.trim().split(/\r?\n/).map((line) => line.split(","));
  const fields = header!;
  const rows = lines.filter((row) => blanks === "asZero" || row[fields.indexOf("TotalCharges")]!.trim() !== "");
  const columns = new Map<string, Float64Array>();
  for (const name of NUMBERS) columns.set(name, Float64Array.from(rows, (row) => Number(row[fields.indexOf(name)])));
  fields.forEach((name, field) => {
    if (NUMBERS.includes(name) || name === "customerID" || name === "Churn") return;
    const levels = [...new Set(rows.map((row) => row[field]!))].sort();
    for (const level of levels.slice(1)) columns.set(`${name}_${level}`, Float64Array.from(rows, (row) => (row[field] === level ? 1 : 0)));
  });
  const labels = Uint8Array.from(rows, (row) => (row[fields.indexOf("Churn")] === "Yes" ? 1 : 0));
  return { matrix: featureMatrixFromColumns(columns), labels };
}

/** The rows at `positions`. */
export function rowsOf(matrix: FeatureMatrix, positions: readonly number[]): FeatureMatrix {
  const { columnCount } = matrix;
  const values = new Float64Array(positions.length * columnCount);
  positions.forEach((row, i) => values.set(matrix.values.subarray(row * columnCount, (row + 1) * columnCount), i * columnCount));
  return { ...matrix, rowCount: positions.length, rowIds: Int32Array.from(positions), values };
}
