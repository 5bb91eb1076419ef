import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { assignRiskBands } from "../../../src/churn/decide/bands";
import { computeRiskPercentiles } from "../../../src/churn/decide/percentiles";
import { chooseThreshold, type ThresholdPoint } from "../../../src/churn/decide/threshold";
import type { ThresholdRule } from "../../../src/churn/decide/threshold-rule";
import { expectRefusal } from "../../support/errors";

describe("bands and percentiles", () => {
  it("are what their limits say, a probability at a limit in the upper band", () => {
    const { column, counts, limits } = assignRiskBands([0, 0.1999, 0.2, 0.4999, 0.5, 1], { medium: 0.2, high: 0.5 });
    expect([...column.codes]).toEqual([0, 0, 1, 1, 2, 2]);
    expect(counts).toEqual({ low: 2, medium: 2, high: 2 });
    expect(JSON.parse(JSON.stringify(limits))).toEqual({ medium: 0.2, high: 0.5 });
  });

  it("differ: without high risks somebody is still above most", () => {
    const quiet = Array.from({ length: 100 }, (_, i) => i / 1000);
    expect(assignRiskBands(quiet, { medium: 0.2, high: 0.5 }).counts.low).toBe(100);
    expect(computeRiskPercentiles(quiet).at(-1)).toBe(99.5);
  });

  it("count equal probabilities by half, like the definition", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 40 }), fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 40 }), (rows, others) => {
        const expected = rows.map((row) => (100 * (others.filter((other) => other < row).length + others.filter((other) => other === row).length / 2)) / others.length);
        const found = computeRiskPercentiles(rows.map((row) => row / 10), { among: others.map((other) => other / 10) });
        found.forEach((percentile, i) => expect(percentile).toBeCloseTo(expected[i]!, 10));
      }),
    );
  });

  it("refuse limits out of order and what is no probability", () => {
    expectRefusal(() => assignRiskBands([0.1], { medium: 0.5, high: 0.5 }), "invalidOption", "high", "above medium");
    expectRefusal(() => assignRiskBands([0.1], { medium: 0, high: 0.5 }), "invalidOption", "medium");
    expectRefusal(() => assignRiskBands([1.5], { medium: 0.2, high: 0.5 }), "invalidInput", "from 0 to 1");
    expectRefusal(() => computeRiskPercentiles([0.1], { among: [] }), "tooFewRows", "among");
  });
});

const labels = [1, 1, 0, 1, 0, 0, 0, 0];
const probabilities = [0.9, 0.7, 0.6, 0.5, 0.3, 0.2, 0.1, 0.1];

describe("a threshold", () => {
  it("by profit is the one with the highest profit, worked out by hand", () => {
    // A leaver who is contacted brings 0.3 · (100 − 20) − 10 = 14, another customer −20 − 10 = −30.
    const { chosen, nobody, everybody, curve, breakEven } = chooseThreshold(labels, probabilities, { by: "profit", benefit: 100, successRate: 0.3, contactCost: 10, offerCost: 20 });
    expect([...curve.values]).toEqual([0, 14, 28, -2, 12, -18, -48, -108]);
    expect([...curve.thresholds]).toEqual([Infinity, 0.9, 0.7, 0.6, 0.5, 0.3, 0.2, 0.1]);
    expect([...curve.contactedCounts]).toEqual([0, 1, 2, 3, 4, 5, 6, 8]);
    expect([...curve.leaverCounts]).toEqual([0, 1, 2, 2, 3, 3, 3, 3]);
    expect(chosen).toEqual({ threshold: 0.7, contactedCount: 2, leaverCount: 2, value: 28 });
    expect(nobody).toEqual({ threshold: null, contactedCount: 0, leaverCount: 0, value: 0 });
    expect(everybody).toEqual({ threshold: 0.1, contactedCount: 8, leaverCount: 3, value: -108 });
    // p · 24 − (1 − p) · 20 − 10 = 0
    expect(breakEven).toBeCloseTo(30 / 44, 15);
  });

  it("by profit can be that nobody is contacted, and takes the benefit of each row", () => {
    expect(chooseThreshold(labels, probabilities, { by: "profit", benefit: 10, successRate: 0.3, contactCost: 10 })).toMatchObject({ chosen: { threshold: null, value: 0 }, breakEven: 10 / 3 });
    const each = chooseThreshold(labels, probabilities, { by: "profit", benefit: [0, 0, 0, 1000, 0, 0, 0, 0], successRate: 0.5, contactCost: 10 });
    expect(each.chosen).toEqual({ threshold: 0.5, contactedCount: 4, leaverCount: 3, value: 460 });
    expect(each.breakEven).toBeNull();
  });

  it("by capacity contacts as many as it can, never a part of those of equal probability", () => {
    const threshold = (rule: ThresholdRule): [number | null, number] => {
      const { chosen } = chooseThreshold(labels, probabilities, rule);
      return [chosen.threshold, chosen.contactedCount];
    };
    expect(threshold({ by: "capacity", count: 3 })).toEqual([0.6, 3]);
    expect(threshold({ by: "capacity", count: 7 })).toEqual([0.2, 6]);
    expect(threshold({ by: "capacity", count: 8 })).toEqual([0.1, 8]);
    expect(threshold({ by: "capacity", count: 0 })).toEqual([null, 0]);
    expect(threshold({ by: "capacity", share: 0.3 })).toEqual([0.7, 2]);
    expect(chooseThreshold(labels, probabilities, { by: "capacity", count: 3 }).chosen.value).toBe(2);
  });

  it("by cost is that of the least cost, and its break-even that of Elkan", () => {
    const rule = { by: "cost", falsePositive: 1, falseNegative: 4, truePositive: 0.5, trueNegative: 0.25 } as const;
    const { chosen, nobody, breakEven } = chooseThreshold(labels, probabilities, rule);
    expect(nobody.value).toBe(-(3 * 4 + 5 * 0.25));
    // At 0.5: three leavers found, one contacted for nothing, four left alone.
    expect(chosen).toEqual({ threshold: 0.5, contactedCount: 4, leaverCount: 3, value: -(3 * 0.5 + 1 + 4 * 0.25) });
    expect(breakEven).toBeCloseTo(0.75 / (0.75 + 3.5), 15);
  });

  it("equals a search over all thresholds, fewest contacts first, whatever the data", () => {
    const row = fc.record({ label: fc.integer({ min: 0, max: 1 }), score: fc.integer({ min: 0, max: 6 }) });
    const cost = fc.integer({ min: 0, max: 40 });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 25 }), fc.record({ benefit: cost, contactCost: cost, offerCost: cost }), (rows, { benefit, contactCost, offerCost }) => {
        const { chosen } = chooseThreshold(rows.map(({ label }) => label), rows.map(({ score }) => score), { by: "profit", benefit, successRate: 0.5, contactCost, offerCost });
        const points = [Infinity, 6, 5, 4, 3, 2, 1, 0].map((threshold): ThresholdPoint => {
          const contacted = rows.filter(({ score }) => score >= threshold);
          const leaverCount = contacted.filter(({ label }) => label === 1).length;
          const value = leaverCount * 0.5 * (benefit - offerCost) - (contacted.length - leaverCount) * offerCost - contacted.length * contactCost;
          return { threshold: contacted.length === 0 ? null : Math.min(...contacted.map(({ score }) => score)), contactedCount: contacted.length, leaverCount, value: value + 0 };
        });
        const best = points.reduce((top, point) => (point.value > top.value ? point : top));
        expect(chosen).toEqual(best);
      }),
    );
  });

  it("of calibrated probabilities lies at the break-even", () => {
    // 20,000 customers whose probabilities are exactly right.
    const p = Array.from({ length: 20_000 }, (_, i) => (i % 100) / 100 + 0.005);
    const y = p.map((probability, i) => (Math.floor(i / 100) / 200 < probability ? 1 : 0));
    const { chosen, breakEven } = chooseThreshold(y, p, { by: "profit", benefit: 100, successRate: 0.4, contactCost: 12, offerCost: 5 });
    expect(Math.abs(chosen.threshold! - breakEven!)).toBeLessThan(0.01);
  });

  it("is plain JSON", () => {
    const { chosen, nobody } = chooseThreshold(labels, probabilities, { by: "capacity", count: 3 });
    expect(JSON.parse(JSON.stringify({ chosen, nobody }))).toEqual({ chosen, nobody });
  });

  it("needs a rule that makes sense", () => {
    const refuse = (rule: unknown, ...words: string[]): void => {
      expectRefusal(() => chooseThreshold(labels, probabilities, rule as ThresholdRule), "invalidOption", ...words);
    };
    refuse(undefined, "rule");
    refuse({ by: "hope" }, "rule.by");
    refuse({ by: "profit", benefit: 100, successRate: 0, contactCost: 1 }, "rule.successRate");
    refuse({ by: "profit", benefit: "much", successRate: 0.5, contactCost: 1 }, "rule.benefit");
    expectRefusal(() => chooseThreshold(labels, probabilities, { by: "profit", benefit: 1, successRate: 0.5, contactCost: 1, offercost: 3 } as ThresholdRule), "unknownOption", "offerCost");
    refuse({ by: "capacity" }, "count or as share");
    refuse({ by: "capacity", count: 3, share: 0.5 }, "both");
    refuse({ by: "cost", falsePositive: 1, falseNegative: 1, truePositive: 1 }, "more for a wrong decision");
    expectRefusal(() => chooseThreshold(labels, probabilities, { by: "profit", benefit: [1], successRate: 0.5, contactCost: 1 }), "lengthMismatch", "benefit");
    expectRefusal(() => chooseThreshold(labels, [NaN], { by: "capacity", count: 1 }), "lengthMismatch", "scores");
  });
});
