import { SpecReader } from "../../errors/spec";
import type { Estimate } from "../transaction-model/estimate";
import { readEstimate, type EstimateSpec } from "../transaction-model/spec";
import { SHIFTED_BETA_GEOMETRIC_PARAMETERS, type ShiftedBetaGeometricParameter } from "./parameters";

/** The saved form of a `ShiftedBetaGeometricModel`. */
export type ShiftedBetaGeometricSpec = EstimateSpec<"shiftedBetaGeometric", ShiftedBetaGeometricParameter>;

/** Reads a saved shifted-beta-geometric model out of untrusted JSON. */
export function readShiftedBetaGeometricSpec(caller: string, value: unknown): Estimate<ShiftedBetaGeometricParameter> {
  return readEstimate(SpecReader.open(caller, value, "shiftedBetaGeometric", 1), SHIFTED_BETA_GEOMETRIC_PARAMETERS, ["converged", "unidentified", "iterationLimit"]);
}
