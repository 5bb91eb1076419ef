import { logScalerFromSpec } from "../features/scale/log/model";
import type { ScalerReader } from "./part";

export { logScalerFromSpec, type LogScalerModel } from "../features/scale/log/model";

/** Reads the log scaler of a saved pipeline, for {@link pipelineFromSpec}. */
export const logScalerReader: ScalerReader = { part: "scaler", kind: "logScaler", read: logScalerFromSpec };
