import { fitBgNbd, fitMbgNbd, type TransactionFitOptions, type WeightedHistories } from "clientele/clv";
import { describe, expect, test } from "vitest";
import { RandomStream } from "../../../src/numeric/random/random-stream";
import { expectRefusal } from "../../support/errors";

/** Draws histories of `count` customers over 60 units of time. */
function simulate(seed: number, count: number, rateOf: (random: RandomStream) => number, dropoutOf: (random: RandomStream) => number): WeightedHistories {
  const random = new RandomStream(seed);
  const frequency: number[] = [];
  const recency: number[] = [];
  for (let i = 0; i < count; i++) {
    const rate = rateOf(random);
    const dropout = dropoutOf(random);
    let x = 0;
    let last = 0;
    for (let time = 0; ; ) {
      time += -Math.log(1 - random.nextFloat()) / rate;
      if (time > 60) break;
      x++;
      last = time;
      if (random.nextFloat() < dropout) break;
    }
    frequency.push(x);
    recency.push(last);
  }
  return { frequency, recency, age: frequency.map(() => 60) };
}

const exponential = (random: RandomStream): number => -0.2 * Math.log(1 - random.nextFloat());

describe("ridges and edges are named", () => {
  test("a dropout probability that all customers share: only its mean is known", () => {
    const model = fitBgNbd(simulate(8, 800, exponential, () => 0.2));
    expect(model.status).toBe("unidentified");
    expect(model.unidentified).toEqual(["a", "b"]);
    expect(model.advice).toMatch(/only its mean a \/ \(a \+ b\) = 0\.\d+ is known.*penalty/);
    const { a, b } = model.parameters;
    expect(a / (a + b)).toBeCloseTo(0.2, 1);
    expect(model.standardErrors).toBeUndefined();
  });

  test("a purchase rate that all customers share", () => {
    const model = fitBgNbd(simulate(3, 800, () => 0.15, (random) => 0.6 * random.nextFloat()));
    expect(model.status).toBe("unidentified");
    expect(model.unidentified).toEqual(expect.arrayContaining(["r", "alpha"]));
    expect(model.advice).toContain("only its mean r / alpha");
    expect(model.parameters.r / model.parameters.alpha).toBeCloseTo(0.15, 1);
  });

  test("nobody drops out", () => {
    const model = fitBgNbd(simulate(3, 300, exponential, () => 0));
    expect(model.status).toBe("unidentified");
    expect(model.unidentified).toEqual(expect.arrayContaining(["a"]));
    const { a, b } = model.parameters;
    expect(a / (a + b)).toBeLessThan(1e-2);
  });

  test.each([fitBgNbd, fitMbgNbd])("a penalty makes an estimate of each of them", (fit) => {
    for (const histories of [simulate(8, 800, exponential, () => 0.2), simulate(3, 800, () => 0.15, (random) => 0.6 * random.nextFloat()), simulate(3, 300, exponential, () => 0)]) {
      const model = fit(histories, { penalty: 0.1 });
      expect(model.status).toBe("converged");
      expect(model.advice).toBeUndefined();
      for (const error of Object.values(model.standardErrors!)) expect(error).toBeGreaterThan(0);
    }
  });

  test("too few iterations", () => {
    const model = fitBgNbd(simulate(4, 500, exponential, (random) => random.nextFloat()), { maxIterations: 1 });
    expect(model.status).toBe("iterationLimit");
    expect(model.advice).toContain("allow more iterations");
  });
});

test("what went in comes out: simulated customers, within four standard errors", () => {
  // Gamma(1, 1/0.2) rates and uniform dropout probabilities: r = 1, alpha = 5, a = b = 1.
  const model = fitBgNbd(simulate(5, 6000, exponential, (random) => random.nextFloat()));
  expect(model.status).toBe("converged");
  const truth = { r: 1, alpha: 5, a: 1, b: 1 };
  for (const name of ["r", "alpha", "a", "b"] as const) {
    expect(Math.abs(Math.log(model.parameters[name] / truth[name])), name).toBeLessThan((4 * model.standardErrors![name]) / model.parameters[name]);
  }
});

describe("histories that are none are refused, with the position", () => {
  const fit = (frequency: number[], recency: number[], age: number[], options?: TransactionFitOptions, weights?: number[]) => fitBgNbd({ frequency, recency, age, weights }, options);

  test("what people mistake for recency", () => {
    const { details, message } = expectRefusal(() => fit([2, 0], [3, 8], [9, 8]), "invalidInput", "age at the last purchase, not the time since then");
    expect(details).toMatchObject({ parameter: "recency", row: 1 });
    expect(message).toContain("age − recency");
    expectRefusal(() => fit([2], [9], [8]), "invalidInput", "above the age");
  });

  test("counts that are none, times before 0, weights below 0, no repeat purchase, no time", () => {
    expectRefusal(() => fit([1.5], [3], [9]), "invalidInput", "whole numbers");
    expectRefusal(() => fit([-1], [3], [9]), "invalidInput", "whole numbers");
    expectRefusal(() => fit([1], [-3], [9]), "invalidInput", "recency");
    expectRefusal(() => fit([1, 2], [3, 4], [9, 9], {}, [1, -1]), "invalidInput", "weights");
    expectRefusal(() => fit([1, 2], [3, 4], [9, 9], {}, [1]), "lengthMismatch", "weights");
    expectRefusal(() => fit([0, 0], [0, 0], [9, 9]), "tooFewRows", "repeat purchase");
    expectRefusal(() => fit([1, 0], [5, 0], [9, 9], {}, [0, 1]), "tooFewRows", "repeat purchase");
    expectRefusal(() => fit([1, 2], [0, 0], [0, 0]), "invalidInput", "ages above 0");
  });
});
