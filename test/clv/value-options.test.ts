import { describe, test } from "vitest";
import { bgNbdFromSpec, compareTransactionModels, computeAlivePath, computeFrequencyRecency, estimateLifetimeValue, gammaGammaFromSpec, mbgNbdFromSpec } from "clientele/clv";
import { tableFromRecords } from "clientele/data";
import { summarizeTransactions } from "clientele/features";
import { readCdnowTransactions } from "../../examples/read-data";
import { ALIVE_PATH_OPTIONS } from "../../src/clv/charts/alive-path";
import { FREQUENCY_RECENCY_OPTIONS } from "../../src/clv/charts/frequency-recency";
import { COMPARE_TRANSACTION_MODELS_OPTIONS } from "../../src/clv/compare/compare";
import { LIFETIME_VALUE_OPTIONS } from "../../src/clv/lifetime-value/estimate";
import { untyped, type OptionSet } from "../conformance/definition";
import { optionLaws } from "../conformance/laws/options";

const SAVED = { version: 1, logLikelihood: -1, status: "converged", unidentified: [], customerCount: 100, penalty: 0, iterations: 9, gradientNorm: 0 };
const bgNbd = bgNbdFromSpec({ ...SAVED, kind: "bgNbd", parameters: { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 }, covariance: [1, 0, 0, 0, 1, 0, 0, 1, 0, 1] });
const mbgNbd = mbgNbdFromSpec({ ...SAVED, kind: "mbgNbd", parameters: { r: 0.525, alpha: 6.183, a: 0.891, b: 1.614 }, covariance: [1, 0, 0, 0, 1, 0, 0, 1, 0, 1] });
const spend = gammaGammaFromSpec({ ...SAVED, kind: "gammaGamma", parameters: { p: 6.25, q: 3.74, gamma: 15.44 }, covariance: [1, 0, 0, 1, 0, 1], leftOutCount: 0 });
const transactions = tableFromRecords(readCdnowTransactions());
const week = summarizeTransactions(transactions, { asOf: "1997-09-30", unit: "week" });
const few = { ...week, id: week.id.slice(0, 9) };

const options: readonly OptionSet[] = [
  {
    name: "estimateLifetimeValue",
    caller: "estimateLifetimeValue",
    table: LIFETIME_VALUE_OPTIONS,
    accepted: { horizon: { months: 12 }, unit: "week" },
    call: (given) => estimateLifetimeValue(few, bgNbd, spend, untyped(given)),
  },
  {
    name: "compareTransactionModels",
    caller: "compareTransactionModels",
    table: COMPARE_TRANSACTION_MODELS_OPTIONS,
    accepted: { calibrationEnd: "1997-09-30", asOf: "1998-06-30", precision: 0.5 },
    call: (given) => compareTransactionModels(transactions, { given: () => mbgNbd }, untyped(given)),
  },
  {
    name: "computeFrequencyRecency",
    caller: "computeFrequencyRecency",
    table: FREQUENCY_RECENCY_OPTIONS,
    accepted: { age: 52, horizon: 26, maxFrequency: 3, recencySteps: 3 },
    call: (given) => computeFrequencyRecency(mbgNbd, untyped(given)),
  },
  {
    name: "computeAlivePath",
    caller: "computeAlivePath",
    table: ALIVE_PATH_OPTIONS,
    accepted: { customer: "1516", asOf: "1998-06-30" },
    call: (given) => computeAlivePath(transactions, mbgNbd, untyped(given)),
  },
];

const laws = ["an option outside its bounds is refused by name", "a required option that is absent is asked for", "the bounds themselves are allowed, and undefined is the default", "an unknown option is refused, with the name that was meant"] as const;

describe.each(options)("$name", (set) => {
  test.each(laws)("%s", (law) => {
    optionLaws[law]({ options: [set] } as unknown as Parameters<(typeof optionLaws)[typeof law]>[0]);
  });
});
