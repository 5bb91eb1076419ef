import type { Conversion } from "../convert/plan";
import type { Placeholder } from "./placeholder";
import { FORM_SHARE } from "./profile-texts";
import type { CategoryColumnProfile, ColumnProfile } from "./table-profile";

/** What a draft is told about the table. */
export interface DraftContext {
  readonly id: string | undefined;
  readonly booleans: boolean;
  readonly timeZone: string | undefined;
}

/** The stand-ins that a draft declares missing: no possible answers, and none that most rows have. */
export function declaredPlaceholders({ placeholders }: ColumnProfile, rowCount: number): Placeholder[] {
  return placeholders.filter(({ reason, count }) => reason !== "answer" && 2 * count <= rowCount);
}

/** Names that end in the word id: "id", "customer_id", "CustomerID", and not "paid". */
const ID_NAME = /(?:^|[^A-Za-z])[iI][dD]$|[a-z]I[dD]$/;

/** How the column is read: one conversion, or none. */
export function draftConversions(column: ColumnProfile, rowCount: number, { id, booleans, timeZone }: DraftContext): Conversion[] {
  if (column.type !== "category") return [];
  const { name, blankCount } = column;
  const isId = name === id;
  const missing = ["", ...declaredPlaceholders(column, rowCount).flatMap(({ value, reason }) => (typeof value === "string" && reason !== "defaultDate" ? [value] : []))];
  const rest = { missing, onFailure: "missing" } as const;

  if (holdsDecimalIds(column) && (isId || ID_NAME.test(name))) return [{ column: name, to: "id", ...rest }];
  if (isId) return [];
  if (column.numbers !== null) return [draftNumber(column, missing)];
  const { dateForm, booleanForm } = column;
  if (dateForm !== null && dateForm.firstDay !== null && (dateForm.localTimeCount === 0 || timeZone !== undefined)) {
    const format = dateForm.order === "iso" ? {} : { format: dateForm.order };
    return [{ column: name, to: "timestamp", ...format, ...(dateForm.localTimeCount === 0 ? {} : { timeZone }), ...rest }];
  }
  if (booleans && booleanForm !== null && booleanForm.count >= FORM_SHARE * textCount(column, rowCount)) {
    const { trueTexts, falseTexts } = booleanForm;
    if (trueTexts.length > 0 && falseTexts.length > 0) return [{ column: name, to: "boolean", trueTexts, falseTexts, ...rest }];
  }
  return blankCount === 0 ? [] : [{ column: name, to: "category", missing: [""] }];
}

/** Whole numbers, every one of them with ".0" behind it. */
function holdsDecimalIds({ numbers, numberForm, decimalIdCount }: CategoryColumnProfile): boolean {
  return numbers !== null && decimalIdCount > 0 && decimalIdCount === numberForm?.count;
}

function draftNumber({ name, numberForm }: CategoryColumnProfile, missing: readonly string[]): Conversion {
  const { decimal, grouping, groups, currency, percentCount, bracketedCount } = numberForm!;
  return {
    column: name,
    to: "number",
    missing,
    decimal,
    ...(grouping === "none" ? {} : { grouping }),
    ...(groups === "thousands" ? {} : { groups }),
    ...(currency === null ? {} : { currency }),
    ...(bracketedCount === 0 ? {} : { parentheses: true }),
    ...(percentCount === 0 ? {} : { percent: true }),
    onFailure: "missing",
  };
}

/** Texts that say something. */
function textCount(column: CategoryColumnProfile, rowCount: number): number {
  const standIns = declaredPlaceholders(column, rowCount).reduce((sum, { count }) => sum + count, 0);
  return rowCount - column.missingCount - column.blankCount - standIns;
}
