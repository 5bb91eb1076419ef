import { readOptions, type OptionTable } from "../../errors/options";
import type { Formula, FormulaSpec } from "../../formula/evaluate/formula";
import { findFirst, findRepeated, type PlanConflict } from "../plan-conflict";
import { checkPlanFormula } from "../plan-formula";

/** A column that is computed from others, from the cleaned values. A column of that name is replaced, cell by cell in the report. */
export interface DerivedColumn {
  readonly column: string;
  /** What `compileFormula` makes of a text, or its saved form. */
  readonly formula: Formula | FormulaSpec;
}

export const DERIVE_OPTIONS = {
  column: { kind: "text", required: true },
  formula: { kind: "object", required: true },
} as const satisfies OptionTable;

/** A derived column whose formula has been checked. */
export interface CheckedDerivedColumn {
  readonly column: string;
  readonly formula: Formula;
}

export function checkDerivedColumn(caller: string, path: string, item: DerivedColumn): CheckedDerivedColumn {
  const { column, formula } = readOptions<DerivedColumn, typeof DERIVE_OPTIONS>(caller, item, DERIVE_OPTIONS, path);
  return { column, formula: checkPlanFormula(caller, `${path}.formula`, formula) };
}

/**
 * A formula that would see the result of a later one: applied again, it would compute from another value.
 */
export function findDeriveConflict(derived: readonly CheckedDerivedColumn[], path: string): PlanConflict | undefined {
  const used = new Set<string>();
  return (
    findRepeated(path, derived.map(({ column }) => column)) ??
    findFirst(derived, ({ column, formula }, i) => {
      for (const { name } of formula.variables) used.add(name);
      if (!used.has(column)) return undefined;
      return { parameter: `${path}[${i}].column`, rule: `a column that neither its own formula nor an earlier one reads; ${JSON.stringify(column)} is read`, column };
    })
  );
}
