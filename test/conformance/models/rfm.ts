import { fitRfm, rfmFromSpec, rfmSteps, scoreRfm, type RfmColumns, type RfmOptions } from "clientele/features";
import { RFM_OPTIONS } from "../../../src/features/rfm/fit";
import { answersFrom, subject, untyped } from "../definition";

interface Customers extends RfmColumns {
  readonly daysSinceLast: Float64Array;
  readonly orderCount: Float64Array;
  readonly totalValue: Float64Array;
}

/** Customers of all kinds: prospects, one-time buyers, some of unknown value. */
function customers(count: number): Customers {
  const from = (valueOf: (i: number) => number): Float64Array => Float64Array.from({ length: count }, (_, i) => valueOf(i));
  return {
    daysSinceLast: from((i) => (i % 11 === 3 ? NaN : (i * 37) % 365)),
    orderCount: from((i) => (i % 11 === 3 ? 0 : 1 + (i % 3 === 0 ? (i * 7) % 12 : 0))),
    totalValue: from((i) => (i % 13 === 5 ? NaN : ((i * 97) % 501) - 20)),
  };
}

const OPTIONS: RfmOptions = { frequency: [1, 2, 4, 8], monetary: "rank", weights: { recency: 2 }, segments: "shopify" };

const take = ({ daysSinceLast, orderCount, totalValue }: Customers, positions: readonly number[]): Customers => ({
  daysSinceLast: Float64Array.from(positions, (row) => daysSinceLast[row]!),
  orderCount: Float64Array.from(positions, (row) => orderCount[row]!),
  totalValue: Float64Array.from(positions, (row) => totalValue[row]!),
});

const spoiled = (value: number): Customers => {
  const some = customers(24);
  some.orderCount[1] = value;
  return some;
};

export const rfm = subject({
  name: "RFM",
  fits: ["fitRfm", "scoreRfm"],
  reader: "rfmFromSpec",
  read: rfmFromSpec,
  train: (size) => ({ customers: customers(size === "small" ? 60 : 20_000), options: structuredClone(OPTIONS) }),
  fit: ({ customers: some, options }) => fitRfm(some, options),
  steps: ({ customers: some, options }) => rfmSteps(some, options),
  rows: (): Customers => ({ daysSinceLast: Float64Array.of(0, 400, NaN, 100, 30, 7), orderCount: Float64Array.of(20, 1, 0, 3, 1, 2), totalValue: Float64Array.of(1e6, 5, NaN, 250, NaN, -5) }),
  rowCount: 6,
  take,
  predict: (model, rows) => model.score(rows),
  answers: ({ recency, frequency, monetary, total, segment, segmentNames }, { orderCount }) => {
    const numbers = answersFrom(orderCount.length, recency, frequency, monetary, total);
    return numbers.map((answer, row) => [...answer, segmentNames[segment[row]!] ?? null]);
  },
  options: [
    { name: "fitRfm", caller: "fitRfm", table: RFM_OPTIONS, accepted: { segments: [{ name: "everyone" }] }, call: (options) => fitRfm(customers(24), untyped(options)) },
    { name: "scoreRfm", caller: "scoreRfm", table: RFM_OPTIONS, accepted: { segments: [{ name: "everyone" }] }, call: (options) => scoreRfm(customers(24), untyped(options)) },
  ],
  doors: {},
  hostile: {
    "fit: NaN": { refused: "nonFinite", run: () => fitRfm(spoiled(NaN)) },
    "fit: infinity": { refused: "nonFinite", run: () => fitRfm(spoiled(Infinity)) },
    "fit: no rows": { refused: "tooFewRows", run: () => fitRfm(customers(0)) },
    "fit: one row": { accepted: "one score for each measure, the others listed in unusedScores", run: () => fitRfm(customers(1)) },
    "fit: constant column": { accepted: "equal values have equal scores", run: () => fitRfm({ ...customers(3), orderCount: [1, 1, 1] }) },
    "fit: lengths differ": { refused: "lengthMismatch", run: () => fitRfm({ ...customers(3), orderCount: [1, 1] }) },
    "predict: NaN": { refused: "nonFinite", run: () => fitRfm(customers(24)).score(spoiled(NaN)) },
    "predict: infinity": { refused: "nonFinite", run: () => fitRfm(customers(24)).score(spoiled(Infinity)) },
    "predict: no rows": { accepted: "no scores", run: () => fitRfm(customers(24)).score(customers(0)) },
    "predict: other columns": { refused: "invalidInput", run: () => fitRfm(customers(24)).score(untyped({ frequency: [1], recency: [1], totalValue: [1] })) },
  },
  exempt: {
    "records in place of a table, and rows in place of a matrix, are refused": "it takes a purchase summary, and neither table nor matrix",
  },
});
