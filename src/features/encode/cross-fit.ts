import { checkFinite, checkList, checkSameLength, isList } from "../../errors/check";
import { describeValue } from "../../errors/describe";
import { ClienteleError } from "../../errors/error";
import { checkOption } from "../../errors/options";
import { RandomStream, shuffle } from "../../numeric/random/random-stream";
import type { TargetSmoothing } from "./encoding";
import { computeLevelMeans, type LevelMeans } from "./level-means";

/** Labels and folds of a target encoding, checked. */
export interface CrossFitting {
  readonly labels: Float64Array;
  /** The fold of each row, from 0. */
  readonly folds: Int32Array;
  readonly foldCount: number;
}

export function readCrossFitting(caller: string, rowCount: number, labels: ArrayLike<number>, folds: number | ArrayLike<number>, seed: number): CrossFitting {
  checkList(caller, "labels", labels);
  checkSameLength(caller, "labels", labels.length, rowCount, "table");
  checkFinite(caller, "labels", labels);
  const values = Float64Array.from(labels);
  if (isList(folds)) return { labels: values, ...readFolds(caller, folds, rowCount) };
  checkOption(caller, "folds", folds, { kind: "integer", min: 2, max: rowCount }, "rows");
  return { labels: values, folds: dealFolds(values, folds, seed), foldCount: folds };
}

/** Folds that the caller dealt: whole numbers from 0, at least two different ones, so that each row has others to learn from. */
function readFolds(caller: string, folds: ArrayLike<number>, rowCount: number): Pick<CrossFitting, "folds" | "foldCount"> {
  checkSameLength(caller, "folds", folds.length, rowCount, "table");
  const positionOf = new Map<number, number>();
  const read = new Int32Array(rowCount);
  for (let row = 0; row < rowCount; row++) {
    const fold = folds[row]!;
    if (!Number.isSafeInteger(fold) || fold < 0) {
      const rule = "whole numbers from 0";
      throw new ClienteleError("invalidInput", `folds must be ${rule}; got ${describeValue(fold)} at row ${row}`, { caller, parameter: "folds", row, rule });
    }
    const position = positionOf.get(fold) ?? positionOf.size;
    positionOf.set(fold, position);
    read[row] = position;
  }
  if (positionOf.size < 2) throw new ClienteleError("invalidInput", "folds must hold two folds or more", { caller, parameter: "folds", rule: "two folds or more" });
  return { folds: read, foldCount: positionOf.size };
}

/**
 * Deals the rows at random into folds of equal size; labels of 0 and 1 class by class, so that each fold has its share of both.
 * The folds are those of `splitFolds` with the same labels and seed.
 */
function dealFolds(labels: Float64Array, foldCount: number, seed: number): Int32Array {
  const rows = Int32Array.from(labels.keys());
  const isBinary = labels.every((label) => label === 0 || label === 1);
  const classes = isBinary ? [rows.filter((row) => labels[row] === 0), rows.filter((row) => labels[row] === 1)].filter(({ length }) => length > 0) : [rows];
  const folds = new Int32Array(labels.length);
  let dealt = 0;
  classes.forEach((members, code) => {
    shuffle(members, new RandomStream(seed, code));
    for (const row of members) folds[row] = dealt++ % foldCount;
  });
  return folds;
}

/** The level means of all rows, and for each row the mean that the rows of the other folds give its level. */
export function crossFitLevelMeans(levelOf: Int32Array, levelCount: number, { labels, folds, foldCount }: CrossFitting, smoothing: TargetSmoothing): { readonly all: LevelMeans; readonly ofRow: Float64Array } {
  const ofRow = new Float64Array(levelOf.length);
  for (let fold = 0; fold < foldCount; fold++) {
    const { means } = computeLevelMeans(levelOf, levelCount, labels, smoothing, folds, fold);
    for (let row = 0; row < levelOf.length; row++) if (folds[row] === fold) ofRow[row] = means[levelOf[row]!]!;
  }
  return { all: computeLevelMeans(levelOf, levelCount, labels, smoothing, folds, -1), ofRow };
}
