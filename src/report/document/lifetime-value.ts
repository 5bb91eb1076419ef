import type { Analysis } from "../../analysis/analyze-customers";
import type { LifetimeValues } from "../../analysis/lifetime-value";
import { halfWidth } from "../../clv/empirical/predict";
import type { EmpiricalGroup } from "../../clv/empirical/spec";
import type { LifetimeValueEstimate } from "../../clv/lifetime-value/result";
import { sumOf } from "../../numeric/statistics/compensated-sum";
import { dataTable, note, paragraph, type Block, type Section } from "./blocks";
import type { Format } from "./format";

/** What customers are worth, and how far that can be trusted. */
export function lifetimeValueSection({ lifetimeValue }: Analysis, format: Format): Section {
  const title = "Lifetime value";
  if (lifetimeValue.status === "notRun") return { title, blocks: [note(`Not run: ${lifetimeValue.reason}.`)] };
  const { summary, model, expectedTotal } = lifetimeValue;
  return {
    title,
    blocks: [
      paragraph(
        `Over the next ${format.count(model.horizonDays)} days, ${format.count(summary.customerCount)} customers are expected to bring ${format.amount(expectedTotal)} ` +
          `(margin ${format.share(model.margin)}, discounted at ${format.share(model.annualDiscountRate)} a year). ` +
          `Each is valued by what customers who stood in the same place on ${model.cutoff} went on to spend until ${model.asOf}.`,
      ),
      groupsTable(lifetimeValue, format),
      ...backtestBlocks(lifetimeValue, format),
      ...modelledBlocks(lifetimeValue, format),
    ],
  };
}

function groupsTable({ model, values }: LifetimeValues, format: Format): Block {
  const counts = model.groups.map((_, group) => values.group.reduce((count, other) => (other === group ? count + 1 : count), 0));
  return dataTable(
    "Expected per customer, by past behaviour",
    ["<Repeat purchases", "<Days since last", ">Customers now", ">Chance to buy", ">Purchases", ">Value", ">± 95 %"],
    model.groups.map((group, i) => [
      rangeText(group.frequencyFrom, group.frequencyTo),
      daysText(group),
      format.count(counts[i]!),
      format.share(group.purchaseProbability),
      format.amount(group.expectedPurchases),
      format.amount(group.expectedValue),
      format.amount(halfWidth(group)),
    ]),
  );
}

function rangeText(from: number, to: number | null): string {
  if (to === null) return from === 0 ? "any" : `${from} and more`;
  return from === to ? String(from) : `${from} to ${to}`;
}

function daysText({ daysAbove, daysTo }: EmpiricalGroup): string {
  if (daysTo === null) return daysAbove === null ? "any" : `above ${daysAbove}`;
  return daysAbove === null ? `up to ${daysTo}` : `${daysAbove + 1} to ${daysTo}`;
}

function backtestBlocks({ backtest }: LifetimeValues, format: Format): Block[] {
  if (backtest.status === "notRun") return [note(`The method could not be checked on the past: ${backtest.reason}.`)];
  const { cutoff, asOf, predictedTotal, actualTotal, rootMeanSquaredError, baselineRootMeanSquaredError, topFifthShare } = backtest;
  const total = `Check on the past: asked on ${cutoff}, the same method would have predicted ${format.amount(predictedTotal)} until ${asOf}; it became ${format.amount(actualTotal)}`;
  const off = actualTotal > 0 ? predictedTotal / actualTotal - 1 : undefined;
  const share = off === undefined ? "." : `, so the prediction was ${format.share(Math.abs(off))} too ${off > 0 ? "high" : "low"}.`;
  const ranking = topFifthShare === undefined ? "" : ` The fifth of customers it ranked highest brought ${format.share(topFifthShare)} of the value.`;
  return [
    paragraph(
      `${total}${share}${ranking} Root mean squared error per customer ${format.amount(rootMeanSquaredError)}, ` +
        `against ${format.amount(baselineRootMeanSquaredError)} for giving everyone the same value.`,
    ),
    note("The values assume that the coming months will be like the past ones. Where customers cool down, they promise too much."),
  ];
}

const ALIVE_BANDS = [0, 0.2, 0.4, 0.6, 0.8] as const;
const BAND_WIDTH = 0.2;

function modelledBlocks({ modelled }: LifetimeValues, format: Format): Block[] {
  if (modelled.status === "notRun") return [note(`Probability models cannot answer the same question: ${modelled.reason}.`)];
  const { total, expectedPurchases, confidence, warnings } = modelled.estimate;
  const range = Number.isNaN(total.low) ? "" : ` (${format.share(confidence)} interval, for the parameters alone, ${format.amount(total.low)} to ${format.amount(total.high)})`;
  return [
    paragraph(
      `Models of when customers buy and when they stop (MBG/NBD) and of what they spend (Gamma-Gamma) expect ${format.amount(total.value)}${range} ` +
        `from ${format.amount(sumOf(expectedPurchases.filter((purchases) => !Number.isNaN(purchases))))} purchases. They rest on assumptions where the table above rests on the past of similar customers; where the two agree, both can be trusted more.`,
    ),
    aliveTable(modelled.estimate, format),
    ...warnings.map(({ message }) => note(`Mind that ${message}.`)),
  ];
}

function aliveTable({ aliveProbability, expectedPurchases, value }: LifetimeValueEstimate, format: Format): Block {
  const rows = ALIVE_BANDS.map((from) => {
    const isLast = from + BAND_WIDTH >= 1;
    const members = Array.from(aliveProbability.keys()).filter((i) => aliveProbability[i]! >= from && (isLast || aliveProbability[i]! < from + BAND_WIDTH));
    const totalOf = (column: Float64Array): number => sumOf(members.map((i) => column[i]!).filter((each) => !Number.isNaN(each)));
    return [`${format.share(from)} to ${format.share(isLast ? 1 : from + BAND_WIDTH)}`, format.count(members.length), format.amount(totalOf(expectedPurchases)), format.amount(totalOf(value))];
  });
  return dataTable("By the chance that they are still customers", ["<Chance", ">Customers", ">Purchases expected", ">Value expected"], rows);
}
