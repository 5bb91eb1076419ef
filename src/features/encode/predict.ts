import { MISSING_BOOLEAN, type CategoryColumn } from "../../data/column";
import { createFeatureMatrix, type FeatureMatrix } from "../../data/feature-matrix";
import { typedColumnOf, type Table } from "../../data/table";
import { ClienteleError } from "../../errors/error";
import { encodedLevels } from "./feature-names";
import { levelPositions } from "./levels";
import type { EncodedColumn, EncodedOneHot } from "./spec";

/** Writes the features of every row, column after column; refuses cells that the encoding gives no number. */
export function encodeTable(caller: string, columns: readonly EncodedColumn[], featureNames: readonly string[], table: Table): FeatureMatrix {
  const width = featureNames.length;
  const out = new Float64Array(table.rowCount * width);
  let offset = 0;
  for (const encoded of columns) {
    const { column } = encoded;
    switch (encoded.as) {
      case "number":
        fillNumbers(caller, column, typedColumnOf(caller, table, column, "number").values, offset++, width, out);
        break;
      case "boolean":
        fillBooleans(caller, column, typedColumnOf(caller, table, column, "boolean").values, offset++, width, out);
        break;
      case "oneHot":
        fillOneHot(caller, encoded, typedColumnOf(caller, table, column, "category"), offset, width, out);
        offset += encodedLevels(encoded).length;
    }
  }
  return createFeatureMatrix(caller, out, featureNames, table.rowCount, table.rowIds);
}

function fillNumbers(caller: string, name: string, values: Float64Array, offset: number, width: number, out: Float64Array): void {
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if (Number.isNaN(value)) throw refuseMissing(caller, name, row, "");
    out[row * width + offset] = value;
  }
}

function fillBooleans(caller: string, name: string, values: Uint8Array, offset: number, width: number, out: Float64Array): void {
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if (value === MISSING_BOOLEAN) throw refuseMissing(caller, name, row, "");
    out[row * width + offset] = value;
  }
}

function fillOneHot(caller: string, encoded: EncodedOneHot, column: CategoryColumn, offset: number, width: number, out: Float64Array): void {
  const { codes } = column;
  const positions = levelPositions(column, encoded.levels);
  const missingPosition = encoded.levels.indexOf(null);
  const dropped = encoded.drop === "first" ? 1 : 0;
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row]!;
    if (code < 0 && encoded.missing === "error") throw refuseMissing(caller, encoded.column, row, `, or give missing cells a level of their own with missing: "level"`);
    const position = code < 0 ? missingPosition : positions[code]!;
    if (position >= dropped) out[row * width + offset + position - dropped] = 1;
    else if (position < 0 && encoded.unknown === "error") throw refuseUnknown(caller, encoded.column, row);
  }
}

function refuseMissing(caller: string, column: string, row: number, otherwise: string): ClienteleError {
  const message = `column ${JSON.stringify(column)} is missing in row ${row}; fill or remove missing values in cleaning first${otherwise}`;
  return new ClienteleError("invalidInput", message, { caller, parameter: "table", column, row, rule: "no missing values" });
}

function refuseUnknown(caller: string, column: string, row: number): ClienteleError {
  const message =
    `column ${JSON.stringify(column)} has in row ${row} a category that the fit did not see; findUnknownCategories counts all of them, ` +
    `unknown: "zeros" in the encoding lets them pass`;
  return new ClienteleError("invalidInput", message, { caller, parameter: "table", column, row, rule: "categories of the fit" });
}
