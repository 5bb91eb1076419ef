import { describe, expect, test } from "vitest";
import { checkOutlierRule, type OutlierRule } from "../../src/cleaning/outliers/plan";
import { fitLimits } from "../../src/cleaning/outliers/fit-limits";
import { readOutlier, writeOutlier } from "../../src/cleaning/outliers/spec";
import { SpecReader } from "../../src/errors/spec";
import { expectRefusal } from "../support/errors";

const VALUES = [0, 0, 0, 0, 0, 0, 0, 5, 9, 11, 40, 900];
const rules: readonly OutlierRule[] = [
  { column: "x", method: "iqr" },
  { column: "x", method: "z", factor: 2.5, action: "clip", side: "high" },
  { column: "x", method: "mad", logScale: true, action: "quarantine" },
  { column: "x", method: "quantile", lower: 0.05, side: "low", flag: "odd" },
  { column: "x", method: "fixed", low: -1 },
];

function saved(rule: OutlierRule): Record<string, unknown> {
  const checked = checkOutlierRule("test", "outliers[0]", rule);
  const limits = fitLimits("test", checked, { type: "number", values: Float64Array.from(VALUES) }, new Uint8Array(VALUES.length).fill(1));
  return JSON.parse(JSON.stringify(writeOutlier(checked, limits))) as Record<string, unknown>;
}

const read = (item: unknown) => readOutlier(SpecReader.open("read", { kind: "test", version: 1, item }, "test", 1).object("item"));

describe("the saved form", () => {
  test.each(rules)("of $method is read as it was written", (rule) => {
    const { rule: readRule, limits } = read(saved(rule));
    expect(readRule).toStrictEqual(checkOutlierRule("test", "outliers[0]", rule));
    expect(JSON.parse(JSON.stringify(writeOutlier(readRule, limits)))).toStrictEqual(saved(rule));
  });

  test("has every field; absent is null", () => {
    expect(saved({ column: "x", method: "fixed", high: 10, action: "clip" })).toEqual({
      column: "x", method: "fixed", action: "clip", low: null, high: 10, flag: null, limits: { status: "fitted", low: null, high: 10, values: 12 },
    });
    expect(saved(rules[2]!)["limits"]).toMatchObject({ status: "meanDeviation", values: 12 });
  });

  test("without one of its fields is refused by the name of the field", () => {
    for (const rule of rules) {
      const whole = saved(rule);
      for (const name of Object.keys(whole)) {
        const part = Object.fromEntries(Object.entries(whole).filter(([other]) => other !== name));
        expectRefusal(() => read(part), "invalidSpec", `item.${name} must be`);
      }
      const limits = whole["limits"] as Record<string, unknown>;
      for (const name of Object.keys(limits)) {
        const part = Object.fromEntries(Object.entries(limits).filter(([other]) => other !== name));
        expectRefusal(() => read({ ...whole, limits: part }), "invalidSpec", `item.limits.${name} must be`);
      }
    }
  });

  test("that contradicts itself is refused", () => {
    const [iqr, onlyHigh, mad, quantile, fixed] = rules.map(saved);
    const limits = (spec: Record<string, unknown> | undefined, changed: object): unknown => ({ ...spec, limits: { ...(spec!["limits"] as object), ...changed } });
    const refused = (item: unknown, field: string) => expectRefusal(() => read(item), "invalidSpec", `item.${field} must be`);
    refused({ ...iqr, factor: null }, "factor");
    refused({ ...iqr, factor: 0 }, "factor");
    refused({ ...iqr, method: "tukey" }, "method");
    refused({ ...iqr, flag: null }, "flag");
    refused({ ...iqr, action: "clip" }, "flag");
    refused({ ...quantile, upper: 0.04 }, "upper");
    refused({ ...fixed, high: -2 }, "low");
    refused({ ...fixed, low: null }, "low");
    refused(limits(iqr, { low: 5, high: 4 }), "limits.low");
    refused(limits(iqr, { low: "5" }), "limits.low");
    refused(limits(iqr, { status: "meanDeviation" }), "limits.status");
    refused(limits(iqr, { status: "noSpread" }), "limits.low");
    refused(limits(iqr, { values: -1 }), "limits.values");
    refused(limits(mad, { status: "given" }), "limits.status");
    refused(limits(onlyHigh, { low: 0 }), "limits.low");
    refused(limits(quantile, { high: 99 }), "limits.high");
    refused(limits(fixed, { low: 0 }), "limits.low");
    refused(limits(fixed, { high: 0 }), "limits.high");
    refused(limits(fixed, { status: "tooFewValues" }), "limits.status");
  });
});
