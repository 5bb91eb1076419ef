import { RandomStream, shuffle } from "../../numeric/random/random-stream";
import { rowsByCode, type CodedLabels } from "../coded-labels";

/**
 * Deals the rows of one class after another, each class in random order, round the folds.
 * Going on where the class before stopped keeps both the classes and the whole within one row of even.
 */
export function dealRows(classes: CodedLabels, folds: number, seed: number): Int32Array {
  const foldOf = new Int32Array(classes.codes.length);
  let dealt = 0;
  rowsByCode(classes).forEach((rows, code) => {
    shuffle(rows, new RandomStream(seed, code));
    for (const row of rows) foldOf[row] = dealt++ % folds;
  });
  return foldOf;
}

/**
 * Gives whole groups to folds, the largest first (equal ones in random order), each to the fold where it adds least to
 * Σ (rows of class c in the fold / rows of class c)² over folds and classes; then to the smaller fold; then to the first.
 *
 * An empty fold adds nothing and is smallest, so with as many groups as folds none stays empty.
 */
export function dealGroups(classes: CodedLabels, groups: CodedLabels, folds: number, seed: number): Int32Array {
  const classCount = classes.counts.length;
  const groupCount = groups.counts.length;
  const groupRows = new Int32Array(groupCount * classCount);
  classes.codes.forEach((code, row) => groupRows[groups.codes[row]! * classCount + code]!++);

  const order = Int32Array.from({ length: groupCount }, (_, group) => group);
  shuffle(order, new RandomStream(seed));
  order.sort((a, b) => groups.counts[b]! - groups.counts[a]!);

  const foldRows = new Int32Array(folds * classCount);
  const foldSizes = new Int32Array(folds);
  const foldOfGroup = new Int32Array(groupCount);
  for (const group of order) {
    let best = 0;
    let bestCost = Infinity;
    for (let fold = 0; fold < folds; fold++) {
      // Of (n + g)² − n², only 2ng differs between the folds.
      let cost = 0;
      for (let code = 0; code < classCount; code++) {
        cost += (foldRows[fold * classCount + code]! * groupRows[group * classCount + code]!) / classes.counts[code]! ** 2;
      }
      if (cost < bestCost || (cost === bestCost && foldSizes[fold]! < foldSizes[best]!)) {
        best = fold;
        bestCost = cost;
      }
    }
    foldOfGroup[group] = best;
    foldSizes[best]! += groups.counts[group]!;
    for (let code = 0; code < classCount; code++) foldRows[best * classCount + code]! += groupRows[group * classCount + code]!;
  }
  return groups.codes.map((group) => foldOfGroup[group]!);
}
