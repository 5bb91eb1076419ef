import { featureMatrixFromRows } from "clientele/data";
import { fitKMeans } from "clientele/segmentation";

export const model = fitKMeans(featureMatrixFromRows([[1], [2]]), { k: "two" });
