import { describe, expect, it } from "vitest";
import { describeReasons } from "../../../src/churn/explain/describe-reasons";
import { explainLogistic } from "../../../src/churn/explain/contributions";
import { topReasons } from "../../../src/churn/explain/top-reasons";
import { fitLogisticRegression } from "../../../src/churn/logistic-regression/fit";
import { logisticRegressionFromSpec } from "../../../src/churn/logistic-regression/model";
import { featureMatrixFromRows } from "../../../src/data/feature-matrix";
import { expectRefusal } from "../../support/errors";
import { readTelco } from "../telco";

const { matrix, labels } = readTelco("asZero");
const model = fitLogisticRegression(matrix, labels);

describe("contributions", () => {
  it("and the baseline add up to the log-odds, whatever the reference", () => {
    const logits = model.predictLogit(matrix);
    const p = matrix.columnCount;
    for (const reference of [undefined, new Float64Array(p), matrix.values.subarray(0, p)]) {
      const { baseline, contributions } = explainLogistic(model, matrix, { reference });
      for (let row = 0; row < matrix.rowCount; row += 50) {
        const sum = contributions.subarray(row * p, (row + 1) * p).reduce((total, value) => total + value, baseline);
        expect(sum).toBeCloseTo(logits[row]!, 10);
      }
    }
  });

  it("average to 0 over the data of the fit", () => {
    const { contributions } = explainLogistic(model, matrix);
    const tenure = matrix.names.indexOf("tenure");
    let sum = 0;
    for (let row = 0; row < matrix.rowCount; row++) sum += contributions[row * matrix.columnCount + tenure]!;
    expect(sum / matrix.rowCount).toBeCloseTo(0, 12);
  });

  it("are 0 at the reference, and the baseline is its log-odds", () => {
    const reference = matrix.values.subarray(0, matrix.columnCount);
    const { baseline, contributions, rowCount, rowIds } = explainLogistic(model, matrix, { reference });
    expect(baseline).toBeCloseTo(model.predictLogit(matrix)[0]!, 12);
    expect(contributions.subarray(0, matrix.columnCount).every((value) => value === 0)).toBe(true);
    expect([rowCount, rowIds.length]).toEqual([matrix.rowCount, matrix.rowCount]);
  });

  it("need the columns of the fit and a whole reference", () => {
    expectRefusal(() => explainLogistic(model, featureMatrixFromRows([[1]])), "featureMismatch", "explainLogistic");
    expectRefusal(() => explainLogistic(model, matrix, { reference: [1, 2] }), "lengthMismatch", "reference", "30");
    expectRefusal(() => explainLogistic(model, matrix, { reference: new Float64Array(30).fill(NaN) }), "nonFinite", "reference");
  });
});

describe("reasons", () => {
  const weights = { ...fitLogisticRegression(featureMatrixFromRows([[0, 0, 0, 1], [1, 1, 0, 0], [0, 1, 1, 0], [1, 0, 1, 1]]), [0, 1, 0, 1], { strength: 1 }).toJSON() };
  const simple = logisticRegressionFromSpec({ ...weights, coefficients: [2, -3, 2, 0], featureMeans: [0, 0, 0, 0] });
  const explained = explainLogistic(simple, featureMatrixFromRows([[1, 1, 1, 1], [0, 0, 0, 9]]));

  it("are ordered by weight, equal ones by column, without those that contribute nothing", () => {
    expect(topReasons(explained, 0, { count: 9 })).toEqual([
      { feature: "x2", contribution: -3 },
      { feature: "x1", contribution: 2 },
      { feature: "x3", contribution: 2 },
    ]);
    expect(topReasons(explained, 1)).toEqual([]);
  });

  it("can be limited in number and direction", () => {
    expect(topReasons(explained, 0, { count: 1 }).map(({ feature }) => feature)).toEqual(["x2"]);
    expect(topReasons(explained, 0, { direction: "raising" }).map(({ feature }) => feature)).toEqual(["x1", "x3"]);
    expect(topReasons(explained, 0, { direction: "lowering" }).map(({ feature }) => feature)).toEqual(["x2"]);
  });

  it("are three unless told, and refused for rows that are not there", () => {
    expect(topReasons(explainLogistic(model, matrix), 0)).toHaveLength(3);
    expectRefusal(() => topReasons(explained, 2), "invalidOption", "row", "from 0 to 1");
    expectRefusal(() => topReasons(explained, 0, { count: 0 }), "invalidOption", "count");
    // @ts-expect-error no such direction
    expectRefusal(() => topReasons(explained, 0, { direction: "up" }), "invalidOption", "direction");
  });
});

describe("reasons in words", () => {
  const named = featureMatrixFromRows([[1, 12.3456], [0, 2]], ["plan=pro", "months"]);
  const spec = { ...fitLogisticRegression(featureMatrixFromRows([[0, 1], [1, 2], [0, 3], [1, 9]], ["plan=pro", "months"]), [0, 1, 1, 0], { strength: 1 }).toJSON() };
  const known = logisticRegressionFromSpec({ ...spec, coefficients: [-1, 0.5], featureMeans: [0.25, 10] });

  it("say what the customer has, what the mean customer has, and the factor of the odds", () => {
    const explanation = explainLogistic(known, named);
    expect(describeReasons(explanation, named, 0).map(({ text }) => text)).toEqual(["months is 12.3 (average 10): odds × 3.23", "plan is pro (pro: 25 %): odds × 0.472"]);
    const [months, plan] = describeReasons(explanation, named, 1);
    expect(months).toEqual({ feature: "months", contribution: -4, value: 2, reference: 10, oddsFactor: Math.exp(-4), text: "months is 2 (average 10): odds × 0.0183" });
    expect(plan?.text).toBe("plan is not pro (pro: 25 %): odds × 1.28");
    expect(describeReasons(explainLogistic(known, named, { reference: [0, 3] }), named, 1).map(({ text }) => text)).toEqual(["months is 2 (reference 3): odds × 0.607"]);
  });

  it("multiply to the odds of the customer over those of the mean customer", () => {
    const explanation = explainLogistic(model, matrix);
    for (let row = 0; row < matrix.rowCount; row += 500) {
      const factor = describeReasons(explanation, matrix, row, { count: 99 }).reduce((product, { oddsFactor }) => product * oddsFactor, 1);
      const p = model.predictProbability(matrix)[row]!;
      expect((factor * Math.exp(explanation.baseline)) / (p / (1 - p))).toBeCloseTo(1, 9);
    }
  });

  it("need the matrix that was explained", () => {
    const explanation = explainLogistic(known, named);
    expectRefusal(() => describeReasons(explanation, featureMatrixFromRows([[1], [2]]), 0), "featureMismatch", "describeReasons");
    expectRefusal(() => describeReasons(explanation, featureMatrixFromRows([[1, 2]], ["plan=pro", "months"]), 0), "lengthMismatch", "matrix");
  });
});
