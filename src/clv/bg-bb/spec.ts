import { SpecReader } from "../../errors/spec";
import type { Estimate } from "../transaction-model/estimate";
import { readEstimate, type EstimateSpec } from "../transaction-model/spec";
import { BG_BB_PARAMETERS, type BgBbParameter } from "./parameters";

/** The saved form of a `BgBbModel`. */
export type BgBbSpec = EstimateSpec<"bgBb", BgBbParameter>;

/** Reads a saved BG/BB model out of untrusted JSON. */
export function readBgBbSpec(caller: string, value: unknown): Estimate<BgBbParameter> {
  return readEstimate(SpecReader.open(caller, value, "bgBb", 1), BG_BB_PARAMETERS, ["converged", "unidentified", "iterationLimit"]);
}
