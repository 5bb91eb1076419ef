import { tableFromColumns } from "clientele/data";
import { fitEncoder, fitLogScaler, fitMinMaxScaler, fitRobustScaler } from "clientele/features";
import { composePipeline, encoderReader, kMeansReader, logScalerReader, minMaxScalerReader, pipelineFromSpec, robustScalerReader } from "clientele/scoring";
import { fitKMeans } from "clientele/segmentation";
import { expect, test } from "vitest";
import { expectRefusal } from "../support/errors";

const customers = tableFromColumns({ orders: [1, 2, 1, 30, 31], spend: [20, 30, 10, 900, 950] });
const { encoder, matrix } = fitEncoder(customers, [{ column: "orders", as: "number" }, { column: "spend", as: "number" }]);

test.each([
  ["robustScalerReader", fitRobustScaler(matrix), robustScalerReader],
  ["minMaxScalerReader", fitMinMaxScaler(matrix), minMaxScalerReader],
  ["logScalerReader", fitLogScaler(matrix), logScalerReader],
])("a pipeline is saved and read with %s", (name, scaler, reader) => {
  const pipeline = composePipeline({ encoder, scaler, model: fitKMeans(scaler.apply(matrix), { k: 2 }) });
  const saved: unknown = JSON.parse(JSON.stringify(pipeline));
  const restored = pipelineFromSpec(saved, [encoderReader, reader, kMeansReader]);
  expect(restored.toJSON()).toEqual(saved);
  const rows = tableFromColumns({ orders: [3, 28], spend: [40, 800] });
  expect(restored.predict(rows)).toEqual(pipeline.predict(rows));
  expect(new Set(restored.predict(rows)).size).toBe(2);
  expect(restored.prepare(customers).features.values).toEqual(scaler.apply(matrix).values);
  expectRefusal(() => pipelineFromSpec(saved, [encoderReader, kMeansReader]), "missingReader", name);
});

test("a row whose value has no logarithm is listed by its position in the table, beside those that the encoder refuses", () => {
  const scaler = fitLogScaler(matrix);
  const pipeline = composePipeline({ encoder, scaler, model: fitKMeans(scaler.apply(matrix), { k: 2 }) });
  const rows = tableFromColumns({ orders: [3, null, 3, 28], spend: [40, 5, -1, 800] });
  const prepared = pipeline.prepare(rows);
  expect(prepared.unscored).toEqual([
    { row: 1, column: "orders", reason: "encode.missing" },
    { row: 2, column: "spend", reason: "scale.outOfRange" },
  ]);
  expect(Array.from(prepared.rows)).toEqual([0, 3]);
  const clusters = Array.from(pipeline.predict(rows));
  expect([clusters[1], clusters[2]]).toEqual([-1, -1]);
  expect([clusters[0], clusters[3]]).toEqual(Array.from(pipeline.predict(tableFromColumns({ orders: [3, 28], spend: [40, 800] }))));
});
