import { explainLogistic, type LogisticRegressionModel } from "clientele/churn";
import { recordsFromTable, selectColumns, tableFromColumns, tableFromRecords } from "clientele/data";
import { fitEncoder } from "clientele/features";
import { composePipeline, ClusterPipeline, ProbabilityPipeline } from "clientele/scoring";
import { fitCleaning } from "clientele/cleaning";
import { fitKMeans } from "clientele/segmentation";
import { describe, expect, expectTypeOf, test } from "vitest";
import { rowsAt } from "../../src/data/table";
import { expectRefusal } from "../support/errors";
import { customerTable, fitParts } from "./customers";

const parts = fitParts();
const { cleaning, encoder, scaler } = parts;
const pipeline = composePipeline({ cleaning, encoder, scaler, model: parts.logisticRegression });
const clusters = composePipeline({ cleaning, encoder, scaler, model: parts.kMeans });

/** What the parts give one after the other, by id of the row. */
const byHand = (() => {
  const { table } = cleaning.apply(customerTable);
  const features = scaler.apply(encoder.apply(table));
  const probabilities = parts.logisticRegression.predictProbability(features);
  const segments = parts.kMeans.predict(features);
  return Array.from(table.rowIds, (id, i) => ({ row: Number(id), probability: probabilities[i]!, cluster: segments[i]! }));
})();

describe("a pipeline scores as its parts do", () => {
  test("probabilities, to the bit", () => {
    expect(pipeline).toBeInstanceOf(ProbabilityPipeline);
    const scores = pipeline.predictProbability(customerTable);
    expect(scores).toHaveLength(customerTable.rowCount);
    for (const { row, probability } of byHand) expect(scores[row]).toBe(probability);
  });

  test("clusters", () => {
    expect(clusters).toBeInstanceOf(ClusterPipeline);
    const scores = clusters.predict(customerTable);
    for (const { row, cluster } of byHand) expect(scores[row]).toBe(cluster);
    expect(scores).toBeInstanceOf(Int32Array);
  });

  test("its type tells what it predicts, and which model is inside", () => {
    expectTypeOf(pipeline.model).toEqualTypeOf<LogisticRegressionModel>();
    expectTypeOf<typeof pipeline>().not.toHaveProperty("predict");
    expectTypeOf<typeof clusters>().not.toHaveProperty("predictProbability");
    expectTypeOf<ReturnType<typeof clusters.score>>().toEqualTypeOf<Int32Array>();
  });

  test("features for explanations", () => {
    const { features, rows } = pipeline.prepare(customerTable);
    const { baseline, contributions, featureNames } = explainLogistic(pipeline.model, features);
    const last = rows.length - 1;
    const logit = Array.from(contributions.subarray(last * featureNames.length)).reduce((sum, part) => sum + part, baseline);
    expect(1 / (1 + Math.exp(-logit))).toBeCloseTo(pipeline.predictProbability(customerTable)[rows[last]!]!, 12);
  });
});

describe("every row has a score, or a missing one and a reason", () => {
  test("a row that cleaning sets aside", () => {
    const row = customerTable.rowCount - 1;
    expect(pipeline.predictProbability(customerTable)[row]).toBeNaN();
    expect(clusters.predict(customerTable)[row]).toBe(-1);
    const { rowCount, features, rows, unscored } = pipeline.prepare(customerTable);
    expect(unscored).toEqual([{ row, column: "charges", reason: "convert.notNumber" }]);
    expect(features.rowCount + 1).toBe(rowCount);
    expect([...rows]).toEqual(Array.from({ length: rowCount - 1 }, (_, i) => i));
  });

  test("duplicates are scored each for itself", () => {
    const { report } = cleaning.apply(customerTable);
    expect(report.rowsMerged).toBe(1);
    const [merged] = report.merged.rowIds;
    const alone = rowsAt(customerTable, [Number(merged)]);
    const score = pipeline.predictProbability(customerTable)[Number(merged)];
    expect(score).not.toBeNaN();
    expect(pipeline.predictProbability(alone)[0]).toBe(score);
  });

  test("missing cells and unknown categories", () => {
    const fitted = fitEncoder(tableFromColumns({ plan: ["a", "b"], age: [1, 2] }), [{ column: "plan", as: "oneHot" }, { column: "age", as: "number" }]);
    const strict = composePipeline({ encoder: fitted.encoder, model: fitKMeans(fitted.matrix, { k: 2 }) });
    const table = tableFromColumns({ plan: ["a", "c", null, "b", null], age: [1, 1, 2, 2, NaN] }, { rowIds: ["p", "q", "r", "s", "t"] });
    expect([...strict.predict(table)].map((cluster) => cluster >= 0)).toEqual([true, false, false, true, false]);
    const { features, rows, unscored } = strict.prepare(table);
    expect(unscored).toEqual([
      { row: 1, column: "plan", reason: "encode.unknownCategory" },
      { row: 2, column: "plan", reason: "encode.missing" },
      { row: 4, column: "plan", reason: "encode.missing" },
      { row: 4, column: "age", reason: "encode.missing" },
    ]);
    expect([...rows]).toEqual([0, 3]);
    expect(Array.from(features.rowIds)).toEqual(["p", "s"]);
  });

  test.each(["error", "zeros"] as const)("reasons are given for exactly the rows that the encoder refuses (unknown: %s)", (unknown) => {
    const cells = ["a", "b", "z", null];
    for (const missing of ["error", "level"] as const) {
      for (const learnt of [["a", "b"], ["a", null, "b"]]) {
        const { encoder: strict, matrix } = fitEncoder(
          tableFromColumns({ plan: learnt.filter((level) => missing === "level" || level !== null) }),
          [{ column: "plan", as: "oneHot", unknown, missing }],
        );
        const strictPipeline = composePipeline({ encoder: strict, model: fitKMeans(matrix, { k: 1 }) });
        for (const cell of cells) {
          const table = tableFromColumns({ plan: [cell] }, { types: { plan: "category" } });
          const isRefused = strictPipeline.prepare(table).unscored.length > 0;
          expect(strictPipeline.predict(table)[0]).toBe(isRefused ? -1 : 0);
          if (isRefused) expectRefusal(() => strict.apply(table), "invalidInput");
          else expect(() => strict.apply(table)).not.toThrow();
        }
      }
    }
  });

  test("no row of a table without rows", () => {
    expect(pipeline.predictProbability(rowsAt(customerTable, []))).toEqual(new Float64Array(0));
  });

  test("no row can be scored", () => {
    const table = rowsAt(customerTable, [customerTable.rowCount - 1, customerTable.rowCount - 1]);
    expect([...clusters.predict(table)]).toEqual([-1, -1]);
    expect(clusters.prepare(table).features.rowCount).toBe(0);
  });

  test("rows may have equal ids", () => {
    const twice = rowsAt(customerTable, [4, 4, 25, 5]);
    const scores = pipeline.predictProbability(twice);
    expect(scores[0]).toBe(scores[1]);
    expect(scores[2]).toBeNaN();
    expect(scores[3]).toBe(pipeline.predictProbability(customerTable)[5]);
  });
});

describe("what cleaning does on the way", () => {
  test("is reported by the ids of the table", () => {
    const table = { ...rowsAt(customerTable, [1, 6]), rowIds: ["x", "y"] };
    const { changes } = pipeline.prepare(table);
    expect(changes?.rowIds).toEqual(["y", "y"]);
    expect(changes?.rules).toEqual(["convert.missingText", "fill.median"]);
    expect(changes?.after[1]).toBe(cleaning.fills[0]?.value);
  });

  test("is nothing without a cleaning", () => {
    const plain = fitEncoder(tableFromColumns({ age: [1, 2] }), [{ column: "age", as: "number" }]);
    expect(composePipeline({ encoder: plain.encoder, model: fitKMeans(plain.matrix, { k: 1 }) }).prepare(tableFromColumns({ age: [3] })).changes).toBeUndefined();
  });

  test("happens as the plan says where a text is an error", () => {
    const table = tableFromColumns({ age: ["1", "2"] });
    const strict = fitCleaning(table, { convert: [{ column: "age", to: "number", onFailure: "error" }] });
    const { encoder: plain, matrix } = fitEncoder(strict.apply(table).table, [{ column: "age", as: "number" }]);
    const strictPipeline = composePipeline({ cleaning: strict, encoder: plain, model: fitKMeans(matrix, { k: 1 }) });
    const error = expectRefusal(() => strictPipeline.predict(tableFromColumns({ age: ["3", "four"] })), "invalidInput", '"age"', "row 1");
    expect(error.message).not.toContain("four");
  });
});

describe("only the columns of the features are read", () => {
  test("neither label nor id nor any other is needed", () => {
    const scored = selectColumns(customerTable, pipeline.inputs.map(({ column }) => column));
    expect(pipeline.predictProbability(scored)).toEqual(pipeline.predictProbability(customerTable));
    expect(scored.columns.has("left")).toBe(false);
  });

  test("inputs name them, with the types of those that are not converted", () => {
    expect(pipeline.inputs).toEqual([
      { column: "tenure", type: "number" },
      { column: "charges", type: undefined },
      { column: "plan", type: "category" },
      { column: "paperless", type: "boolean" },
    ]);
  });

  test("a column that is absent or of another type is an error of the table", () => {
    expectRefusal(() => pipeline.prepare(selectColumns(customerTable, ["tenure", "charges", "plan"])), "unknownColumn", '"paperless"');
    const texts = tableFromRecords(recordsFromTable(rowsAt(customerTable, [1])).map((record) => ({ ...record, tenure: "7" })));
    expectRefusal(() => pipeline.prepare(texts), "invalidInput", '"tenure"', "number");
  });
});

describe("parts that do not belong together are refused", () => {
  const other = fitEncoder(tableFromColumns({ age: [1, 2, 5] }), [{ column: "age", as: "number" }]);

  test("a model of other features", () => {
    expectRefusal(() => composePipeline({ encoder: other.encoder, model: parts.kMeans }), "featureMismatch", "model", "feature 0");
  });

  test("a scaler of other features", () => {
    expectRefusal(() => composePipeline({ encoder: other.encoder, scaler, model: fitKMeans(other.matrix, { k: 1 }) }), "featureMismatch", "scaler");
  });

  test("names of features are not repeated: they hold customers' texts", () => {
    const error = expectRefusal(() => composePipeline({ encoder, model: fitKMeans(other.matrix, { k: 1 }) }), "featureMismatch");
    expect(error.message).not.toContain("plan=");
  });

  test("the whole result of fitEncoder for its encoder, a part that is not known, a part that is absent", () => {
    const whole: unknown = other;
    expectRefusal(() => composePipeline({ encoder: whole as typeof encoder, model: parts.kMeans }), "invalidInput", "encoder");
    // @ts-expect-error no such part
    expectRefusal(() => composePipeline({ encoder, model: parts.kMeans, scalar: scaler }), "unknownOption", "scaler");
    // @ts-expect-error the model is required
    expectRefusal(() => composePipeline({ encoder }), "invalidOption", "model");
  });
});
