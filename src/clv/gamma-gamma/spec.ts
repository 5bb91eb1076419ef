import { SpecReader } from "../../errors/spec";
import type { Estimate } from "../transaction-model/estimate";
import { readEstimate, type EstimateSpec } from "../transaction-model/spec";
import { GAMMA_GAMMA_PARAMETERS, type GammaGammaParameter } from "./parameters";

/** The saved form of a `GammaGammaModel`. */
export interface GammaGammaSpec extends EstimateSpec<"gammaGamma", GammaGammaParameter> {
  /** Customers without a repeat purchase, or without a value above 0, whom the fit left out. */
  readonly leftOutCount: number;
}

/** What a model consists of. */
export interface GammaGammaParts {
  readonly estimate: Estimate<GammaGammaParameter>;
  readonly leftOutCount: number;
}

/** Reads a saved model out of untrusted JSON. */
export function readGammaGammaSpec(caller: string, value: unknown): GammaGammaParts {
  const reader = SpecReader.open(caller, value, "gammaGamma", 1);
  const estimate = readEstimate(reader, GAMMA_GAMMA_PARAMETERS, ["converged", "infiniteMean", "unidentified", "iterationLimit"]);
  const hasMean = estimate.parameters.q > 1;
  if ((estimate.status === "converged" && !hasMean) || (estimate.status === "infiniteMean" && hasMean)) {
    throw reader.refuse("status", `"infiniteMean" where q is at most 1, and not "converged"`);
  }
  return { estimate, leftOutCount: reader.atLeast("leftOutCount", 0) };
}
