import type { SpecReader } from "../errors/spec";

/**
 * Version 1 had conversions to four types without the options that came later, one way to keep a duplicate, and fills without groups.
 * Only its own fields are read, so that what it never had cannot be smuggled in; they are checked as those of today.
 */
export function upgradeCleaningSpec(reader: SpecReader, version: unknown): Readonly<Record<string, unknown>> | undefined {
  if (version !== 1) return undefined;
  return {
    kind: "cleaning",
    version: 2,
    convert: reader.objects("convert").map(upgradeConversion),
    placeholders: [],
    rules: [],
    duplicates: reader.objects("duplicates").map((rule) => ({ key: rule.value("key"), keep: rule.oneOf("keep", ["first", "last"]), orderBy: null, sources: null, fillGaps: false, fields: [] })),
    repeatedRows: "ignore",
    outliers: [],
    missing: reader.objects("missing").map(upgradeFill),
    derive: [],
  };
}

function upgradeConversion(reader: SpecReader): Readonly<Record<string, unknown>> {
  const to = reader.oneOf("to", ["number", "boolean", "timestamp", "category"]);
  const common = { column: reader.value("column"), to, missing: reader.value("missing") };
  if (to === "category") return { ...common, tidy: false, letters: "keep", synonyms: null };
  const onFailure = reader.value("onFailure");
  switch (to) {
    case "number":
      return {
        ...common,
        decimal: reader.value("decimal"),
        grouping: reader.value("grouping"),
        groups: "thousands",
        currency: null,
        otherCurrency: "error",
        parentheses: false,
        percent: false,
        suffixes: [],
        onFailure,
      };
    case "boolean":
      return { ...common, trueTexts: reader.value("trueTexts"), falseTexts: reader.value("falseTexts"), ignoreCase: false, onFailure };
    case "timestamp":
      return { ...common, format: "iso", timeZone: null, repeatedTimes: "refuse", lastTwoDigitYear: null, onFailure };
  }
}

function upgradeFill(reader: SpecReader): Readonly<Record<string, unknown>> {
  const fill = reader.oneOf("fill", ["mean", "median", "mode", "constant"]);
  const value = reader.value("value");
  return {
    column: reader.value("column"),
    fill,
    value: fill === "constant" ? value : null,
    by: [],
    minGroupSize: null,
    indicator: null,
    fitted: { status: reader.value("status"), type: reader.value("type"), value, keyTypes: [], groups: [] },
  };
}
