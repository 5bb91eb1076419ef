import { encoderFromSpec } from "../features/encode/model";
import type { EncoderReader } from "./part";

export { encoderFromSpec, type EncoderModel } from "../features/encode/model";

/** Reads the encoder of a saved pipeline, for {@link pipelineFromSpec}. */
export const encoderReader: EncoderReader = { part: "encoder", kind: "encoder", read: encoderFromSpec };
