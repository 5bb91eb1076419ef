import { describe, expect, test } from "vitest";
import { fitLogisticRegression } from "../../src/churn";
import { tableFromColumns } from "../../src/data";
import { fitEncoder, type Encoding } from "../../src/features";
import { composePipeline, encoderReader, logisticRegressionReader, pipelineFromSpec } from "../../src/scoring";

const count = Array.from({ length: 40 }, (_, i) => i);
const table = tableFromColumns({
  spend: count.map((i) => (i * 37) % 101),
  size: count.map((i) => ["small", "medium", "large"][i % 3]),
  channel: count.map((i) => ["mail", "shop"][i % 2]),
  town: count.map((i) => (i % 10 === 0 ? `hamlet ${i}` : ["Ulm", "Kiel"][i % 2])),
});
const labels = count.map((i) => ((i * 7) % 5 < 2 ? 1 : 0));
const encoding: Encoding = [
  { column: "spend", as: "log1p" },
  { column: "size", as: "ordinal", order: ["small", "medium", "large"] },
  { column: "channel", as: "target", unknown: "error" },
  { column: "town", as: "oneHot", drop: "first", minCount: 5, unknown: "infrequent" },
];
const { encoder, matrix } = fitEncoder(table, encoding, { labels });
const pipeline = composePipeline({ encoder, model: fitLogisticRegression(matrix, labels, { strength: 0.1 }) });

describe("a pipeline with every kind of encoding", () => {
  test("reads the columns of their types, and comes back saved", () => {
    expect(pipeline.inputs).toEqual([
      { column: "spend", type: "number" },
      { column: "size", type: "category" },
      { column: "channel", type: "category" },
      { column: "town", type: "category" },
    ]);
    const restored = pipelineFromSpec(JSON.parse(JSON.stringify(pipeline)), [encoderReader, logisticRegressionReader]);
    expect(restored.predictProbability(table)).toEqual(pipeline.predictProbability(table));
    expect(pipeline.predictProbability(table)).toEqual(pipeline.model.predictProbability(encoder.apply(table)));
  });

  test("says which cells keep a row from being scored, and scores the others", () => {
    const rows = tableFromColumns({
      spend: [5, -1, null, 5, 5, 5, 5, 5],
      size: ["small", "small", "small", "huge", null, "small", "small", "small"],
      channel: ["mail", "mail", "mail", "mail", "mail", "fax", null, "shop"],
      town: ["Ulm", "Ulm", "Ulm", "Ulm", "Ulm", "Ulm", "Ulm", "never seen"],
    });
    expect(pipeline.prepare(rows).unscored).toEqual([
      { row: 1, column: "spend", reason: "encode.outOfRange" },
      { row: 2, column: "spend", reason: "encode.missing" },
      { row: 3, column: "size", reason: "encode.unknownCategory" },
      { row: 4, column: "size", reason: "encode.missing" },
      { row: 5, column: "channel", reason: "encode.unknownCategory" },
      { row: 6, column: "channel", reason: "encode.missing" },
    ]);
    expect(Array.from(pipeline.predictProbability(rows), (score) => Number.isNaN(score))).toEqual([false, true, true, true, true, true, true, false]);
  });
});
