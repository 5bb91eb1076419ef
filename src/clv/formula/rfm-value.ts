import { checkObject } from "../../errors/check";
import { ClienteleError } from "../../errors/error";
import { checkOption } from "../../errors/options";

/** The three scores of a customer and what each weighs. */
export interface RfmScores {
  readonly recency: number;
  readonly frequency: number;
  readonly monetary: number;
  /** @defaultValue 1 each */
  readonly weights?: { readonly recency: number; readonly frequency: number; readonly monetary: number } | undefined;
}

/** The weighted mean of the three scores, or the number that was given in its place. */
export function rfmValue(caller: string, rfm: number | RfmScores): number {
  if (typeof rfm === "number") {
    checkOption(caller, "rfm", rfm, { kind: "number", min: 0 });
    return rfm;
  }
  checkObject(caller, "rfm", rfm);
  const weights = rfm.weights ?? { recency: 1, frequency: 1, monetary: 1 };
  let sum = 0;
  let weightSum = 0;
  for (const part of ["recency", "frequency", "monetary"] as const) {
    checkOption(caller, `rfm.${part}`, rfm[part], { kind: "number", min: 0 });
    checkOption(caller, `rfm.weights.${part}`, weights[part], { kind: "number", min: 0 });
    sum += rfm[part] * weights[part];
    weightSum += weights[part];
  }
  if (weightSum === 0) throw new ClienteleError("invalidOption", "rfm.weights must not all be 0", { caller, parameter: "rfm.weights", rule: "a positive sum" });
  return sum / weightSum;
}
