import { checkShape } from "../../errors/check";
import type { FormulaNode, FormulaResultType, FormulaVariable } from "./tree";

/** The saved form of a {@link Formula}: plain JSON. */
export interface FormulaSpec {
  readonly kind: "formula";
  readonly version: 1;
  readonly resultType: FormulaResultType;
  /** Every variable of the tree, in the order of its first appearance. */
  readonly variables: readonly FormulaVariable[];
  readonly tree: FormulaNode;
}

/**
 * A checked formula: made by `compileFormula` from text, or by `formulaFromSpec` from its saved form,
 * and by nothing else, so that whoever holds one may evaluate it.
 */
export class Formula {
  readonly #spec: FormulaSpec;

  /** @internal The tree must have been checked. */
  constructor(resultType: FormulaResultType, variables: readonly FormulaVariable[], tree: FormulaNode) {
    this.#spec = { kind: "formula", version: 1, resultType, variables, tree };
  }

  /** Whether it gives numbers or true/false. */
  get resultType(): FormulaResultType {
    return this.#spec.resultType;
  }

  /** The variables it needs, in the order of their first appearance. */
  get variables(): readonly FormulaVariable[] {
    return this.#spec.variables;
  }

  get tree(): FormulaNode {
    return this.#spec.tree;
  }

  /** The saved form, which `formulaFromSpec` reads. */
  toJSON(): FormulaSpec {
    return JSON.parse(JSON.stringify(this.#spec)) as FormulaSpec;
  }
}

/** Refuses what is no formula, a saved form among it: its tree has not been checked. */
export function checkFormula(caller: string, formula: Formula): void {
  checkShape(caller, "formula", formula, "a Formula (compileFormula makes one of a text, formulaFromSpec of a saved one)", (fields) => fields instanceof Formula);
}
