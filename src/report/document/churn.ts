import type { Analysis } from "../../analysis/analyze-customers";
import type { Churn } from "../../analysis/churn";
import { dataTable, note, paragraph, type Block, type Section } from "./blocks";
import type { Format } from "./format";

/** How many features of the model are shown. */
const EFFECTS = 10;

/** How well leaving can be told in advance, and from what. */
export function churnSection({ churn }: Analysis, format: Format): Section {
  const title = "Churn";
  if (churn.status === "notRun") return { title, blocks: [note(`Not run: ${churn.reason}.`)] };
  const { pooled, byFold } = churn.evaluation;
  const { baseline } = pooled;
  const score = (name: string, value: number, base: number, better: string): string[] => [name, format.score(value), format.score(base), better];
  return {
    title,
    blocks: [
      paragraph(
        `${format.count(pooled.positiveCount)} of ${format.count(pooled.rowCount)} customers left (${format.share(pooled.baseRate)}). ` +
          `A logistic regression was judged by ${byFold.length}-fold cross-validation: every figure is about customers the model had not seen, ` +
          `beside what the base rate alone would score.`,
      ),
      dataTable(
        "Out-of-fold evaluation",
        ["<Measure", ">Model", ">Base rate", "<Better is"],
        [
          score("AUC", pooled.auc, baseline.auc, "higher"),
          score("Average precision", pooled.averagePrecision, baseline.averagePrecision, "higher"),
          score("Log-loss", pooled.logLoss, baseline.logLoss, "lower"),
          score("Brier score", pooled.brier, baseline.brier, "lower"),
          score("Accuracy (p ≥ 0.5)", pooled.accuracy, baseline.accuracy, "higher"),
        ],
      ),
      {
        kind: "bars",
        caption: "Share that left, in ten equal groups from the highest to the lowest predicted probability",
        bars: churn.deciles.map(({ churnRate, meanProbability }, i) => ({
          label: `Group ${i + 1} (predicted ${format.share(meanProbability)})`,
          value: churnRate,
          text: format.share(churnRate),
        })),
        reference: { value: pooled.baseRate, label: `all customers: ${format.share(pooled.baseRate)}` },
      },
      dataTable(
        "What tells most: the odds of leaving are multiplied by … for one unit more, or one standard deviation more, all else equal",
        ["<Feature", ">One unit", ">One sd", "<Chance of leaving"],
        churn.effects
          .slice(0, EFFECTS)
          .map(({ feature, oddsRatio, standardizedCoefficient }) => [
            feature,
            format.score(oddsRatio),
            format.score(Math.exp(standardizedCoefficient)),
            standardizedCoefficient > 0 ? "higher" : "lower",
          ]),
      ),
      ...remarks(churn),
    ],
  };
}

function remarks({ model, leftOut, unlabelledCount }: Churn): Block[] {
  const texts: string[] = [];
  if (model.aliased.length > 0) {
    texts.push(`${model.aliased.length} features are determined by others and got no coefficient of their own: ${model.aliased.map(({ column }) => column).join(", ")}.`);
  }
  if (model.strength > 0) texts.push("The features separate the classes in these data, so the model was fitted with a weak penalty.");
  if (leftOut.length > 0) texts.push(`Columns without use for the model: ${leftOut.map(({ column, reason }) => `${column} (${REASONS[reason]})`).join(", ")}.`);
  if (unlabelledCount > 0) texts.push(`${unlabelledCount} customers have no label and were left out.`);
  return texts.map(note);
}

const REASONS = {
  noValues: "no values",
  timestamp: "a point in time",
  allDistinct: "every value occurs once",
  tooManyLevels: "too many different texts",
} as const;
