import { expect, test } from "vitest";
import { decilesOf } from "../../src/analysis/risk-deciles";

test("customers of equal probability count by their mean, so that sorted rows make no lift", () => {
  const labels = Uint8Array.from({ length: 100 }, (_, i) => (i < 50 ? 1 : 0));
  const deciles = decilesOf(labels, new Float64Array(100).fill(0.5));
  expect(deciles.map(({ churnRate, customerCount }) => [churnRate, customerCount])).toEqual(Array.from({ length: 10 }, () => [0.5, 10]));
});

test("groups of equal size by one, from the highest probability to the lowest", () => {
  const probabilities = Float64Array.from({ length: 25 }, (_, i) => i / 100);
  const labels = Uint8Array.from({ length: 25 }, (_, i) => (i >= 20 ? 1 : 0));
  const deciles = decilesOf(labels, probabilities);
  expect(deciles.reduce((sum, { customerCount }) => sum + customerCount, 0)).toBe(25);
  expect(deciles.every(({ customerCount }) => customerCount === 2 || customerCount === 3)).toBe(true);
  expect(deciles[0]!.churnRate).toBe(1);
  expect(deciles[9]).toMatchObject({ churnRate: 0 });
  expect(deciles.reduce((sum, { churnRate, customerCount }) => sum + churnRate * customerCount, 0)).toBeCloseTo(5, 12);
});
