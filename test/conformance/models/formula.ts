import { compileFormula, deriveColumn, evaluateFormula, formulaFromSpec, type FormulaOptions } from "clientele/formula";
import type { CategoryColumn } from "clientele/data";
import { FORMULA_OPTIONS } from "../../../src/formula/compile/compile";
import { answersFrom, subject, untyped } from "../definition";

const TEXT = 'plan == "pro" and not isMissing(orders) ? round(spend / max(orders, 1), 2) * -1.5 : coalesce(spend, 0)';

const valueOf = (text: string, spend: number): number => evaluateFormula(compileFormula(text, { variables: ["spend"] }), { spend: Float64Array.of(spend) })[0]!;
const fitted = () => compileFormula("spend + 1", { variables: ["spend"] });

interface Rows {
  readonly spend: Float64Array;
  readonly orders: Float64Array;
  readonly plan: CategoryColumn;
}

export const formula = subject({
  name: "formula",
  fits: ["compileFormula"],
  reader: "formulaFromSpec",
  read: formulaFromSpec,
  train: () => ({ text: TEXT, options: { variables: { plan: "category", orders: "number", spend: "number" } } satisfies FormulaOptions }),
  fit: ({ text, options }) => compileFormula(text, options),
  rows: (): Rows => ({
    spend: Float64Array.of(120, 80, NaN, 3.14159),
    orders: Float64Array.of(4, 0, 1, NaN),
    plan: { type: "category", codes: Int32Array.of(0, 0, 1, -1), categories: ["pro", "free"] },
  }),
  rowCount: 4,
  take: ({ spend, orders, plan }, positions): Rows => ({
    spend: Float64Array.from(positions, (row) => spend[row]!),
    orders: Float64Array.from(positions, (row) => orders[row]!),
    plan: { ...plan, codes: Int32Array.from(positions, (row) => plan.codes[row]!) },
  }),
  predict: (model, { spend, orders, plan }) => evaluateFormula(model, { spend, orders, plan }),
  answers: (values) => answersFrom(values.length, values),
  options: [
    { name: "compileFormula", caller: "compileFormula", table: FORMULA_OPTIONS, accepted: { variables: ["spend"] }, call: (options) => compileFormula("spend + 1", untyped(options)) },
  ],
  doors: { deriveColumn: (table: never) => deriveColumn(table, "more", fitted()) },
  hostile: {
    "fit: NaN": { refused: "unknownColumn", run: () => valueOf("NaN", 1) },
    "fit: infinity": { refused: "unknownColumn", run: () => valueOf("Infinity", 1) },
    "fit: no rows": { impossible: "a formula is compiled from text" },
    "fit: one row": { impossible: "a formula is compiled from text" },
    "fit: constant column": { impossible: "a formula is compiled from text" },
    "fit: lengths differ": { impossible: "a formula is compiled from text" },
    "predict: NaN": { accepted: "NaN is missing", run: () => valueOf("spend + 1", NaN) },
    "predict: infinity": { accepted: "an infinity is missing", run: () => valueOf("spend + 1", Infinity) },
    "predict: no rows": { accepted: "no rows", run: () => evaluateFormula(fitted(), { spend: new Float64Array(0) }) },
    "predict: other columns": { refused: "unknownColumn", run: () => evaluateFormula(fitted(), { income: Float64Array.of(1) }) },
  },
  exempt: {
    "the fit in slices gives the same bits": "a text of at most a few thousand parts: it has no slices",
    "the fit in slices yields its progress": "it has no slices",
    "the fit in slices stops at a signal": "it has no slices",
    "an option outside its bounds is refused by name": "its one option is a list, checked by tests of its own",
  },
});
