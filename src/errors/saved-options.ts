import { findBrokenRule, type OptionRule, type OptionTable, type ResolvedOptions } from "./options";
import type { SpecReader } from "./spec";

/** An option as it is saved: absent is null. */
export type SavedOption<Value> = undefined extends Value ? Exclude<Value, undefined> | null : Value;

/** The saved form of checked options: every option of the table, null where it is absent, lists and objects copied. */
export function writeOptions<Options extends object>(options: Options, table: { readonly [K in keyof Options]: OptionRule }): { readonly [K in keyof Options]: SavedOption<Options[K]> } {
  const saved = Object.keys(table).map((name) => {
    const value = (options as Readonly<Record<string, unknown>>)[name];
    return [name, value === undefined ? null : structuredClone(value)];
  });
  return Object.fromEntries(saved) as { readonly [K in keyof Options]: SavedOption<Options[K]> };
}

/**
 * Reads options that were saved by {@link writeOptions}: each field of their table must be there, null where the option may be absent.
 * Of lists, objects and custom values only that much is checked.
 */
export function readSavedOptions<Options extends object, const Table extends { readonly [K in keyof Required<Options>]: OptionRule }>(
  reader: SpecReader,
  table: Table,
): ResolvedOptions<Options, Table & OptionTable> {
  const resolved: Record<string, unknown> = {};
  for (const [name, rule] of Object.entries<OptionRule>(table)) {
    const value = reader.value(name);
    const mayBeAbsent = rule.required !== true && !("default" in rule);
    if (value === null && mayBeAbsent) {
      resolved[name] = undefined;
      continue;
    }
    const broken = value === undefined ? "present" : findBrokenRule(value, rule);
    if (broken !== undefined) throw reader.refuse(name, broken);
    resolved[name] = Array.isArray(value) ? [...(value as unknown[])] : value;
  }
  return resolved as ResolvedOptions<Options, Table & OptionTable>;
}
