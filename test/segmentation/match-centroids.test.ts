import { describe, expect, test } from "vitest";
import { featureMatrixFromRows } from "clientele/data";
import { fitKMeans, kMeansFromSpec, matchCentroids, refitKMeans, refitKMeansSteps, relabelKMeans, type KMeansModel } from "clientele/segmentation";
import { runToEnd } from "clientele/steps";
import { RandomStream } from "../../src/numeric/random/random-stream";
import { expectRefusal } from "../support/errors";

/** A model with these centroids, in this order. */
function modelOf(...centroids: readonly (readonly number[])[]): KMeansModel {
  return fitKMeans(featureMatrixFromRows(centroids), { k: centroids.length, start: centroids });
}

describe("matchCentroids", () => {
  test("pairs centroids so that the squared distances add up to as little as possible", () => {
    const before = modelOf([0, 0], [10, 0], [0, 10]);
    const found = matchCentroids(before, modelOf([1, 9], [0, 1], [9, 1]));
    expect(found.ids).toEqual([2, 0, 1]);
    expect(found.continued).toEqual([
      { id: 2, before: 2, after: 0, distance: Math.SQRT2, shift: Math.SQRT2 / 10 },
      { id: 0, before: 0, after: 1, distance: 1, shift: 0.1 },
      { id: 1, before: 1, after: 2, distance: Math.SQRT2, shift: Math.SQRT2 / 10 },
    ]);
    // The nearest pair first would leave 4 for 100: 1 + 96² is more than 2 · 49².
    expect(matchCentroids(modelOf([0], [50]), modelOf([49], [99]), { maxShift: 2 }).ids).toEqual([0, 1]);
  });

  test("a centroid that moved too far is another one", () => {
    const before = modelOf([0], [10], [30]);
    const after = modelOf([1], [16], [31]);
    const found = matchCentroids(before, after);
    expect(found).toMatchObject({ ids: [0, 3, 2], nextId: 4, born: [{ id: 3, after: 1 }], ended: [{ id: 1, before: 1 }] });
    expect(matchCentroids(before, after, { maxShift: 0.6 }).ids).toEqual([0, 1, 2]);
    expect(matchCentroids(before, modelOf([1], [9], [31]), { previous: { ids: [7, 4, 9], nextId: 12 } }).ids).toEqual([7, 4, 9]);
  });

  test("more clusters, fewer clusters, one cluster", () => {
    expect(matchCentroids(modelOf([0], [10]), modelOf([10], [20], [0])).ids).toEqual([1, 2, 0]);
    expect(matchCentroids(modelOf([0], [10], [20]), modelOf([20], [0]))).toMatchObject({ ids: [2, 0], ended: [{ id: 1, before: 1 }] });
    expect(matchCentroids(modelOf([0]), modelOf([99])).continued).toEqual([{ id: 0, before: 0, after: 0, distance: 99, shift: null }]);
  });

  test("refuses other features", () => {
    expectRefusal(() => matchCentroids(modelOf([0]), modelOf([0, 1])), "featureMismatch", "after must have the features of before");
    expectRefusal(() => matchCentroids(modelOf([0]), {} as unknown as KMeansModel), "invalidInput", "after must be a KMeansModel");
  });
});

describe("relabelKMeans", () => {
  test("puts clusters in the order of their ids and leaves all else", () => {
    const model = fitKMeans(featureMatrixFromRows([[1], [2], [3], [10], [12], [30]]), { k: 3 });
    const { model: relabelled, ids } = relabelKMeans(model, [5, 0, 3]);
    expect(ids).toEqual([0, 3, 5]);
    expect(relabelled.centroids).toEqual([model.centroids[1], model.centroids[2], model.centroids[0]]);
    expect(relabelled.sizes).toEqual([model.sizes[1], model.sizes[2], model.sizes[0]]);
    expect(relabelled.inertia).toBe(model.inertia);
    expect(kMeansFromSpec(JSON.parse(JSON.stringify(relabelled)))).toEqual(relabelled);
    const matrix = featureMatrixFromRows([[0], [11], [29]]);
    expect(Array.from(relabelled.predict(matrix), (cluster) => ids[cluster])).toEqual(Array.from(model.predict(matrix), (cluster) => [5, 0, 3][cluster]));
    expectRefusal(() => relabelKMeans(model, [0, 1]), "invalidInput", "at least 3");
  });
});

describe("refitKMeans", () => {
  /** Two-dimensional normal clouds round these centres. */
  function clouds(centres: readonly (readonly number[])[], seed: number): ReturnType<typeof featureMatrixFromRows> {
    const random = new RandomStream(seed);
    return featureMatrixFromRows(
      centres.flatMap((centre) => Array.from({ length: 100 }, () => centre.map((c) => c + random.nextFloat() + random.nextFloat() - 1))),
      ["a", "b"],
    );
  }
  const previous = fitKMeans(clouds([[0, 0], [5, 0], [0, 5]], 1), { k: 3 });
  const newer = clouds([[0.3, 0.2], [5, 0.4], [0.1, 5.3]], 2);

  test("keeps the numbers, counts who moved and how far the centroids did", () => {
    const { model, moved, shifts, previousInertia, freshInertia } = refitKMeans(newer, previous, { compareRestarts: 5 });
    expect(matchCentroids(previous, model).ids).toEqual([0, 1, 2]);
    const [before, after] = [previous.predict(newer), model.predict(newer)];
    const count = before.filter((cluster, row) => cluster !== after[row]).length;
    expect(moved).toMatchObject({ count, share: count / 300 });
    model.centroids.forEach((centroid, c) => expect(shifts[c]).toBeCloseTo(Math.hypot(centroid[0]! - previous.centroids[c]![0]!, centroid[1]! - previous.centroids[c]![1]!), 12));
    const distances = previous.distances(newer);
    const inertia = Array.from(before).reduce((sum, cluster, row) => sum + distances[row * 3 + cluster]! ** 2, 0);
    expect(previousInertia).toBeCloseTo(inertia, 8);
    expect(model.inertia).toBeLessThanOrEqual(previousInertia);
    expect(freshInertia).toBeCloseTo(model.inertia, 8);
  });

  test("segments that no longer fit show in the inertia", () => {
    // Two of the old segments sit in what is nearly one group now, the third has to serve two.
    const { model, freshInertia } = refitKMeans(clouds([[0, 0], [5, 0], [-20, 40], [20, 40]], 3), previous, { compareRestarts: 10 });
    expect(freshInertia).toBeLessThan(0.1 * model.inertia);
    expect(refitKMeans(newer, previous).freshInertia).toBeNull();
  });

  test("in slices: the same", () => {
    expect(runToEnd(refitKMeansSteps(newer, previous))).toEqual(refitKMeans(newer, previous));
  });

  test("refuses other columns", () => {
    expectRefusal(() => refitKMeans(featureMatrixFromRows([[1], [2], [3]], ["a"]), previous), "featureMismatch", `column 1 must be "b"`);
    expectRefusal(() => refitKMeans(newer, {} as unknown as KMeansModel), "invalidInput", "previous must be a KMeansModel");
  });
});
