import { MISSING_BOOLEAN, type BooleanColumn, type Column } from "../../data/column";
import { ClienteleError } from "../../errors/error";
import { isUntyped } from "./fitted-fill";

/**
 * A true/false column that is true in `rows` and false in the other active rows. Inactive rows keep what `present`, the column
 * of that name, holds there; with `"add"` so do active rows in which it is true.
 */
export function markColumn(
  caller: string,
  parameter: string,
  name: string,
  present: Column | undefined,
  isActive: Uint8Array,
  rows: Int32Array,
  mode: "add" | "replace",
): BooleanColumn {
  if (present !== undefined && present.type !== "boolean" && !isUntyped(present, isActive)) {
    const rule = "of type boolean, or not there";
    const text = `${parameter}: column ${JSON.stringify(name)} must be ${rule}, because true and false are written into it; it is ${present.type}`;
    throw new ClienteleError("invalidInput", text, { caller, parameter, column: name, rule });
  }
  const before = present?.type === "boolean" ? present.values : new Uint8Array(isActive.length).fill(MISSING_BOOLEAN);
  const values = before.slice();
  for (let row = 0; row < values.length; row++) if (isActive[row] === 1 && !(mode === "add" && values[row] === 1)) values[row] = 0;
  for (const row of rows) values[row] = 1;
  return { type: "boolean", values };
}
