import { describe, expect, it } from "vitest";
import { decideOutOfFold } from "../../../src/churn/decide/decide-out-of-fold";
import { chooseThreshold } from "../../../src/churn/decide/threshold";
import { RandomStream } from "../../../src/numeric/random/random-stream";
import { featureMatrixFromColumns, type FeatureMatrix } from "clientele/data";
import { predictOutOfFold, splitFolds, type Predictor, type TrainingPart } from "clientele/evaluation";
import { expectRefusal } from "../../support/errors";

const random = new RandomStream(3);
const n = 400;
const x = Array.from({ length: n }, () => random.nextFloat());
const labels = x.map((value) => (random.nextFloat() < 0.15 + 0.5 * value ? 1 : 0));
const matrix = featureMatrixFromColumns({ x });

/** Mean label by fifth of x. */
const fit = ({ data, labels: known }: TrainingPart<FeatureMatrix>): Predictor<FeatureMatrix> => {
  const sums = new Float64Array(5);
  const counts = new Float64Array(5);
  data.values.forEach((value, row) => {
    const bin = Math.floor(value * 5);
    sums[bin]! += known[row]!;
    counts[bin]!++;
  });
  return (test) => test.values.map((value) => sums[Math.floor(value * 5)]! / counts[Math.floor(value * 5)]!);
};

const rule = { by: "profit", benefit: 100, successRate: 0.3, contactCost: 12 } as const;

describe("decideOutOfFold", () => {
  it("chooses each threshold inside the training part: the same by hand", () => {
    const folds = splitFolds(labels, { folds: 4, seed: 9 });
    const { predictions, decisions, thresholds, contactedCount, leaverCount, value, choice } = decideOutOfFold(matrix, labels, { fit, rule, folds, innerFolds: 3, seed: 5 });
    expect(predictions).toEqual(predictOutOfFold(matrix, labels, { fit, folds }).predictions);
    let expected = 0;
    for (let fold = 0; fold < 4; fold++) {
      const rows = [...folds.keys()].filter((row) => folds[row] !== fold);
      const part = featureMatrixFromColumns({ x: rows.map((row) => x[row]!) });
      const known = rows.map((row) => labels[row]!);
      const inner = predictOutOfFold(part, known, { fit, folds: 3, seed: 5 });
      const { threshold } = chooseThreshold(known, inner.predictions, rule).chosen;
      expect(thresholds[fold]).toBe(threshold);
      folds.forEach((other, row) => {
        if (other !== fold) return;
        expect(decisions[row]).toBe(predictions[row]! >= threshold! ? 1 : 0);
        if (decisions[row] === 1) expected += labels[row] === 1 ? 0.3 * 100 - 12 : -12;
      });
    }
    expect(value).toBeCloseTo(expected, 9);
    expect(contactedCount).toBe(decisions.reduce((sum, decision) => sum + decision, 0));
    expect(leaverCount).toBe(decisions.reduce((sum, decision, row) => sum + decision * labels[row]!, 0));
    expect(choice).toEqual(chooseThreshold(labels, predictions, rule));
    // What was chosen on the rows themselves can only be better there.
    expect(choice.chosen.value).toBeGreaterThanOrEqual(value);
  });

  it("is not fooled by noise: an apparent profit that does not come", () => {
    // Nothing tells who leaves, and contacting costs exactly what it brings on average.
    const noise = Array.from({ length: n }, () => random.nextFloat());
    const byChance = (): Predictor<FeatureMatrix> => (test) => test.values;
    const half = labels.map((_, row) => row % 2);
    const { value, choice } = decideOutOfFold(featureMatrixFromColumns({ noise }), half, { fit: byChance, rule: { by: "profit", benefit: 2, successRate: 1, contactCost: 1 } });
    expect(choice.chosen.value).toBeGreaterThan(0);
    expect(value).toBeLessThan(choice.chosen.value);
  });

  it("gives fit the positions of its rows in the whole, keeps customers together, and takes a generator", () => {
    const groups = labels.map((_, row) => Math.floor(row / 2));
    const seen: TrainingPart<FeatureMatrix>[] = [];
    decideOutOfFold(matrix, labels, {
      groups,
      folds: 3,
      innerFolds: 2,
      rule: { by: "capacity", count: 40 },
      *fit(train) {
        seen.push(train);
        yield { phase: "fit", done: 1, total: 1 };
        return fit(train);
      },
    });
    expect(seen).toHaveLength(3 * (2 + 1));
    for (const { data, rows, labels: known } of seen) {
      expect([...data.values]).toEqual([...rows].map((row) => x[row]));
      expect([...known]).toEqual([...rows].map((row) => labels[row]));
      const inPart = new Set(rows);
      expect([...rows].every((row) => inPart.has(row ^ 1))).toBe(true);
    }
  });

  it("by capacity uses it in proportion, and by the benefit of each row takes that of the right rows", () => {
    const { contactedCount } = decideOutOfFold(matrix, labels, { fit: () => (test) => test.values, rule: { by: "capacity", count: 100 } });
    expect(Math.abs(contactedCount - 100)).toBeLessThan(25);
    const benefit = labels.map((_, row) => row);
    const { value, decisions } = decideOutOfFold(matrix, labels, { fit, rule: { ...rule, benefit } });
    expect(value).toBeCloseTo(decisions.reduce((sum, decision, row) => sum + (decision === 1 ? (labels[row] === 1 ? 0.3 * row - 12 : -12) : 0), 0), 8);
  });

  it("refuses before it fits", () => {
    const never = (): never => {
      throw new Error("fitted");
    };
    // @ts-expect-error a rule is needed
    expectRefusal(() => decideOutOfFold(matrix, labels, { fit: never }), "invalidOption", "rule");
    expectRefusal(() => decideOutOfFold(matrix, labels, { fit: never, rule, innerFolds: 1 }), "invalidOption", "innerFolds");
  });
});
