import { describe, expect, test } from "vitest";
import { incompleteBeta } from "../../src/numeric/special/incomplete-beta";
import { logGamma } from "../../src/numeric/special/log-gamma";
import { normalQuantile } from "../../src/numeric/special/normal-quantile";
import { studentTUpperQuantile } from "../../src/numeric/special/student-t";
import { differenceBounds, wilsonBounds } from "../../src/numeric/statistics/proportion-interval";
import expected from "../reference/special-functions/expected.json";

function expectNear(found: number, wanted: number, relative: number): void {
  expect(Math.abs(found - wanted), `${found} for ${wanted}`).toBeLessThanOrEqual(relative * Math.max(Math.abs(wanted), Number.MIN_VALUE));
}

describe("equals SciPy", () => {
  test("normal quantiles", () => {
    for (const { p, quantile } of expected.normal) expectNear(normalQuantile(p), quantile, 1e-14);
  });

  test("quantiles of Student's t", () => {
    for (const { tail, degrees, quantile } of expected.studentT) expectNear(studentTUpperQuantile(tail, degrees), quantile, 2e-12);
  });

  test("the incomplete beta function, to 1e-16 of a + b", () => {
    for (const { x, a, b, value } of expected.beta) expectNear(incompleteBeta(x, a, b), value, 1e-14 + 1e-15 * (a + b));
  });

  test("log Γ", () => {
    for (const { x, value } of expected.logGamma) expect(Math.abs(logGamma(x) - value)).toBeLessThanOrEqual(8e-15 * Math.max(1, Math.abs(value)));
  });

  test("Wilson's interval", () => {
    for (const { count, total, confidence, interval } of expected.wilson) {
      const bounds = wilsonBounds(count, total, normalQuantile((1 + confidence) / 2));
      bounds.forEach((bound, i) => expect(Math.abs(bound - interval[i]!)).toBeLessThanOrEqual(1e-14));
    }
  });
});

test("Newcombe's interval of a difference, as he printed it", () => {
  for (const { counts: [a, m, b, n], interval } of expected.newcombe) {
    const bounds = differenceBounds(a!, m!, b!, n!, normalQuantile(0.975));
    bounds.forEach((bound, i) => expect(bound).toBeCloseTo(interval[i]!, 4));
  }
});

test("ends of the normal distribution", () => {
  expect([0, 0.5, 1].map(normalQuantile)).toEqual([-Infinity, 0, Infinity]);
});
