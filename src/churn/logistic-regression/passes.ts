/**
 * The passes over rows, each over one block that fits into the first-level cache. Everything that costs time for every row is here.
 *
 * `rows` holds the block row after row from `offset` on, `size` columns each, without a column of ones; a point is the intercept and
 * then one coefficient for each column. `count` is at most {@link BLOCK_ROWS}. Buffers for one number a row hold `BLOCK_ROWS` numbers.
 */

/** A multiple of eight. */
export const BLOCK_ROWS = 128;
/** Factors 1 + odds (at most 2 each) of which one logarithm is taken. */
const FACTORS_PER_LOGARITHM = 64;

/** Log-odds of each row, four rows at a time: four sums that do not wait for one another. */
export function fillBlockLogits(rows: Float64Array, offset: number, count: number, size: number, point: Float64Array, logits: Float64Array): void {
  const intercept = point[0]!;
  for (let i = 0; i < count; i += 4) {
    const first = offset + i * size;
    const second = offset + Math.min(i + 1, count - 1) * size;
    const third = offset + Math.min(i + 2, count - 1) * size;
    const fourth = offset + Math.min(i + 3, count - 1) * size;
    let a = intercept;
    let b = intercept;
    let c = intercept;
    let d = intercept;
    for (let j = 0; j < size; j++) {
      const coefficient = point[j + 1]!;
      a += coefficient * rows[first + j]!;
      b += coefficient * rows[second + j]!;
      c += coefficient * rows[third + j]!;
      d += coefficient * rows[fourth + j]!;
    }
    logits[i] = a;
    logits[i + 1] = b;
    logits[i + 2] = c;
    logits[i + 3] = d;
  }
}

/**
 * The sum of the losses log(1 + exp(−margin)); fills their first derivatives by the logit and, where asked for, the second.
 * Derivatives beyond `count` are set to 0.
 *
 * One exponential gives all three, and none cancels, however sure the model is. Without weights the logarithms are taken of the
 * product Π (1 + odds) of many rows: kept as t = Π (1 + odds) − 1, it has full precision near 0 too.
 *
 * @param start - the row of `labels` and `weights` that is the block's first
 */
export function fillBlockDerivatives(
  logits: Float64Array,
  labels: Uint8Array,
  weights: Float64Array | undefined,
  start: number,
  count: number,
  residuals: Float64Array,
  curvatures: Float64Array | undefined,
): number {
  let loss = 0;
  let product = 0;
  for (let i = 0; i < count; i++) {
    const isPositive = labels[start + i] === 1;
    const margin = isPositive ? logits[i]! : -logits[i]!;
    const odds = Math.exp(-Math.abs(margin));
    const likely = 1 / (1 + odds);
    const wrong = margin >= 0 ? odds * likely : likely;
    if (weights === undefined) {
      residuals[i] = isPositive ? -wrong : wrong;
      if (curvatures !== undefined) curvatures[i] = odds * likely * likely;
      product += odds + product * odds;
      if (margin < 0) loss -= margin;
      if ((i + 1) % FACTORS_PER_LOGARITHM === 0) {
        loss += Math.log1p(product);
        product = 0;
      }
    } else {
      const weight = weights[start + i]!;
      residuals[i] = isPositive ? -weight * wrong : weight * wrong;
      if (curvatures !== undefined) curvatures[i] = weight * (odds * likely * likely);
      loss += weight * (Math.log1p(odds) + (margin < 0 ? -margin : 0));
    }
  }
  residuals.fill(0, count);
  curvatures?.fill(0, count);
  return loss + Math.log1p(product);
}

/** Adds Σ residual · (1, row) to `gradient`, eight rows at a time: each entry is read and written once for eight products. */
export function addBlockGradient(rows: Float64Array, offset: number, count: number, size: number, residuals: Float64Array, gradient: Float64Array): void {
  for (let i = 0; i < count; i += 8) {
    const a = residuals[i]!;
    const b = residuals[i + 1]!;
    const c = residuals[i + 2]!;
    const d = residuals[i + 3]!;
    const e = residuals[i + 4]!;
    const f = residuals[i + 5]!;
    const g = residuals[i + 6]!;
    const h = residuals[i + 7]!;
    // Rows beyond the end are the last one once more, with residual 0.
    const last = count - 1;
    const r0 = offset + i * size;
    const r1 = offset + Math.min(i + 1, last) * size;
    const r2 = offset + Math.min(i + 2, last) * size;
    const r3 = offset + Math.min(i + 3, last) * size;
    const r4 = offset + Math.min(i + 4, last) * size;
    const r5 = offset + Math.min(i + 5, last) * size;
    const r6 = offset + Math.min(i + 6, last) * size;
    const r7 = offset + Math.min(i + 7, last) * size;
    gradient[0] = gradient[0]! + (a + b + (c + d) + (e + f + (g + h)));
    for (let j = 0; j < size; j++) {
      gradient[j + 1] =
        gradient[j + 1]! +
        (a * rows[r0 + j]! + b * rows[r1 + j]! + (c * rows[r2 + j]! + d * rows[r3 + j]!) + (e * rows[r4 + j]! + f * rows[r5 + j]! + (g * rows[r6 + j]! + h * rows[r7 + j]!)));
    }
  }
}

/**
 * Adds Σ curvature · (1, row)(1, row)ᵀ to the upper triangle of `hessian` (flat, `size` + 1 wide), four rows at a time and
 * two rows of the matrix at a time: eight products for each four numbers read.
 */
export function addBlockHessian(rows: Float64Array, offset: number, count: number, size: number, curvatures: Float64Array, hessian: Float64Array): void {
  const width = size + 1;
  for (let i = 0; i < count; i += 4) {
    const w0 = curvatures[i]!;
    const w1 = curvatures[i + 1]!;
    const w2 = curvatures[i + 2]!;
    const w3 = curvatures[i + 3]!;
    const last = count - 1;
    const r0 = offset + i * size;
    const r1 = offset + Math.min(i + 1, last) * size;
    const r2 = offset + Math.min(i + 2, last) * size;
    const r3 = offset + Math.min(i + 3, last) * size;
    hessian[0] = hessian[0]! + (w0 + w1 + (w2 + w3));
    let k = 0;
    for (; k + 1 < size; k += 2) {
      const a = w0 * rows[r0 + k]!;
      const b = w1 * rows[r1 + k]!;
      const c = w2 * rows[r2 + k]!;
      const d = w3 * rows[r3 + k]!;
      const e = w0 * rows[r0 + k + 1]!;
      const f = w1 * rows[r1 + k + 1]!;
      const g = w2 * rows[r2 + k + 1]!;
      const h = w3 * rows[r3 + k + 1]!;
      hessian[k + 1] = hessian[k + 1]! + (a + b + (c + d));
      hessian[k + 2] = hessian[k + 2]! + (e + f + (g + h));
      const upper = (k + 1) * width + 1;
      const lower = upper + width;
      hessian[upper + k] = hessian[upper + k]! + (a * rows[r0 + k]! + b * rows[r1 + k]! + (c * rows[r2 + k]! + d * rows[r3 + k]!));
      for (let j = k + 1; j < size; j++) {
        const p = rows[r0 + j]!;
        const q = rows[r1 + j]!;
        const s = rows[r2 + j]!;
        const t = rows[r3 + j]!;
        hessian[upper + j] = hessian[upper + j]! + (a * p + b * q + (c * s + d * t));
        hessian[lower + j] = hessian[lower + j]! + (e * p + f * q + (g * s + h * t));
      }
    }
    if (k < size) {
      const a = w0 * rows[r0 + k]!;
      const b = w1 * rows[r1 + k]!;
      const c = w2 * rows[r2 + k]!;
      const d = w3 * rows[r3 + k]!;
      hessian[k + 1] = hessian[k + 1]! + (a + b + (c + d));
      const diagonal = (k + 1) * width + k + 1;
      hessian[diagonal] = hessian[diagonal]! + (a * rows[r0 + k]! + b * rows[r1 + k]! + (c * rows[r2 + k]! + d * rows[r3 + k]!));
    }
  }
}
