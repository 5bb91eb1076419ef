import { PENALTY_ADVICE } from "../transaction-model/advice";
import type { BetaGeometricParameter } from "./parameters";

/** What the data leave open of a beta-geometric model, and what helps. */
export function betaGeometricAdvice(unidentified: readonly BetaGeometricParameter[], { r, alpha, a, b }: Readonly<Record<BetaGeometricParameter, number>>): string {
  const findings: string[] = [];
  const has = (name: BetaGeometricParameter): boolean => unidentified.includes(name);
  if (has("a") || has("b")) {
    const mean = a / (a + b);
    if (mean < 1e-3) findings.push("the data show no customer dropping out (the dropout probability runs to 0)");
    else if (a + b > 100) findings.push(`the data show no difference between customers in the probability to drop out: only its mean a / (a + b) = ${mean.toPrecision(3)} is known, not a and b`);
    else if (a + b < 0.01) findings.push("the data show customers who drop out at once or never, and none between (a and b run to 0)");
    else findings.push("the data hardly tell how the probability to drop out differs between customers");
  }
  if (has("r") || has("alpha")) {
    if (r > 100) findings.push(`the data show no difference between customers in the purchase rate: only its mean r / alpha = ${(r / alpha).toPrecision(3)} is known, not r and alpha`);
    else findings.push("the data hardly tell how purchase rates differ between customers");
  }
  return `${findings.join("; ")}: ${PENALTY_ADVICE}`;
}
