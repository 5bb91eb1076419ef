import { checkDistinct, checkShape, unknownColumn } from "../../errors/check";
import { readOptions } from "../../errors/options";
import type { FillRule, PlaceholderRule } from "../impute/plan";
import type { CleaningPlan } from "../plan";
import { declaredPlaceholders, draftConversions } from "./draft-conversion";
import type { CategoryColumnProfile, ColumnProfile, TableProfile } from "./table-profile";

/** Options of {@link draftPlan}. */
export interface DraftPlanOptions {
  /** The column that identifies a customer: rows with the same id are merged, and nothing is filled in. @defaultValue none */
  readonly id?: string | undefined;
  /** Columns that the plan leaves alone, such as the label of a model: a label that is filled in is invented. @defaultValue none */
  readonly exclude?: readonly string[] | undefined;
  /** Words for yes and no are read as true and false. Models do as well with the words. @defaultValue false */
  readonly booleans?: boolean | undefined;
  /** The IANA zone whose clocks times without an offset show. @defaultValue none: columns of such times stay texts */
  readonly timeZone?: string | undefined;
}

const DRAFT_OPTIONS = {
  id: { kind: "text" },
  exclude: { kind: "names", default: [] },
  booleans: { kind: "boolean", default: false },
  timeZone: { kind: "text" },
} as const;

/** A column with more different texts than this is no set of groups: names and addresses have no meaningful mode. */
const MAX_GROUPS = 50;

/**
 * Proposes a cleaning plan from the profile of a table, for a person to look at and edit.
 *
 * Conversions, each where at least 95 % of the texts (not counting blanks and stand-ins for "not known", and at least one) fit one form:
 *
 * - Numbers, in the notation that fits most of them, also amounts in one currency ("$" is taken for USD, "£" for GBP) and percentages.
 *   Not where another decimal mark fits as many texts ("1,234"), where currencies are mixed or in doubt, where a number looks like
 *   a code, such as "01234" or "+49301234", and where most other texts are numbers with letters, such as "C536379".
 * - Days and times. Not where the texts leave open whether the day or the month comes first, nor times without an offset unless `timeZone`
 *   says whose they are, nor years of two digits.
 * - Ids written "17850.0", in the `id` column and in columns whose name ends in "id", become texts without the ".0".
 * - With `booleans`, words for yes and no.
 * - Other columns with blank texts have these declared missing.
 *
 * Texts that fit no form become missing with `onFailure: "missing"`: no customer is lost to a typing error in one field, and the report
 * lists each such cell. What is left out for doubt is to be seen in the profile (`numberForm`, `dateForm`, `codeLikeCount`).
 *
 * Stand-ins for "not known" become missing, but for those that may be the answer ("none") and those that stand in more than half of
 * the rows: what most customers have is rather a state of its own (999 for "never called") than a gap.
 *
 * Missing numbers are filled with the median; missing true or false and missing texts with the mode, texts only where there are at most
 * 50 different ones that occur twice on average (the mode of a name column would be somebody else's name). Timestamps, ids, columns
 * without any value and columns without a missing one are not filled. With `id`, rows with the same id are merged, the first one stays.
 *
 * Nothing else is proposed: no row or column is dropped, no outlier changed, and repeated rows are not removed.
 *
 * @throws ClienteleError `unknownColumn` for an `id` or excluded column that the profile does not have.
 * @example
 * ```ts
 * import { draftPlan, profileTable } from "clientele/cleaning";
 * import { tableFromColumns } from "clientele/data";
 *
 * const table = tableFromColumns({ id: ["a", "b", "c", "d"], charges: ["29.85", " ", "70", "n/a"], since: ["31.12.2025", "01.02.2026", "?", null] });
 * const plan = draftPlan(profileTable(table), { id: "id" });
 * console.log(plan.convert?.[0]); // { column: "charges", to: "number", missing: ["", "n/a"], decimal: ".", onFailure: "missing" }
 * console.log(plan.convert?.[1]); // { column: "since", to: "timestamp", format: "dayFirst", missing: ["", "?"], onFailure: "missing" }
 * console.log(plan.duplicates, plan.missing); // { key: ["id"], keep: "first" } [{ column: "charges", fill: "median" }]
 * ```
 */
export function draftPlan(profile: TableProfile, options?: DraftPlanOptions): CleaningPlan {
  const caller = "draftPlan";
  checkShape(caller, "profile", profile, "what profileTable returns", ({ rowCount, columns }) => typeof rowCount === "number" && Array.isArray(columns));
  const { id, exclude, booleans, timeZone } = readOptions(caller, options, DRAFT_OPTIONS);
  const names = new Set(profile.columns.map(({ name }) => name));
  if (id !== undefined && !names.has(id)) throw unknownColumn(caller, "id", id, names);
  for (const name of exclude) if (!names.has(name)) throw unknownColumn(caller, "exclude", name, names);
  checkDistinct(caller, "exclude", exclude);

  const { rowCount } = profile;
  const columns = profile.columns.filter(({ name }) => !exclude.includes(name));
  const convert = columns.flatMap((column) => draftConversions(column, rowCount, { id, booleans, timeZone }));
  const targets = new Map(convert.map(({ column, to }) => [column, to]));
  const edited = columns.filter(({ name }) => name !== id);
  const placeholders = edited.flatMap((column) => draftPlaceholders(column, rowCount, targets.get(column.name)));
  return {
    convert,
    ...(placeholders.length === 0 ? {} : { placeholders }),
    ...(id === undefined ? {} : { duplicates: { key: [id], keep: "first" } }),
    missing: edited.flatMap((column) => draftFill(column, rowCount, targets.get(column.name))),
  };
}

/** Of a converted column of texts, the texts are declared by its conversion. */
function draftPlaceholders(column: ColumnProfile, rowCount: number, target: string | undefined): PlaceholderRule[] {
  const isRead = target !== undefined && target !== "category";
  const declared = declaredPlaceholders(column, rowCount).filter(({ reason }) => column.type !== "category" || isRead !== isTextReason(reason));
  // Case makes no difference to a plan.
  const values = new Map(declared.map(({ value }) => [String(value).toLowerCase(), value]));
  return values.size === 0 ? [] : [{ column: column.name, values: [...values.values()] }];
}

function isTextReason(reason: string): boolean {
  return reason !== "onlyNegative" && reason !== "farFromRest" && reason !== "spike" && reason !== "defaultDate";
}

function draftFill(column: ColumnProfile, rowCount: number, target: string | undefined): FillRule[] {
  const { name, missingCount } = column;
  const standIns = declaredPlaceholders(column, rowCount).reduce((sum, { count }) => sum + count, 0);
  switch (column.type) {
    case "number":
    case "boolean": {
      const present = rowCount - missingCount - standIns;
      return present > 0 && present < rowCount ? [{ column: name, fill: column.type === "number" ? "median" : "mode" }] : [];
    }
    case "timestamp":
      return [];
    case "category":
      return draftTextFill(column, rowCount, target, standIns);
  }
}

function draftTextFill(column: CategoryColumnProfile, rowCount: number, target: string | undefined, standIns: number): FillRule[] {
  const { name, missingCount, blankCount, distinctCount, numberForm, booleanForm, placeholders } = column;
  switch (target) {
    case "number": {
      const numberCount = (numberForm?.count ?? 0) - declaredPlaceholders(column, rowCount).reduce((sum, { count, reason }) => (isTextReason(reason) ? sum : sum + count), 0);
      return numberCount < rowCount ? [{ column: name, fill: "median" }] : [];
    }
    case "boolean":
      return (booleanForm?.count ?? 0) < rowCount ? [{ column: name, fill: "mode" }] : [];
    case "timestamp":
    case "id":
      return [];
    default: {
      const texts = rowCount - missingCount - blankCount - standIns;
      const groups = distinctCount - (blankCount > 0 ? 1 : 0) - placeholders.length;
      return texts < rowCount && texts > 0 && groups <= MAX_GROUPS && 2 * groups <= texts ? [{ column: name, fill: "mode" }] : [];
    }
  }
}
