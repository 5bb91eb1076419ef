import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { HistoryTerms } from "../../../src/clv/pareto-nbd/likelihood";
import { paretoNbdKernel } from "../../../src/clv/pareto-nbd/predict";
import { PowerIntegral } from "../../../src/clv/pareto-nbd/power-integral";
import { points, named } from "../../reference/pareto-nbd/points.json";

type Four = [number, number, number, number];
const termsAt = (parameters: readonly number[]): HistoryTerms => new HistoryTerms(...(parameters as Four));
const fillAt = (terms: HistoryTerms, row: readonly number[]): number => terms.fill(...(row as [number, number, number]));

describe("mpmath: 600 random histories at random parameters, and those on which other programs fail", () => {
  test("every log-likelihood is finite, and right to 1e-12", () => {
    let worst = 0;
    for (const { parameters, row, logLikelihood } of [...points, ...named]) {
      const wanted = Number(logLikelihood);
      const error = Math.abs(fillAt(termsAt(parameters), row) - wanted) / Math.max(1, Math.abs(wanted));
      worst = Math.max(worst, Number.isNaN(error) ? Infinity : error);
    }
    expect(worst).toBeLessThan(1e-12);
  });

  test("every derivative is finite", () => {
    for (const { parameters, row } of [...points, ...named]) {
      const terms = termsAt(parameters);
      fillAt(terms, row);
      expect([...terms.gradient, ...terms.hessian].every(Number.isFinite), JSON.stringify({ parameters, row })).toBe(true);
    }
  });
});

/** f′(x) by Ridders' method of central differences at steps that shrink. */
function derivativeOf(f: (x: number) => number, x: number): number {
  const table: number[] = [];
  let best = NaN;
  let error = Infinity;
  for (let i = 0, step = 0.05 * x; i < 9; i++, step /= 1.6) {
    let entry = (f(x + step) - f(x - step)) / (2 * step);
    for (let j = 0, factor = 1.6 ** 2; j <= i; j++, factor *= 1.6 ** 2) {
      const previous = table[j];
      table[j] = entry;
      if (previous === undefined) break;
      const next = (factor * entry - previous) / (factor - 1);
      const change = Math.max(Math.abs(next - entry), Math.abs(next - previous));
      if (change < error) {
        error = change;
        best = next;
      }
      entry = next;
    }
  }
  return best;
}

const positive = (low: number, high: number) => fc.double({ min: Math.log(low), max: Math.log(high), noNaN: true }).map(Math.exp);
const history = fc.record({ x: fc.integer({ min: 0, max: 60 }), share: fc.double({ min: 0, max: 1, noNaN: true }), T: positive(0.5, 300) })
  .map(({ x, share, T }) => [x, x === 0 ? 0 : share * T, T]);

test("gradient and Hessian are the derivatives of the value", () => {
  fc.assert(
    fc.property(fc.tuple(positive(0.05, 20), positive(0.1, 300), positive(0.05, 20), positive(0.1, 300)), history, (parameters, row) => {
      const terms = termsAt(parameters);
      const value = fillAt(terms, row);
      for (let j = 0; j < 4; j++) {
        const moved = (to: number) => parameters.map((each, i) => (i === j ? to : each));
        const slope = derivativeOf((to) => fillAt(termsAt(moved(to)), row), parameters[j]!);
        // Differences keep fewer digits of a large value.
        const scale = (1 + Math.abs(value) * 1e-4) / parameters[j]!;
        expect(Math.abs(terms.gradient[j]! - slope)).toBeLessThanOrEqual(1e-6 * (Math.abs(slope) + scale));
        for (let k = 0; k <= j; k++) {
          const curve = derivativeOf((to) => {
            const there = termsAt(moved(to));
            fillAt(there, row);
            return there.gradient[k]!;
          }, parameters[j]!);
          expect(Math.abs(terms.hessian[k * 4 + j]! - curve), `${k} ${j}`).toBeLessThanOrEqual(1e-6 * (Math.abs(curve) + scale / parameters[k]!));
        }
      }
    }),
    { numRuns: 60 },
  );
});

test("random parameters and histories: all finite, all within bounds", () => {
  fc.assert(
    fc.property(
      fc.tuple(positive(1e-3, 1e3), positive(1e-4, 1e5), positive(1e-3, 1e3), positive(1e-4, 1e5)),
      fc.record({ x: fc.integer({ min: 0, max: 5000 }), share: fc.double({ min: 0, max: 1, noNaN: true }), T: positive(1e-6, 1e5), t: positive(1e-6, 1e5) }),
      (parameters, { x, share, T, t }) => {
        const row = [x, x === 0 ? 0 : share * T, T] as const;
        const [r, alpha, s, beta] = parameters;
        const kernel = paretoNbdKernel({ r, alpha, s, beta });
        const terms = termsAt(parameters);
        expect(Number.isFinite(fillAt(terms, row))).toBe(true);
        expect([...terms.gradient, ...terms.hessian].every(Number.isFinite)).toBe(true);
        for (const probability of [kernel.alive(...row), kernel.survival(x, T, t), kernel.anyPurchase(x, T, t), kernel.anyPurchase(x, T, Infinity), kernel.count(x, T, t, 3)]) {
          expect(probability).toBeGreaterThanOrEqual(0);
          expect(probability).toBeLessThanOrEqual(1);
        }
        const expected = kernel.purchases(x, T, t);
        const discounted = kernel.discounted(x, T, t, 0.001);
        expect(Number.isFinite(expected)).toBe(true);
        expect(discounted).toBeGreaterThanOrEqual(0);
        expect(discounted).toBeLessThanOrEqual(expected * (1 + 1e-12));
      },
    ),
    { numRuns: 10_000 },
  );
}, 60_000);

test("the integral: whole intervals are the sum of their parts, to infinity and beyond the cut", () => {
  const integral = new PowerIntegral();
  const { exp, log } = Math;
  fc.assert(
    fc.property(fc.tuple(positive(0.01, 500), positive(0.3, 500), positive(1e-3, 1e4), positive(1e-3, 1e4)), positive(1e-3, 1e5), (parameters, cut) => {
      const [p, q, alpha, beta] = parameters;
      fc.pre(p + q > 1.01);
      const whole = exp(integral.log(p, q, alpha, beta, 0, Infinity));
      const first = exp(integral.log(p, q, alpha, beta, 0, cut));
      // Relative to its own left end.
      const second = exp(integral.log(p, q, alpha, beta, cut, Infinity) - p * log(1 + cut / alpha) - q * log(1 + cut / beta));
      expect(Math.abs((first + second) / whole - 1)).toBeLessThan(1e-11);
    }),
    { numRuns: 500 },
  );
  expect(integral.log(1, 1, 1, 1, 3, 3)).toBe(-Infinity);
});
