import { isotonicFromSpec } from "../churn/calibrate/isotonic/model";
import type { CalibratorReader } from "./part";

export { isotonicFromSpec, type IsotonicModel } from "../churn/calibrate/isotonic/model";

/** Reads the isotonic calibration of a saved pipeline, for {@link pipelineFromSpec}. */
export const isotonicReader: CalibratorReader = { part: "calibrator", kind: "isotonic", read: isotonicFromSpec };
