import { SpecReader } from "../../errors/spec";
import { BETA_GEOMETRIC_PARAMETERS, type BetaGeometricParameter } from "../beta-geometric/parameters";
import type { Estimate } from "../transaction-model/estimate";
import { readEstimate, type EstimateSpec } from "../transaction-model/spec";

/** The saved form of a `MbgNbdModel`. */
export type MbgNbdSpec = EstimateSpec<"mbgNbd", BetaGeometricParameter>;

/** Reads a saved model out of untrusted JSON. */
export function readMbgNbdSpec(caller: string, value: unknown): Estimate<BetaGeometricParameter> {
  return readEstimate(SpecReader.open(caller, value, "mbgNbd", 1), BETA_GEOMETRIC_PARAMETERS, ["converged", "unidentified", "iterationLimit"]);
}
