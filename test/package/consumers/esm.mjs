import assert from "node:assert/strict";
import { ClienteleError, featureMatrixFromRows, fitKMeans } from "clientele";
import { kMeansFromSpec } from "clientele/scoring";
import * as segmentation from "clientele/segmentation";

const matrix = featureMatrixFromRows([[1], [2], [3], [10], [12]], ["orders"]);
const model = fitKMeans(matrix, { k: 2 });
assert.deepEqual(model.centroids, [[2], [11]]);
assert.equal(segmentation.fitKMeans, fitKMeans, "root and subpath hold one copy");
assert.deepEqual([...kMeansFromSpec(JSON.parse(JSON.stringify(model))).predict(matrix)], [0, 0, 0, 1, 1]);
assert.throws(() => segmentation.fitKMeans(matrix, { k: 9 }), (error) => error instanceof ClienteleError && error.code === "invalidOption");
console.log("works");
