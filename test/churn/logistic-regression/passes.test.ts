import { describe, expect, it } from "vitest";
import { addBlockGradient, addBlockHessian, BLOCK_ROWS, fillBlockDerivatives, fillBlockLogits } from "../../../src/churn/logistic-regression/passes";
import { RandomStream } from "../../../src/numeric/random/random-stream";

const random = new RandomStream(8);
const numbers = (length: number, size = 2): Float64Array => Float64Array.from({ length }, () => size * (random.nextFloat() - 0.5));

/** Blocks of every length that leaves a rest after four and eight rows, of one to five columns, somewhere inside a larger array. */
const blocks = [1, 2, 3, 4, 5, 7, 8, 9, 63, 64, 65, 127, BLOCK_ROWS].flatMap((count) => [1, 2, 3, 5].map((size) => ({ count, size })));

describe.each(blocks)("a block of $count rows × $size", ({ count, size }) => {
  const offset = 3 * size;
  const rows = numbers(offset + count * size + size);
  const point = numbers(size + 1, 6);
  const start = 2;
  const labels = Uint8Array.from({ length: start + count }, () => random.nextInteger(2));
  const row = (i: number): number[] => [1, ...rows.subarray(offset + i * size, offset + (i + 1) * size)];
  const logitOf = (i: number): number => row(i).reduce((sum, value, j) => sum + value * point[j]!, 0);
  const logits = new Float64Array(BLOCK_ROWS);
  fillBlockLogits(rows, offset, count, size, point, logits);

  it("has the logits of its rows", () => {
    for (let i = 0; i < count; i++) expect(logits[i]).toBeCloseTo(logitOf(i), 13);
  });

  it.each([false, true])("has the loss and its derivatives, weighted %s", (weighted) => {
    const weights = weighted ? Float64Array.from({ length: start + count }, () => 0.1 + random.nextFloat()) : undefined;
    const residuals = new Float64Array(BLOCK_ROWS).fill(9);
    const curvatures = new Float64Array(BLOCK_ROWS).fill(9);
    const loss = fillBlockDerivatives(logits, labels, weights, start, count, residuals, curvatures);
    let expected = 0;
    for (let i = 0; i < count; i++) {
      const p = 1 / (1 + Math.exp(-logitOf(i)));
      const weight = weights?.[start + i] ?? 1;
      expected -= weight * Math.log(labels[start + i] === 1 ? p : 1 - p);
      expect(residuals[i]).toBeCloseTo(weight * (p - labels[start + i]!), 13);
      expect(curvatures[i]).toBeCloseTo(weight * p * (1 - p), 13);
    }
    expect(loss / expected).toBeCloseTo(1, 13);
    expect([...residuals.subarray(count), ...curvatures.subarray(count)].every((value) => value === 0)).toBe(true);
    expect(fillBlockDerivatives(logits, labels, weights, start, count, residuals, undefined)).toBe(loss);
  });

  it("adds up gradient and Hessian", () => {
    const factors = numbers(BLOCK_ROWS).fill(0, count);
    const gradient = new Float64Array(size + 1).fill(1);
    const hessian = new Float64Array((size + 1) ** 2).fill(1);
    addBlockGradient(rows, offset, count, size, factors, gradient);
    addBlockHessian(rows, offset, count, size, factors, hessian);
    for (let j = 0; j <= size; j++) {
      expect(gradient[j]).toBeCloseTo(Array.from({ length: count }, (_, i) => factors[i]! * row(i)[j]!).reduce((a, b) => a + b, 1), 12);
      for (let k = j; k <= size; k++) {
        expect(hessian[j * (size + 1) + k]).toBeCloseTo(Array.from({ length: count }, (_, i) => factors[i]! * row(i)[j]! * row(i)[k]!).reduce((a, b) => a + b, 1), 12);
      }
    }
  });
});

describe("the loss keeps its precision", () => {
  const lossAt = (margin: number, count: number): number =>
    fillBlockDerivatives(new Float64Array(BLOCK_ROWS).fill(margin), new Uint8Array(count).fill(1), undefined, 0, count, new Float64Array(BLOCK_ROWS), undefined);

  it("where the model is sure and right: log(1 + exp(−m)) ≈ exp(−m)", () => {
    for (const margin of [30, 100, 700]) expect(lossAt(margin, 100) / (100 * Math.exp(-margin))).toBeCloseTo(1, 12);
  });

  it("where it is sure and wrong, without overflow", () => {
    for (const margin of [-30, -1000, -1e300]) expect(lossAt(margin, 100) / (100 * -margin)).toBeCloseTo(1, 12);
  });

  it("of many undecided rows", () => {
    expect(lossAt(0, BLOCK_ROWS) / (BLOCK_ROWS * Math.LN2)).toBeCloseTo(1, 14);
  });
});
