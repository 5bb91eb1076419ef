import { SpecReader } from "../../errors/spec";
import { BETA_GEOMETRIC_PARAMETERS, type BetaGeometricParameter } from "../beta-geometric/parameters";
import type { Estimate } from "../transaction-model/estimate";
import { readEstimate, type EstimateSpec } from "../transaction-model/spec";

/** The saved form of a `BgNbdModel`. */
export type BgNbdSpec = EstimateSpec<"bgNbd", BetaGeometricParameter>;

/** Reads a saved model out of untrusted JSON. */
export function readBgNbdSpec(caller: string, value: unknown): Estimate<BetaGeometricParameter> {
  return readEstimate(SpecReader.open(caller, value, "bgNbd", 1), BETA_GEOMETRIC_PARAMETERS, ["converged", "unidentified", "iterationLimit"]);
}
