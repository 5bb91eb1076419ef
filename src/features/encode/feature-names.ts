import { ClienteleError } from "../../errors/error";
import type { EncodedColumn } from "./spec";

/** What stands for the level of missing cells in the name of its feature. */
const MISSING_LEVEL_NAME = "(missing)";

/** The levels that have a feature of their own. */
export function encodedLevels({ drop, levels }: { readonly drop: "first" | "none"; readonly levels: readonly (string | null)[] }): readonly (string | null)[] {
  return drop === "first" ? levels.slice(1) : levels;
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
    const names = encoded.as === "oneHot" ? encodedLevels(encoded).map((level) => `${column}=${level ?? MISSING_LEVEL_NAME}`) : [column];
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
      ? `column ${JSON.stringify(first)} has a category that reads like its missing level; rename the category`
      : `columns ${JSON.stringify(first)} and ${JSON.stringify(second)} would give two features of the same name; rename one of them`;
  return new ClienteleError("duplicateKey", message, { caller, parameter: "encoding", column: second, rule: "distinct feature names" });
}
