import { describe, expect, it } from "vitest";
import { principalAxesOf } from "../../src/numeric/linear-algebra/principal-axes";
import { fillNormals } from "../../src/numeric/random/normal";
import { RandomStream } from "../../src/numeric/random/random-stream";
import { computeMoments } from "../../src/numeric/statistics/moments";

describe("principalAxesOf", () => {
  it("gives axes without correlation, by descending variance, whose covariance is that of the columns", () => {
    const random = new RandomStream(3);
    const [rowCount, size] = [50, 4];
    const values = Float64Array.from({ length: rowCount * size }, (_, i) => random.nextFloat() * (1 + (i % size)) + (i % size === 3 ? 5 : 0));
    const means = Float64Array.from({ length: size }, (_, j) => computeMoments(values, j, size, rowCount).mean);
    const { axes, variances } = principalAxesOf(values, rowCount, size, means);
    for (let a = 0; a < size; a++) {
      if (a > 0) expect(variances[a]).toBeLessThanOrEqual(variances[a - 1]!);
      const components = axes.subarray(a * size, (a + 1) * size);
      const largest = components.reduce((most, value) => (Math.abs(value) > Math.abs(most) ? value : most), 0);
      expect(largest).toBeGreaterThan(0);
      for (let b = 0; b < size; b++) {
        const product = components.reduce((sum, value, j) => sum + value * axes[b * size + j]!, 0);
        expect(product).toBeCloseTo(a === b ? 1 : 0, 12);
      }
    }
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) {
        let covariance = 0;
        for (let row = 0; row < rowCount; row++) covariance += ((values[row * size + i]! - means[i]!) * (values[row * size + j]! - means[j]!)) / rowCount;
        const again = variances.reduce((sum, variance, a) => sum + variance * axes[a * size + i]! * axes[a * size + j]!, 0);
        expect(again).toBeCloseTo(covariance, 12);
      }
    }
  });

  it("knows a direction without variance", () => {
    const values = Float64Array.from([1, 2, 2, 4, 3, 6, 7, 14]);
    const { axes, variances } = principalAxesOf(values, 4, 2, Float64Array.of(3.25, 6.5));
    expect(variances[1]).toBeCloseTo(0, 12);
    expect(axes[1]! / axes[0]!).toBeCloseTo(2, 12);
  });
});

describe("fillNormals", () => {
  it.each([200_000, 200_001])("gives standard normal numbers: %i of them", (count) => {
    const normals = new Float64Array(count);
    fillNormals(new RandomStream(9), normals);
    const { mean, squares } = computeMoments(normals);
    const kurtosis = normals.reduce((sum, value) => sum + value ** 4, 0) / count;
    const within = normals.filter((value) => Math.abs(value) < 1.959963984540054).length / count;
    // Four standard errors each: 1/√n, √(2/n), √(96/n), √(0.05 · 0.95/n).
    expect(Math.abs(mean)).toBeLessThan(4 / Math.sqrt(count));
    expect(Math.abs(squares / count - 1)).toBeLessThan(4 * Math.sqrt(2 / count));
    expect(Math.abs(kurtosis - 3)).toBeLessThan(4 * Math.sqrt(96 / count));
    expect(Math.abs(within - 0.95)).toBeLessThan(4 * Math.sqrt(0.0475 / count));
    let product = 0;
    for (let i = 1; i < count; i++) product += normals[i]! * normals[i - 1]!;
    expect(Math.abs(product / count)).toBeLessThan(4 / Math.sqrt(count));
  });
});
