/** Nodes and weights of a quadrature rule on (0, 1). */
export interface QuadratureRule {
  readonly nodes: Float64Array;
  readonly weights: Float64Array;
}

/**
 * The Gauss–Legendre rule with `size` nodes on (0, 1), exact for polynomials up to degree 2 · size − 1.
 *
 * Zeros of the Legendre polynomial by Newton's method from Tricomi's approximation; the nodes are good to about 1e-16.
 */
export function gaussLegendre(size: number): QuadratureRule {
  const nodes = new Float64Array(size);
  const weights = new Float64Array(size);
  for (let i = 0; i < Math.ceil(size / 2); i++) {
    let x = Math.cos((Math.PI * (i + 0.75)) / (size + 0.5)) * (1 - (size - 1) / (8 * size ** 3));
    let slope = 1;
    // Convergence is quadratic from about four digits; the last round is there for the slope.
    for (let round = 0; round < 5; round++) {
      let previous = 1;
      let value = x;
      for (let degree = 2; degree <= size; degree++) {
        const next = ((2 * degree - 1) * x * value - (degree - 1) * previous) / degree;
        previous = value;
        value = next;
      }
      slope = size === 1 ? 1 : (size * (x * value - previous)) / (x * x - 1);
      x -= value / slope;
    }
    const weight = 1 / ((1 - x * x) * slope * slope);
    nodes[i] = (1 - x) / 2;
    nodes[size - 1 - i] = (1 + x) / 2;
    weights[i] = weight;
    weights[size - 1 - i] = weight;
  }
  return { nodes, weights };
}
