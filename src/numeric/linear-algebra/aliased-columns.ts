import type { Steps } from "../../steps/steps";
import { addOuterProducts, ROWS_AT_A_TIME } from "./outer-products";
import { blockRows, fillStandardizedRow, type StandardizedColumns } from "./standardized-columns";

/** A column that is a combination of earlier ones: column = constant + Σ coefficient · column. */
export interface AliasedColumn {
  /** Position in the source. */
  readonly column: number;
  readonly constant: number;
  /** The earlier, kept columns it is made of, with coefficients in the units of the source. */
  readonly dependsOn: readonly { readonly column: number; readonly coefficient: number }[];
}

/** A column whose squared residual on the kept ones is above this share of its own is independent beyond the Gram matrix's rounding. */
const SAFE_SHARE = 1e-6;
/** A residual of at most this share of the column's own length (centred) makes it aliased: the tolerance of R's `lm`. */
const ALIASED_RATIO = 1e-7;
/** A residual this small needs no refinement: the dependence is exact. */
const EXACT_RATIO = 1e-12;
/** Smaller coefficients (of standardised columns) are rounding. */
const ZERO_COEFFICIENT = 1e-6;

/**
 * Finds the columns that the intercept and earlier columns determine; later columns are the aliased ones, as in R.
 *
 * Elimination in order on the Gram matrix of the standardised columns. The Gram matrix squares the condition,
 * so a column that looks dependent there is judged on the data: its residual is computed row by row, refined once.
 * Reads the data once, and twice more for each such column; about rows × columns² / 2 operations.
 */
export function* aliasedColumnSteps(data: StandardizedColumns): Steps<AliasedColumn[]> {
  const size = data.columns.length;
  const gram = yield* gramSteps(data);
  const elimination: Elimination = { size, kept: [], projections: new Float64Array(size * size) };
  const aliased: AliasedColumn[] = [];
  for (let j = 0; j < size; j++) {
    const share = projectOnKept(elimination, gram, j);
    if (share > SAFE_SHARE) {
      keepColumn(elimination, j, Math.sqrt(share));
      continue;
    }
    const { coefficients, ratio } = yield* residualSteps(data, elimination, j);
    if (ratio <= ALIASED_RATIO) {
      aliased.push(describeAliased(data, elimination, coefficients, j));
      continue;
    }
    // With the residual as measured on the data, later shares err by the Gram matrix's rounding / 1e-7: far below SAFE_SHARE.
    projectCombination(elimination, coefficients, j);
    keepColumn(elimination, j, ratio);
  }
  return aliased;
}

/**
 * The triangular factor that grows column by column: row j of `projections` holds the components of column j along
 * the orthonormal directions of the kept columns, so kept rows form the Cholesky factor of the kept columns' Gram matrix.
 */
interface Elimination {
  readonly size: number;
  readonly kept: number[];
  readonly projections: Float64Array;
}

function keepColumn(elimination: Elimination, column: number, residual: number): void {
  elimination.projections[column * elimination.size + elimination.kept.length] = residual;
  elimination.kept.push(column);
}

/** Fills the components of column j; returns the share of its variance that the kept columns leave. */
function projectOnKept(elimination: Elimination, gram: Float64Array, j: number): number {
  const { size, kept, projections } = elimination;
  let share = gram[j * size + j]!;
  for (let k = 0; k < kept.length; k++) {
    const keptRow = kept[k]! * size;
    let product = gram[keptRow + j]!;
    for (let m = 0; m < k; m++) product -= projections[j * size + m]! * projections[keptRow + m]!;
    projections[j * size + k] = product / projections[keptRow + k]!;
    share -= projections[j * size + k]! * projections[j * size + k]!;
  }
  return share;
}

/** The components of Σ coefficientₖ · keptₖ, written as those of column j. */
function projectCombination(elimination: Elimination, coefficients: Float64Array, j: number): void {
  const { size, kept, projections } = elimination;
  for (let m = 0; m < kept.length; m++) {
    let component = 0;
    for (let k = m; k < kept.length; k++) component += coefficients[k]! * projections[kept[k]! * size + m]!;
    projections[j * size + m] = component;
  }
}

/** Solves Lᵀ b = components, in place: from components along the directions to coefficients of the kept columns. */
function toCoefficients(elimination: Elimination, components: Float64Array): void {
  const { size, kept, projections } = elimination;
  for (let k = kept.length - 1; k >= 0; k--) {
    let value = components[k]!;
    for (let m = k + 1; m < kept.length; m++) value -= projections[kept[m]! * size + k]! * components[m]!;
    components[k] = value / projections[kept[k]! * size + k]!;
  }
}

/** Solves L c = products, in place: from products with the kept columns to components along the directions. */
function toComponents(elimination: Elimination, products: Float64Array): void {
  const { size, kept, projections } = elimination;
  for (let k = 0; k < kept.length; k++) {
    const keptRow = kept[k]! * size;
    let value = products[k]!;
    for (let m = 0; m < k; m++) value -= projections[keptRow + m]! * products[m]!;
    products[k] = value / projections[keptRow + k]!;
  }
}

/** Least squares of column j on the kept ones, with one refinement; the length of its residual. */
function* residualSteps(data: StandardizedColumns, elimination: Elimination, j: number): Steps<{ coefficients: Float64Array; ratio: number }> {
  const { size, kept, projections } = elimination;
  const coefficients = projections.slice(j * size, j * size + kept.length);
  toCoefficients(elimination, coefficients);
  const products = new Float64Array(kept.length);
  const first = yield* residualSquareSteps(data, kept, coefficients, j, products);
  if (Math.sqrt(first) <= EXACT_RATIO) return { coefficients, ratio: Math.sqrt(first) };
  toComponents(elimination, products);
  toCoefficients(elimination, products);
  for (let k = 0; k < kept.length; k++) coefficients[k] = coefficients[k]! + products[k]!;
  const refined = yield* residualSquareSteps(data, kept, coefficients, j, products);
  return { coefficients, ratio: Math.sqrt(refined) };
}

/** Mean over the rows of residual², where residual = column j − Σ coefficientₖ · keptₖ; fills `products` with those of residual · keptₖ. */
function* residualSquareSteps(
  data: StandardizedColumns,
  kept: readonly number[],
  coefficients: Float64Array,
  j: number,
  products: Float64Array,
): Steps<number> {
  const { rowCount } = data;
  const size = data.columns.length;
  const row = new Float64Array(size);
  const blockProducts = new Float64Array(kept.length);
  products.fill(0);
  let square = 0;
  const rowsPerBlock = blockRows(4 * size);
  for (let start = 0; start < rowCount; start += rowsPerBlock) {
    const end = Math.min(start + rowsPerBlock, rowCount);
    let blockSquare = 0;
    blockProducts.fill(0);
    for (let i = start; i < end; i++) {
      fillStandardizedRow(data, i, row, 0);
      let residual = row[j]!;
      for (let k = 0; k < kept.length; k++) residual -= coefficients[k]! * row[kept[k]!]!;
      blockSquare += residual * residual;
      for (let k = 0; k < kept.length; k++) blockProducts[k] = blockProducts[k]! + residual * row[kept[k]!]!;
    }
    square += blockSquare / rowCount;
    for (let k = 0; k < kept.length; k++) products[k] = products[k]! + blockProducts[k]! / rowCount;
    yield { phase: "aliased columns", done: end, total: rowCount };
  }
  return square;
}

/** Means over the rows of the products of all pairs of standardised columns (upper triangle), summed block by block. */
function* gramSteps(data: StandardizedColumns): Steps<Float64Array> {
  const { rowCount } = data;
  const size = data.columns.length;
  const gram = new Float64Array(size * size);
  const blockGram = new Float64Array(size * size);
  const rows = new Float64Array(ROWS_AT_A_TIME * size);
  const weights = new Float64Array(ROWS_AT_A_TIME);
  const rowsPerBlock = blockRows((size * size) / 2 + 4 * size);
  for (let start = 0; start < rowCount; start += rowsPerBlock) {
    const end = Math.min(start + rowsPerBlock, rowCount);
    blockGram.fill(0);
    for (let i = start; i < end; i += ROWS_AT_A_TIME) {
      for (let r = 0; r < ROWS_AT_A_TIME; r++) {
        weights[r] = i + r < end ? 1 : 0;
        if (i + r < end) fillStandardizedRow(data, i + r, rows, r * size);
      }
      addOuterProducts(blockGram, size, rows, weights);
    }
    for (let k = 0; k < gram.length; k++) gram[k] = gram[k]! + blockGram[k]! / rowCount;
    yield { phase: "products of columns", done: end, total: rowCount };
  }
  return gram;
}

/** The dependence in the units of the source; numbers to 12 digits, so that a rounded 1 is written as 1. */
function describeAliased(data: StandardizedColumns, elimination: Elimination, coefficients: Float64Array, j: number): AliasedColumn {
  const dependsOn: { column: number; coefficient: number }[] = [];
  let constant = data.centers[j]!;
  let magnitude = Math.abs(constant);
  elimination.kept.forEach((k, position) => {
    if (Math.abs(coefficients[position]!) <= ZERO_COEFFICIENT) return;
    const coefficient = roundTo12Digits((coefficients[position]! * data.deviations[j]!) / data.deviations[k]!);
    dependsOn.push({ column: data.columns[k]!, coefficient });
    constant -= coefficient * data.centers[k]!;
    magnitude += Math.abs(coefficient * data.centers[k]!);
  });
  // A difference of numbers of this magnitude: what is left below 1e-12 of it is rounding.
  return { column: data.columns[j]!, constant: Math.abs(constant) <= 1e-12 * magnitude ? 0 : roundTo12Digits(constant), dependsOn };
}

function roundTo12Digits(value: number): number {
  return Number(value.toPrecision(12));
}
