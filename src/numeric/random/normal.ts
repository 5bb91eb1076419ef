import type { RandomStream } from "./random-stream";

/** Fills `out` with independent standard normal numbers, two from two uniform ones (Box and Muller 1958). */
export function fillNormals(random: RandomStream, out: Float64Array): void {
  for (let i = 0; i < out.length; i += 2) {
    // 1 − u lies above 0, so its logarithm is finite.
    const radius = Math.sqrt(-2 * Math.log(1 - random.nextFloat()));
    const angle = 2 * Math.PI * random.nextFloat();
    out[i] = radius * Math.cos(angle);
    if (i + 1 < out.length) out[i + 1] = radius * Math.sin(angle);
  }
}
