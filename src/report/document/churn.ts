import type { Analysis } from "../../analysis/analyze-customers";
import type { Churn, ChurnLead } from "../../analysis/churn";
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
      paragraph(leadText(churn.lead, format)),
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
        "What tells most: by how much one standard deviation more multiplies the odds of leaving, all else equal",
        ["<Feature", ">Odds ×", "<Chance of leaving"],
        churn.effects
          .slice(0, EFFECTS)
          .map(({ feature, standardizedCoefficient }) => [
            feature,
            format.score(Math.exp(standardizedCoefficient)),
            standardizedCoefficient > 0 ? "higher" : "lower",
          ]),
      ),
      ...remarks(churn),
    ],
  };
}

function leadText({ columns, improvement, low, high, level, evaluation }: ChurnLead, format: Format): string {
  const single = [...new Set(columns)].join(" or ");
  const interval = `(${format.share(level)} interval ${format.score(low)} to ${format.score(high)})`;
  const verdict =
    low > 0
      ? `Against the best single column (${single}, log-loss ${format.score(evaluation.mean.logLoss)}) the model lowers the log-loss by ${format.score(improvement)} ${interval}`
      : `That the model is better than the best single column (${single}, log-loss ${format.score(evaluation.mean.logLoss)}) is not shown: its log-loss is lower by ${format.score(improvement)} ${interval}`;
  return `${verdict}, on the same folds.`;
}

function remarks(churn: Churn): Block[] {
  const { model, leftOut, separation, penalisedFolds, unfinishedFolds, unlabelledCount, stayingValueCount, repeatedCount } = churn;
  const texts: string[] = [];
  if (model.aliased.length > 0) {
    texts.push(`${model.aliased.length} features are determined by others and got no coefficient of their own: ${model.aliased.map(({ column }) => column).join(", ")}.`);
  }
  if (separation !== undefined) {
    const columns = separation.columns.map(({ column }) => column).join(", ");
    const extent = separation.kind === "complete" ? "all customers" : "some customers";
    texts.push(`${columns}: this tells those who left from those who stayed without error for ${extent}, so the model was fitted with a weak penalty.`);
  }
  if (penalisedFolds > 0) texts.push(`${penalisedFolds} of the ${churn.evaluation.byFold.length} fits of the cross-validation needed the weak penalty.`);
  if (model.status === "iterationLimit" || unfinishedFolds > 0) {
    texts.push("A fit stopped before it had converged: look for a column with an extreme value, and do not rely on the figures.");
  }
  if (stayingValueCount > 1) texts.push(`${stayingValueCount} different values of the label count as staying; check that none is a misspelling.`);
  if (repeatedCount > 0) texts.push(`${repeatedCount} customers are equal to another in every feature; equal ones were judged together.`);
  if (leftOut.length > 0) texts.push(`Columns without use for the model: ${leftOut.map(({ column, reason }) => `${column} (${REASONS[reason]})`).join(", ")}.`);
  if (unlabelledCount > 0) texts.push(`${unlabelledCount} customers have no label and were left out.`);
  return texts.map(note);
}

const REASONS = {
  noValues: "no values",
  timestamp: "a point in time",
  allDistinct: "every value occurs once",
  tooManyLevels: "too many different texts",
  tooFewValues: "hardly any values",
} as const;
