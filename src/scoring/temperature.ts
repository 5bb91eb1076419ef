import { temperatureFromSpec } from "../churn/calibrate/temperature/model";
import type { CalibratorReader } from "./part";

export { temperatureFromSpec, type TemperatureModel } from "../churn/calibrate/temperature/model";

/** Reads the temperature of a saved pipeline, for {@link pipelineFromSpec}. */
export const temperatureReader: CalibratorReader = { part: "calibrator", kind: "temperature", read: temperatureFromSpec };
