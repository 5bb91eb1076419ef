import { ClienteleError } from "../../errors/error";
import type { EncodedColumn, EncodedOneHot } from "./spec";

/** What stands for the level of missing cells, and for the levels that were merged, in the names of their features. */
const MISSING_LEVEL_NAME = "(missing)";
const INFREQUENT_LEVEL_NAME = "(infrequent)";

/** The features of a one-hot column, by what they stand for: its levels, then the merged ones, without that of the baseline. */
function levelNames({ drop, levels, infrequent }: EncodedOneHot): string[] {
  const names = levels.map((level) => level ?? MISSING_LEVEL_NAME);
  if (infrequent.length > 0) names.push(INFREQUENT_LEVEL_NAME);
  return drop === "first" ? names.slice(1) : names;
}

/** How many features a column gives. */
export function featureCount(encoded: EncodedColumn): number {
  return encoded.as === "oneHot" ? levelNames(encoded).length : 1;
}

/**
 * Names of all features, in order: the column's own, or `column=level`.
 * Two features of one name would be taken for each other by every model, so they are refused; the message names the columns
 * (never the level, which is a customer's value).
 */
export function featureNamesOf(caller: string, columns: readonly EncodedColumn[]): string[] {
  const columnOfName = new Map<string, string>();
  for (const encoded of columns) {
    const { column } = encoded;
    const names = encoded.as === "oneHot" ? levelNames(encoded).map((level) => `${column}=${level}`) : [column];
    for (const name of names) {
      const earlier = columnOfName.get(name);
      if (earlier !== undefined) throw sameFeatureName(caller, earlier, column);
      columnOfName.set(name, column);
    }
  }
  return [...columnOfName.keys()];
}

function sameFeatureName(caller: string, first: string, second: string): ClienteleError {
  const message =
    first === second
      ? `column ${JSON.stringify(first)} has a category that reads like its missing level or its infrequent one; rename the category`
      : `columns ${JSON.stringify(first)} and ${JSON.stringify(second)} would give two features of the same name; rename one of them`;
  return new ClienteleError("duplicateKey", message, { caller, parameter: "encoding", column: second, rule: "distinct feature names" });
}
