import { SpecReader } from "../../errors/spec";
import type { Estimate } from "../transaction-model/estimate";
import { readEstimate, type EstimateSpec } from "../transaction-model/spec";
import { PARETO_NBD_PARAMETERS, type ParetoNbdParameter } from "./parameters";

/** The saved form of a `ParetoNbdModel`. */
export type ParetoNbdSpec = EstimateSpec<"paretoNbd", ParetoNbdParameter>;

/** Reads a saved Pareto/NBD model out of untrusted JSON. */
export function readParetoNbdSpec(caller: string, value: unknown): Estimate<ParetoNbdParameter> {
  return readEstimate(SpecReader.open(caller, value, "paretoNbd", 1), PARETO_NBD_PARAMETERS, ["converged", "unidentified", "iterationLimit"]);
}
