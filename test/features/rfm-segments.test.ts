import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { scoreRfm, type RfmColumns, type RfmOptions, type RfmSegmentRule } from "../../src/features";
import { classicScheme, shopifyScheme } from "../../src/features/rfm/schemes";
import { expectRefusal } from "../support/errors";

/** Fixed cuts that make the score k of the values below. */
const CUTS = { recency: [1, 2, 3, 4], frequency: [1, 2, 3, 4], monetary: [1, 2, 3, 4] };
const scores = [1, 2, 3, 4, 5];
const cells = scores.flatMap((recency) => scores.flatMap((frequency) => scores.map((monetary) => ({ recency, frequency, monetary }))));
const customers: RfmColumns = { daysSinceLast: cells.map(({ recency }) => 6 - recency), orderCount: cells.map(({ frequency }) => frequency), totalValue: cells.map(({ monetary }) => monetary) };

/** The segment of each of the 125 cells, as a customer with these scores gets it. */
function segmentsOfCells(segments: RfmOptions["segments"]): string[] {
  const result = scoreRfm(customers, { ...CUTS, segments }).scores;
  cells.forEach((cell, i) => expect([result.recency[i], result.frequency[i], result.monetary[i]]).toEqual([cell.recency, cell.frequency, cell.monetary]));
  return Array.from(result.segment, (position) => result.segmentNames[position]!);
}

const CLASSIC = ["Champions", "Loyal", "Potential Loyalists", "New", "Promising", "Need Attention", "About to Sleep", "At Risk", "Can't Lose", "Hibernating"];
// The values of CustomerRfmGroup in Shopify's GraphQL Admin API, version 2025-10.
const SHOPIFY = ["ACTIVE", "ALMOST_LOST", "AT_RISK", "CHAMPIONS", "DORMANT", "LOYAL", "NEEDS_ATTENTION", "NEW", "PREVIOUSLY_LOYAL", "PROMISING"];

describe.each([
  ["classic", classicScheme(), CLASSIC, "Prospects"],
  ["shopify", shopifyScheme(), SHOPIFY, "PROSPECTS"],
] as const)("%s", (name, { boxes, prospects }, names, prospectName) => {
  const found = segmentsOfCells(name);

  test("every one of the 125 cells is in exactly one segment, by the rules themselves", () => {
    expect(cells).toHaveLength(125);
    for (const [i, { recency, frequency, monetary }] of cells.entries()) {
      const both = (frequency + monetary) / 2;
      const fitting = boxes.filter(
        (box) =>
          recency >= box.recency[0] && recency <= box.recency[1] && frequency >= box.frequency[0] && frequency <= box.frequency[1] &&
          monetary >= box.monetary[0] && monetary <= box.monetary[1] && both >= box.frequencyMonetary[0] && both <= box.frequencyMonetary[1],
      );
      expect(fitting.map((box) => box.name), `${recency}${frequency}${monetary}`).toEqual([found[i]]);
    }
  });

  test("the ten names divide the cells among themselves, and prospects are nobody but those without orders", () => {
    expect([...new Set(found)].sort()).toEqual([...names].sort());
    expect(prospects).toBe(prospectName);
    const { segmentNames, segment, segmentCounts } = scoreRfm({ daysSinceLast: [...(customers.daysSinceLast as number[]), NaN], orderCount: [...(customers.orderCount as number[]), 0], totalValue: [...(customers.totalValue as number[]), 0] }, { ...CUTS, segments: name }).scores;
    expect(segmentNames).toHaveLength(11);
    expect(Array.from(segment, (position) => segmentNames[position]).filter((each) => each === prospectName)).toEqual([prospectName]);
    expect(segmentCounts.at(-1)).toBe(1);
  });

  test("the best and the worst", () => {
    expect([found[124], found[0]]).toEqual(name === "classic" ? ["Champions", "Hibernating"] : ["CHAMPIONS", "DORMANT"]);
  });
});

test.each([
  ["555", "Champions", "CHAMPIONS"],
  ["544", "Champions", "CHAMPIONS"],
  ["455", "Loyal", "LOYAL"],
  ["511", "New", "NEW"],
  ["411", "Promising", "PROMISING"],
  ["433", "Potential Loyalists", "ACTIVE"],
  ["333", "Need Attention", "NEEDS_ATTENTION"],
  ["311", "About to Sleep", "PROMISING"],
  ["155", "Can't Lose", "PREVIOUSLY_LOYAL"],
  ["244", "At Risk", "AT_RISK"],
  ["222", "Hibernating", "ALMOST_LOST"],
  ["111", "Hibernating", "DORMANT"],
])("%s is %s, and with Shopify's names %s", (cell, classic, shopify) => {
  const position = cells.findIndex(({ recency, frequency, monetary }) => `${recency}${frequency}${monetary}` === cell);
  expect([segmentsOfCells("classic")[position], segmentsOfCells("shopify")[position]]).toEqual([classic, shopify]);
});

describe("rules of one's own", () => {
  test("divide the cells as they say; a name may have several", () => {
    const found = segmentsOfCells([
      { name: "good", recency: [4, 5], frequency: [3, 5] },
      { name: "good", recency: [4, 5], frequency: [1, 2], monetary: [5, 5] },
      { name: "new", recency: [4, 5], frequency: [1, 2], monetary: [1, 4] },
      { name: "gone", recency: [1, 3] },
    ]);
    cells.forEach(({ recency, frequency, monetary }, i) => expect(found[i]).toBe(recency < 4 ? "gone" : frequency > 2 || monetary === 5 ? "good" : "new"));
  });

  test("that leave cells out or overlap are refused with the cells", () => {
    const rules: RfmSegmentRule[] = [{ name: "a", recency: [2, 5], frequency: [1, 4] }, { name: "b", recency: [1, 2] }];
    const error = expectRefusal(() => scoreRfm(customers, { segments: rules }), "invalidOption", "351, 352, 353, 354, 355, 451", "and 5 more in none", "211, 212", "and 10 more in several");
    const { gaps, overlaps } = error.details.value as { readonly gaps: readonly string[]; readonly overlaps: readonly string[] };
    const cellsWhere = (fits: (cell: (typeof cells)[0]) => boolean): string[] => cells.filter(fits).map(({ recency, frequency, monetary }) => `${recency}${frequency}${monetary}`);
    expect(gaps).toEqual(cellsWhere(({ recency, frequency }) => recency > 2 && frequency === 5));
    expect(overlaps).toEqual(cellsWhere(({ recency, frequency }) => recency === 2 && frequency < 5));
    const gap = expectRefusal(() => scoreRfm(customers, { segments: [] }), "invalidOption", "111", "in none");
    expect((gap.details.value as { gaps: string[] }).gaps).toHaveLength(125);
  });

  test("cut by a plane of their scores, and by the mean of two", () => {
    fc.assert(
      fc.property(fc.constantFrom("recency" as const, "frequency" as const, "monetary" as const, "frequencyMonetary" as const), fc.integer({ min: 1, max: 4 }), fc.boolean(), (field, cut, half) => {
        const step = field === "frequencyMonetary" ? 0.5 : 1;
        const at = cut + (half && step === 0.5 ? 0.5 : 0);
        fc.pre(at + step <= 5);
        const found = segmentsOfCells([{ name: "low", [field]: [1, at] }, { name: "high", [field]: [at + step, 5] }]);
        cells.forEach((cell, i) => {
          const value = field === "frequencyMonetary" ? (cell.frequency + cell.monetary) / 2 : cell[field];
          expect(found[i]).toBe(value <= at ? "low" : "high");
        });
        const overlap = half ? [{ name: "low", [field]: [1, at] }, { name: "high", [field]: [at, 5] }] : [{ name: "low", [field]: [1, at] }];
        expectRefusal(() => segmentsOfCells(overlap), "invalidOption", "segments");
      }),
    );
  });

  test.each([
    ["segments[0].recency", { name: "a", recency: [5, 4] }],
    ["segments[0].recency", { name: "a", recency: [0, 4] }],
    ["segments[0].frequency", { name: "a", frequency: [1, 6] }],
    ["segments[0].monetary", { name: "a", monetary: [1, 2.5] }],
    ["segments[0].monetary", { name: "a", monetary: [1] }],
    ["segments[0].frequencyMonetary", { name: "a", frequencyMonetary: [1, 2.25] }],
    ["segments[0].name", { name: "" }],
    ["segments", { name: "Prospects" }],
  ])("with a wrong %s: %o", (parameter, rule) => {
    const error = expectRefusal(() => scoreRfm(customers, { segments: [rule as unknown as RfmSegmentRule] }), "invalidOption");
    expect(error.details.parameter).toBe(parameter);
  });

  test("with a misspelt field", () => {
    expectRefusal(() => scoreRfm(customers, { segments: [{ name: "a", recencies: [1, 5] } as RfmSegmentRule] }), "unknownOption", '"recency"');
  });
});
