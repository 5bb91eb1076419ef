import { beforeAll, describe, expect, test } from "vitest";
import {
  analyzeCustomers,
  analyzeCustomersSteps,
  cleaningReader,
  encoderReader,
  logisticRegressionReader,
  pipelineFromSpec,
  runCooperatively,
  scoreRecords,
  type Analysis, type Part,
  type Progress,
} from "clientele";
import { readCdnowTransactions, readTelcoCustomers } from "../../examples/read-data";
import { expectRefusal } from "../support/errors";

function done<Result extends object>(part: Part<Result>): Result {
  if (part.status === "notRun") throw new Error(part.reason);
  return part;
}

describe("telecom customers", () => {
  const customers = readTelcoCustomers();
  const before = structuredClone(customers);
  let analysis: Analysis;
  beforeAll(() => {
    analysis = analyzeCustomers({ customers, fields: { id: "customerID", value: "MonthlyCharges" }, churn: { label: "Churn", positive: "Yes" } });
  });

  test("the records are not changed, and every row is accounted for", () => {
    expect(customers).toEqual(before);
    const { report } = done(analysis.quality).customers!;
    expect(report).toMatchObject({ rowsIn: 7043, rowsOut: 7043, rowsQuarantined: 0, rowsMerged: 0 });
    expect(report.fills).toMatchObject([{ column: "TotalCharges", method: "median", filled: 11 }]);
  });

  test("segments cover all customers; the label takes no part, and is shown for each", () => {
    const segments = done(analysis.segments);
    expect(segments.columns).toEqual(["SeniorCitizen", "tenure", "MonthlyCharges", "TotalCharges"]);
    expect(segments.profiles.segments.reduce((sum, { size }) => sum + size, 0)).toBe(7043);
    expect(segments.candidates.map(({ k }) => k)).toEqual([2, 3, 4, 5, 6, 7, 8]);
    const leavers = segments.profiles.segments.reduce((sum, { size, segment }) => sum + size * segments.churnRates![segment]!, 0);
    expect(leavers).toBeCloseTo(1869, 6);
    expect(segments.rowIds[0]).toBe("7590-VHVEG");
  });

  test("churn is predicted out of fold, beside its baselines, as well as scikit-learn does", () => {
    const churn = done(analysis.churn);
    const { pooled } = churn.evaluation;
    expect(pooled).toMatchObject({ rowCount: 7043, positiveCount: 1869 });
    // scikit-learn's unpenalised fit under its own five folds: AUC 0.8453, log-loss 0.4176, Brier 0.1354; folds differ, so not to the digit.
    expect(Math.abs(pooled.auc - 0.8453)).toBeLessThan(0.002);
    expect(Math.abs(pooled.logLoss - 0.4176)).toBeLessThan(0.002);
    expect(Math.abs(pooled.brier - 0.1354)).toBeLessThan(0.001);
    expect(pooled.logLoss).toBeLessThan(pooled.baseline.logLoss);
    expect(churn.model.status).toBe("aliased");
    expect(churn.model.aliased.length).toBe(7);
    expect(churn.pipeline.encoder.columns.map(({ column }) => column)).not.toContain("Churn");
    expect(churn.pipeline.encoder.columns.map(({ column }) => column)).not.toContain("customerID");
    expect(churn.deciles.reduce((sum, { customerCount }) => sum + customerCount, 0)).toBe(7043);
    expect(churn.deciles[0]!.churnRate).toBeGreaterThan(churn.deciles[9]!.churnRate);
  });

  test("the contributions of a customer's reasons belong to the log-odds of the model", () => {
    const churn = done(analysis.churn);
    const { retain } = done(analysis.actions);
    expect(retain.length).toBe(20);
    for (const { customer, probability, value, valueAtRisk, reasons } of retain) {
      const row = Array.from(churn.rowIds).indexOf(customer);
      expect(churn.labels[row]).toBe(0);
      expect(probability).toBe(churn.probabilities[row]);
      expect(valueAtRisk).toBe(probability * value!);
      for (const { column, contribution, value: cell } of reasons) {
        const encoded = churn.explanation.featureNames.flatMap((name, j) => (name === column || name.startsWith(`${column}=`) ? [j] : []));
        const sum = encoded.reduce((total, j) => total + churn.explanation.contributions[row * churn.explanation.featureNames.length + j]!, 0);
        expect(contribution).toBeCloseTo(sum, 12);
        expect(contribution).toBeGreaterThan(0);
        expect(String(cell)).toBe(String(Number.isNaN(Number(customers[row]![column])) ? customers[row]![column] : Number(customers[row]![column])));
      }
    }
    expect(retain.every(({ valueAtRisk }, i) => i === 0 || valueAtRisk! <= retain[i - 1]!.valueAtRisk!)).toBe(true);
  });

  test("the saved pipeline scores raw records as the model scores the customers of the fit", () => {
    const churn = done(analysis.churn);
    const saved: unknown = JSON.parse(JSON.stringify(churn.pipeline));
    const pipeline = pipelineFromSpec(saved, [cleaningReader, encoderReader, logisticRegressionReader]);
    const { scores } = scoreRecords(pipeline, customers);
    const expected = churn.model.predictProbability(churn.pipeline.prepare(churn.table).features);
    expect(scores.length).toBe(7043);
    expect(scores).toEqual(expected);
  });

  test("value says why it did not run", () => {
    expect(analysis.lifetimeValue).toEqual({ status: "notRun", reason: "there are no transactions" });
  });
});

describe("transactions of the CD shop", () => {
  const transactions = readCdnowTransactions().map((row) => ({ kunde: row.customerId, tag: row.timestamp.toISOString(), betrag: String(row.amount) }));
  const input = {
    transactions,
    fields: { transactionCustomer: "kunde", transactionTime: "tag", transactionValue: "betrag" },
    asOf: "1998-06-30",
    lifetimeValue: { horizon: { months: 6 }, margin: 0.3 },
  } as const;

  test("texts are converted, all customers valued, and the method checked on the past", () => {
    const analysis = analyzeCustomers(input);
    const quality = done(analysis.quality).transactions!;
    expect(quality.report.conversions.map(({ column, converted }) => [column, converted])).toEqual([["tag", 6919], ["betrag", 6919]]);
    const value = done(analysis.lifetimeValue);
    expect(value.summary.customerCount).toBe(2357);
    expect(value.values.expectedValue.length).toBe(2357);
    expect(value.backtest).toMatchObject({ status: "done", customerCount: 2357 });
    expect(done(analysis.segments).columns).toEqual(["daysSinceLast", "log1p(orderCount)", "log1p(totalValue)"]);
    expect(done(analysis.actions).cultivate.length).toBe(20);
    expect(analysis.churn).toMatchObject({ status: "notRun" });
  });

  test("too long a horizon makes the part notRun, with the reason", () => {
    const { lifetimeValue } = analyzeCustomers({ ...input, lifetimeValue: { horizon: { months: 24 } } });
    expect(lifetimeValue).toMatchObject({ status: "notRun" });
    expect(lifetimeValue.status === "notRun" && lifetimeValue.reason).toContain("shorten the horizon");
  });

  test("a row that cannot be read is set aside, not lost", () => {
    const { quality } = analyzeCustomers({ ...input, transactions: [...transactions, { kunde: "x", tag: "yesterday", betrag: "5" }] });
    const { report, quarantined } = done(quality).transactions!;
    expect(report).toMatchObject({ rowsIn: 6920, rowsOut: 6919, rowsQuarantined: 1 });
    expect(quarantined.reasons).toMatchObject({ columns: ["tag"], rules: ["convert.notTime"] });
  });
});

describe("thin, empty and mistaken input", () => {
  test("nothing at all", () => {
    const analysis = analyzeCustomers({});
    for (const part of ["quality", "segments", "churn", "lifetimeValue", "actions"] as const) expect(analysis[part].status).toBe("notRun");
  });

  test("few customers: what can run does, the rest says why", () => {
    const customers = [1, 2, 3, 4, 5, 6].map((visits) => ({ visits, left: visits > 3 ? "yes" : "no" }));
    const analysis = analyzeCustomers({ customers, churn: { label: "left", positive: "yes" } });
    expect(analysis.segments.status).toBe("done");
    expect(analysis.churn).toEqual({ status: "notRun", reason: "3 of 6 customers left; at least 20 who left and as many who stayed are needed" });
  });

  test("customers without numbers, identical customers, one customer", () => {
    expect(analyzeCustomers({ customers: [{ plan: "a" }, { plan: "b" }] }).segments).toMatchObject({ status: "notRun" });
    expect(analyzeCustomers({ customers: [{ x: 1 }, { x: 1 }, { x: 1 }] }).segments).toMatchObject({ status: "notRun" });
    expect(analyzeCustomers({ customers: [{ x: 1 }] }).segments).toMatchObject({ status: "notRun" });
  });

  test("customers without a label are left out and counted; separated classes are fitted with a weak penalty", () => {
    const customers = Array.from({ length: 90 }, (_, i) => ({ visits: i, other: (i * 37) % 11, left: i % 3 === 2 ? null : i < 45 ? "yes" : "no" }));
    const churn = done(analyzeCustomers({ customers, churn: { label: "left", positive: "yes" } }).churn);
    expect(churn.unlabelledCount).toBe(30);
    expect(churn.labels.length).toBe(60);
    expect(churn.model.strength).toBe(1 / 60);
    expect(churn.model.status).toBe("converged");
  });

  test("duplicated ids are merged, missing ids are not", () => {
    const customers = [{ id: "a", x: 1 }, { id: "a", x: 2 }, { id: null, x: 3 }, { id: null, x: 4 }];
    const analysis = analyzeCustomers({ customers, fields: { id: "id" } });
    expect(done(analysis.quality).customers!.report).toMatchObject({ rowsIn: 4, rowsOut: 3, rowsMerged: 1 });
    expect(Array.from(done(analysis.segments).rowIds)).toEqual(["a", "row 2", "row 3"]);
  });

  test("mistakes are errors", () => {
    const customers = [{ x: 1 }];
    expectRefusal(() => analyzeCustomers({ custommers: customers } as never), "unknownOption", 'did you mean "customers"?');
    expectRefusal(() => analyzeCustomers({ customers, fields: { ids: "x" } as never }), "unknownOption", "analyzeCustomers, fields", 'did you mean "id"?');
    expectRefusal(() => analyzeCustomers({ customers, fields: { id: "key" } }), "unknownColumn", '"key"');
    expectRefusal(() => analyzeCustomers({ customers, churn: { label: "gone", positive: 1 } }), "unknownColumn", '"gone"');
    expectRefusal(() => analyzeCustomers({ transactions: [] }), "invalidOption", "asOf is required with transactions");
    expectRefusal(() => analyzeCustomers({ customers: "x" as never }), "invalidInput", "records must be an array");
  });
});

test("in slices: the same result, with progress by part", async () => {
  const input = {
    customers: Array.from({ length: 200 }, (_, i) => ({ visits: (i * 13) % 31, spend: (i * 7) % 19, left: (i * 13) % 31 < 10 + (i % 7) ? 1 : 0 })),
    churn: { label: "left", positive: 1 },
  };
  const seen: Progress[] = [];
  const cooperative = await runCooperatively(analyzeCustomersSteps(input), { onProgress: (progress) => seen.push(progress) });
  expect(JSON.stringify(cooperative)).toBe(JSON.stringify(analyzeCustomers(input)));
  expect(new Set(seen.map(({ phase }) => phase.split(":")[0]))).toEqual(new Set(["cleaning", "segments", "churn"]));
  expect(seen.every(({ done: finished, total }) => finished <= total)).toBe(true);
});
