import { addOuterProducts, ROWS_AT_A_TIME } from "../../numeric/linear-algebra/outer-products";
import { blockRows, fillStandardizedRow, type StandardizedColumns } from "../../numeric/linear-algebra/standardized-columns";
import type { NewtonObjective } from "../../numeric/optimize/newton";
import type { Progress } from "../../steps/steps";

/**
 * What the fit minimises over θ = (intercept, one coefficient for each standardised column):
 *
 * −(1/n) Σ log pᵢ + ½ Σ penaltyⱼ θⱼ²,   pᵢ = 1 / (1 + exp(−mᵢ)),   mᵢ = ±(θ₀ + Σ θⱼ zᵢⱼ) with + where the label is 1.
 *
 * `penalties` has one entry for each column; the intercept is not penalised. `sizes` are the roots of the means of the zᵢⱼ², 1 first.
 */
export function logisticObjective(data: StandardizedColumns, labels: Uint8Array, penalties: Float64Array, sizes: Float64Array): NewtonObjective<Progress> {
  const { rowCount } = data;
  const size = data.columns.length + 1;
  let evaluations = 0;

  return {
    size,
    sizes,

    // The mean of |dℓ/dη| ≤ 1 times the rounding of η = Σ θⱼ zⱼ, where |zⱼ| is about 1 at most on all rows that do not lie far out;
    // on those that do, either θⱼ is small or dℓ/dη vanishes.
    roundingAt(point) {
      return 2 * Number.EPSILON * point.reduce((sum, component) => sum + Math.abs(component), 1);
    },

    *value(point) {
      const row = new Float64Array(size);
      row[0] = 1;
      const phase = `evaluation ${++evaluations}`;
      const rowsPerBlock = blockRows(3 * size + 40);
      let loss = 0;
      for (let start = 0; start < rowCount; start += rowsPerBlock) {
        const end = Math.min(start + rowsPerBlock, rowCount);
        let blockLoss = 0;
        for (let i = start; i < end; i++) {
          fillStandardizedRow(data, i, row, 1);
          blockLoss += logLossOf(labels[i] === 1 ? logitOf(point, row, 0) : -logitOf(point, row, 0));
        }
        loss += blockLoss / rowCount;
        yield { phase, done: end, total: rowCount };
      }
      return loss + penaltyAt(point, penalties);
    },

    *derivatives(point, gradient, hessian) {
      const rows = new Float64Array(ROWS_AT_A_TIME * size);
      for (let r = 0; r < ROWS_AT_A_TIME; r++) rows[r * size] = 1;
      const weights = new Float64Array(ROWS_AT_A_TIME);
      // Sums are formed block by block, so that rounding grows with the rows of a block and not with all rows.
      const blockGradient = new Float64Array(size);
      const blockHessian = new Float64Array(size * size);
      const phase = `evaluation ${++evaluations}`;
      const rowsPerBlock = blockRows((size * size) / 2 + 6 * size + 60);
      gradient.fill(0);
      hessian.fill(0);
      let loss = 0;
      for (let start = 0; start < rowCount; start += rowsPerBlock) {
        const end = Math.min(start + rowsPerBlock, rowCount);
        let blockLoss = 0;
        blockGradient.fill(0);
        blockHessian.fill(0);
        for (let i = start; i < end; i += ROWS_AT_A_TIME) {
          weights.fill(0);
          for (let r = 0; r < ROWS_AT_A_TIME && i + r < end; r++) {
            const offset = r * size;
            fillStandardizedRow(data, i + r, rows, offset + 1);
            const isPositive = labels[i + r] === 1;
            const logit = logitOf(point, rows, offset);
            const margin = isPositive ? logit : -logit;
            // One exponential gives loss, residual and weight; none of them cancels, however sure the model is.
            const odds = Math.exp(-Math.abs(margin));
            const unlikely = odds / (1 + odds);
            const wrong = margin >= 0 ? unlikely : 1 / (1 + odds);
            blockLoss += Math.log1p(odds) + (margin < 0 ? -margin : 0);
            weights[r] = unlikely / (1 + odds);
            const residual = isPositive ? -wrong : wrong;
            for (let j = 0; j < size; j++) blockGradient[j] = blockGradient[j]! + residual * rows[offset + j]!;
          }
          addOuterProducts(blockHessian, size, rows, weights);
        }
        loss += blockLoss / rowCount;
        for (let j = 0; j < size; j++) gradient[j] = gradient[j]! + blockGradient[j]! / rowCount;
        for (let k = 0; k < hessian.length; k++) hessian[k] = hessian[k]! + blockHessian[k]! / rowCount;
        yield { phase, done: end, total: rowCount };
      }
      for (let j = 1; j < size; j++) {
        gradient[j] = gradient[j]! + penalties[j - 1]! * point[j]!;
        hessian[j * size + j] = hessian[j * size + j]! + penalties[j - 1]!;
      }
      return loss + penaltyAt(point, penalties);
    },
  };
}

/** ½ Σ penaltyⱼ θⱼ², without the intercept. */
export function penaltyAt(point: Float64Array, penalties: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < penalties.length; j++) sum += penalties[j]! * point[j + 1]! * point[j + 1]!;
  return sum / 2;
}

/** θ · row; the row's first element is 1. */
export function logitOf(point: Float64Array, rows: Float64Array, offset: number): number {
  let logit = 0;
  for (let j = 0; j < point.length; j++) logit += point[j]! * rows[offset + j]!;
  return logit;
}

/** log(1 + exp(−margin)) without overflow or cancellation. */
function logLossOf(margin: number): number {
  return margin > 0 ? Math.log1p(Math.exp(-margin)) : Math.log1p(Math.exp(margin)) - margin;
}
