import { readBinaryLabels } from "../../data/binary-labels";
import { checkProbabilities } from "../classification/binary-inputs";
import { sortScoresByClass } from "../classification/ranking";
import { tallyScores, type ScoreTally } from "../classification/tally";

/** Checks labels (one class only is allowed) and probabilities, and counts rows of equal probability together. */
export function tallyProbabilities(caller: string, labels: ArrayLike<number>, probabilities: ArrayLike<number>): ScoreTally {
  const checked = readBinaryLabels(caller, labels);
  checkProbabilities(caller, "probabilities", probabilities, labels.length);
  return tallyScores(sortScoresByClass(checked, probabilities));
}
