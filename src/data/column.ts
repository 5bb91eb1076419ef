/** Numbers; NaN means missing. */
export interface NumberColumn {
  readonly type: "number";
  readonly values: Float64Array;
  /** What one unit is, for people and reports ("EUR", "months"). */
  readonly unit?: string | undefined;
}

/** Texts from a limited set, stored as positions in `categories`; code −1 means missing. */
export interface CategoryColumn {
  readonly type: "category";
  readonly codes: Int32Array;
  /** The distinct texts. Their order carries no meaning; an encoder sorts them. */
  readonly categories: readonly string[];
}

/** True (1), false (0) or missing (255). */
export interface BooleanColumn {
  readonly type: "boolean";
  readonly values: Uint8Array;
}

/** Points in time as milliseconds since 1970-01-01T00:00Z; NaN means missing. */
export interface TimestampColumn {
  readonly type: "timestamp";
  readonly values: Float64Array;
}

/** One column of a {@link Table}. */
export type Column = NumberColumn | CategoryColumn | BooleanColumn | TimestampColumn;

/** The four types of column. */
export type ColumnType = Column["type"];

/** The code of a missing category and the value of a missing boolean. */
export const MISSING_CATEGORY = -1;
export const MISSING_BOOLEAN = 255;

export function columnLength(column: Column): number {
  return column.type === "category" ? column.codes.length : column.values.length;
}

export function isMissingAt(column: Column, row: number): boolean {
  switch (column.type) {
    case "category":
      return column.codes[row]! < 0;
    case "boolean":
      return column.values[row] === MISSING_BOOLEAN;
    default:
      return Number.isNaN(column.values[row]);
  }
}

/** A cell as a caller would write it; missing is null, a timestamp is its milliseconds. */
export type CellValue = number | string | boolean | null;

export function cellAt(column: Column, row: number): CellValue {
  switch (column.type) {
    case "number":
    case "timestamp": {
      const value = column.values[row]!;
      return Number.isNaN(value) ? null : value;
    }
    case "category":
      return column.categories[column.codes[row]!] ?? null;
    case "boolean":
      return column.values[row] === MISSING_BOOLEAN ? null : column.values[row] === 1;
  }
}

export function countMissing(column: Column): number {
  let count = 0;
  const length = columnLength(column);
  for (let row = 0; row < length; row++) if (isMissingAt(column, row)) count++;
  return count;
}

/** The rows at `positions`, in that order; position −1 gives a missing cell. */
export function takeRows<C extends Column>(column: C, positions: ArrayLike<number>): C;
export function takeRows(column: Column, positions: ArrayLike<number>): Column {
  const count = positions.length;
  switch (column.type) {
    case "number":
    case "timestamp": {
      const values = new Float64Array(count);
      for (let i = 0; i < count; i++) values[i] = positions[i]! < 0 ? NaN : column.values[positions[i]!]!;
      return { ...column, values };
    }
    case "category": {
      const codes = new Int32Array(count);
      for (let i = 0; i < count; i++) codes[i] = positions[i]! < 0 ? MISSING_CATEGORY : column.codes[positions[i]!]!;
      return { ...column, codes };
    }
    case "boolean": {
      const values = new Uint8Array(count);
      for (let i = 0; i < count; i++) values[i] = positions[i]! < 0 ? MISSING_BOOLEAN : column.values[positions[i]!]!;
      return { ...column, values };
    }
  }
}

/** Collects texts as codes, in the order of their first appearance. */
export class CategoryBuilder {
  readonly #codeOf = new Map<string, number>();
  readonly categories: string[] = [];

  codeFor(text: string): number {
    const known = this.#codeOf.get(text);
    if (known !== undefined) return known;
    const code = this.categories.length;
    this.#codeOf.set(text, code);
    this.categories.push(text);
    return code;
  }
}
