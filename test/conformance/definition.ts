import type { CellValue } from "clientele/data";
import type { ErrorCode } from "clientele";
import type { Steps } from "clientele/steps";
import type { OptionTable } from "../../src/errors/options";

/** Everything that a model says about one row. */
export type RowAnswer = readonly CellValue[];

/** A group of options with one table of rules: those of a fit, or of an entry in a plan. */
export interface OptionSet {
  readonly name: string;
  /** How the refusal begins: the function that refuses. */
  readonly caller: string;
  readonly table: OptionTable;
  /** Options that are accepted: the required ones, and whatever keeps the call small. */
  readonly accepted: Readonly<Record<string, unknown>>;
  readonly call: (options: Readonly<Record<string, unknown>>) => unknown;
}

/** What a model makes of an input that is no good: a named error, a documented result, or it cannot be given such an input. */
export type Outcome =
  | { readonly refused: ErrorCode; readonly run: () => unknown }
  | { readonly accepted: string; readonly run: () => unknown }
  | { readonly impossible: string };

/** Inputs that every model must have an answer to. */
export const HOSTILE_INPUTS = [
  "fit: NaN",
  "fit: infinity",
  "fit: no rows",
  "fit: one row",
  "fit: constant column",
  "fit: lengths differ",
  "predict: NaN",
  "predict: infinity",
  "predict: no rows",
  "predict: other columns",
] as const;

export type HostileInput = (typeof HOSTILE_INPUTS)[number];

/** What the laws are told about a model: how to fit, save, read and ask it. */
export interface Definition<Train, Model extends { toJSON(): object }, Rows, Output> {
  readonly name: string;
  /** The exported functions that fit it. */
  readonly fits: readonly string[];
  /** The exported function that reads its saved form. */
  readonly reader: string;
  readonly read: (value: unknown) => Model;
  /** The version of its saved form; 1 unless it says otherwise. */
  readonly version?: number;
  /** What it is fitted on, options included, made anew at each call. The large one takes many slices of work. */
  readonly train: (size: "small" | "large") => Train;
  readonly fit: (train: Train) => Model;
  /** The fit in slices. */
  readonly steps?: (train: Train) => Steps<Model>;
  /** Rows that the fit did not see, made anew at each call. */
  readonly rows: () => Rows;
  readonly rowCount: number;
  readonly take: (rows: Rows, positions: readonly number[]) => Rows;
  /** Calls every method that predicts and returns what they return. */
  readonly predict: (model: Model, rows: Rows) => Output;
  readonly answers: (output: Output, rows: Rows) => readonly RowAnswer[];
  readonly options: readonly OptionSet[];
  /** Every function and method that takes a table or a matrix, by name. */
  readonly doors: Readonly<Record<string, (data: never) => unknown>>;
  readonly hostile: Readonly<Record<HostileInput, Outcome>>;
  /** Names of laws that do not apply, each with the reason. */
  readonly exempt: Readonly<Record<string, string>>;
}

/** Throws (an assertion) when the model breaks it. */
export type Law = <Train, Model extends { toJSON(): object }, Rows, Output>(definition: Definition<Train, Model, Rows, Output>) => void | Promise<void>;

/** A definition whose types only itself knows. */
export type Subject = <Result>(use: <Train, Model extends { toJSON(): object }, Rows, Output>(definition: Definition<Train, Model, Rows, Output>) => Result) => Result;

export function subject<Train, Model extends { toJSON(): object }, Rows, Output>(definition: Definition<Train, Model, Rows, Output>): Subject {
  return (use) => use(definition);
}

/** Options that are wrong on purpose: of a type that every function takes. */
export function untyped(options: Readonly<Record<string, unknown>>): never {
  return options as never;
}

/** Answers from arrays with `width` entries for each row. */
export function answersFrom(rowCount: number, ...arrays: readonly ArrayLike<number>[]): RowAnswer[] {
  return Array.from({ length: rowCount }, (_, row) =>
    arrays.flatMap((values) => {
      const width = values.length / rowCount;
      return Array.from({ length: width }, (_unused, j) => values[row * width + j]!);
    }),
  );
}
