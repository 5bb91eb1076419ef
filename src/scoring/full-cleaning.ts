import { convertColumn } from "../cleaning/convert/convert-column";
import { convertStep } from "../cleaning/convert/step";
import { deriveStep } from "../cleaning/derive/step";
import { placeholderStep } from "../cleaning/impute/step";
import { cleaningFromSpec, type CleaningModel } from "../cleaning/model";
import { columnsOfRule, stageOfRule } from "../cleaning/rules/describe-rule";
import { RuleSteps } from "../cleaning/rules/step";
import type { StepCode } from "../cleaning/step-order";
import type { ColumnType } from "../data/column";
import { scopeOf, sourcesOf, type CleaningScope, type ColumnSource } from "./cleaning-scope";
import type { CleaningReader, CleaningStage } from "./part";
import { scopedCleaning } from "./scoped-cleaning";

/**
 * Reads any cleaning of a saved pipeline, for {@link pipelineFromSpec}: in place of `cleaningReader`, where features come out of rules,
 * formulas or conversions that `cleaningReader` does not read.
 */
export const fullCleaningReader: CleaningReader = {
  part: "cleaning",
  kind: "cleaning",
  read: (value) => cleaningStage(cleaningFromSpec(value)),
};

const STEPS_OF_ROWS: StepCode = {
  convert: (work, conversion, tools) => convertStep(work, conversion, convertColumn(work.caller, work.table, conversion, tools)),
  placeholders: placeholderStep,
  rules: (work, rules, related) => new RuleSteps(work, rules, related),
  derive: deriveStep,
};

export function cleaningStage(model: CleaningModel): CleaningStage {
  return { model, scope: (columns) => scopedCleaning(fullScopeOf(model, columns), STEPS_OF_ROWS, model.tools) };
}

/** With the rules that act on one row by itself, and the derived columns; rules that compare rows or tables are passed over. */
function fullScopeOf(model: CleaningModel, encoded: ReadonlyMap<string, ColumnType>): CleaningScope {
  const scope = scopeOf(model, encoded, [...derivedSources(model), ...sourcesOf(model), ...repairSources(model), ...keySources(model)]);
  const { columns } = scope;
  const rules = model.rules.filter(({ rule }) => rule.onViolation !== "report" && stageOfRule(rule) !== "table" && columnsOfRule(rule).every((column) => columns.has(column)));
  const derive = model.plan.derive.filter(({ column }) => columns.has(column));
  return { ...scope, rules, plan: { ...scope.plan, rules: rules.map(({ rule }) => rule), derive } };
}

function derivedSources({ plan }: CleaningModel): ColumnSource[] {
  return plan.derive.map(({ column, formula }) => ({ column, reads: formula.variables.map(({ name, type }) => [name, type] as const), isMade: true }));
}

function repairSources({ rules }: CleaningModel): ColumnSource[] {
  return rules.flatMap(({ rule, learned }): ColumnSource[] => {
    if (rule.rule !== "dependency" || rule.onViolation === "report" || learned?.kind !== "dependency") return [];
    return [{ column: rule.to, reads: rule.from.map((name, j) => [name, learned.from[j]!.type] as const), isMade: false }];
  });
}

function keySources({ plan }: CleaningModel): ColumnSource[] {
  return plan.convert.flatMap((conversion) => (conversion.to === "matchKey" ? [{ column: conversion.as, reads: [[conversion.column, "category"] as const], isMade: true }] : []));
}
