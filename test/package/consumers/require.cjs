const assert = require("node:assert/strict");
const { ClienteleError, featureMatrixFromRows } = require("clientele");
const { fitKMeans } = require("clientele/segmentation");

const matrix = featureMatrixFromRows([[1], [2], [3], [10], [12]], ["orders"]);
assert.deepEqual(fitKMeans(matrix, { k: 2 }).centroids, [[2], [11]]);

import("clientele/segmentation").then((imported) => {
  assert.equal(imported.fitKMeans, fitKMeans, "require and import hold one copy");
  assert.throws(() => imported.fitKMeans(matrix, { k: 9 }), ClienteleError);
  console.log("works");
});
