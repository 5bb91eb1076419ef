import type { LogisticRegressionModel } from "clientele/churn";
import type { KMeansModel } from "clientele/segmentation";
import * as scoring from "clientele/scoring";
import {
  cleaningReader, composePipeline, encoderReader, kMeansReader, logisticRegressionReader, pipelineFromSpec, standardScalerReader,
  type ClusterPipeline, type PartReader, type ProbabilityPipeline,
} from "clientele/scoring";
import { describe, expect, expectTypeOf, test } from "vitest";
import { expectRefusal } from "../support/errors";
import { customerTable, fitParts } from "./customers";

const { cleaning, encoder, scaler, logisticRegression, kMeans } = fitParts();
const pipeline = composePipeline({ cleaning, encoder, scaler, model: logisticRegression });
const allReaders = [cleaningReader, encoderReader, standardScalerReader, logisticRegressionReader, kMeansReader];
const saved = (): { kind: unknown; version: unknown; parts: Record<string, unknown>[] } =>
  JSON.parse(JSON.stringify(pipeline)) as { kind: unknown; version: unknown; parts: Record<string, unknown>[] };

describe("a saved pipeline", () => {
  test("comes back with the same scores and the same saved form", () => {
    const again = pipelineFromSpec(saved(), [cleaningReader, encoderReader, standardScalerReader, logisticRegressionReader]);
    expect(again.predictProbability(customerTable)).toEqual(pipeline.predictProbability(customerTable));
    expect(JSON.stringify(again)).toBe(JSON.stringify(pipeline));
  });

  test("has the type of its model's reader", () => {
    const one = pipelineFromSpec(saved(), [cleaningReader, encoderReader, standardScalerReader, logisticRegressionReader]);
    expectTypeOf(one).toEqualTypeOf<ProbabilityPipeline<LogisticRegressionModel>>();
    const either = pipelineFromSpec(saved(), allReaders);
    expectTypeOf(either).toEqualTypeOf<ProbabilityPipeline<LogisticRegressionModel> | ClusterPipeline<KMeansModel>>();
  });

  test("needs no cleaning and no scaler", () => {
    const plain = composePipeline({ encoder, model: logisticRegression });
    const again = pipelineFromSpec(JSON.parse(JSON.stringify(plain)), [encoderReader, logisticRegressionReader]);
    expect(again.cleaning).toBeUndefined();
    expect(again.scaler).toBeUndefined();
  });

  test("of k-means", () => {
    const clusters = composePipeline({ cleaning, encoder, scaler, model: kMeans });
    const again = pipelineFromSpec(JSON.parse(JSON.stringify(clusters)), [kMeansReader, standardScalerReader, encoderReader, cleaningReader]);
    expect(again.predict(customerTable)).toEqual(clusters.predict(customerTable));
  });
});

describe("a reader that was not passed in", () => {
  test.each(["cleaningReader", "encoderReader", "standardScalerReader", "logisticRegressionReader"] as const)("is named: %s", (name) => {
    const readers: PartReader[] = allReaders.filter((reader) => reader !== scoring[name]);
    const error = expectRefusal(() => pipelineFromSpec(saved(), readers), "missingReader", `import { ${name} } from "clientele/scoring"`);
    expect(error.details.rule).toBe(name);
  });

  test("has the name that the message gives, for every kind", () => {
    // It stands in for cleaningReader, whose error names it.
    const exported = Object.entries(scoring).filter(([name]) => name.endsWith("Reader") && name !== "fullCleaningReader");
    for (const [name, reader] of exported) {
      expect(name).toBe(`${(reader as PartReader).kind}Reader`);
      expectRefusal(() => pipelineFromSpec({ kind: "pipeline", version: 1, parts: [{ kind: (reader as PartReader).kind }] }, []), "missingReader", name);
    }
    expect(exported.map(([, reader]) => reader)).toEqual(expect.arrayContaining(allReaders));
  });

  test("is not asked for where no release has such a part", () => {
    const error = expectRefusal(() => pipelineFromSpec({ kind: "pipeline", version: 1, parts: [{ kind: "<script>" }] }, allReaders), "invalidSpec", "parts[0].kind");
    expect(error.message).not.toContain("<script>");
  });

  test("may be of the caller's own making", () => {
    const own = { part: "model", kind: "own", read: logisticRegressionReader.read } as const;
    const spec = saved();
    const read = (value: unknown): ProbabilityPipeline<LogisticRegressionModel> => {
      const renamed = { ...own, read: (part: unknown, stages: Parameters<typeof own.read>[1]) => own.read({ ...(part as object), kind: "logisticRegression" }, stages) };
      return pipelineFromSpec(value, [cleaningReader, encoderReader, standardScalerReader, renamed]);
    };
    const parts = spec.parts.map((part) => (part["kind"] === "logisticRegression" ? { ...part, kind: "own" } : part));
    expect(read({ ...spec, parts }).predictProbability(customerTable)).toEqual(pipeline.predictProbability(customerTable));
  });
});

describe("what is no saved pipeline is refused", () => {
  const [ofCleaning, ofEncoder, ofScaler, ofModel] = saved().parts;
  test.each<[string, unknown[]]>([
    ["no part", []],
    ["no model", [ofCleaning, ofEncoder, ofScaler]],
    ["no encoder", [ofCleaning, ofModel]],
    ["parts in another order", [ofEncoder, ofCleaning, ofModel]],
    ["a part twice", [ofEncoder, ofEncoder, ofModel]],
    ["a part behind the model", [ofEncoder, ofModel, ofScaler]],
    ["two models", [ofEncoder, ofModel, ofModel]],
    ["a part that is no object", [ofEncoder, null, ofModel]],
    ["a model of other features", [ofEncoder, { ...JSON.parse(JSON.stringify(kMeans)) as object, featureNames: encoder.featureNames.map((name) => `${name}?`) }]],
    ["a scaler of other features", [ofEncoder, { kind: "standardScaler", version: 1, ddof: 0, featureNames: ["x"], means: [0], scales: [1], constantColumns: [] }, ofModel]],
  ])("%s", (_name, parts) => {
    expectRefusal(() => pipelineFromSpec({ kind: "pipeline", version: 1, parts }, allReaders), "invalidSpec");
  });

  test("text that was not parsed", () => {
    expectRefusal(() => pipelineFromSpec(JSON.stringify(pipeline), allReaders), "invalidSpec", "JSON.parse");
  });

  test("a reader that is none", () => {
    for (const reader of [undefined, null, {}, "encoderReader"]) {
      expectRefusal(() => pipelineFromSpec(saved(), [encoderReader, reader as never]), "invalidInput", "readers[1] must be a reader such as encoderReader");
    }
  });

  test("readers that are no list", () => {
    // @ts-expect-error readers are a list
    expectRefusal(() => pipelineFromSpec(saved(), encoderReader), "invalidInput", "readers");
  });
});
