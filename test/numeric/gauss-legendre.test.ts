import { expect, test } from "vitest";
import { gaussLegendre } from "../../src/numeric/quadrature/gauss-legendre";

test.each([1, 2, 3, 7, 16, 32, 48, 64])("%i nodes are exact up to degree 2n − 1", (size) => {
  const { nodes, weights } = gaussLegendre(size);
  for (let degree = 0; degree <= 2 * size - 1; degree++) {
    const sum = nodes.reduce((total, x, i) => total + weights[i]! * x ** degree, 0);
    expect(Math.abs(sum * (degree + 1) - 1), `degree ${degree}`).toBeLessThan(1e-13);
  }
  const beyond = nodes.reduce((total, x, i) => total + weights[i]! * x ** (2 * size), 0);
  if (size <= 7) expect(Math.abs(beyond * (2 * size + 1) - 1)).toBeGreaterThan(1e-9);
});

test("nodes ascend within (0, 1), symmetric about ½", () => {
  const { nodes, weights } = gaussLegendre(33);
  for (let i = 0; i < 33; i++) {
    expect(nodes[i]).toBeGreaterThan(i === 0 ? 0 : nodes[i - 1]!);
    expect(nodes[i]! + nodes[32 - i]!).toBeCloseTo(1, 15);
    expect(weights[i]).toBe(weights[32 - i]);
  }
});
