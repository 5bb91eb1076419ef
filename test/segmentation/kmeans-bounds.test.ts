import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { featureMatrixFromRows } from "clientele/data";
import { fitKMeans } from "clientele/segmentation";
import { RandomStream } from "../../src/numeric/random/random-stream";

interface PlainRun {
  readonly labels: readonly number[];
  readonly centroids: readonly (readonly number[])[];
  readonly iterations: number;
  readonly inertia: number;
}

/** Lloyd's iteration as it stands in a textbook: every distance, every sum anew. Undefined where a cluster loses all its rows. */
function plainLloyd(rows: readonly (readonly number[])[], start: readonly (readonly number[])[], origin: number): PlainRun | undefined {
  let centroids = start.map((centroid) => [...centroid]);
  let labels: number[] = [];
  for (let iterations = 1; ; iterations++) {
    const nearest = rows.map((row) => nearestTo(row, centroids));
    if (nearest.every((label, i) => label === labels[i])) {
      const inertia = rows.reduce((sum, row, i) => sum + squared(row, centroids[labels[i]!]!), 0);
      return { labels, centroids, iterations, inertia };
    }
    labels = nearest;
    const members = centroids.map((_, c) => rows.filter((_row, i) => labels[i] === c));
    if (members.some(({ length }) => length === 0)) return undefined;
    const moved = members.map((part) => part[0]!.map((_, j) => origin + part.reduce((sum, row) => sum + (row[j]! - origin), 0) / part.length));
    if (moved.every((centroid, c) => centroid.every((value, j) => value === centroids[c]![j]))) {
      const inertia = rows.reduce((sum, row, i) => sum + squared(row, centroids[labels[i]!]!), 0);
      return { labels, centroids, iterations, inertia };
    }
    centroids = moved;
  }
}

function nearestTo(row: readonly number[], centroids: readonly (readonly number[])[]): number {
  const squares = centroids.map((centroid) => squared(row, centroid));
  return squares.indexOf(Math.min(...squares));
}

function squared(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, j) => sum + (value - b[j]!) ** 2, 0);
}

/** Sums of these data are exact, so that the plain iteration and ours meet the same means, ties included. */
const KINDS: Readonly<Record<string, { readonly origin: number; readonly draw: (random: RandomStream, width: number) => number[] }>> = {
  "random numbers": { origin: 0, draw: (random, width) => Array.from({ length: width }, () => random.nextInteger(2 ** 20) / 2 ** 20) },
  "scores of which most repeat": { origin: 0, draw: (random, width) => Array.from({ length: width }, () => 1 + random.nextInteger(4)) },
  "rows on one line": {
    origin: 0,
    draw: (random, width) => {
      const t = random.nextInteger(40);
      return Array.from({ length: width }, (_, j) => (j + 1) * t);
    },
  },
  "clouds": {
    origin: 0,
    draw: (random, width) => {
      const cloud = 16 * random.nextInteger(5);
      return Array.from({ length: width }, () => cloud + random.nextInteger(1024) / 128);
    },
  },
  "far from zero": { origin: 1e9, draw: (random, width) => Array.from({ length: width }, () => 1e9 + random.nextInteger(2 ** 12) / 2 ** 10) },
  "large": { origin: 0, draw: (random, width) => Array.from({ length: width }, () => random.nextInteger(1000) * 2 ** 300) },
  "small": { origin: 0, draw: (random, width) => Array.from({ length: width }, () => random.nextInteger(1000) * 2 ** -300) },
};

describe.each(Object.entries(KINDS))("bounds give what the plain iteration gives: %s", (_name, { origin, draw }) => {
  test("the same clusters in as many iterations", () => {
    let compared = 0;
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 40 }), (seed, width, k) => {
        const random = new RandomStream(seed);
        const rows = Array.from({ length: 30 + random.nextInteger(250) }, () => draw(random, width));
        const distinct = [...new Map(rows.map((row) => [row.join(), row])).values()];
        if (distinct.length < k) return;
        const start = distinct.slice(0, k);
        const plain = plainLloyd(rows, start, origin);
        if (plain === undefined) return;
        compared++;
        const matrix = featureMatrixFromRows(rows);
        const model = fitKMeans(matrix, { k, start, tolerance: 0, maxIterations: 1000 });
        expect(Array.from(model.predict(matrix))).toEqual(plain.labels);
        expect(model.iterations).toBe(plain.iterations);
        expect(model.status).toBe("converged");
        expect(Math.abs(model.inertia - plain.inertia)).toBeLessThanOrEqual(1e-12 * plain.inertia);
        model.centroids.forEach((centroid, c) => centroid.forEach((value, j) => expect(Math.abs(value - plain.centroids[c]![j]!)).toBeLessThanOrEqual(4 * Number.EPSILON * Math.abs(value))));
      }),
      { numRuns: 60 },
    );
    expect(compared).toBeGreaterThan(20);
  });
});

test("many clusters, read in groups, with rows wide and narrow", () => {
  const random = new RandomStream(77);
  for (const [rowCount, width, k] of [[700, 3, 60], [500, 40, 50], [600, 1, 30], [400, 2, 25]] as const) {
    const rows = Array.from({ length: rowCount }, () => Array.from({ length: width }, () => random.nextInteger(2 ** 16) / 2 ** 10));
    const start = rows.slice(0, k);
    const plain = plainLloyd(rows, start, 0);
    const matrix = featureMatrixFromRows(rows);
    const model = fitKMeans(matrix, { k, start, tolerance: 0, maxIterations: 1000 });
    expect(plain?.iterations).toBeGreaterThan(4);
    expect(Array.from(model.predict(matrix))).toEqual(plain?.labels);
    expect(model.iterations).toBe(plain?.iterations);
  }
});

test("an iteration that is stopped ends where the plain one is by then", () => {
  const random = new RandomStream(5);
  const rows = Array.from({ length: 300 }, () => [random.nextInteger(2 ** 16), random.nextInteger(2 ** 16), random.nextInteger(2 ** 16)]);
  const matrix = featureMatrixFromRows(rows);
  let centroids: readonly (readonly number[])[] = rows.slice(0, 6);
  for (let maxIterations = 1; maxIterations <= 6; maxIterations++) {
    const labels = rows.map((row) => nearestTo(row, centroids));
    centroids = centroids.map((_, c) => {
      const part = rows.filter((_row, i) => labels[i] === c);
      return part[0]!.map((_value, j) => part.reduce((sum, row) => sum + row[j]!, 0) / part.length);
    });
    const model = fitKMeans(matrix, { k: 6, start: rows.slice(0, 6), tolerance: 0, maxIterations });
    expect(model.centroids).toEqual(centroids);
    expect(model.iterations).toBe(maxIterations);
  }
});

test("the order of the rows changes nothing, to the bit", () => {
  const random = new RandomStream(9);
  const rows = Array.from({ length: 400 }, () => Array.from({ length: 4 }, () => random.nextFloat() * 10 ** random.nextInteger(3)));
  const start = rows.slice(0, 7);
  const model = fitKMeans(featureMatrixFromRows(rows), { k: 7, start, tolerance: 0 });
  const reversed = fitKMeans(featureMatrixFromRows([...rows].reverse()), { k: 7, start, tolerance: 0 });
  expect(reversed.centroids).toEqual(model.centroids);
  expect(reversed.sizes).toEqual(model.sizes);
  expect(reversed.iterations).toBe(model.iterations);
});
