import { describe, expect, test } from "vitest";
import { tableFromColumns } from "clientele/data";
import { fitFill } from "../../src/cleaning/impute/fit-fill";
import { checkFillRule, type FillRule } from "../../src/cleaning/impute/plan";
import { readFill, writeFill } from "../../src/cleaning/impute/spec";
import { SpecReader } from "../../src/errors/spec";
import { expectRefusal } from "../support/errors";

const { columns } = tableFromColumns({
  n: [1, 2, null, 4], c: ["a", "b", "a", null], b: [true, null, false, true], t: [new Date(0), new Date(9), null, new Date(9)], none: [null, null, null, null],
});
const rules: readonly FillRule[] = [
  { column: "n", fill: "mean", by: ["c", "b", "t"], minGroupSize: 1, indicator: "m" },
  { column: "c", fill: "mode", by: ["n"], minGroupSize: 1 },
  { column: "b", fill: "mode" },
  { column: "t", fill: "constant", value: 86400000 },
  { column: "none", fill: "mode", by: ["c"] },
  { column: "c", fill: "quarantine" },
];

function saved(rule: FillRule): Record<string, unknown> {
  const checked = checkFillRule("test", "missing[0]", rule);
  return JSON.parse(JSON.stringify(writeFill(checked, fitFill("test", checked, columns, new Uint8Array(4).fill(1))))) as Record<string, unknown>;
}

const read = (item: unknown) => readFill(SpecReader.open("read", { kind: "test", version: 1, item }, "test", 1).object("item"));

describe("the saved form", () => {
  test.each(rules)("of $fill of $column is read as it was written", (rule) => {
    const { rule: readRule, fill } = read(saved(rule));
    expect(readRule).toStrictEqual(checkFillRule("test", "missing[0]", rule));
    expect(fill).toStrictEqual(fitFill("test", readRule, columns, new Uint8Array(4).fill(1)));
  });

  test("has every field; absent is null", () => {
    expect(saved(rules[0]!)).toEqual({
      column: "n", fill: "mean", value: null, by: ["c", "b", "t"], minGroupSize: 1, indicator: "m",
      fitted: { status: "fitted", type: "number", value: 7 / 3, keyTypes: ["category", "boolean", "timestamp"], groups: [{ key: ["a", true, 0], value: 1 }] },
    });
    expect(saved(rules[5]!)).toEqual({
      column: "c", fill: "quarantine", value: null, by: [], minGroupSize: null, indicator: null,
      fitted: { status: "fitted", type: "category", value: null, keyTypes: [], groups: [] },
    });
  });

  test("without one of its fields is refused by the name of the field", () => {
    for (const rule of rules) {
      const whole = saved(rule);
      for (const name of Object.keys(whole)) {
        expectRefusal(() => read(Object.fromEntries(Object.entries(whole).filter(([other]) => other !== name))), "invalidSpec", `item.${name} must be`);
      }
      const fitted = whole["fitted"] as Record<string, unknown>;
      for (const name of Object.keys(fitted)) {
        const part = Object.fromEntries(Object.entries(fitted).filter(([other]) => other !== name));
        expectRefusal(() => read({ ...whole, fitted: part }), "invalidSpec", `item.fitted.${name} must be`);
      }
    }
  });

  test("that contradicts itself is refused", () => {
    const [byThree, byNumber, , constant, nothing, quarantine] = rules.map(saved);
    const fitted = (spec: Record<string, unknown> | undefined, changed: object): unknown => ({ ...spec, fitted: { ...(spec!["fitted"] as object), ...changed } });
    const refused = (item: unknown, field: string) => expectRefusal(() => read(item), "invalidSpec", `item.${field} must be`);
    refused({ ...byThree, value: 5 }, "value");
    refused({ ...byThree, by: ["n"] }, "by");
    refused({ ...byThree, minGroupSize: null }, "minGroupSize");
    refused({ ...byThree, minGroupSize: 0.5 }, "minGroupSize");
    refused({ ...byThree, indicator: "c" }, "indicator");
    refused({ ...quarantine, minGroupSize: 5 }, "minGroupSize");
    refused({ ...constant, value: null }, "value");
    refused({ ...constant, value: [1] }, "value");
    refused(fitted(constant, { value: 1 }), "fitted.value");
    refused(fitted(constant, { status: "allMissing" }), "fitted.status");
    refused(fitted(byThree, { type: "category" }), "fitted.type");
    refused(fitted(byThree, { value: "7" }), "fitted.value");
    refused(fitted(byThree, { value: null }), "fitted.value");
    refused(fitted(byThree, { keyTypes: ["category", "boolean"] }), "fitted.keyTypes");
    refused(fitted(byThree, { keyTypes: ["category", "boolean", "text"] }), "fitted.keyTypes");
    refused(fitted(byThree, { groups: [{ key: ["a", true], value: 1 }] }), "fitted.groups[0].key");
    refused(fitted(byThree, { groups: [{ key: ["a", 1, 0], value: 1 }] }), "fitted.groups[0].key");
    refused(fitted(byThree, { groups: [{ key: ["a", true, null], value: 1 }] }), "fitted.groups[0].key");
    refused(fitted(byThree, { groups: [{ key: ["a", true, 0], value: "1" }] }), "fitted.groups[0].value");
    refused(fitted(byThree, { groups: [1, 2].map((value) => ({ key: ["a", true, 0], value })) }), "fitted.groups[1].key");
    refused(fitted(byNumber, { groups: [{ key: ["1"], value: "a" }] }), "fitted.groups[0].key");
    refused(fitted(nothing, { groups: [{ key: ["a"], value: "a" }] }), "fitted.groups");
    refused(fitted(nothing, { value: "a" }), "fitted.value");
    refused(fitted(quarantine, { value: "a" }), "fitted.value");
    refused(fitted(quarantine, { groups: [{ key: [], value: "a" }] }), "fitted.groups");
  });
});
