import { expect, test } from "vitest";
import { featureMatrixFromRows } from "clientele/data";
import { computeSilhouette } from "clientele/evaluation";
import { chooseClusterCount, fitKMeans } from "clientele/segmentation";
import { RandomStream } from "../../src/numeric/random/random-stream";
import { expectRefusal } from "../support/errors";

/** Four square clouds of 40 points. */
function clouds(): number[][] {
  const random = new RandomStream(11);
  return Array.from({ length: 160 }, (_, i) => [10 * (i % 2) + random.nextFloat(), 10 * (Math.floor(i / 2) % 2) + random.nextFloat()]);
}

test("finds the four clouds and shows the evidence", () => {
  const matrix = featureMatrixFromRows(clouds());
  const choice = chooseClusterCount(matrix, { to: 6 });
  expect(choice.k).toBe(4);
  expect(choice.model.sizes).toEqual([40, 40, 40, 40]);
  expect(choice.candidates.map(({ k }) => k)).toEqual([2, 3, 4, 5, 6]);
  for (const { k, inertia, silhouette, silhouetteError } of choice.candidates) {
    const model = fitKMeans(matrix, { k });
    expect(inertia).toBe(model.inertia);
    expect(silhouette).toBe(computeSilhouette(matrix, model.predict(matrix)).mean);
    expect(silhouetteError).toBe(0);
  }
});

test("bounds are named", () => {
  const matrix = featureMatrixFromRows([[1], [2], [3], [4]]);
  expect(chooseClusterCount(matrix).candidates.map(({ k }) => k)).toEqual([2, 3]);
  expect(chooseClusterCount(featureMatrixFromRows([[1], [1], [1], [2], [2]])).candidates.map(({ k }) => k)).toEqual([2]);
  expectRefusal(() => chooseClusterCount(matrix, { to: 4 }), "invalidOption", "to must be an integer from 2 to 3");
  expectRefusal(() => chooseClusterCount(featureMatrixFromRows([[1], [1], [1]])), "tooFewRows", "distinct rows");
  expectRefusal(() => chooseClusterCount(featureMatrixFromRows([[1], [2]])), "tooFewRows", "at least 3 rows");
});
