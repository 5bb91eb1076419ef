import { featureMatrixFromRows, tableFromColumns, type FeatureMatrix, type Table } from "clientele/data";

export const FEATURE_NAMES = ["orders", "spend", "calls"];

/** Three groups of customers, without any two alike. */
export function sampleMatrix(rowCount: number): FeatureMatrix {
  return featureMatrixFromRows(
    Array.from({ length: rowCount }, (_, i) => [(i % 3) * 20 + ((i * 7) % 11), (i % 3) * 300 - ((i * 13) % 97) / 3, ((i * 5) % 7) - i / rowCount]),
    FEATURE_NAMES,
  );
}

/** Rows that no sample matrix holds. */
export function newMatrix(): FeatureMatrix {
  return featureMatrixFromRows([[3, 11.5, 2.25], [44, 602, -1], [20, -7.125, 0], [61, 333.3, 6.5], [0, 0, 0]], FEATURE_NAMES);
}

export function rowsOfMatrix({ values, names, columnCount }: FeatureMatrix, positions: readonly number[]): FeatureMatrix {
  return featureMatrixFromRows(positions.map((row) => values.subarray(row * columnCount, (row + 1) * columnCount)), names);
}

/** A matrix that was changed after it was checked. */
export function tampered(matrix: FeatureMatrix, value: number): FeatureMatrix {
  matrix.values[1] = value;
  return matrix;
}

export function matrixOfOtherColumns(): FeatureMatrix {
  return featureMatrixFromRows([[1, 2, 3]], ["orders", "calls", "spend"]);
}

/** 0 and 1, related to the rows of {@link sampleMatrix} and not separated by them. */
export function sampleLabels(rowCount: number): Uint8Array {
  return Uint8Array.from({ length: rowCount }, (_, i) => ((i % 3 === 0) !== (i % 4 === 1) ? 1 : 0));
}

const PLANS = ["free", "pro", "team"];

/** Customers as an export gives them. */
export function customerTable(rowCount: number): Table {
  const rows = Array.from({ length: rowCount }, (_, i) => i);
  return tableFromColumns(
    {
      id: rows.map((i) => `c${i}`),
      tenure: rows.map((i) => (i * 7) % 60),
      charges: rows.map((i) => (i % 6 === 0 ? " " : ((20 + i * 13) % 90).toFixed(2))),
      plan: rows.map((i) => (i % 9 === 5 ? null : PLANS[i % 3])),
      paperless: rows.map((i) => i % 4 === 0),
    },
    { rowIds: rows.map((i) => `c${i}`) },
  );
}

/** Customers that no sample holds: one with a text that is no number, one with a category never seen, some with missing values. */
export function newCustomers(): Table {
  return tableFromColumns(
    {
      id: ["n0", "n1", "n2", "n3", "n4", "n5"],
      tenure: [5, 61, 33, 12, 0, 7],
      charges: ["30.5", " ", "about 50", "12", "99.95", null],
      plan: ["pro", "free", "team", null, "gold", "free"],
      paperless: [true, false, false, true, true, false],
    },
    { rowIds: ["n0", "n1", "n2", "n3", "n4", "n5"] },
  );
}
