import type { RandomStream } from "./random-stream";

/**
 * A gamma variable of the given shape above 0 and rate 1 (Marsaglia and Tsang 2000; below shape 1 by their boost).
 * Takes a varying number of draws from the stream.
 */
export function nextGamma(random: RandomStream, shape: number): number {
  if (shape < 1) return nextGamma(random, shape + 1) * (1 - random.nextFloat()) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    // 1 − u lies above 0, so its logarithm is finite.
    const normal = Math.sqrt(-2 * Math.log(1 - random.nextFloat())) * Math.cos(2 * Math.PI * random.nextFloat());
    const root = 1 + c * normal;
    if (root <= 0) continue;
    const cube = root * root * root;
    if (Math.log(1 - random.nextFloat()) < 0.5 * normal * normal + d * (1 - cube + Math.log(cube))) return d * cube;
  }
}
