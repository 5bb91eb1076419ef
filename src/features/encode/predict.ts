import { MISSING_BOOLEAN, type CategoryColumn } from "../../data/column";
import { createFeatureMatrix, type FeatureMatrix } from "../../data/feature-matrix";
import { typedColumnOf, type Table } from "../../data/table";
import { ClienteleError } from "../../errors/error";
import { featureCount } from "./feature-names";
import { acceptsMissing, acceptsUnknown, knownLevels, levelPositions, type EncodedCategory } from "./levels";
import type { EncodedColumn, EncodedOrdinal, EncodedTarget } from "./spec";

/** Writes the features of every row, column after column; refuses cells that the encoding gives no number. */
export function encodeTable(caller: string, columns: readonly EncodedColumn[], featureNames: readonly string[], table: Table): FeatureMatrix {
  const width = featureNames.length;
  const out = new Float64Array(table.rowCount * width);
  let offset = 0;
  for (const encoded of columns) {
    const { column } = encoded;
    switch (encoded.as) {
      case "number":
      case "log1p":
        fillNumbers(caller, column, typedColumnOf(caller, table, column, "number").values, encoded.as === "log1p", offset, width, out);
        break;
      case "boolean":
        fillBooleans(caller, column, typedColumnOf(caller, table, column, "boolean").values, offset, width, out);
        break;
      default: {
        const cells = typedColumnOf(caller, table, column, "category");
        const { levelOf, missingLevel } = levelsOfCells(encoded, cells);
        refuseCells(caller, encoded, cells, levelOf);
        if (encoded.as === "oneHot") fillOneHot(cells.codes, levelOf, missingLevel, encoded.drop === "first" ? 1 : 0, offset, width, out);
        else fillLevelValues(cells.codes, levelOf, missingLevel, levelValues(encoded), offset, width, out);
      }
    }
    offset += featureCount(encoded);
  }
  return createFeatureMatrix(caller, out, featureNames, table.rowCount, table.rowIds);
}

function fillNumbers(caller: string, name: string, values: Float64Array, isLog: boolean, offset: number, width: number, out: Float64Array): void {
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if (Number.isNaN(value)) throw refuseMissing(caller, name, row, "number");
    if (isLog && value <= -1) throw refuseLogarithm(caller, name, row, value);
    out[row * width + offset] = isLog ? Math.log1p(value) : value;
  }
}

function fillBooleans(caller: string, name: string, values: Uint8Array, offset: number, width: number, out: Float64Array): void {
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if (value === MISSING_BOOLEAN) throw refuseMissing(caller, name, row, "boolean");
    out[row * width + offset] = value;
  }
}

/** Where the categories of a column stand among the levels of its encoding; −1 for one the fit did not see. */
interface CellLevels {
  /** For each category of the column. A one-hot column's merged levels stand after the others, all in one place. */
  readonly levelOf: Int32Array;
  readonly missingLevel: number;
}

function levelsOfCells(encoded: EncodedCategory, cells: CategoryColumn): CellLevels {
  const levels: readonly (string | null)[] = encoded.levels;
  const levelOf = levelPositions(cells, knownLevels(encoded));
  let missingLevel = levels.indexOf(null);
  if (encoded.as === "oneHot" && encoded.infrequent.length > 0) {
    const merged = levels.length;
    const ofUnknown = encoded.unknown === "infrequent" ? merged : -1;
    for (let code = 0; code < levelOf.length; code++) levelOf[code] = levelOf[code]! < 0 ? ofUnknown : Math.min(levelOf[code]!, merged);
    if (missingLevel < 0) missingLevel = ofUnknown;
  }
  return { levelOf, missingLevel };
}

/** Refuses the first row whose cell the encoding gives no number. */
function refuseCells(caller: string, encoded: EncodedCategory, { codes }: CategoryColumn, levelOf: Int32Array): void {
  const [unknownPasses, missingPasses] = [acceptsUnknown(encoded), acceptsMissing(encoded)];
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row]!;
    if (code < 0 ? missingPasses : unknownPasses || levelOf[code]! >= 0) continue;
    throw code < 0 && encoded.missing !== "level" ? refuseMissing(caller, encoded.column, row, encoded.as) : refuseUnknown(caller, encoded, row);
  }
}

function fillOneHot(codes: Int32Array, levelOf: Int32Array, missingLevel: number, dropped: 0 | 1, offset: number, width: number, out: Float64Array): void {
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row]!;
    const level = code < 0 ? missingLevel : levelOf[code]!;
    if (level >= dropped) out[row * width + offset + level - dropped] = 1;
  }
}

/** What an encoding of one feature gives to each of its levels, to unknown categories and to missing cells. */
interface LevelValues {
  readonly ofLevel: ArrayLike<number>;
  readonly ofUnknown: number;
  readonly ofMissing: number;
}

function levelValues(encoded: EncodedOrdinal | EncodedTarget): LevelValues {
  if (encoded.as === "target") return { ofLevel: encoded.means, ofUnknown: encoded.mean, ofMissing: encoded.mean };
  return { ofLevel: Array.from(encoded.levels.keys()), ofUnknown: encoded.unknown ?? NaN, ofMissing: encoded.missing ?? NaN };
}

function fillLevelValues(codes: Int32Array, levelOf: Int32Array, missingLevel: number, { ofLevel, ofUnknown, ofMissing }: LevelValues, offset: number, width: number, out: Float64Array): void {
  const missingValue = missingLevel < 0 ? ofMissing : ofLevel[missingLevel]!;
  const valueOf = Float64Array.from(levelOf, (level) => (level < 0 ? ofUnknown : ofLevel[level]!));
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row]!;
    out[row * width + offset] = code < 0 ? missingValue : valueOf[code]!;
  }
}

/** What else can be done about missing cells than to fill them. */
const MISSING_ADVICE = {
  number: "",
  log1p: "",
  boolean: "",
  oneHot: ', or give missing cells a level of their own with missing: "level"',
  target: ', or give missing cells a level of their own with missing: "level"',
  ordinal: ", or give missing cells a number with `missing`",
} as const;

export function refuseMissing(caller: string, column: string, row: number, as: keyof typeof MISSING_ADVICE): ClienteleError {
  const message = `column ${JSON.stringify(column)} is missing in row ${row}; fill or remove missing values in cleaning first${MISSING_ADVICE[as]}`;
  return new ClienteleError("invalidInput", message, { caller, parameter: "table", column, row, rule: "no missing values" });
}

function refuseLogarithm(caller: string, column: string, row: number, value: number): ClienteleError {
  const rule = "above −1";
  const message = `column ${JSON.stringify(column)} must be ${rule} for log(1 + x); it is ${value} in row ${row}`;
  return new ClienteleError("invalidInput", message, { caller, parameter: "table", column, row, rule, value });
}

const UNKNOWN_ADVICE = { oneHot: 'unknown: "zeros"', target: 'unknown: "mean"', ordinal: "a number for `unknown`" } as const;

function refuseUnknown(caller: string, { column, as }: EncodedCategory, row: number): ClienteleError {
  const message =
    `column ${JSON.stringify(column)} has in row ${row} a category that the fit did not see; findUnknownCategories counts all of them, ` +
    `${UNKNOWN_ADVICE[as]} in the encoding lets them pass`;
  return new ClienteleError("invalidInput", message, { caller, parameter: "table", column, row, rule: "categories of the fit" });
}
