import { all, create } from "mathjs/number";
import type { CategoryColumn } from "clientele/data";
import { compileFormula, evaluateFormula, type FormulaColumn, type VariableType } from "clientele/formula";
import { RandomStream } from "../src/numeric/random/random-stream";
import { heading, measure } from "./measure";

const ROWS = 4_000_000;
/** mathjs takes two orders of magnitude longer for a row. */
const PEER_ROWS = 200_000;
const PLANS = ["free", "basic", "pro", "team"] as const;

/** Columns of numbers, one cell in fifty of `monetary` missing. */
interface Numbers extends Readonly<Record<string, Float64Array>> {
  readonly monetary: Float64Array;
  readonly frequency: Float64Array;
  readonly recency: Float64Array;
  readonly cost: Float64Array;
  readonly discount: Float64Array;
}

interface Customers {
  readonly numbers: Numbers;
  readonly plan: CategoryColumn;
  /** The same as plain texts, one for each row. */
  readonly planTexts: readonly string[];
}

interface Case {
  readonly name: string;
  readonly text: string;
  /** The same in the words of mathjs, if they differ. */
  readonly mathjs?: string;
  /** The same as a loop that a programmer writes for this one formula. */
  readonly loop: (customers: Customers, out: Float64Array) => void;
}

const CASES: readonly Case[] = [
  {
    name: "two columns",
    text: "monetary / max(frequency, 1)",
    loop: ({ numbers: { monetary, frequency } }, out) => {
      for (let i = 0; i < out.length; i++) out[i] = monetary[i]! / Math.max(frequency[i]!, 1);
    },
  },
  {
    name: "text and condition",
    text: 'plan == "pro" and monetary > 500 ? monetary * 0.9 : monetary',
    mathjs: 'equalText(plan, "pro") and monetary > 500 ? monetary * 0.9 : monetary',
    loop: ({ planTexts, numbers: { monetary } }, out) => {
      for (let i = 0; i < out.length; i++) out[i] = planTexts[i] === "pro" && monetary[i]! > 500 ? monetary[i]! * 0.9 : monetary[i]!;
    },
  },
  {
    name: "five columns",
    text: "(monetary - cost) / max(frequency, 1) * (1 - discount) - 0.5 * sqrt(recency)",
    loop: ({ numbers: { monetary, cost, frequency, discount, recency } }, out) => {
      for (let i = 0; i < out.length; i++) {
        out[i] = ((monetary[i]! - cost[i]!) / Math.max(frequency[i]!, 1)) * (1 - discount[i]!) - 0.5 * Math.sqrt(recency[i]!);
      }
    },
  },
];

function makeCustomers(): Customers {
  const random = new RandomStream(1);
  const column = (next: () => number): Float64Array => Float64Array.from({ length: ROWS }, next);
  const codes = Int32Array.from({ length: ROWS }, () => random.nextInteger(PLANS.length));
  return {
    numbers: {
      monetary: column(() => (random.nextInteger(50) === 0 ? NaN : random.nextInteger(100_000) / 100)),
      frequency: column(() => random.nextInteger(13)),
      recency: column(() => random.nextInteger(730)),
      cost: column(() => random.nextInteger(50_000) / 100),
      discount: column(() => random.nextInteger(30) / 100),
    },
    plan: { type: "category", codes, categories: PLANS },
    planTexts: Array.from(codes, (code) => PLANS[code]!),
  };
}

/** The expression that mathjs compiles, evaluated row by row with one scope; it knows no missing value, and NaN passes through it. */
function evaluateByMathjs(text: string, { planTexts, numbers }: Customers, out: Float64Array): void {
  const expression = create(all!).compile(text);
  const columns = Object.entries(numbers);
  const scope: Record<string, unknown> = {};
  for (let i = 0; i < out.length; i++) {
    for (const [name, values] of columns) scope[name] = values[i];
    scope["plan"] = planTexts[i];
    out[i] = Number(expression.evaluate(scope));
  }
}

function checkEqual(name: string, ours: Float64Array, theirs: Float64Array): void {
  const row = theirs.findIndex((value, i) => !(Math.abs(value - ours[i]!) <= 1e-12 * Math.abs(value)) && !(Number.isNaN(value) && Number.isNaN(ours[i])));
  if (row >= 0) throw new Error(`${name}: row ${row} is ${ours[row]} here and ${theirs[row]} there`);
}

/** A formula over whole columns, beside a loop written for it and the compiled expression of mathjs. */
export function benchFormula(): void {
  heading(`Formulas over columns: ${ROWS.toLocaleString("en")} rows (mathjs: ${PEER_ROWS.toLocaleString("en")})`);
  const customers = makeCustomers();
  const columns: Readonly<Record<string, FormulaColumn>> = { ...customers.numbers, plan: customers.plan };
  const variables: Readonly<Record<string, VariableType>> = { ...Object.fromEntries(Object.keys(customers.numbers).map((name) => [name, "number"] as const)), plan: "category" };
  for (const { name, text, mathjs = text, loop } of CASES) {
    const formula = compileFormula(text, { variables });
    let ours: Float64Array = new Float64Array(0);
    const out = new Float64Array(ROWS);
    const peerOut = new Float64Array(PEER_ROWS);
    const perRow = {
      clientele: (measure(() => (ours = evaluateFormula(formula, columns))).milliseconds * 1e6) / ROWS,
      loop: (measure(() => loop(customers, out)).milliseconds * 1e6) / ROWS,
      mathjs: (measure(() => evaluateByMathjs(mathjs, customers, peerOut), 3).milliseconds * 1e6) / PEER_ROWS,
    };
    checkEqual(name, ours, out);
    checkEqual(name, ours, peerOut);
    console.log(`${name.padEnd(18)} ${text}`);
    console.log(
      `${" ".repeat(18)} clientele ${perRow.clientele.toFixed(1)} ns a row (${(1000 / perRow.clientele).toFixed(0)} million rows/s)  ` +
        `own loop ${perRow.loop.toFixed(1)} ns, ratio ${(perRow.loop / perRow.clientele).toFixed(2)}  ` +
        `mathjs ${perRow.mathjs.toFixed(0)} ns, ratio ${(perRow.mathjs / perRow.clientele).toFixed(0)}`,
    );
  }
}
