import type { CellValue, Column, ColumnType } from "../../data/column";
import { firstRows, groupRows } from "../../data/row-groups";

export const NO_CODE = -1;

/**
 * The cells of a column of any type as codes of its distinct values, so that repairs compare and exchange integers.
 * Values that a rule has learned are added behind those of the column.
 */
export class CodedColumn {
  readonly name: string;
  readonly source: Column;
  /** For each row the code of its value; `NO_CODE` for a missing cell and for a row that is not active. */
  readonly codes: Int32Array;
  readonly #values: CellValue[];
  readonly #codeOf: Map<CellValue, number>;

  constructor(name: string, source: Column, isActive: Uint8Array) {
    this.name = name;
    this.source = source;
    if (source.type === "category") {
      this.codes = source.codes.slice();
      for (let row = 0; row < this.codes.length; row++) if (isActive[row] === 0) this.codes[row] = NO_CODE;
      this.#values = [...source.categories];
    } else {
      const grouped = groupRows([source], isActive, "none");
      this.codes = grouped.groups;
      this.#values = Array.from(firstRows(grouped), (row) => (source.type === "boolean" ? source.values[row] === 1 : source.values[row]!));
    }
    this.#codeOf = new Map(this.#values.map((value, code) => [value, code]));
  }

  /** Whether any active row has a value. */
  get hasValues(): boolean {
    return this.codes.some((code) => code !== NO_CODE);
  }

  /** The distinct values, by code. */
  get values(): readonly CellValue[] {
    return this.#values;
  }

  codeFor(value: CellValue): number {
    let code = this.#codeOf.get(value);
    if (code === undefined) {
      code = this.#values.length;
      this.#values.push(value);
      this.#codeOf.set(value, code);
    }
    return code;
  }

  /** The column with the values of other codes in some rows; `NO_CODE` makes a missing cell. */
  write(rows: ArrayLike<number>, codes: ArrayLike<number>): Column {
    const { source } = this;
    if (source.type === "category") return this.#writeTexts(rows, codes, source.categories);
    const values = source.values.slice();
    for (let i = 0; i < rows.length; i++) {
      const code = codes[i]!;
      values[rows[i]!] = code === NO_CODE ? missingValue(source.type) : Number(this.#values[code]);
    }
    return { ...source, values } as Column;
  }

  #writeTexts(rows: ArrayLike<number>, codes: ArrayLike<number>, known: readonly string[]): Column {
    // Of the learned texts only those that are written become part of the column.
    const added = new Map<number, number>();
    const categories = known.slice();
    const written = (this.source as Extract<Column, { type: "category" }>).codes.slice();
    for (let i = 0; i < rows.length; i++) {
      let code = codes[i]!;
      if (code >= known.length) {
        let own = added.get(code);
        if (own === undefined) {
          added.set(code, (own = categories.length));
          categories.push(this.#values[code] as string);
        }
        code = own;
      }
      written[rows[i]!] = code;
    }
    return { type: "category", codes: written, categories: added.size === 0 ? known : categories };
  }
}

function missingValue(type: Exclude<ColumnType, "category">): number {
  return type === "boolean" ? 255 : NaN;
}
