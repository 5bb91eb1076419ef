import { beforeAll, describe, expect, test } from "vitest";
import {
  analyzeCustomers,
  analyzeCustomersSteps,
  cleaningReader,
  encoderReader,
  logisticRegressionReader,
  pipelineFromSpec,
  renderMarkdown,
  runCooperatively,
  scoreRecords,
  type Analysis, type Part,
  type Progress,
} from "clientele";
import { readCdnowTransactions, readTelcoCustomers } from "../../examples/read-data";
import { createReasonFinder } from "../../src/analysis/reasons";
import { RandomStream } from "../../src/numeric/random/random-stream";
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
    // Of the single columns tenure tells most, in one training part or another the contract; the model is better than either alone.
    expect(churn.lead.columns).toHaveLength(5);
    expect(churn.lead.columns.every((column) => column === "tenure" || column === "Contract")).toBe(true);
    expect(churn.lead.low).toBeGreaterThan(0.05);
    expect(churn.lead.evaluation.mean.logLoss - churn.evaluation.mean.logLoss).toBeCloseTo(churn.lead.improvement, 12);
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
    expect(quality.report.conversions.map(({ column, converted }) => [column, converted])).toEqual([["kunde", 0], ["tag", 6919], ["betrag", 6919]]);
    const value = done(analysis.lifetimeValue);
    expect(value.summary.customerCount).toBe(2357);
    expect(value.values.expectedValue.length).toBe(2357);
    expect(value.backtest).toMatchObject({ status: "done", customerCount: 2357 });
    const { transactionModel, spendModel, estimate } = done(value.modelled);
    expect([transactionModel.status, spendModel.status]).toEqual(["converged", "converged"]);
    expect(estimate.id).toEqual(value.summary.id);
    expect(estimate.total.low).toBeLessThan(estimate.total.value);
    expect(estimate.total.high).toBeGreaterThan(estimate.total.value);
    expect(estimate.aliveProbability.every((probability) => probability > 0 && probability < 1)).toBe(true);
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
    const { setAside, ...counts } = done(quality).transactions!;
    expect(counts).toMatchObject({ rowsIn: 6920, rowsUsed: 6919, rowsSetAside: 1, rowsMerged: 0 });
    expect(setAside.reasons).toEqual({ rowIds: [6919], columns: ["tag"], rules: ["convert.notTime"] });
  });

  test("rows without customer, time or amount are set aside with the reason; blank is missing", () => {
    const broken = [
      { kunde: "x", tag: "1998-01-01", betrag: null },
      { kunde: " ", tag: "1998-01-01", betrag: "5" },
      { kunde: null, tag: "", betrag: "" },
    ];
    const analysis = analyzeCustomers({ ...input, transactions: [...transactions, ...broken] });
    const { setAside, ...counts } = done(analysis.quality).transactions!;
    expect(counts).toMatchObject({ rowsIn: 6922, rowsUsed: 6919, rowsSetAside: 3 });
    expect(setAside.reasons.rowIds.map((row, i) => [row, setAside.reasons.columns[i], setAside.reasons.rules[i]])).toEqual([
      [6919, "betrag", "missing"],
      [6920, "kunde", "missing"],
      [6921, "kunde", "missing"],
      [6921, "tag", "missing"],
      [6921, "betrag", "missing"],
    ]);
    expect(done(analysis.lifetimeValue).summary.customerCount).toBe(2357);
  });

  test("when every row is set aside, the reason says why", () => {
    const local = transactions.slice(0, 50).map((row) => ({ ...row, tag: `${row.tag.slice(0, 10)} 10:00:00` }));
    const { lifetimeValue } = analyzeCustomers({ ...input, transactions: local });
    expect(lifetimeValue).toEqual({ status: "notRun", reason: "all 50 transactions were set aside (tag: convert.notTime, 50 rows)" });
  });

  test("times may be milliseconds; a log that ends in silence has no meaningful ratio, and says so", () => {
    const asMilliseconds = transactions.map((row) => ({ ...row, tag: Date.parse(row.tag) }));
    const { lifetimeValue } = analyzeCustomers({ ...input, transactions: asMilliseconds });
    expect(done(lifetimeValue).summary.customerCount).toBe(2357);
    const silent = analyzeCustomers({ ...input, asOf: "1999-12-31" });
    expect(done(silent.lifetimeValue).backtest).toMatchObject({ actualTotal: 0, topFifthShare: undefined });
    const text = renderMarkdown(silent);
    expect(text).toContain("it became 0.");
    expect(text).not.toMatch(/NaN|∞|undefined/);
  });
});

describe("customers and transactions together", () => {
  const customers = Array.from({ length: 120 }, (_, i) => ({ id: i, age: 20 + ((i * 7) % 50), left: (i * 7) % 50 < 15 + (i % 9) ? "yes" : "no" }));
  const transactions = Array.from({ length: 900 }, (_, i) => ({
    customerId: String((i * 7) % 150),
    timestamp: new Date(Date.UTC(2025, 0, 1 + ((i * 13) % 700))),
    amount: 10 + (i % 5),
  }));

  test("expected values go to segments and to whom to keep; what does not match is counted", () => {
    const analysis = analyzeCustomers({
      customers,
      transactions,
      fields: { id: "id" },
      churn: { label: "left", positive: "yes" },
      asOf: "2026-11-30",
      lifetimeValue: { horizon: { months: 3 } },
    });
    expect(analysis.overlap).toEqual({ matched: 120, withoutPurchase: 0, withoutRecord: 30 });
    const value = done(analysis.lifetimeValue);
    const total = done(analysis.segments).profiles.segments.reduce((sum, segment) => sum + segment.value!.total, 0);
    const ofRecords = value.summary.id.reduce((sum: number, id, i) => (Number(id) < 120 ? sum + value.values.expectedValue[i]! : sum), 0);
    expect(total).toBeCloseTo(ofRecords, 9);
    expect(done(analysis.segments).columns).toEqual(["age"]);
    const [first] = done(analysis.actions).retain;
    expect(first!.value).toBe(value.values.expectedValue[value.summary.id.indexOf(String(first!.customer))]);
  });
});

/** 300 customers whose leaving depends on visits, with noise; fields can be replaced row by row. */
function shop(change: (row: Record<string, unknown>, i: number) => Record<string, unknown>): Record<string, unknown>[] {
  return Array.from({ length: 300 }, (_, i) => {
    const visits = (i * 37) % 60;
    return change({ id: `c${i}`, visits, fee: 10 + (i % 17), plan: i % 3 === 0 ? "monthly" : "yearly", left: (i * 61) % 101 < 70 - visits ? "yes" : "no" }, i);
  });
}

describe("ordinary dirty data", () => {
  const churn = { label: "left", positive: "yes" } as const;

  test("a blank label is no label", () => {
    const part = done(analyzeCustomers({ customers: shop((row, i) => ({ ...row, left: i % 3 === 0 ? [" ", "", null][i % 9 / 3] : row["left"] })), churn }).churn);
    expect(part.unlabelledCount).toBe(100);
    expect(part.labels.length).toBe(200);
    expect(part.stayingValueCount).toBe(1);
  });

  test("several values that count as staying are counted, and the report asks to check them", () => {
    const analysis = analyzeCustomers({ customers: shop((row, i) => ({ ...row, left: i === 5 ? "N/A" : row["left"] })), churn });
    expect(done(analysis.churn).stayingValueCount).toBe(2);
    expect(renderMarkdown(analysis)).toContain("2 different values of the label count as staying");
  });

  test("a positive value is compared as text; one that never occurs is a mistake, not a finding", () => {
    const numbers = shop((row) => ({ ...row, left: row["left"] === "yes" ? 1 : 0 }));
    expect(done(analyzeCustomers({ customers: numbers, churn: { label: "left", positive: "1" } }).churn).labels.length).toBe(300);
    expectRefusal(() => analyzeCustomers({ customers: shop((row) => row), churn: { label: "left", positive: "Yes" } }), "invalidOption", "churn.positive", '"Yes"', "2 different values");
    expectRefusal(() => analyzeCustomers({ customers: numbers, churn: { label: "left", positive: null as never } }), "invalidOption", "churn.positive must be a text, a number");
  });

  test("columns with hardly any values are left out, and said to be", () => {
    const sparse = shop((row, i) => ({ ...row, nps: i === 7 ? 9 : null, vip: i === 8 ? true : null, coupon: i < 20 ? `k${i % 15}` : null }));
    const analysis = analyzeCustomers({ customers: sparse, churn });
    const part = done(analysis.churn);
    expect(part.leftOut).toEqual(expect.arrayContaining([{ column: "nps", reason: "tooFewValues" }, { column: "vip", reason: "tooFewValues" }]));
    expect(part.pipeline.encoder.featureNames).toContain("coupon=(missing)");
  });

  test("a number column without any value left takes no part in the segments", () => {
    const customers = [...shop((row) => row), { id: "c0", visits: 1, fee: 1, plan: "yearly", left: "no", bonus: 5 }];
    const segments = done(analyzeCustomers({ customers, fields: { id: "id" } }).segments);
    expect(segments.columns).toEqual(["visits", "fee"]);
    expect(segments.leftOut).toEqual(["bonus"]);
  });

  test("a blank id merges nobody, and an invented one belongs to nobody else", () => {
    const customers = shop((row, i) => ({ ...row, id: i < 50 ? ["", " ", null][i % 3] : i === 60 ? "row 2" : row["id"] }));
    const analysis = analyzeCustomers({ customers, fields: { id: "id" } });
    expect(done(analysis.quality).customers).toMatchObject({ rowsIn: 300, rowsUsed: 300, rowsMerged: 0 });
    expect(new Set(Array.from(done(analysis.segments).rowIds)).size).toBe(300);
  });

  test("a customer whose value is not known is not ranked by an invented one", () => {
    const analysis = analyzeCustomers({ customers: shop((row, i) => ({ ...row, fee: i % 2 === 0 ? null : row["fee"] })), fields: { id: "id", value: "fee" }, churn });
    for (const { customer, value } of done(analysis.actions).retain) expect([Number(String(customer).slice(1)) % 2, value]).toEqual([1, 10 + (Number(String(customer).slice(1)) % 17)]);
  });

  test("a field that is missing is not known in the reasons, and a pipeline scores it all the same", () => {
    const customers = shop((row, i) => ({ ...row, visits: i % 4 === 0 ? null : row["visits"] }));
    const analysis = analyzeCustomers({ customers, churn });
    const part = done(analysis.churn);
    const finder = createReasonFinder(part);
    for (let row = 0; row < 300; row += 4) for (const { column, value } of finder(row, 5)) if (column === "visits") expect(value).toBeNull();
    const { scores, unscored } = scoreRecords(part.pipeline, [{ visits: null, fee: null, plan: null, id: "c1" }]);
    expect(unscored).toEqual([]);
    expect(scores[0]! > 0 && scores[0]! < 1).toBe(true);
  });

  test("records given twice are judged together: random labels stay unpredictable", () => {
    const random = new RandomStream(5);
    const once = Array.from({ length: 150 }, () => ({ a: random.nextFloat(), b: random.nextFloat(), c: random.nextFloat(), d: random.nextFloat(), left: random.nextInteger(2) }));
    const part = done(analyzeCustomers({ customers: [...once, ...once], churn: { label: "left", positive: 1 } }).churn);
    expect(part.repeatedCount).toBe(150);
    for (let i = 0; i < 150; i++) expect(part.evaluation.folds[i]).toBe(part.evaluation.folds[i + 150]);
    expect(part.evaluation.pooled.auc).toBeLessThan(0.62);
  });

  test("a rare level that only stayers have: the column is named, not hidden by the penalty", () => {
    const customers = shop((row, i) => ({ ...row, plan: row["left"] === "no" && i % 50 === 3 ? "legacy" : row["plan"] }));
    const analysis = analyzeCustomers({ customers, churn });
    const part = done(analysis.churn);
    expect(part.separation).toMatchObject({ kind: "quasi" });
    expect(part.model.strength).toBeGreaterThan(0);
    expect(renderMarkdown(analysis)).toMatch(/plan=.*without error for some customers/);
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
    expectRefusal(() => analyzeCustomers({ customers, fields: { id: "key" } }), "unknownColumn", "analyzeCustomers: fields.id names no column", '"key"');
    expectRefusal(() => analyzeCustomers({ customers, fields: { value: "key" } }), "unknownColumn", "fields.value");
    expectRefusal(() => analyzeCustomers({ customers, fields: { exclude: ["key"] } }), "unknownColumn", "analyzeCustomers: fields.exclude: no record has a field");
    expectRefusal(() => analyzeCustomers({ customers, churn: { label: "gone", positive: 1 } }), "unknownColumn", "churn.label", '"gone"');
    expectRefusal(() => analyzeCustomers({ customers, fields: { exclude: ["x"] }, churn: { label: "x", positive: 1 } }), "invalidOption", "churn.label", "is in both");
    expect(analyzeCustomers({ customers: [{ x: 1 }, { x: 2 }, { x: 3 }], segments: { k: 5 } }).segments).toEqual({
      status: "notRun",
      reason: "5 segments need more than 5 customers; there are 3",
    });
    expectRefusal(() => analyzeCustomers({ transactions: [{ customerId: "a", timestamp: new Date(0), amount: 1 }] }), "invalidOption", "asOf is required with transactions");
    expectRefusal(() => analyzeCustomers({ customers, asOf: null as never }), "invalidOption", "asOf");
    expectRefusal(() => analyzeCustomers({ customers, timeZone: "Mars/Olympus" }), "invalidOption", "timeZone");
    expectRefusal(() => analyzeCustomers({ customers: "x" as never }), "invalidInput", "customers must be an array of records");
    expectRefusal(() => analyzeCustomers({ transactions: null as never }), "invalidInput", "transactions must be an array of records");
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
