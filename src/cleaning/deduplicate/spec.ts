import { readSavedOptions, writeOptions } from "../../errors/saved-options";
import type { SpecReader } from "../../errors/spec";
import { DUPLICATE_OPTIONS, FIELD_SURVIVOR_OPTIONS, SOURCE_OPTIONS, type CheckedDuplicateRule, type DuplicateRule, type FieldPolicy, type FieldSurvivor, type SurvivorPolicy } from "./plan";

/** A duplicate rule as it is saved: every default is written out. */
export interface DuplicateSpec {
  readonly key: readonly string[];
  readonly keep: SurvivorPolicy;
  readonly orderBy: string | null;
  readonly sources: { readonly column: string; readonly order: readonly string[] } | null;
  readonly fillGaps: boolean;
  readonly fields: readonly { readonly column: string; readonly keep: FieldPolicy }[];
}

export function writeDuplicateRule(rule: CheckedDuplicateRule): DuplicateSpec {
  return writeOptions(rule, DUPLICATE_OPTIONS);
}

export function readDuplicateRule(reader: SpecReader): CheckedDuplicateRule {
  const rule = readSavedOptions<DuplicateRule, typeof DUPLICATE_OPTIONS>(reader, DUPLICATE_OPTIONS);
  const sources = reader.optionalObject("sources");
  return {
    ...rule,
    sources: sources && readSavedOptions<NonNullable<DuplicateRule["sources"]>, typeof SOURCE_OPTIONS>(sources, SOURCE_OPTIONS),
    fields: reader.objects("fields").map((field) => readSavedOptions<FieldSurvivor, typeof FIELD_SURVIVOR_OPTIONS>(field, FIELD_SURVIVOR_OPTIONS)),
  };
}
