import { checkTable, type Table } from "../data/table";
import { runToEnd, type Steps } from "../steps/steps";
import { cleanByPlan, cleaningResult } from "./apply";
import type { CleaningTools } from "./convert/tools";
import type { FittedFill } from "./impute/fitted-fill";
import { readCleaningOptions, type CleaningOptions } from "./options";
import type { FittedLimits } from "./outliers/fitted-limits";
import type { CheckedPlan } from "./plan";
import type { CleaningResult } from "./result";
import type { FittedRule } from "./rules/fitted-rules";
import { readCleaningSpec, writeCleaningSpec, type CleaningSpec } from "./spec";
import { partsOf } from "./step-order";
import { WorkingTable } from "./working-table";

/** What a cleaning needs to be applied: the plan, and what was found on the table of the fit. */
export interface CleaningParameters {
  readonly plan: CheckedPlan;
  /** One for each entry of `plan.rules`, in its order. */
  readonly rules: readonly FittedRule[];
  /** One for each entry of `plan.outliers`, in its order. */
  readonly limits: readonly FittedLimits[];
  /** One for each entry of `plan.missing`, in its order. */
  readonly fills: readonly FittedFill[];
}

/** A cleaning that was fitted once and is applied to any table with the columns of its plan. */
export class CleaningModel {
  /** The plan with its defaults filled in. */
  readonly plan: CheckedPlan;
  /** What the rules learned; of dependencies and spellings these are values of the fit's customers. */
  readonly rules: readonly FittedRule[];
  /** The limits beyond which a number is an outlier. */
  readonly limits: readonly FittedLimits[];
  /** The values that missing cells are filled with. */
  readonly fills: readonly FittedFill[];
  readonly #tools: CleaningTools;

  constructor({ plan, rules, limits, fills }: CleaningParameters, tools: CleaningTools = {}) {
    this.plan = plan;
    this.rules = rules;
    this.limits = limits;
    this.fills = fills;
    this.#tools = tools;
  }

  /**
   * Cleans a table by the steps of the plan, with the values of the fit.
   *
   * The input stays as it is; unchanged columns are shared with it. Applied to its own result, the model changes nothing.
   *
   * @throws ClienteleError `unknownColumn` for a column that is not there, `featureMismatch` for one of another type than at the fit,
   * `invalidInput` for a text that cannot be converted where the plan says `onFailure: "error"`, and for a table that `related` lacks.
   * @example
   * ```ts
   * import { fitCleaning } from "clientele/cleaning";
   * import { cellsFromTable, tableFromColumns } from "clientele/data";
   *
   * const model = fitCleaning(tableFromColumns({ age: [20, 40, 60] }), { missing: [{ column: "age", fill: "mean" }] });
   * const { table } = model.apply(tableFromColumns({ age: [30, null] }));
   * console.log(cellsFromTable(table, "age")); // [30, 40]
   * ```
   */
  apply(table: Table, options?: CleaningOptions): CleaningResult {
    return runToEnd(this.applySteps(table, options));
  }

  /** {@link CleaningModel.apply} in slices: one for each step of the plan on each column. */
  *applySteps(table: Table, options?: CleaningOptions): Steps<CleaningResult> {
    const caller = "CleaningModel.apply";
    checkTable(caller, "table", table);
    const work = new WorkingTable(caller, table);
    return cleaningResult(work, yield* cleanByPlan(work, this.plan, partsOf(this), readCleaningOptions(caller, options, this.#tools)));
  }

  /** @internal */
  get tools(): CleaningTools {
    return this.#tools;
  }

  /** The saved form: `JSON.stringify(model)` writes it, {@link cleaningFromSpec} reads it. */
  toJSON(): CleaningSpec {
    return writeCleaningSpec(this);
  }
}

/**
 * Makes a cleaning model of its saved form, which may come from anywhere: every field is checked.
 *
 * @param value - parsed JSON
 * @param options - `phone`, for a plan that converts telephone numbers
 * @throws ClienteleError `invalidSpec` naming the field that is wrong.
 * @example
 * ```ts
 * import { cleaningFromSpec, fitCleaning } from "clientele/cleaning";
 * import { tableFromColumns } from "clientele/data";
 *
 * const model = fitCleaning(tableFromColumns({ age: [20, 40] }), { missing: [{ column: "age", fill: "mean" }] });
 * const saved = JSON.stringify(model);
 * console.log(cleaningFromSpec(JSON.parse(saved)).fills[0]?.value); // 30
 * ```
 */
export function cleaningFromSpec(value: unknown, options?: Pick<CleaningOptions, "phone">): CleaningModel {
  const caller = "cleaningFromSpec";
  return new CleaningModel(readCleaningSpec(caller, value), readCleaningOptions(caller, options).tools);
}
