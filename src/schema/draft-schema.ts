import * as z from "zod";
import type { ColumnProfile, TableProfile, ValueCount } from "../cleaning/profile/table-profile";
import { checkDistinct, checkShape, unknownColumn } from "../errors/check";
import { ClienteleError } from "../errors/error";
import { readOptions } from "../errors/options";
import { idSchema, textSchema, timestampSchema } from "./fields";

/** Options of {@link draftSchema}. */
export interface DraftSchemaOptions {
  /** The field that identifies a record: a text that is not blank, or a whole number, required even where the profile has missing ones. @defaultValue none */
  readonly id?: string | undefined;
  /** Fields that are not checked. @defaultValue none */
  readonly exclude?: readonly string[] | undefined;
  /** Numbers and times must lie between the smallest and the largest of the profile. @defaultValue false: next month brings larger ones */
  readonly bounds?: boolean | undefined;
}

const DRAFT_SCHEMA_OPTIONS = {
  id: { kind: "text" },
  exclude: { kind: "names", default: [] },
  bounds: { kind: "boolean", default: false },
} as const;

/** A text with more different values than this is no choice from a list. */
const MAX_CHOICES = 20;

/** A schema of records whose fields are known only when the program runs. */
export type DraftedSchema = z.ZodObject<Record<string, z.ZodType>, z.core.$loose>;

/**
 * Drafts a schema of raw records from the profile of a table that was made of such records: what next month's records have to look like.
 *
 * - Numbers, texts, true and false, and points in time (as {@link timestampSchema} takes them), each of the type of its column. Texts that
 *   look like numbers or days stay texts, because cleaning reads them later; a column in which records mixed numbers and texts is one of
 *   texts, and so is the schema.
 * - A field may be absent or null only where the profile has missing cells, and a text may be blank only where it has blank ones.
 * - A text is one of a list where the profile holds all its values, at most 20 that occur twice on average. A profile holds them
 *   only if it was asked to: `profileTable(table, { topValues: 20 })`.
 * - With `bounds`, numbers and times stay within what was seen.
 *
 * Fields that the table did not have are kept as they are. The result is a zod object: change it with `extend`, `pick` and `omit`.
 *
 * @throws ClienteleError `unknownColumn` for an `id` or excluded field that the profile does not have, `invalidInput` for a field called
 * `__proto__`, which no schema can check.
 * @example
 * ```ts
 * import { profileTable } from "clientele/cleaning";
 * import { tableFromRecords } from "clientele/data";
 * import { draftSchema, validateRecords } from "clientele/schema";
 *
 * const thisMonth = tableFromRecords([
 *   { id: "a", age: 34, plan: "pro" },
 *   { id: "b", age: null, plan: "free" },
 *   { id: "c", age: 51, plan: "pro" },
 *   { id: "d", age: 28, plan: "free" },
 * ]);
 * const schema = draftSchema(profileTable(thisMonth, { topValues: 20 }), { id: "id" });
 * const nextMonth = [{ id: "e", plan: "pro" }, { id: "f", age: "40", plan: "free" }, { id: "g", age: 19, plan: "gold" }, { id: " ", age: 19 }];
 * const { summary, issues } = validateRecords(nextMonth, schema);
 * console.log(summary.validCount); // 1
 * for (const { row, field, message } of issues) console.log(row, field, message); // 1 "age" "must be a finite number" | 2 "plan" "must be one of free, pro" | 3 "id" "…" | 3 "plan" "is missing"
 * ```
 */
export function draftSchema(profile: TableProfile, options?: DraftSchemaOptions): DraftedSchema {
  const caller = "draftSchema";
  checkShape(caller, "profile", profile, "what profileTable returns", ({ rowCount, columns }) => typeof rowCount === "number" && Array.isArray(columns));
  const { id, exclude, bounds } = readOptions(caller, options, DRAFT_SCHEMA_OPTIONS);
  const names = new Set(profile.columns.map(({ name }) => name));
  if (id !== undefined && !names.has(id)) throw unknownColumn(caller, "id", id, names);
  for (const name of exclude) if (!names.has(name)) throw unknownColumn(caller, "exclude", name, names);
  checkDistinct(caller, "exclude", exclude);

  const checked = profile.columns.filter(({ name }) => !exclude.includes(name));
  if (checked.some(({ name }) => name === "__proto__")) {
    const rule = "without a field called __proto__ (name it in exclude)";
    throw new ClienteleError("invalidInput", `profile must be ${rule}`, { caller, parameter: "profile", column: "__proto__", rule });
  }
  return z.looseObject(Object.fromEntries(checked.map((column) => [column.name, column.name === id ? idSchema : draftField(column, profile.rowCount, bounds)])));
}

function draftField(column: ColumnProfile, rowCount: number, bounds: boolean): z.ZodType {
  const schema = draftValue(column, rowCount - column.missingCount, bounds);
  return column.missingCount > 0 ? schema.nullish() : schema;
}

function draftValue(column: ColumnProfile, presentCount: number, bounds: boolean): z.ZodType {
  switch (column.type) {
    case "number":
      return bounds && column.min !== null && column.max !== null ? z.number().min(column.min).max(column.max) : z.number();
    case "boolean":
      return z.boolean();
    case "timestamp":
      return bounds && column.min !== null && column.max !== null
        ? timestampSchema.pipe(z.date().min(new Date(column.min)).max(new Date(column.max)))
        : timestampSchema;
    case "category": {
      const choices = column.topValues.flatMap(({ value }: ValueCount) => (typeof value === "string" ? [value] : []));
      const isChoice = choices.length > 0 && choices.length === column.distinctCount && choices.length <= MAX_CHOICES && 2 * choices.length <= presentCount;
      if (isChoice) return z.enum(choices.sort());
      return column.blankCount === 0 ? textSchema : z.string();
    }
  }
}
