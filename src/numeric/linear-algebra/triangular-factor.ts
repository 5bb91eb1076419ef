import { Matrix, SingularValueDecomposition } from "ml-matrix";

/**
 * Adds rows to an upper-triangular factor R (flat, `size` × `size`), in place: afterwards RᵀR has grown by Σ rowᵀ row.
 *
 * Householder reflections (Golub and Van Loan 2013, section 6.5.3) keep the accuracy of the rows themselves, which their products would halve.
 * `rows` holds `count` rows and is overwritten.
 */
export function addRowsToFactor(factor: Float64Array, size: number, rows: Float64Array, count: number): void {
  for (let k = 0; k < size; k++) {
    let square = 0;
    for (let i = 0; i < count; i++) square += rows[i * size + k]! * rows[i * size + k]!;
    if (square === 0) continue;
    const diagonal = factor[k * size + k]!;
    const length = Math.sqrt(diagonal * diagonal + square);
    const head = diagonal + (diagonal < 0 ? -length : length);
    const scale = 2 / (head * head + square);
    for (let j = k + 1; j < size; j++) {
      let product = head * factor[k * size + j]!;
      for (let i = 0; i < count; i++) product += rows[i * size + k]! * rows[i * size + j]!;
      const share = scale * product;
      factor[k * size + j] = factor[k * size + j]! - share * head;
      for (let i = 0; i < count; i++) rows[i * size + j] = rows[i * size + j]! - share * rows[i * size + k]!;
    }
    factor[k * size + k] = diagonal < 0 ? length : -length;
  }
}

/** The diagonal of (RᵀR)⁻¹: the squared lengths of the rows of R⁻¹. R must be regular. */
export function inverseSquares(factor: Float64Array, size: number): Float64Array {
  const squares = new Float64Array(size);
  const column = new Float64Array(size);
  for (let k = 0; k < size; k++) {
    // Column k of R⁻¹, by back substitution.
    for (let i = k; i >= 0; i--) {
      let value = i === k ? 1 : 0;
      for (let j = i + 1; j <= k; j++) value -= factor[i * size + j]! * column[j]!;
      column[i] = value / factor[i * size + i]!;
      squares[i] = squares[i]! + column[i]! * column[i]!;
    }
  }
  return squares;
}

/** Largest ÷ smallest singular value of R: the condition number of the rows it is made of; 1 where there are no columns. */
export function conditionNumberOf(factor: Float64Array, size: number): number {
  if (size === 0) return 1;
  const matrix = Matrix.from1DArray(size, size, factor);
  const { diagonal } = new SingularValueDecomposition(matrix, { computeLeftSingularVectors: false, computeRightSingularVectors: false });
  return diagonal[0]! / diagonal[size - 1]!;
}
