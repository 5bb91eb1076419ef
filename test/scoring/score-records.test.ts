import { fitKMeans } from "clientele/segmentation";
import { fitCleaning } from "clientele/cleaning";
import { tableFromColumns } from "clientele/data";
import { fitEncoder } from "clientele/features";
import { composePipeline, scoreRecords } from "clientele/scoring";
import { describe, expect, expectTypeOf, test } from "vitest";
import { expectRefusal } from "../support/errors";
import { customerRecords, customerTable, fitParts } from "./customers";

const { cleaning, encoder, scaler, logisticRegression, kMeans } = fitParts();
const pipeline = composePipeline({ cleaning, encoder, scaler, model: logisticRegression });
const all = pipeline.predictProbability(customerTable);

describe("records are scored as the rows of a table", () => {
  test("all at once", () => {
    const { scores, unscored } = scoreRecords(pipeline, customerRecords);
    expect(scores).toEqual(all);
    expect(unscored).toEqual([{ row: 25, column: "charges", reason: "convert.notNumber" }]);
  });

  test("one at a time, to the bit", () => {
    customerRecords.forEach((record, row) => expect(scoreRecords(pipeline, [record]).scores[0]).toBe(all[row]));
  });

  test("without the fields that no feature comes from", () => {
    const scored = customerRecords.map(({ tenure, charges, plan, paperless }) => ({ paperless, plan, charges, tenure }));
    expect(scoreRecords(pipeline, scored).scores).toEqual(all);
  });

  test("whatever other fields hold", () => {
    const record = { ...customerRecords[1], address: { street: "x" }, tags: ["a"], toString: 1 };
    expect(scoreRecords(pipeline, [record]).scores[0]).toBe(all[1]);
  });

  test("typed by the pipeline", () => {
    expectTypeOf(scoreRecords(pipeline, []).scores).toEqualTypeOf<Float64Array>();
    const clusters = scoreRecords(composePipeline({ cleaning, encoder, scaler, model: kMeans }), customerRecords.slice(0, 2));
    expectTypeOf(clusters.scores).toEqualTypeOf<Int32Array>();
    expect(clusters.scores.every((cluster) => cluster >= 0)).toBe(true);
  });

  test("none", () => {
    expect(scoreRecords(pipeline, []).scores).toEqual(new Float64Array(0));
  });
});

describe("a single record needs no types", () => {
  const [, record] = customerRecords;

  test("a converted field may hold a text, a number or nothing", () => {
    const ofText = scoreRecords(pipeline, [{ ...record, charges: "29.5" }]).scores[0];
    expect(scoreRecords(pipeline, [{ ...record, charges: 29.5 }]).scores[0]).toBe(ofText);
    for (const nothing of [null, undefined, NaN, " "]) {
      const { scores, changes } = scoreRecords(pipeline, [{ ...record, charges: nothing }]);
      expect(scores[0]).toBe(scoreRecords(pipeline, [{ ...record, charges: cleaning.fills[0]!.value }]).scores[0]);
      expect(changes?.rules.at(-1)).toBe("fill.median");
    }
  });

  test("a number is never read as a text with a decimal comma", () => {
    const table = tableFromColumns({ total: ["1.234,5", "2,5"] });
    const decimalComma = fitCleaning(table, { convert: [{ column: "total", to: "number", decimal: ",", grouping: "." }] });
    const { encoder: plain, matrix } = fitEncoder(decimalComma.apply(table).table, [{ column: "total", as: "number" }]);
    const totals = composePipeline({ cleaning: decimalComma, encoder: plain, model: fitKMeans(matrix, { k: 1 }) });
    expect([...scoreRecords(totals, [{ total: 1.234 }]).features.values]).toEqual([1.234]);
    expect([...scoreRecords(totals, [{ total: "1.234" }]).features.values]).toEqual([1234]);
  });

  test("values and texts may stand in one converted field, each answered as if it were alone", () => {
    const charges = [33, "33", "33.0", 29.5, "29.5", null, " ", true, "about 50", 0, -0, 1e21, 2 ** 53, 1.5e-7, 9007199254740993n];
    const records = charges.map((value) => ({ ...record, charges: value }));
    const { scores, unscored } = scoreRecords(pipeline, records);
    expect([...scores]).toEqual(records.map((each) => scoreRecords(pipeline, [each]).scores[0]));
    expect(scores[0]).toBe(scores[1]);
    expect(scores[3]).toBe(scores[4]);
    expect(unscored).toEqual([7, 8, 14].map((row) => ({ row, column: "charges", reason: row === 14 ? "convert.inexactInteger" : "convert.notNumber" })));
  });

  test("true and false stay what they are where texts mean them", () => {
    const table = tableFromColumns({ calls: [1, 2, 3, 4], vip: ["ja", "nein", "ja", "nein"] });
    const converted = fitCleaning(table, { convert: [{ column: "vip", to: "boolean", trueTexts: ["ja"], falseTexts: ["nein"] }] });
    const { encoder: flags, matrix } = fitEncoder(converted.apply(table).table, [{ column: "vip", as: "boolean" }]);
    const vips = composePipeline({ cleaning: converted, encoder: flags, model: fitKMeans(matrix, { k: 2 }) });
    const { features, unscored } = scoreRecords(vips, [{ vip: true }, { vip: "nein" }, { vip: false }, { vip: "ja" }, { vip: 1 }]);
    expect([...features.values]).toEqual([1, 0, 0, 1]);
    expect(unscored).toEqual([{ row: 4, column: "vip", reason: "convert.notBoolean" }]);
  });

  test("a category field that is null", () => {
    const { scores } = scoreRecords(pipeline, [{ ...record, plan: null }]);
    expect(scores[0]).not.toBeNaN();
  });

  test("a number or boolean field that is null has no score where nothing fills it", () => {
    const { scores, unscored } = scoreRecords(pipeline, [{ ...record, tenure: null, paperless: null }]);
    expect(scores[0]).toBeNaN();
    expect(unscored.map(({ column, reason }) => [column, reason])).toEqual([["tenure", "encode.missing"], ["paperless", "encode.missing"]]);
  });
});

describe("mistakes in records", () => {
  const [, record] = customerRecords;

  test("a field that no record has is asked for, not taken for missing", () => {
    expectRefusal(() => scoreRecords(pipeline, [{ tenure: 1, charges: "2", plan: "pro" }]), "unknownColumn", '"paperless"');
  });

  test("a value of another type is named by row and field, and not repeated", () => {
    const error = expectRefusal(() => scoreRecords(pipeline, [record!, { ...record, tenure: "two years" }]), "invalidInput", "row 1", '"tenure"');
    expect(error.message).not.toContain("two years");
    expectRefusal(() => scoreRecords(pipeline, [{ ...record, paperless: "yes" }]), "invalidInput", '"paperless"');
    expectRefusal(() => scoreRecords(pipeline, [{ ...record, tenure: Infinity }]), "invalidInput", '"tenure"');
  });
});
