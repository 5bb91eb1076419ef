import { describe, expect, it } from "vitest";
import { runCooperatively } from "clientele/steps";
import { bootstrapMetric, bootstrapMetricSteps, computeAuc, computeAucInterval, computeBrier } from "clientele/evaluation";
import { bcaBounds, percentileBounds } from "../../src/evaluation/resampling/bootstrap-bounds";
import { RandomStream } from "../../src/numeric/random/random-stream";
import { expectRefusal } from "../support/errors";
import { readExpected, telcoPredictions } from "./reference";

interface Case {
  readonly name: string;
  readonly level: number;
  readonly estimate: number;
  readonly leftOut: readonly number[];
  readonly replicates: readonly number[];
  readonly bca: readonly [number, number];
  readonly percentile: readonly [number, number];
}

const mean = (values: ArrayLike<number>): number => Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
const draw = (count: number, seed: number): number[] => {
  const random = new RandomStream(seed);
  return Array.from({ length: count }, () => -Math.log1p(-random.nextFloat()));
};

describe("the bounds of bootstrapMetric", () => {
  it.each((readExpected("resampling") as { intervals: readonly Case[] }).intervals)("agree with SciPy on its replicates: $name", ({ level, estimate, leftOut, replicates, bca, percentile }) => {
    const sorted = Float64Array.from(replicates).sort();
    percentileBounds(sorted, level).forEach((bound, i) => expect(Math.abs(bound - percentile[i]!)).toBeLessThan(1e-12));
    bcaBounds(sorted, estimate, Float64Array.from(leftOut), level).forEach((bound, i) => expect(Math.abs(bound - bca[i]!)).toBeLessThan(1e-11));
  });

  it("stay finite where all replicates lie on one side of the estimate", () => {
    const [low, high] = bcaBounds(Float64Array.of(1, 2, 3, 4), 9, Float64Array.of(1, 1, 1), 0.9);
    expect(low).toBeGreaterThan(3);
    expect(high).toBeGreaterThan(low);
    expect(high).toBeLessThanOrEqual(4);
  });
});

describe("bootstrapMetric", () => {
  it("has the standard error and the bounds of a mean", () => {
    const values = draw(400, 3);
    const { estimate, low, high, standardError, replicates, undefinedReplicates } = bootstrapMetric(mean, [values], { replicates: 4000 });
    const centre = mean(values);
    const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - centre) ** 2, 0)) / 400;
    expect(estimate).toBe(centre);
    expect([replicates, undefinedReplicates]).toEqual([4000, 0]);
    // The standard error of a standard deviation of 4,000 values is 1.1 %, the bounds' about 2 % of it.
    expect(Math.abs(standardError / deviation - 1)).toBeLessThan(0.045);
    expect(Math.abs((low - centre) / deviation + 1.96)).toBeLessThan(0.25);
    expect(Math.abs((high - centre) / deviation - 1.96)).toBeLessThan(0.25);
    // Of a skewed metric the upper side is the longer one.
    expect(high - centre).toBeGreaterThan(centre - low);
  });

  it("comes near DeLong's interval of an AUC", () => {
    const { labels, logreg_C1 } = telcoPredictions();
    const part = [labels.subarray(0, 1000), logreg_C1.subarray(0, 1000)] as const;
    const bootstrap = bootstrapMetric(computeAuc, part, { replicates: 1000 });
    const deLong = computeAucInterval(...part);
    expect(bootstrap.estimate).toBe(deLong.auc);
    expect(Math.abs(bootstrap.standardError / deLong.standardError - 1)).toBeLessThan(0.1);
    expect(Math.abs(bootstrap.low - deLong.low)).toBeLessThan(0.004);
    expect(Math.abs(bootstrap.high - deLong.high)).toBeLessThan(0.004);
  });

  it("gives a metric all columns of the same rows", () => {
    const labels = [0, 1, 0, 1, 1, 0];
    const a = labels.map((label, row) => label + 10 * row);
    const b = labels.map((label, row) => label - 10 * row);
    bootstrapMetric((y, scoresA, scoresB) => {
      y.forEach((label, i) => expect(scoresA[i]! + scoresB[i]!).toBe(2 * label));
      return 0;
    }, [labels, a, b], { replicates: 20 });
    const difference = bootstrapMetric((y, scoresA, scoresB) => computeBrier(y, scoresA) - computeBrier(y, scoresB), [[0, 1, 0, 1], [0.2, 0.7, 0.4, 0.9], [0.2, 0.7, 0.4, 0.9]], { replicates: 20 });
    expect(difference).toMatchObject({ estimate: 0, low: 0, high: 0, standardError: 0 });
  });

  it("draws customers as a whole: repeating every row makes nobody surer", () => {
    const values = draw(150, 8);
    const groups = values.map((_, row) => `c${row}`);
    const alone = bootstrapMetric(mean, [values], { replicates: 1500 });
    const repeated = bootstrapMetric(mean, [[...values, ...values]], { replicates: 1500, groups: [...groups, ...groups] });
    const naive = bootstrapMetric(mean, [[...values, ...values]], { replicates: 1500 });
    expect(repeated.low).toBeCloseTo(alone.low, 12);
    expect(repeated.high).toBeCloseTo(alone.high, 12);
    expect(naive.standardError).toBeLessThan(0.8 * repeated.standardError);
  });

  it("draws groups of unequal size with all their rows", () => {
    const groups = [1, 1, 1, 1, 1, 2, 3];
    const sizes = new Set<number>();
    bootstrapMetric((rows) => {
      sizes.add(rows.length);
      expect(rows.filter((group) => group === 1).length % 5).toBe(0);
      return rows.length;
    }, [groups], { replicates: 200, groups, method: "percentile" });
    expect([...sizes].sort((a, b) => a - b)).toEqual([3, 7, 11, 15]);
  });

  it("leaves out and counts samples of one class", () => {
    const { replicates, undefinedReplicates, low, high } = bootstrapMetric(computeAuc, [[0, 0, 0, 1], [0.1, 0.5, 0.3, 0.4]], { replicates: 1000, method: "percentile" });
    expect(replicates + undefinedReplicates).toBe(1000);
    // No positive drawn: (3/4)⁴ = 0.316, no negative: (1/4)⁴.
    expect(Math.abs(undefinedReplicates - 320)).toBeLessThan(60);
    expect(low >= 0 && low < high && high <= 1).toBe(true);
    expect(bootstrapMetric(() => NaN, [[1, 2, 3]], { replicates: 10 })).toMatchObject({ estimate: NaN, low: NaN, high: NaN, replicates: 0, undefinedReplicates: 10 });
  });

  it("covers the true mean of a skewed variable about as often as it says", () => {
    let covered = 0;
    for (let trial = 0; trial < 400; trial++) {
      const { low, high } = bootstrapMetric(mean, [draw(50, 1000 + trial)], { replicates: 400, level: 0.9, seed: trial });
      if (low <= 1 && 1 <= high) covered++;
    }
    // 360 expected; small samples of a skewed variable cost one or two points of coverage.
    expect(covered).toBeGreaterThan(335);
    expect(covered).toBeLessThan(384);
  });

  it("depends on the seed, gives the same bits in slices, and more replicates begin with the fewer", async () => {
    const columns = [draw(900, 1)] as const;
    const options = { replicates: 300, seed: 4 } as const;
    const phases = new Set<string>();
    const sliced = await runCooperatively(bootstrapMetricSteps(mean, columns, options), { onProgress: ({ phase }) => phases.add(phase) });
    expect(sliced).toEqual(bootstrapMetric(mean, columns, options));
    expect([...phases]).toEqual(["bootstrap", "acceleration"]);
    expect(bootstrapMetric(mean, columns, { ...options, seed: 5 }).low).not.toBe(sliced.low);
    const seen: number[] = [];
    bootstrapMetric((values) => seen[seen.push(mean(values)) - 1]!, columns, { replicates: 5, method: "percentile" });
    const first = seen.slice();
    seen.length = 0;
    bootstrapMetric((values) => seen[seen.push(mean(values)) - 1]!, columns, { replicates: 8, method: "percentile" });
    expect(seen.slice(0, 6)).toEqual(first);
  });

  it("estimates the acceleration from parts where there are many rows", () => {
    const values = draw(2000, 6);
    const bca = bootstrapMetric((sample) => mean(sample) ** 2, [values], { replicates: 2000 });
    const percentile = bootstrapMetric((sample) => mean(sample) ** 2, [values], { replicates: 2000, method: "percentile" });
    expect(Math.abs(bca.low - percentile.low)).toBeLessThan(0.5 * bca.standardError);
    expect(bca.low).not.toBe(percentile.low);
  });

  it("refuses by name, and passes on what the metric throws", () => {
    expectRefusal(() => bootstrapMetric(computeAuc, [[0, 1], [0.1]]), "lengthMismatch", "bootstrapMetric: columns[1] must have 2 values (one for each row of columns[0]); got 1");
    expectRefusal(() => bootstrapMetric(mean, [[1]]), "tooFewRows", "columns must have at least 2 rows; got 1");
    expectRefusal(() => bootstrapMetric(mean, [[1, 2]], { groups: ["a", "a"] }), "tooFewRows", "at least 2 distinct groups; got 1");
    expectRefusal(() => bootstrapMetric(mean, [[1, 2]], { groups: ["a"] }), "lengthMismatch", "groups must have 2 values (one for each row of columns)");
    expectRefusal(() => bootstrapMetric(mean, [["a", "b"]] as never), "invalidInput", "columns[0] must hold numbers; got a text of 1 characters at row 0");
    expectRefusal(() => bootstrapMetric((() => "high") as never, [[1, 2]]), "invalidOption", "metric must return a number; got a text of 4 characters");
    expectRefusal(() => bootstrapMetric(computeBrier, [[0, 1], [0.5, 2]]), "invalidInput", "computeBrier: probabilities must be from 0 to 1");
    expectRefusal(() => bootstrapMetric(mean, [[1, 2]], { replicates: 1 }), "invalidOption", "replicates must be an integer from 2");
  });
});
