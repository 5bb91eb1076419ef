import { checkDistinct, checkShape, unknownColumn } from "../../errors/check";
import { readOptions } from "../../errors/options";
import type { CleaningPlan, Conversion, FillRule } from "../plan";
import type { CategoryColumnProfile, ColumnProfile, TableProfile } from "./profile-table";

/** Options of {@link draftPlan}. */
export interface DraftPlanOptions {
  /** The column that identifies a customer: rows with the same id are merged, and the ids stay as they are. @defaultValue none */
  readonly id?: string | undefined;
  /** Columns that the plan leaves alone, such as the label of a model: a label that is filled in is invented. @defaultValue none */
  readonly exclude?: readonly string[] | undefined;
}

const DRAFT_OPTIONS = {
  id: { kind: "text" },
  exclude: { kind: "names", default: [] },
} as const;

/** The share of non-blank texts that must be plain numbers for a column to be read as numbers. */
const NUMBER_SHARE = 0.95;
/** A column with more different texts than this is no set of groups: names and addresses have no meaningful mode. */
const MAX_GROUPS = 50;

/**
 * Proposes a cleaning plan from the profile of a table, for a person to look at and edit.
 *
 * - A text column in which at least 95 % of the texts that are not blank (and at least one) are plain numbers is converted to numbers:
 *   blanks become missing, and so do the other texts (`onFailure: "missing"`: no customer is lost to a typing error in one field,
 *   and the report lists each such cell). A column with a number that looks like a code, such as "01234" or "+49301234", stays text.
 * - Another text column with blanks has them declared missing.
 * - Missing numbers are filled with the median; missing true or false and missing texts with the mode, texts only where
 *   there are at most 50 different ones that occur twice on average (the mode of a name column would be somebody else's name).
 * - With `id`, rows with the same id are merged, the first one stays.
 *
 * Timestamps, columns without any value and columns without a missing one are not filled.
 *
 * @throws ClienteleError `unknownColumn` for an `id` or excluded column that the profile does not have.
 * @example
 * ```ts
 * import { draftPlan, profileTable } from "clientele/cleaning";
 * import { tableFromColumns } from "clientele/data";
 *
 * const table = tableFromColumns({ id: ["a", "b", "c"], charges: ["29.85", " ", "70"] });
 * const plan = draftPlan(profileTable(table), { id: "id" });
 * console.log(plan.convert); // [{ column: "charges", to: "number", missing: [""], decimal: ".", onFailure: "missing" }]
 * console.log(plan.duplicates, plan.missing); // { key: ["id"], keep: "first" } [{ column: "charges", fill: "median" }]
 * ```
 */
export function draftPlan(profile: TableProfile, options?: DraftPlanOptions): CleaningPlan {
  const caller = "draftPlan";
  checkShape(caller, "profile", profile, "what profileTable returns", ({ rowCount, columns }) => typeof rowCount === "number" && Array.isArray(columns));
  const { id, exclude } = readOptions(caller, options, DRAFT_OPTIONS);
  const names = new Set(profile.columns.map(({ name }) => name));
  if (id !== undefined && !names.has(id)) throw unknownColumn(caller, "id", id, names);
  for (const name of exclude) if (!names.has(name)) throw unknownColumn(caller, "exclude", name, names);
  checkDistinct(caller, "exclude", exclude);

  const leftAlone = new Set(id === undefined ? exclude : [...exclude, id]);
  const columns = profile.columns.filter(({ name }) => !leftAlone.has(name));
  return {
    convert: columns.flatMap((column) => draftConversion(column, profile.rowCount)),
    ...(id === undefined ? {} : { duplicates: { key: [id], keep: "first" } }),
    missing: columns.flatMap((column) => draftFill(column, profile.rowCount)),
  };
}

function draftConversion(column: ColumnProfile, rowCount: number): Conversion[] {
  if (column.type !== "category") return [];
  if (holdsNumbers(column, rowCount)) return [{ column: column.name, to: "number", missing: [""], decimal: ".", onFailure: "missing" }];
  return column.blankCount === 0 ? [] : [{ column: column.name, to: "category", missing: [""] }];
}

/** Whether the texts of a column are numbers in disguise. */
function holdsNumbers(column: CategoryColumnProfile, rowCount: number): boolean {
  const { numberCount, codeLikeCount } = column;
  return numberCount > 0 && codeLikeCount === 0 && numberCount >= NUMBER_SHARE * textCount(column, rowCount);
}

/** Cells with a visible text. */
function textCount({ missingCount, blankCount }: CategoryColumnProfile, rowCount: number): number {
  return rowCount - missingCount - blankCount;
}

function draftFill(column: ColumnProfile, rowCount: number): FillRule[] {
  const { name, missingCount } = column;
  const isPartlyMissing = missingCount > 0 && missingCount < rowCount;
  switch (column.type) {
    case "number":
      return isPartlyMissing ? [{ column: name, fill: "median" }] : [];
    case "boolean":
      return isPartlyMissing ? [{ column: name, fill: "mode" }] : [];
    case "timestamp":
      return [];
    case "category": {
      if (holdsNumbers(column, rowCount)) return column.numberCount < rowCount ? [{ column: name, fill: "median" }] : [];
      const texts = textCount(column, rowCount);
      const isSetOfGroups = column.distinctCount <= MAX_GROUPS && 2 * column.distinctCount <= texts;
      return texts < rowCount && texts > 0 && isSetOfGroups ? [{ column: name, fill: "mode" }] : [];
    }
  }
}
