import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { recordsFromTable, tableFromRecords } from "../../src/data";
import { computeRfmHeatMap, fitRfm, rfmFromSpec, scoreRfm, summarizeTransactions, tableFromRfmScores, type RfmColumns, type RfmOptions } from "../../src/features";
import expected from "../reference/rfm/expected.json";
import { expectRefusal } from "../support/errors";

const MEASURES = { recency: "daysSinceLast", frequency: "orderCount", monetary: "totalValue" } as const;
type Measure = keyof typeof MEASURES;
const measures = Object.keys(MEASURES) as Measure[];

/** Rules that suit every number of levels. */
const everyone = [{ name: "everyone" }];

function cdnow(): RfmColumns {
  const text = readFileSync(new URL("../../examples/data/cdnow-sample.txt", import.meta.url), "utf8");
  const orders = text.trim().split("\n").map((line) => {
    const [, customerId, date, , amount] = line.trim().split(/\s+/);
    return { customerId, timestamp: new Date(`${date!.slice(0, 4)}-${date!.slice(4, 6)}-${date!.slice(6)}`), amount: Number(amount) };
  });
  return summarizeTransactions(tableFromRecords(orders), { asOf: "1997-09-30" });
}

describe("the scores of pandas", () => {
  const { awkward, even } = expected.customers;
  const cases = [
    ["CDNOW", cdnow(), expected.cdnow],
    ...expected.awkward.map((reference) => ["awkward", awkward, reference] as const),
    ...expected.even.map((reference) => ["even", even, reference] as const),
  ] as const;

  test.each(cases)("%s, quantile and rank", (_, customers, { levels, quantile, rank, qcut }) => {
    const byQuantile = scoreRfm(customers, { levels, segments: everyone });
    const byRank = scoreRfm(customers, { levels, segments: everyone, recency: "rank", frequency: "rank", monetary: "rank" });
    for (const measure of measures) {
      const { cuts, scores } = quantile[MEASURES[measure]];
      byQuantile.model[measure].cuts.forEach((cut, i) => expect(Math.abs(cut - cuts[i]!)).toBeLessThanOrEqual(1e-13 * Math.abs(cut)));
      expect([...byQuantile.scores[measure]], measure).toEqual(scores);
      expect([...byRank.scores[measure]], measure).toEqual(rank[MEASURES[measure]]);
      const binned = qcut[MEASURES[measure]];
      if (binned !== null) expect(scores, measure).toEqual(binned);
    }
  });

  test("fixed cuts, CDNOW", () => {
    const { fixedCuts, fixed } = expected.cdnow;
    const { scores, model } = scoreRfm(cdnow(), { recency: fixedCuts.daysSinceLast, frequency: fixedCuts.orderCount, monetary: fixedCuts.totalValue });
    for (const measure of measures) {
      expect([...scores[measure]]).toEqual(fixed[MEASURES[measure]]);
      expect(model[measure]).toMatchObject({ method: "fixed", cuts: fixedCuts[MEASURES[measure]] });
    }
  });

  test("somewhere qcut applies, and somewhere it does not", () => {
    const binned = [expected.cdnow, ...expected.awkward, ...expected.even].flatMap(({ qcut }) => Object.values(qcut).map((scores) => scores === null));
    expect(new Set(binned)).toEqual(new Set([true, false]));
  });
});

describe("scores", () => {
  const customers = { daysSinceLast: [1, 10, 100, 200, 300], orderCount: [1, 1, 1, 2, 9], totalValue: [5, 0, -20, 80, 900] };

  test("the fewer the days, the higher the score of recency", () => {
    expect([...scoreRfm(customers).scores.recency]).toEqual([5, 4, 3, 2, 1]);
    expect([...scoreRfm(customers, { recency: "rank" }).scores.recency]).toEqual([5, 4, 3, 2, 1]);
    expect([...scoreRfm(customers, { recency: [1, 9, 99, 250] }).scores.recency]).toEqual([5, 3, 2, 2, 1]);
  });

  test("where most are alike, cuts coincide: one score for all of them, the empty ones told", () => {
    const { model, scores } = scoreRfm(customers);
    expect(model.frequency.cuts).toEqual([1, 1, 1.3999999999999995, 3.4000000000000004].map((cut) => expect.closeTo(cut, 12) as number));
    expect([...scores.frequency]).toEqual([1, 1, 1, 4, 5]);
    expect(model.unusedScores).toEqual({ recency: [], frequency: [2, 3], monetary: [] });
    expect(model.frequency.counts).toEqual([3, 0, 0, 1, 1]);
    expect([...scoreRfm(customers, { frequency: "rank" }).scores.frequency]).toEqual([2, 2, 2, 4, 5]);
  });

  test("all alike", () => {
    const alike = { daysSinceLast: [7, 7, 7], orderCount: [1, 1, 1], totalValue: [5, 5, 5] };
    const { scores, model } = scoreRfm(alike);
    expect([scores.recency, scores.frequency, scores.monetary].map(([first]) => first)).toEqual([5, 1, 1]);
    expect(model.unusedScores.frequency).toEqual([2, 3, 4, 5]);
    const ranked = scoreRfm(alike, { recency: "rank", frequency: "rank", monetary: "rank" }).scores;
    expect([ranked.recency, ranked.frequency, ranked.monetary].map(([first]) => first)).toEqual([3, 3, 3]);
  });

  test("money may be that of an order on average", () => {
    const buyers = { daysSinceLast: [1, 1, 1], orderCount: [10, 2, 1], totalValue: [100, 60, 45] };
    expect([...scoreRfm(buyers, { levels: 3, segments: everyone }).scores.monetary]).toEqual([3, 2, 1]);
    expect([...scoreRfm(buyers, { levels: 3, segments: everyone, monetaryValue: "perOrder" }).scores.monetary]).toEqual([1, 2, 3]);
  });

  test("the total is the weighted mean", () => {
    const { scores } = scoreRfm(customers, { weights: { recency: 3, monetary: 0 } });
    scores.total.forEach((total, i) => expect(total).toBeCloseTo((3 * scores.recency[i]! + scores.frequency[i]!) / 4, 14));
    const plain = scoreRfm(customers).scores;
    plain.total.forEach((total, i) => expect(total).toBeCloseTo((plain.recency[i]! + plain.frequency[i]! + plain.monetary[i]!) / 3, 14));
  });

  test("others are scored by the cuts of the fit", () => {
    const { model, scores } = scoreRfm(customers);
    const part = { daysSinceLast: [300, 1], orderCount: [9, 1], totalValue: [900, 5] };
    const again = model.score(part);
    for (const measure of measures) expect([...again[measure]]).toEqual([scores[measure][4], scores[measure][0]]);
    const beyond = model.score({ daysSinceLast: [0, 9999], orderCount: [1000, 1], totalValue: [1e9, -1e9] });
    expect([[...beyond.recency], [...beyond.frequency], [...beyond.monetary]]).toEqual([[5, 1], [5, 1], [5, 1]]);
  });

  test("prospects have no scores, a segment of their own and no part in the cuts", () => {
    const withProspects = { id: ["p", "a", "b", "c", "d", "e", "q"], daysSinceLast: [NaN, ...customers.daysSinceLast, 3], orderCount: [0, ...customers.orderCount, 0], totalValue: [NaN, ...customers.totalValue, 0] };
    const { model, scores } = scoreRfm(withProspects);
    expect(JSON.stringify(model)).toBe(JSON.stringify(fitRfm(customers)));
    for (const at of [0, 6]) {
      expect([scores.recency[at], scores.frequency[at], scores.monetary[at], scores.total[at]]).toEqual([0, 0, 0, NaN]);
      expect(scores.segmentNames[scores.segment[at]!]).toBe("Prospects");
    }
    expect(scores.segmentCounts.at(-1)).toBe(2);
    expect(scores.segmentCounts.reduce((sum, count) => sum + count)).toBe(7);
    expect(Array.from(scoreRfm(withProspects, { segments: "shopify" }).scores.segment, (i) => model.segmentNames.length - 1 === i)).toEqual([true, ...new Array<boolean>(5).fill(false), true]);
  });

  test("an unknown value is no 0: no monetary score, no segment", () => {
    const { model, scores } = scoreRfm({ ...customers, totalValue: [5, NaN, -20, 80, 900] });
    expect([scores.monetary[1], scores.total[1], scores.segment[1], scores.missingValueCount]).toEqual([0, NaN, -1, 1]);
    expect([scores.recency[1], scores.frequency[1]]).toEqual([4, 1]);
    expect(model.monetary.counts.reduce((sum, count) => sum + count)).toBe(4);
  });

  test("are put into a table", () => {
    const { scores } = scoreRfm({ ...customers, id: ["a", "b", "c", "d", "e"], totalValue: [5, NaN, -20, 80, 900] });
    const table = tableFromRfmScores(scores);
    expect([...table.columns.keys()]).toEqual(["id", "recencyScore", "frequencyScore", "monetaryScore", "rfmScore", "segment"]);
    expect(recordsFromTable(table).slice(0, 2)).toEqual([
      { id: "a", recencyScore: 5, frequencyScore: 1, monetaryScore: 2, rfmScore: 8 / 3, segment: "Potential Loyalists" },
      { id: "b", recencyScore: 4, frequencyScore: 1, monetaryScore: null, rfmScore: null, segment: null },
    ]);
    expect(table.rowIds).toEqual(["a", "b", "c", "d", "e"]);
  });
});

describe("laws", () => {
  const customer = fc.record({ days: fc.integer({ min: 0, max: 50 }), orders: fc.integer({ min: 0, max: 6 }), value: fc.constantFrom(NaN, -3, 0, 1, 2, 2.5, 10, 1e6) });
  const customers = fc.array(customer, { minLength: 2, maxLength: 60 }).filter((rows) => rows.some(({ orders, value }) => orders > 0 && !Number.isNaN(value)));
  const columns = (rows: readonly { days: number; orders: number; value: number }[]): RfmColumns => ({ daysSinceLast: rows.map(({ days }) => days), orderCount: rows.map(({ orders }) => orders), totalValue: rows.map(({ value }) => value) });
  const cutting = fc.constantFrom<RfmOptions[]>({}, { recency: "rank", frequency: "rank", monetary: "rank" });

  test("equal values have equal scores, better ones no lower ones, and the order of the customers makes no difference", () => {
    fc.assert(
      fc.property(customers, cutting, fc.integer({ min: 2, max: 9 }), (rows, options, levels) => {
        const { scores, model } = scoreRfm(columns(rows), { ...options, levels, segments: everyone });
        rows.forEach((a, i) => {
          if (a.orders === 0) return;
          rows.forEach((b, j) => {
            if (b.orders === 0) return;
            if (a.days <= b.days) expect(scores.recency[i]).toBeGreaterThanOrEqual(scores.recency[j]!);
            if (a.orders >= b.orders) expect(scores.frequency[i]).toBeGreaterThanOrEqual(scores.frequency[j]!);
            if (a.value >= b.value) expect(scores.monetary[i]).toBeGreaterThanOrEqual(scores.monetary[j]!);
          });
        });
        const reversed = scoreRfm(columns([...rows].reverse()), { ...options, levels, segments: everyone });
        expect(JSON.stringify(reversed.model)).toBe(JSON.stringify(model));
        expect([...reversed.scores.monetary].reverse()).toEqual([...scores.monetary]);
        const restored = rfmFromSpec(JSON.parse(JSON.stringify(model)));
        expect(restored.score(columns(rows))).toEqual(scores);
        expect(JSON.stringify(restored)).toBe(JSON.stringify(model));
      }),
    );
  });

  test("without ties, quantiles and ranks part customers evenly", () => {
    fc.assert(
      fc.property(fc.integer({ min: 9, max: 200 }), fc.integer({ min: 2, max: 9 }), fc.constantFrom("quantile" as const, "rank" as const), (count, levels, method) => {
        const numbers = Array.from({ length: count }, (_, i) => i + 1);
        const model = fitRfm({ daysSinceLast: numbers, orderCount: numbers, totalValue: numbers }, { levels, segments: everyone, recency: method, frequency: method, monetary: method });
        for (const measure of measures) for (const size of model[measure].counts) expect(Math.abs(size - count / levels)).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe("heat map", () => {
  const customers = cdnow();
  const { scores } = scoreRfm(customers, { frequency: [1, 2, 3, 5] });

  test("counts every customer with orders once, and all of their money", () => {
    const { cells } = computeRfmHeatMap(scores, customers);
    expect(cells).toHaveLength(25);
    expect(cells.reduce((sum, { customerCount }) => sum + customerCount, 0)).toBe(2357);
    expect(cells.reduce((sum, { customerShare }) => sum + customerShare, 0)).toBeCloseTo(1, 12);
    const money = Array.from(customers.totalValue).reduce((sum, value) => sum + value, 0);
    expect(cells.reduce((sum, { value }) => sum + value, 0)).toBeCloseTo(money, 6);
    for (const { recency, frequency, customerCount, value, meanValue } of cells) {
      const rows = Array.from(scores.recency.keys()).filter((row) => scores.recency[row] === recency && scores.frequency[row] === frequency);
      expect(customerCount).toBe(rows.length);
      expect(value).toBeCloseTo(rows.reduce((sum, row) => sum + customers.totalValue[row]!, 0), 8);
      expect(meanValue).toBe(rows.length === 0 ? null : value / rows.length);
    }
  });

  test("leaves prospects out, and values that are not known out of the means", () => {
    const few = { daysSinceLast: [1, 1, 9, NaN], orderCount: [1, 1, 5, 0], totalValue: [10, NaN, 4, 0] };
    const { cells } = computeRfmHeatMap(scoreRfm(few, { recency: [1, 2, 3, 4] }).scores, few);
    expect(cells.filter(({ customerCount }) => customerCount > 0)).toEqual([
      { recency: 1, frequency: 5, customerCount: 1, customerShare: 1 / 3, value: 4, meanValue: 4 },
      { recency: 5, frequency: 1, customerCount: 2, customerShare: 2 / 3, value: 10, meanValue: 10 },
    ]);
  });

  test("the specification is plain JSON and holds the cells", () => {
    const { cells, spec } = computeRfmHeatMap(scores, customers, { show: "meanValue" });
    expect(JSON.parse(JSON.stringify(spec))).toEqual(spec);
    expect(spec).toMatchObject({ $schema: "https://vega.github.io/schema/vega-lite/v5.json", data: { values: cells }, layer: [{ encoding: { color: { field: "meanValue" } } }, { encoding: { text: { field: "meanValue" } } }] });
  });

  test("refuses what does not belong together", () => {
    expectRefusal(() => computeRfmHeatMap(scores, { daysSinceLast: [1], orderCount: [1], totalValue: [1] }), "lengthMismatch", "customers");
    // @ts-expect-error these are no scores
    expectRefusal(() => computeRfmHeatMap({}, customers), "invalidInput", "scores");
    // @ts-expect-error no such picture
    expectRefusal(() => computeRfmHeatMap(scores, customers, { show: "money" }), "invalidOption", "show");
  });
});

describe("refusals", () => {
  const customers = { daysSinceLast: [1, 2, 3], orderCount: [1, 2, 3], totalValue: [1, 2, 3] };

  test.each([
    ["nonFinite", { orderCount: [1, NaN, 3] }, "orderCount", 1],
    ["invalidInput", { orderCount: [1, 2, -1] }, "orderCount", 2],
    ["nonFinite", { daysSinceLast: [NaN, 2, 3] }, "daysSinceLast", 0],
    ["invalidInput", { daysSinceLast: [1, -2, 3] }, "daysSinceLast", 1],
    ["nonFinite", { totalValue: [1, 2, Infinity] }, "totalValue", 2],
    ["invalidInput", { totalValue: [1, "2", 3] }, "totalValue", 1],
  ] as const)("%s, %o", (code, change, parameter, row) => {
    for (const run of [() => fitRfm({ ...customers, ...change } as RfmColumns), () => fitRfm(customers).score({ ...customers, ...change } as RfmColumns)]) {
      const error = expectRefusal(run, code, parameter);
      expect(error.details).toMatchObject({ parameter, row });
    }
  });

  test("columns of different length, and none", () => {
    expectRefusal(() => fitRfm({ ...customers, totalValue: [1] }), "lengthMismatch", "totalValue");
    expectRefusal(() => fitRfm({ ...customers, id: ["a"] }), "lengthMismatch", "id");
    // @ts-expect-error a column is absent
    expectRefusal(() => fitRfm({ daysSinceLast: [1], orderCount: [1] }), "invalidInput", "totalValue");
  });

  test("nobody to learn from", () => {
    expectRefusal(() => fitRfm({ daysSinceLast: [], orderCount: [], totalValue: [] }), "tooFewRows", "orderCount");
    expectRefusal(() => scoreRfm({ daysSinceLast: [NaN], orderCount: [0], totalValue: [0] }), "tooFewRows", "scoreRfm", "an order");
    expectRefusal(() => fitRfm({ daysSinceLast: [1], orderCount: [1], totalValue: [NaN] }), "tooFewRows", "known value");
  });

  test.each([
    ["recency", { recency: [1, 2, 3] }],
    ["frequency", { frequency: [1, 2, 2, 3] }],
    ["monetary", { monetary: [4, 3, 2, 1] }],
    ["monetary", { monetary: [1, 2, 3, NaN] }],
    ["recency", { recency: "quantiles" }],
    ["levels", { levels: 4 }],
    ["levels", { levels: 10, segments: everyone }],
    ["weights", { weights: { recency: 0, frequency: 0, monetary: 0 } }],
    ["weights.recency", { weights: { recency: -1 } }],
    ["segments", { segments: "putler" }],
  ])("%s: %o", (parameter, options) => {
    const error = expectRefusal(() => fitRfm(customers, options as RfmOptions), "invalidOption");
    expect(error.details.parameter).toBe(parameter);
  });

  test.each([
    ["levels", { levels: 4.5 }],
    ["recency.cuts", { recency: { method: "rank", cuts: [1, 2], counts: [1, 1, 1, 0, 0] } }],
    ["recency.cuts", { recency: { method: "rank", cuts: [1, 2, 1, 4], counts: [1, 1, 1, 0, 0] } }],
    ["monetary.counts", { monetary: { method: "rank", cuts: [1, 2, 3, 4], counts: [1, 1, 1, 0, -1] } }],
    ["weights", { weights: { recency: 0, frequency: 0, monetary: 0 } }],
    ["segments", { segments: [] }],
    ["prospects", { prospects: "Loyal" }],
  ])("a saved form with wrong %s", (field, change) => {
    expectRefusal(() => rfmFromSpec({ ...fitRfm(customers).toJSON(), ...change }), "invalidSpec", field);
  });
});
