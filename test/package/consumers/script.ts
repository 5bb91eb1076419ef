import { featureMatrixFromRows, type FeatureMatrix } from "clientele/data";
import { fitKMeans, type KMeansModel } from "clientele/segmentation";

const matrix: FeatureMatrix = featureMatrixFromRows([[1], [2], [3], [10], [12]], ["orders"]);
const model: KMeansModel = fitKMeans(matrix, { k: 2, seed: undefined });
const clusters: Int32Array = model.predict(matrix);
if (clusters.join() !== "0,0,0,1,1") throw new Error(clusters.join());
console.log("works");
