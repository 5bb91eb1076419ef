import type { Analysis } from "../../analysis/analyze-customers";
import type { Actions } from "../../analysis/actions";
import type { ChurnReason } from "../../analysis/reasons";
import { dataTable, note, paragraph, type Block, type Section } from "./blocks";
import type { Format } from "./format";

/** Whom to turn to first. */
export function actionsSection({ actions }: Analysis, format: Format): Section {
  const title = "First actions";
  if (actions.status === "notRun") return { title, blocks: [note(`Not run: ${actions.reason}.`)] };
  return { title, blocks: [...retainBlocks(actions, format), ...cultivateBlocks(actions, format)] };
}

function retainBlocks({ retain }: Actions, format: Format): Block[] {
  if (retain.length === 0) return [];
  const hasValue = retain.some(({ valueAtRisk }) => valueAtRisk !== undefined);
  return [
    paragraph(
      hasValue
        ? "Keep: customers still there with the most value at risk (probability of leaving × value)."
        : "Keep: customers still there who are likeliest to leave.",
    ),
    dataTable(
      "Whom to keep",
      ["<Customer", ">Probability", ...(hasValue ? ([">Value", ">At risk"] as const) : []), "<What raises it"],
      retain.map(({ customer, probability, value, valueAtRisk, reasons }) => [
        String(customer),
        format.share(probability),
        ...(hasValue ? [value === undefined ? "–" : format.amount(value), valueAtRisk === undefined ? "–" : format.amount(valueAtRisk)] : []),
        reasons.map((reason) => reasonText(reason, format)).join("; "),
      ]),
    ),
    note("A probability of leaving says who is at risk, not whom a call would keep: try the action on a random half first."),
  ];
}

/** "tenure 2 (average 32.37)", "Contract: Month-to-month". */
function reasonText({ column, value, average }: ChurnReason, format: Format): string {
  if (value === null) return `${column}: not known`;
  if (typeof value !== "number") return `${column}: ${String(value)}`;
  return `${column} ${format.amount(value)}${average === undefined ? "" : ` (average ${format.amount(average)})`}`;
}

function cultivateBlocks({ cultivate }: Actions, format: Format): Block[] {
  if (cultivate.length === 0) return [];
  return [
    paragraph("Cultivate: customers of whom most is to be expected."),
    dataTable(
      "Whom to cultivate (expected of customers like this one, with the 95 % interval of their mean)",
      ["<Customer", ">Chance to buy", ">Purchases", ">Value", ">95 % of the mean", ">Days since last", ">Spent so far"],
      cultivate.map(({ customer, purchaseProbability, expectedPurchases, expectedValue, low, high, daysSinceLast, totalValue }) => [
        String(customer),
        format.share(purchaseProbability),
        format.amount(expectedPurchases),
        format.amount(expectedValue),
        `${format.amount(low)} to ${format.amount(high)}`,
        format.count(daysSinceLast),
        format.amount(totalValue),
      ]),
    ),
  ];
}
