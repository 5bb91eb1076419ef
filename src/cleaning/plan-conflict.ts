/** A part of a plan that is well formed by itself and contradicts another part. */
export interface PlanConflict {
  readonly parameter: string;
  readonly rule: string;
  readonly column?: string | undefined;
}

/** The first conflict that `find` sees among the items of a list. */
export function findFirst<Item>(items: readonly Item[], find: (item: Item, i: number) => PlanConflict | undefined): PlanConflict | undefined {
  for (const [i, item] of items.entries()) {
    const found = find(item, i);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A name that occurs twice in a list of names. */
export function findRepeated(parameter: string, names: readonly string[], key = "column"): PlanConflict | undefined {
  const seen = new Set<string>();
  return findFirst(names, (column, i) => {
    if (seen.has(column)) return { parameter: `${parameter}[${i}].${key}`, rule: `a column named once; ${JSON.stringify(column)} is repeated`, column };
    seen.add(column);
    return undefined;
  });
}
