import { plattFromSpec } from "../churn/calibrate/platt/model";
import type { CalibratorReader } from "./part";

export { plattFromSpec, type PlattModel } from "../churn/calibrate/platt/model";

/** Reads the calibration of Platt's of a saved pipeline, for {@link pipelineFromSpec}. */
export const plattReader: CalibratorReader = { part: "calibrator", kind: "platt", read: plattFromSpec };
