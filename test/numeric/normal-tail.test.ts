import { expect, it } from "vitest";
import { normalTail } from "../../src/numeric/special/normal-tail";
import { readExpected } from "../evaluation/reference";

const { tails } = readExpected("calibration") as { tails: readonly { z: number; tail: number }[] };

it.each(tails)("the normal tail beyond $z has 13 digits", ({ z, tail }) => {
  expect(Math.abs(normalTail(z) / tail - 1)).toBeLessThan(1e-13);
});

it("the normal tail has limits", () => {
  expect([normalTail(0), normalTail(Infinity), normalTail(-Infinity), normalTail(NaN)]).toEqual([0.5, 0, 1, NaN]);
});
