import { minMaxScalerFromSpec } from "../features/scale/min-max/model";
import type { ScalerReader } from "./part";

export { minMaxScalerFromSpec, type MinMaxScalerModel } from "../features/scale/min-max/model";

/** Reads the min–max scaler of a saved pipeline, for {@link pipelineFromSpec}. */
export const minMaxScalerReader: ScalerReader = { part: "scaler", kind: "minMaxScaler", read: minMaxScalerFromSpec };
