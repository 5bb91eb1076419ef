import { standardScalerFromSpec } from "../features/standardize/model";
import type { ScalerReader } from "./part";

export { standardScalerFromSpec, type StandardScalerModel } from "../features/standardize/model";

/** Reads the standard scaler of a saved pipeline, for {@link pipelineFromSpec}. */
export const standardScalerReader: ScalerReader = { part: "scaler", kind: "standardScaler", read: standardScalerFromSpec };
