import { checkFeatureMatrix, nonFiniteCell, type FeatureMatrix } from "../../data/feature-matrix";
import { checkRowCount } from "../../errors/check";
import { aliasedColumnSteps } from "../../numeric/linear-algebra/aliased-columns";
import { blockRows, fillStandardizedRow, isConstant, selectStandardized, standardizeColumns, type StandardizedColumns } from "../../numeric/linear-algebra/standardized-columns";
import { addRowsToFactor, conditionNumberOf, inverseSquares } from "../../numeric/linear-algebra/triangular-factor";
import { columnMomentsSteps, standardDeviationOf } from "../../numeric/statistics/moments";
import { runToEnd, type Steps } from "../../steps/steps";
import { nameAliased } from "./assemble";
import { checkSpread, constantColumns } from "./prepare";
import type { AliasedFeature } from "./spec";

/** How far a column is determined by all others. */
export interface ColumnDiagnosis {
  readonly column: string;
  /**
   * Variance inflation factor 1 / (1 − R²), where R² is that of the column regressed on all others: how many times larger the variance of its
   * coefficient is than with unrelated columns. Infinite for a column in an exact dependence, NaN for a constant one.
   */
  readonly vif: number;
}

/** What {@link diagnoseColumns} finds. */
export interface ColumnDiagnoses {
  readonly rowCount: number;
  /** Columns that are independent of each other and of a constant; without a penalty a model has no more coefficients than this, beside the intercept. */
  readonly rank: number;
  /**
   * Largest ÷ smallest singular value of the standardised columns, constant ones left out: how many times an error in the data may be magnified
   * in the coefficients. Above 30 some columns nearly repeat others (Belsley, Kuh and Welsch 1980); infinite where they do exactly.
   */
  readonly conditionNumber: number;
  /** In the order of the matrix. */
  readonly columns: readonly ColumnDiagnosis[];
  /** Columns that earlier ones determine, and constant ones: those that a fit without penalty leaves out. */
  readonly aliased: readonly AliasedFeature[];
}

/**
 * Says which columns nearly or exactly repeat others, before anything is fitted: coefficients of such columns mean little by themselves.
 *
 * Computed from a QR decomposition of the standardised columns, which keeps the digits that products of columns would lose;
 * about rows × columns² × 3 operations.
 *
 * @throws ClienteleError `tooFewRows` for less than two rows, `nonFinite` (with row and column), `invalidInput` for columns whose deviation lies
 * outside 1e-140 … 1e140.
 * @example
 * ```ts
 * import { diagnoseColumns } from "clientele/churn";
 * import { featureMatrixFromColumns } from "clientele/data";
 *
 * const matrix = featureMatrixFromColumns({ orders: [1, 2, 3, 4, 6], items: [2, 4, 6, 9, 12], days: [3, 1, 2, 5, 1] });
 * const { conditionNumber, columns } = diagnoseColumns(matrix);
 * console.log(conditionNumber > 30);            // true
 * console.log(columns.map(({ vif }) => vif > 10)); // [true, true, false]
 * ```
 */
export function diagnoseColumns(matrix: FeatureMatrix): ColumnDiagnoses {
  return runToEnd(diagnoseColumnsSteps(matrix));
}

/** {@link diagnoseColumns} in slices of about two milliseconds, for `runCooperatively`. */
export function* diagnoseColumnsSteps(matrix: FeatureMatrix): Steps<ColumnDiagnoses> {
  const caller = "diagnoseColumns";
  checkFeatureMatrix(caller, "matrix", matrix);
  const { names, values, rowCount, columnCount } = matrix;
  checkRowCount(caller, "matrix", rowCount, 2);
  const nonFinite = nonFiniteCell(caller, matrix);
  if (nonFinite !== undefined) throw nonFinite;
  const moments = yield* columnMomentsSteps(values, rowCount, columnCount);
  moments.forEach((column, j) => {
    if (!isConstant(column)) checkSpread(caller, names[j]!, standardDeviationOf(column, 0));
  });
  const varying = moments.flatMap((column, j) => (isConstant(column) ? [] : [j]));
  const standardized = standardizeColumns(values, rowCount, moments, varying);
  const dependent = yield* aliasedColumnSteps(standardized);
  const isDependent = new Set(dependent.map(({ column }) => column));
  const kept = selectStandardized(
    standardized,
    varying.flatMap((column, position) => (isDependent.has(column) ? [] : [position])),
  );
  const factor = yield* triangularFactorSteps(kept);
  const size = kept.columns.length;

  const vif = new Float64Array(columnCount).fill(NaN);
  inverseSquares(factor, size).forEach((square, j) => (vif[kept.columns[j]!] = square));
  for (const { column, dependsOn } of dependent) for (const position of [column, ...dependsOn.map((term) => term.column)]) vif[position] = Infinity;
  return {
    rowCount,
    rank: size,
    conditionNumber: dependent.length > 0 ? Infinity : conditionNumberOf(factor, size),
    columns: names.map((column, j) => ({ column, vif: vif[j]! })),
    aliased: [...constantColumns(moments), ...dependent].sort((a, b) => a.column - b.column).map((column) => nameAliased(column, names)),
  };
}

/** Rows that are taken into the factor at a time. */
const ROWS_AT_A_TIME = 32;

/** R of the standardised columns, each divided by √rows: RᵀR is their correlation matrix. */
function* triangularFactorSteps(data: StandardizedColumns): Steps<Float64Array> {
  const { rowCount } = data;
  const size = data.columns.length;
  const factor = new Float64Array(size * size);
  const rows = new Float64Array(ROWS_AT_A_TIME * size);
  const shrink = 1 / Math.sqrt(rowCount);
  const rowsPerSlice = ROWS_AT_A_TIME * Math.max(1, Math.floor(blockRows(3 * size * size) / ROWS_AT_A_TIME));
  for (let start = 0; start < rowCount; start += rowsPerSlice) {
    const end = Math.min(start + rowsPerSlice, rowCount);
    for (let first = start; first < end; first += ROWS_AT_A_TIME) {
      const count = Math.min(ROWS_AT_A_TIME, end - first);
      for (let i = 0; i < count; i++) fillStandardizedRow(data, first + i, rows, i * size);
      for (let k = 0; k < count * size; k++) rows[k] = rows[k]! * shrink;
      addRowsToFactor(factor, size, rows, count);
    }
    yield { phase: "decomposition", done: end, total: rowCount };
  }
  return factor;
}
