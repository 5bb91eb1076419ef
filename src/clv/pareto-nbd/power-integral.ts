import { gaussLegendre, type QuadratureRule } from "../../numeric/quadrature/gauss-legendre";

const MOMENT_COUNT = 14;

/** Where the integrand is below e^−42 of its largest value it is cut off. */
const DROP = 42;
/** The cut is looked for until it lies between DROP and this much. */
const DROP_SLACK = 3;
/** Longest panel, in v. */
const LONGEST_PANEL = 5;

/**
 * Rules by size. Each is used up to this length of a panel (the integrand is analytic for |Im v| < π) and this fall of the logarithm of the
 * integrand over it, which leave an error of about 1e-15 of the integral; the last one holds for any panel.
 */
const TIERS = [
  { size: 8, length: 0.6, fall: 1.8 },
  { size: 12, length: 1.3, fall: 6 },
  { size: 16, length: 2, fall: 12 },
  { size: 24, length: 3.4, fall: 26 },
  { size: 32, length: LONGEST_PANEL, fall: Infinity },
] as const;

/**
 * ∫ ((α + f) / (α + y))^p ((β + f) / (β + y))^q dy for y from f to g: the integral over the time of death in the Pareto/NBD likelihood.
 *
 * Gauss–Legendre in v = log((c + y) / (c + f)) with c = min(α, β): in it the integrand is the exponential of a smooth function of v, whatever the sizes
 * of α, β, p and q, and is cut off where it has fallen away. All is relative to y = f, so nothing overflows, and all terms are positive, so nothing cancels.
 */
export class PowerIntegral {
  /**
   * Means under the integrand, scaled to a density, after {@link logWithMoments}: of A = log((α + g) / (α + y)), B = log((β + g) / (β + y)),
   * u = 1 / (α + y) − 1 / (α + g), w = 1 / (β + y) − 1 / (β + g), and of the products AA, AB, Au, Aw, BB, Bu, Bw, uu, uw, ww.
   */
  readonly moments = new Float64Array(MOMENT_COUNT);
  readonly #rules: readonly QuadratureRule[] = TIERS.map(({ size }) => gaussLegendre(size));
  #length = 0;
  #panels = 1;
  #rule: QuadratureRule = this.#rules[0]!;

  /** The logarithm of the integral; −∞ where it is empty. `to` may be infinite where p + q > 1. */
  log(p: number, q: number, alpha: number, beta: number, from: number, to: number): number {
    if (!(to > from)) return -Infinity;
    const isAlphaSmall = alpha <= beta;
    const small = Math.min(alpha, beta) + from;
    const ratio = small / (Math.max(alpha, beta) + from);
    const smallPower = isAlphaSmall ? p : q;
    const largePower = isAlphaSmall ? q : p;
    const whole = Math.log1p((to - from) / small);
    const tailFrom = whole > LONGEST_PANEL ? Math.max(LONGEST_PANEL, tailStart(largePower, ratio)) : whole;
    this.#plan(smallPower - 1, largePower, ratio, Math.min(whole, tailFrom));
    const isCut = this.#length < Math.min(whole, tailFrom);
    const { nodes, weights } = this.#rule;
    const panel = this.#length / this.#panels;
    let sum = 0;
    for (let k = 0; k < this.#panels; k++) {
      for (let i = 0; i < nodes.length; i++) {
        const v = (k + nodes[i]!) * panel;
        sum += weights[i]! * Math.exp((1 - smallPower) * v - largePower * Math.log1p(ratio * Math.expm1(v)));
      }
    }
    const tail = isCut || tailFrom >= whole ? 0 : tailIntegral(p + q - 1, largePower, ratio, tailFrom, whole);
    return Math.log(small) + Math.log(panel * sum + tail);
  }

  /** The same, and fills the moments. */
  logWithMoments(p: number, q: number, alpha: number, beta: number, from: number, to: number): number {
    const isAlphaSmall = alpha <= beta;
    const small = Math.min(alpha, beta) + from;
    const large = Math.max(alpha, beta) + from;
    const smallPower = isAlphaSmall ? p : q;
    const largePower = isAlphaSmall ? q : p;
    const whole = Math.log1p((to - from) / small);
    this.#plan(smallPower - 1, largePower, small / large, whole);
    const { nodes, weights } = this.#rule;
    const panel = this.#length / this.#panels;
    const span = to - from;
    const rise = Math.log1p(span / large);
    // Of the parameter that is smaller and of the other: logarithms L, M and differences of reciprocals l, m.
    let sum = 0;
    let sL = 0, sM = 0, sl = 0, sm = 0;
    let sLL = 0, sLM = 0, sLl = 0, sLm = 0, sMM = 0, sMl = 0, sMm = 0, sll = 0, slm = 0, smm = 0;
    for (let k = 0; k < this.#panels; k++) {
      for (let i = 0; i < nodes.length; i++) {
        const v = (k + nodes[i]!) * panel;
        const passed = small * Math.expm1(v);
        const grown = Math.log1p(passed / large);
        const weight = weights[i]! * Math.exp((1 - smallPower) * v - largePower * grown);
        const L = whole - v;
        const M = rise - grown;
        const rest = span - passed;
        const l = rest / ((small + passed) * (small + span));
        const m = rest / ((large + passed) * (large + span));
        sum += weight;
        const wL = weight * L, wM = weight * M, wl = weight * l, wm = weight * m;
        sL += wL; sM += wM; sl += wl; sm += wm;
        sLL += wL * L; sLM += wL * M; sLl += wL * l; sLm += wL * m;
        sMM += wM * M; sMl += wM * l; sMm += wM * m;
        sll += wl * l; slm += wl * m; smm += wm * m;
      }
    }
    const { moments } = this;
    moments[0] = isAlphaSmall ? sL : sM;
    moments[1] = isAlphaSmall ? sM : sL;
    moments[2] = isAlphaSmall ? sl : sm;
    moments[3] = isAlphaSmall ? sm : sl;
    moments[4] = isAlphaSmall ? sLL : sMM;
    moments[5] = sLM;
    moments[6] = isAlphaSmall ? sLl : sMm;
    moments[7] = isAlphaSmall ? sLm : sMl;
    moments[8] = isAlphaSmall ? sMM : sLL;
    moments[9] = isAlphaSmall ? sMl : sLm;
    moments[10] = isAlphaSmall ? sMm : sLl;
    moments[11] = isAlphaSmall ? sll : smm;
    moments[12] = slm;
    moments[13] = isAlphaSmall ? smm : sll;
    for (let i = 0; i < MOMENT_COUNT; i++) moments[i] = moments[i]! / sum;
    return Math.log(small * panel * sum);
  }

  /**
   * Chooses panels and rule for exp(−fall(v)) on (0, whole), fall(v) = slope · v + power · log(1 + ratio (e^v − 1)), which is convex: it falls
   * at first where slope < 0, and rises in the end.
   */
  #plan(slope: number, power: number, ratio: number, whole: number): void {
    const fallAt = (v: number): number => slope * v + power * Math.log1p(ratio * Math.expm1(v));
    let length = whole;
    let fall = fallAt(whole);
    const lowest = slope < 0 ? Math.min(0, fall, fallAt(Math.min(whole, turningPoint(slope, power, ratio)))) : 0;
    // Newton from the right of a convex function stays on the right.
    while (fall - lowest > DROP + DROP_SLACK) {
      const share = (ratio * Math.exp(length)) / (1 + ratio * Math.expm1(length));
      const next = length - (fall - lowest - DROP) / (slope + power * (Number.isFinite(share) ? share : 1));
      if (!(next < length)) break;
      length = next;
      fall = fallAt(length);
    }
    this.#length = length;
    this.#panels = Math.ceil(length / LONGEST_PANEL);
    if (this.#panels > 1) {
      this.#rule = this.#rules[TIERS.length - 1]!;
      return;
    }
    const range = Math.max(fall, 0) - lowest;
    let tier = 0;
    while (length > TIERS[tier]!.length || range > TIERS[tier]!.fall) tier++;
    this.#rule = this.#rules[tier]!;
  }
}

/** From here on e^−v (1 − ratio) / ratio is at most 1 / (4 max(1, power)). */
function tailStart(power: number, ratio: number): number {
  return Math.log(4 * Math.max(1, power) * ((1 - ratio) / ratio));
}

/** Terms fall like 4^−j. */
const TAIL_TERMS = 30;

/**
 * ∫ e^−(rate · v) ratio^−power (1 + e^−v (1 − ratio) / ratio)^−power dv from `start` to `end`, which may be infinite: what is left of the integrand far out,
 * where both powers fall alike, by the binomial series, term by term.
 */
function tailIntegral(rate: number, power: number, ratio: number, start: number, end: number): number {
  const step = Math.exp(-start) * ((1 - ratio) / ratio);
  let sum = 0;
  let coefficient = 1;
  for (let j = 0; j < TAIL_TERMS; j++) {
    const fall = rate + j;
    sum += (coefficient * -Math.expm1(-fall * (end - start))) / fall;
    coefficient *= (-(power + j) / (j + 1)) * step;
  }
  return Math.exp(-power * Math.log(ratio) - rate * start) * sum;
}

/** Where slope + power · ratio e^v / (1 + ratio (e^v − 1)) = 0, for −power < slope < 0; 0 if it rises from there on. */
function turningPoint(slope: number, power: number, ratio: number): number {
  const share = -slope / power;
  if (share >= 1) return Infinity;
  return Math.max(0, Math.log((share * (1 - ratio)) / (ratio * (1 - share))));
}
