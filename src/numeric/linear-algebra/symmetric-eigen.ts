/** Eigenvalues in ascending order, and the eigenvectors as columns of a flat row-major matrix. */
export interface SymmetricEigen {
  readonly values: Float64Array;
  readonly vectors: Float64Array;
}

/** Ten sweeps bring a matrix of a few rows far below rounding; this many serve any. */
const MOST_SWEEPS = 50;

/**
 * Eigenvalues and eigenvectors of a small symmetric matrix (flat, row-major, of which the upper triangle is read) by cyclic Jacobi rotations
 * (Golub and Van Loan 2013, algorithm 8.5.3): for the few parameters of a likelihood, without bringing a matrix library into a bundle.
 * Small eigenvalues of a positive-definite matrix come out to their own digits (Demmel and Veselić 1992).
 */
export function symmetricEigen(matrix: Float64Array, size: number): SymmetricEigen {
  const a = new Float64Array(size * size);
  const v = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    v[i * size + i] = 1;
    for (let j = i; j < size; j++) {
      a[i * size + j] = matrix[i * size + j]!;
      a[j * size + i] = matrix[i * size + j]!;
    }
  }
  for (let sweep = 0; sweep < MOST_SWEEPS && rotateAll(a, v, size); sweep++);
  const order = Array.from({ length: size }, (_, i) => i).sort((i, j) => a[i * size + i]! - a[j * size + j]!);
  return {
    values: Float64Array.from(order, (i) => a[i * size + i]!),
    vectors: Float64Array.from({ length: size * size }, (_, at) => v[Math.floor(at / size) * size + order[at % size]!]!),
  };
}

/** One sweep; whether any entry was large enough to be rotated away. */
function rotateAll(a: Float64Array, v: Float64Array, size: number): boolean {
  let hasRotated = false;
  for (let p = 0; p < size - 1; p++) {
    for (let q = p + 1; q < size; q++) {
      const app = a[p * size + p]!;
      const aqq = a[q * size + q]!;
      const apq = a[p * size + q]!;
      // Written so that NaN is not rotated for ever.
      if (!(Math.abs(apq) > Number.EPSILON * Math.sqrt(Math.abs(app * aqq)))) continue;
      hasRotated = true;
      const theta = (aqq - app) / (2 * apq);
      const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(1, theta));
      const c = 1 / Math.hypot(1, t);
      const s = t * c;
      a[p * size + p] = app - t * apq;
      a[q * size + q] = aqq + t * apq;
      a[p * size + q] = 0;
      a[q * size + p] = 0;
      for (let i = 0; i < size; i++) {
        const vip = v[i * size + p]!;
        const viq = v[i * size + q]!;
        v[i * size + p] = c * vip - s * viq;
        v[i * size + q] = s * vip + c * viq;
        if (i === p || i === q) continue;
        const aip = a[i * size + p]!;
        const aiq = a[i * size + q]!;
        a[i * size + p] = c * aip - s * aiq;
        a[p * size + i] = a[i * size + p]!;
        a[i * size + q] = s * aip + c * aiq;
        a[q * size + i] = a[i * size + q]!;
      }
    }
  }
  return hasRotated;
}
