/** S(0), S(1) … S(periods): S(t) is the product of the first t retention rates. */
export function survivalCurve(alpha: number, beta: number, periods: number): Float64Array {
  const curve = new Float64Array(periods + 1);
  let share = 1;
  curve[0] = share;
  for (let t = 1; t <= periods; t++) {
    share *= retentionRate(alpha, beta, t);
    curve[t] = share;
  }
  return curve;
}

/** r(t): share of the customers who are there at the start of period t and stay. */
export function retentionRate(alpha: number, beta: number, t: number): number {
  return (beta + t - 1) / (alpha + beta + t - 1);
}

/** S(age + periods) / S(age). */
export function conditionalSurvival(alpha: number, beta: number, age: number, periods: number): number {
  let share = 1;
  for (let t = age + 1; t <= age + periods; t++) share *= retentionRate(alpha, beta, t);
  return share;
}

/**
 * Discounted payments of a new customer, the first one at once and certain: Σₜ S(t) (1 + d)^−t from t = 0
 * (Fader and Hardie 2010), to `payments` of them or for ever.
 */
export function discountedLifetime(alpha: number, beta: number, discountRate: number, payments: number): number {
  if (payments === Infinity) return gaussSeries(beta, alpha + beta, alpha, discountRate);
  let sum = 0;
  let term = 1;
  for (let t = 1; t <= payments; t++) {
    sum += term;
    term *= retentionRate(alpha, beta, t) / (1 + discountRate);
  }
  return sum;
}

/**
 * Discounted payments still to come of a customer who has stayed for `age` periods and decides now whether to stay for one more: the next
 * payment is due at once, and not certain (Fader and Hardie 2010, eq. 8, with n = age + 1).
 */
export function residualLifetime(alpha: number, beta: number, age: number, discountRate: number, payments: number): number {
  // Who stays is a new customer of the model with β + age + 1.
  return retentionRate(alpha, beta, age + 1) * discountedLifetime(alpha, beta + age + 1, discountRate, payments);
}

/** The series is shifted this far before it becomes a fraction, for parameters near 0. */
const SHIFT = 2;
/** The fraction needs about 20 / √d terms. */
const MOST_TERMS = 10_000_000;

/**
 * ₂F₁(1, b; c; 1 / (1 + d)) for c = a + b and d > 0, or d = 0 and a > 1: Gauss's continued fraction (NIST DLMF 15.7.1)
 * by the recurrence of Lentz (1976), which converges for discount rates however small, where the series takes 36 / d terms.
 */
function gaussSeries(b: number, c: number, a: number, d: number): number {
  if (d === 0) return (c - 1) / (a - 1);
  const z = 1 / (1 + d);
  let front = 0;
  let factor = 1;
  for (let k = 0; k < SHIFT; k++) {
    front += factor;
    factor *= ((b + k) / (c + k)) * z;
  }
  return front + factor * gaussFraction(b + SHIFT, c + SHIFT - 1, a, z);
}

/** ₂F₁(b, 1; c + 1; z) = c / (c − u₁z / (c + 1 − u₂z / (c + 2 − …))); a is c + 1 − b. */
function gaussFraction(b: number, c: number, a: number, z: number): number {
  // Denominators stay above 0: the function is a Stieltjes transform, and its convergents rise to it.
  let fraction = c;
  let above = c;
  let below = 0;
  for (let n = 1; n <= MOST_TERMS; n++) {
    const m = n >> 1;
    const u = n % 2 === 1 ? (b + m) * (c + m) : m * (a - 1 + m);
    const numerator = -u * z;
    below = 1 / (c + n + numerator * below);
    above = c + n + numerator / above;
    const change = above * below;
    fraction *= change;
    // Written so that NaN ends it, too.
    if (!(Math.abs(change - 1) > Number.EPSILON / 2)) break;
  }
  return c / fraction;
}
