import type { BinaryLabels } from "../../data/binary-labels";

/** Why there is too little to judge a model by. */
export interface Shortage {
  /** In words. */
  readonly reason: string;
  /** Rows of the rarer outcome, and how many are needed. */
  readonly rarerCount: number;
  readonly neededCount: number;
}

/** Rows of the rarer outcome for each coefficient (Peduzzi et al. 1996). */
const ROWS_PER_PARAMETER = 10;

/** Two-sided 95 % of a normal variable. */
const Z = 1.959963984540054;

/**
 * Whether there are too few rows of the rarer outcome to evaluate on or, once folds are dealt, to fit so many coefficients to.
 *
 * @param folds - the fold of each row; the smallest training part counts
 */
export function findShortage({ values, positiveCount }: BinaryLabels, folds: Int32Array | undefined, { minRarer, parameters }: { readonly minRarer: number; readonly parameters: number | undefined }): Shortage | undefined {
  const rarer = positiveCount <= values.length - positiveCount ? 1 : 0;
  const rarerCount = rarer === 1 ? positiveCount : values.length - positiveCount;
  const what = rarer === 1 ? "left" : "stayed";
  if (rarerCount < minRarer) {
    const known = rarerCount === 0 ? "nothing can be compared" : `an AUC near one half would be known to ± ${chanceReach(rarerCount, values.length - rarerCount).toFixed(2)}`;
    return { reason: `${rarerCount} of ${values.length} customers ${what}, and ${minRarer} are needed: with so few ${known}`, rarerCount, neededCount: minRarer };
  }
  if (folds === undefined || parameters === undefined) return undefined;
  const inFold = new Map<number, number>();
  for (let row = 0; row < values.length; row++) if (values[row] === rarer) inFold.set(folds[row]!, (inFold.get(folds[row]!) ?? 0) + 1);
  const trainedOn = rarerCount - Math.max(...inFold.values());
  const neededCount = ROWS_PER_PARAMETER * parameters;
  if (trainedOn >= neededCount) return undefined;
  return { reason: `a training part has ${trainedOn} customers who ${what}; ${parameters} coefficients need ${neededCount}, ten for each`, rarerCount: trainedOn, neededCount };
}

/** Half the width of the 95 % interval of an AUC of one half: of the Mann-Whitney statistic without ties (Hanley and McNeil 1982). */
function chanceReach(rarer: number, other: number): number {
  return Z * Math.sqrt((rarer + other + 1) / (12 * rarer * other));
}
