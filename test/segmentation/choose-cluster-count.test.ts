import { describe, expect, it, test } from "vitest";
import { featureMatrixFromRows, type FeatureMatrix } from "clientele/data";
import { computeCalinskiHarabasz, computeDaviesBouldin, computeSilhouette } from "clientele/evaluation";
import { chooseClusterCount, chooseClusterCountSteps, fitKMeans } from "clientele/segmentation";
import { fillNormals } from "../../src/numeric/random/normal";
import { RandomStream } from "../../src/numeric/random/random-stream";
import { expectRefusal } from "../support/errors";

/** Four square clouds of 40 points. */
function clouds(): number[][] {
  const random = new RandomStream(11);
  return Array.from({ length: 160 }, (_, i) => [10 * (i % 2) + random.nextFloat(), 10 * (Math.floor(i / 2) % 2) + random.nextFloat()]);
}

/** Rows of correlated normal numbers, each made what `shape` makes of it. */
function oneCloud(rowCount: number, columnCount: number, stream: number, shape: (normal: number) => number = (normal) => normal): FeatureMatrix {
  const random = new RandomStream(2024, stream);
  const normals = new Float64Array(columnCount + 1);
  return featureMatrixFromRows(
    Array.from({ length: rowCount }, () => {
      fillNormals(random, normals);
      const [shared, ...own] = normals;
      return own.map((value) => shape(Math.SQRT1_2 * (value + shared!)));
    }),
  );
}

/** The test of k = 1 alone. */
const testOnly = { to: 2, restarts: 1, references: 0, resamples: 0 };

describe("chooseClusterCount", () => {
  it("finds the four clouds and shows the evidence", () => {
    const matrix = featureMatrixFromRows(clouds());
    const choice = chooseClusterCount(matrix, { to: 6 });
    expect(choice.k).toBe(4);
    expect(choice.model.sizes).toEqual([40, 40, 40, 40]);
    expect(choice.candidates.map(({ k }) => k)).toEqual([2, 3, 4, 5, 6]);
    for (const { k, inertia, silhouette, silhouetteError, calinskiHarabasz, daviesBouldin } of choice.candidates) {
      const model = fitKMeans(matrix, { k });
      const labels = model.predict(matrix);
      expect(inertia).toBe(model.inertia);
      expect(silhouette).toBe(computeSilhouette(matrix, labels).mean);
      expect(silhouetteError).toBe(0);
      expect(calinskiHarabasz).toBe(computeCalinskiHarabasz(matrix, labels));
      expect(daviesBouldin).toBe(computeDaviesBouldin(matrix, labels));
    }
    expect(choice.gap?.candidates.map(({ k }) => k)).toEqual([1, 2, 3, 4, 5, 6]);
    // In a square, two clusters are no better than one, and Tibshirani's rule stops there; the largest gap is at four.
    const gaps = choice.gap!.candidates.map(({ gap }) => gap);
    expect(gaps.indexOf(Math.max(...gaps))).toBe(3);
    expect(choice.candidates[2]?.stability).toMatchObject({ adjustedRand: 1, resamples: 20 });
    expect(choice.candidates[4]!.stability!.adjustedRand).toBeLessThan(0.95);
    expect(choice.evidence).toMatchObject({ status: "clusters", pValue: 0.01, level: 0.02, rowCount: 160, gaussian: { simulations: 99 }, uniform: { simulations: 99 } });
  });

  it("still names a number where there is no evidence of clusters", () => {
    const choice = chooseClusterCount(oneCloud(300, 3, 1), { to: 4, restarts: 2 });
    expect(choice.k).toBeGreaterThanOrEqual(2);
    expect(choice.evidence.status).toBe("none");
    // The simulations end at the tenth deeper valley.
    expect(choice.evidence.gaussian!.simulations).toBeLessThan(99);
    expect(choice.evidence.gaussian!.pValue).toBe(10 / choice.evidence.gaussian!.simulations);
    expect(choice.evidence.pValue).toBe(Math.max(choice.evidence.gaussian!.pValue, choice.evidence.uniform!.pValue));
    expect(choice.gap?.k).toBe(1);
  });

  it("leaves out what is not asked for", () => {
    const { evidence, gap, candidates } = chooseClusterCount(featureMatrixFromRows(clouds()), { to: 2, simulations: 0, references: 0, resamples: 0 });
    expect(evidence).toMatchObject({ status: "notTested", pValue: undefined, gaussian: undefined, uniform: undefined, valley: undefined });
    expect(gap).toBeUndefined();
    expect(candidates[0]!.stability).toBeUndefined();
  });

  it("samples where there are many rows, and says so", () => {
    const choice = chooseClusterCount(oneCloud(3000, 2, 5), { ...testOnly, restarts: 1 });
    expect(choice.evidence.rowCount).toBe(1000);
    expect(chooseClusterCount(oneCloud(400, 60, 5), { ...testOnly, simulations: 1 }).evidence.rowCount).toBe(250);
  });

  it("depends on nothing but the data, the options and the seed", () => {
    const matrix = oneCloud(120, 2, 3);
    const options = { to: 3, restarts: 2 };
    expect(chooseClusterCount(matrix, options)).toEqual(chooseClusterCount(matrix, options));
    expect(chooseClusterCount(matrix, { ...options, seed: 2 }).gap).not.toEqual(chooseClusterCount(matrix, options).gap);
  });

  it("does not depend on the unit", () => {
    const rows = clouds();
    const near = chooseClusterCount(featureMatrixFromRows(rows), { to: 3, restarts: 2 });
    const far = chooseClusterCount(featureMatrixFromRows(rows.map((row) => row.map((value) => value * 2 ** -400))), { to: 3, restarts: 2 });
    expect(far.evidence).toEqual(near.evidence);
    far.gap!.candidates.forEach(({ gap }, i) => expect(gap).toBeCloseTo(near.gap!.candidates[i]!.gap, 9));
  });

  it("works in slices that name what they do", () => {
    const phases = new Set([...chooseClusterCountSteps(featureMatrixFromRows(clouds()), { to: 3 })].map(({ phase }) => phase));
    for (const phase of ["stability", "gap statistic", "clusters or one Gaussian cloud", "clusters or one uniform cloud"]) expect(phases).toContain(phase);
  });

  test("bounds are named", () => {
    const matrix = featureMatrixFromRows([[1], [2], [3], [4]]);
    expect(chooseClusterCount(matrix).candidates.map(({ k }) => k)).toEqual([2, 3]);
    expect(chooseClusterCount(matrix).evidence).toMatchObject({ status: "notTested", rowCount: 4 });
    expect(chooseClusterCount(featureMatrixFromRows([[1], [1], [1], [2], [2]])).candidates.map(({ k }) => k)).toEqual([2]);
    expectRefusal(() => chooseClusterCount(matrix, { to: 4 }), "invalidOption", "to must be an integer from 2 to 3");
    expectRefusal(() => chooseClusterCount(matrix, { level: 0 }), "invalidOption", "level must be a number above 0 and below 1");
    expectRefusal(() => chooseClusterCount(featureMatrixFromRows([[1], [1], [1]])), "tooFewRows", "distinct rows");
    expectRefusal(() => chooseClusterCount(featureMatrixFromRows([[1], [2]])), "tooFewRows", "at least 3 rows");
  });
});

describe("the test of one cloud", () => {
  const softplus = (normal: number): number => Math.log1p(Math.exp(2 * normal));
  const normalShare = (normal: number): number => 1 / (1 + Math.exp(-1.702 * normal));

  it("seldom takes one cloud for clusters, be it Gaussian, flat or skewed", () => {
    const shapes = [undefined, softplus, normalShare];
    const statuses = shapes.flatMap((shape, s) =>
      Array.from({ length: 12 }, (_, i) => chooseClusterCount(oneCloud(100 + 20 * i, 1 + (i % 4), 100 * s + i, shape), { ...testOnly, seed: i }).evidence.status),
    );
    expect(statuses).toHaveLength(36);
    // At a level of 2 %, three or more of 36 would be a chance of 3 %.
    expect(statuses.filter((status) => status === "clusters").length).toBeLessThan(3);
  });

  it("finds clouds that lie apart, in a row or all about, and a small one", () => {
    const centers = {
      row: (i: number): number[] => [5 * (i % 3), 0],
      square: (i: number): number[] => [6 * (i % 2), 6 * (Math.floor(i / 2) % 2)],
      small: (i: number): number[] => (i % 10 === 0 ? [8, 0] : [0, 0]),
    };
    for (const center of Object.values(centers)) {
      const random = new RandomStream(8);
      const normals = new Float64Array(2);
      const rows = Array.from({ length: 400 }, (_, i) => {
        fillNormals(random, normals);
        return center(i).map((at, j) => at + normals[j]!);
      });
      expect(chooseClusterCount(featureMatrixFromRows(rows), testOnly).evidence).toMatchObject({ status: "clusters", pValue: 0.01 });
    }
  });

  it("does not take counts and rounded amounts for heaps", () => {
    const counts = (normal: number): number => Math.floor(Math.exp(0.8 + 0.7 * normal));
    for (const shape of [counts, (normal: number) => Math.log1p(counts(normal)), Math.round]) {
      const matrix = oneCloud(500, 2, 7, shape);
      expect(new Set(matrix.values).size).toBeLessThan(50);
      expect(chooseClusterCount(matrix, testOnly).evidence.status).toBe("none");
    }
  });
});
