import { ClienteleError } from "../errors/error";
import { SpecReader } from "../errors/spec";
import type { FittedFill } from "./impute/fitted-fill";
import type { CleaningParameters } from "./model";
import {
  CONVERSION_TARGETS,
  DECIMAL_MARKS,
  FAILURE_POLICIES,
  FILL_METHODS,
  GROUPING_MARKS,
  KEPT_ROWS,
  type CheckedConversion,
  type CheckedPlan,
  type FailurePolicy,
  type FillMethod,
} from "./plan";
import { findPlanConflict } from "./plan-conflicts";

/** A conversion as it is saved: every default is written out. */
export type ConversionSpec =
  | {
      readonly column: string;
      readonly to: "number";
      readonly missing: readonly string[];
      readonly decimal: "." | ",";
      readonly grouping: "none" | "," | "." | " " | "'";
      readonly onFailure: FailurePolicy;
    }
  | {
      readonly column: string;
      readonly to: "boolean";
      readonly trueTexts: readonly string[];
      readonly falseTexts: readonly string[];
      readonly missing: readonly string[];
      readonly onFailure: FailurePolicy;
    }
  | { readonly column: string; readonly to: "timestamp"; readonly missing: readonly string[]; readonly onFailure: FailurePolicy }
  | { readonly column: string; readonly to: "category"; readonly missing: readonly string[] };

/** The saved form of a {@link CleaningModel}: the plan, and for each fill the value of the fit. */
export interface CleaningSpec {
  readonly kind: "cleaning";
  readonly version: 1;
  readonly convert: readonly ConversionSpec[];
  /** One rule or none. */
  readonly duplicates: readonly { readonly key: readonly string[]; readonly keep: "first" | "last" }[];
  readonly missing: readonly {
    readonly column: string;
    readonly fill: FillMethod;
    readonly status: "fitted" | "allMissing";
    readonly type: FittedFill["type"];
    readonly value: number | string | boolean | null;
  }[];
}

const KIND = "cleaning";
const VERSION = 1;
const STATUSES = ["fitted", "allMissing"] as const;
const COLUMN_TYPES = ["number", "category", "boolean", "timestamp"] as const;

export function writeCleaningSpec({ plan, fills }: CleaningParameters): CleaningSpec {
  return {
    kind: KIND,
    version: VERSION,
    convert: plan.convert.map(writeConversion),
    duplicates: plan.duplicates === undefined ? [] : [{ key: [...plan.duplicates.key], keep: plan.duplicates.keep }],
    missing: fills.map(({ column, method, status, type, value }) => ({ column, fill: method, status, type, value })),
  };
}

function writeConversion(conversion: CheckedConversion): ConversionSpec {
  const { column, missing } = conversion;
  switch (conversion.to) {
    case "number": {
      const { to, decimal, grouping, onFailure } = conversion;
      return { column, to, missing: [...missing], decimal, grouping, onFailure };
    }
    case "boolean": {
      const { to, trueTexts, falseTexts, onFailure } = conversion;
      return { column, to, trueTexts: [...trueTexts], falseTexts: [...falseTexts], missing: [...missing], onFailure };
    }
    case "timestamp":
      return { column, to: conversion.to, missing: [...missing], onFailure: conversion.onFailure };
    case "category":
      return { column, to: conversion.to, missing: [...missing] };
  }
}

/** Reads a saved form that may come from anywhere. */
export function readCleaningSpec(caller: string, value: unknown): CleaningParameters {
  const reader = SpecReader.open(caller, value, KIND, VERSION);
  const fills = reader.objects("missing").map(readFill);
  const duplicates = reader.objects("duplicates").map((rule) => ({ key: rule.texts("key"), keep: rule.oneOf("keep", KEPT_ROWS) }));
  if (duplicates.length > 1) throw reader.refuse("duplicates", "one rule or none");
  const plan: CheckedPlan = {
    convert: reader.objects("convert").map(readConversion),
    duplicates: duplicates[0],
    missing: fills.map(({ column, method, value: filled }) => ({
      column,
      fill: method,
      value: method === "constant" && filled !== null ? filled : undefined,
    })),
  };
  const conflict = findPlanConflict(plan);
  if (conflict !== undefined) {
    const { parameter, rule, column } = conflict;
    throw new ClienteleError("invalidSpec", `${parameter} must be ${rule}`, { caller, parameter, rule, column });
  }
  return { plan, fills };
}

function readConversion(reader: SpecReader): CheckedConversion {
  const column = reader.text("column");
  const to = reader.oneOf("to", CONVERSION_TARGETS);
  const missing = reader.texts("missing");
  if (to === "category") return { column, to, missing };
  const onFailure = reader.oneOf("onFailure", FAILURE_POLICIES);
  if (to === "timestamp") return { column, to, missing, onFailure };
  if (to === "boolean") return { column, to, trueTexts: reader.texts("trueTexts"), falseTexts: reader.texts("falseTexts"), missing, onFailure };
  return { column, to, missing, decimal: reader.oneOf("decimal", DECIMAL_MARKS), grouping: reader.oneOf("grouping", GROUPING_MARKS), onFailure };
}

function readFill(reader: SpecReader): FittedFill {
  const column = reader.text("column");
  const method = reader.oneOf("fill", FILL_METHODS);
  const status = reader.oneOf("status", STATUSES);
  const type = reader.oneOf("type", COLUMN_TYPES);
  if (status === "allMissing") {
    if (method === "constant") throw reader.refuse("status", `"fitted" for the fill "constant"`);
    return { column, method, status, type, value: null };
  }
  const isNumeric = type === "number" || type === "timestamp";
  if ((method === "mean" || method === "median") && type !== "number") throw reader.refuse("type", `"number" for the fill ${JSON.stringify(method)}`);
  return { column, method, status, type, value: isNumeric ? reader.number("value") : type === "boolean" ? reader.boolean("value") : reader.text("value") };
}
