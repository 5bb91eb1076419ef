import { cellAt, type Column } from "../../data/column";
import { firstRows, groupRows } from "../../data/row-groups";
import type { CheckedRuleOf } from "./checked-rule";
import type { FittedDependency, GroupValues } from "./fitted-rules";

/** Finds the value that most rows of each group have. Linear in the rows. */
export function fitDependency(rule: CheckedRuleOf<"dependency">, from: readonly Column[], to: Column, isActive: Uint8Array): FittedDependency {
  const groups = groupRows(from, isActive, "none");
  const pairs = groupRows([...from, to], isActive, "none");
  const firstOfPair = firstRows(pairs);
  const countOfPair = new Int32Array(pairs.count);
  const rowsOfGroup = new Int32Array(groups.count);
  for (let row = 0; row < pairs.groups.length; row++) {
    const pair = pairs.groups[row]!;
    if (pair < 0) continue;
    countOfPair[pair]!++;
    rowsOfGroup[groups.groups[row]!]!++;
  }

  const bestPair = new Int32Array(groups.count).fill(-1);
  const isTied = new Uint8Array(groups.count);
  for (let pair = 0; pair < pairs.count; pair++) {
    const group = groups.groups[firstOfPair[pair]!]!;
    const best = bestPair[group]!;
    const lead = best < 0 ? 1 : countOfPair[pair]! - countOfPair[best]!;
    if (lead > 0) {
      bestPair[group] = pair;
      isTied[group] = 0;
    } else if (lead === 0) isTied[group] = 1;
  }

  const won: number[] = [];
  for (let group = 0; group < groups.count; group++) {
    const best = bestPair[group]!;
    if (best < 0 || isTied[group] === 1) continue;
    const count = countOfPair[best]!;
    if (count >= rule.minCount && count / rowsOfGroup[group]! >= rule.minShare) won.push(group);
  }
  const valuesOf = (column: Column): GroupValues => ({ type: column.type, values: won.map((group) => plainCell(column, firstOfPair[bestPair[group]!]!)) });
  return {
    kind: "dependency",
    from: from.map(valuesOf),
    to: valuesOf(to),
    counts: won.map((group) => countOfPair[bestPair[group]!]!),
    rows: won.map((group) => rowsOfGroup[group]!),
  };
}

/** JSON has no −0. */
function plainCell(column: Column, row: number): ReturnType<typeof cellAt> {
  const value = cellAt(column, row);
  return value === 0 ? 0 : value;
}
