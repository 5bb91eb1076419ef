import { robustScalerFromSpec } from "../features/scale/robust/model";
import type { ScalerReader } from "./part";

export { robustScalerFromSpec, type RobustScalerModel } from "../features/scale/robust/model";

/** Reads the robust scaler of a saved pipeline, for {@link pipelineFromSpec}. */
export const robustScalerReader: ScalerReader = { part: "scaler", kind: "robustScaler", read: robustScalerFromSpec };
