import type { SpecReader } from "../../errors/spec";
import type { FormulaSpec } from "../../formula/evaluate/formula";
import { formulaFromSpec } from "../../formula/evaluate/spec";
import type { CheckedDerivedColumn } from "./plan";

/** A derived column as it is saved. */
export interface DerivedColumnSpec {
  readonly column: string;
  readonly formula: FormulaSpec;
}

export function writeDerivedColumn({ column, formula }: CheckedDerivedColumn): DerivedColumnSpec {
  return { column, formula: formula.toJSON() };
}

export function readDerivedColumn(reader: SpecReader): CheckedDerivedColumn {
  return { column: reader.text("column"), formula: formulaFromSpec(reader.value("formula")) };
}
