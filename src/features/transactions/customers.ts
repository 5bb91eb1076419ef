import type { CategoryColumn, NumberColumn } from "../../data/column";
import { columnOf, type RowId, type Table } from "../../data/table";
import { ClienteleError } from "../../errors/error";
import type { Steps } from "../../steps/steps";
import { NumberCodes } from "./number-codes";
import { sortByText } from "./text-order";

/** A column that can hold ids: texts or numbers. */
export type IdColumn = CategoryColumn | NumberColumn;

/** The customers of a log, sorted, and for each row the position of its customer (−1: none). */
export interface Customers {
  readonly ids: readonly RowId[];
  readonly positions: Int32Array;
  /** 1 for a customer who was listed; undefined where no list was given. */
  readonly isListed: Uint8Array | undefined;
}

export function idColumnOf(caller: string, table: Table, name: string, parameter = "id"): IdColumn {
  const column = columnOf(caller, table, name, parameter);
  if (column.type === "category" || column.type === "number") return column;
  throw new ClienteleError("invalidInput", `column ${JSON.stringify(name)} must hold ids (texts or numbers); it is ${column.type}`, {
    caller,
    parameter,
    column: name,
    rule: "type category or number",
  });
}

/** Rows between two yields: about two milliseconds. */
const ROWS_PER_SLICE = 100_000;

/** Finds the customers of the rows and of a list in slices; the sort of the distinct ids is one piece. */
export function* customersOfSteps(column: IdColumn, listed: readonly RowId[] | undefined): Steps<Customers> {
  const { codes, codeCount, listedCodes, sortedIds } = column.type === "number" ? yield* codeNumbersSteps(column.values, listed ?? []) : codeTexts(column, listed ?? []);
  const occurs = new Uint8Array(codeCount);
  for (let start = 0; start < codes.length; start += ROWS_PER_SLICE) {
    const end = Math.min(codes.length, start + ROWS_PER_SLICE);
    markPresent(codes, occurs, start, end);
    yield { phase: "finding customers", done: end, total: codes.length };
  }
  for (const code of listedCodes) occurs[code] = 1;
  const { ids, order } = sortedIds(positionsOf(occurs));
  const positionOfCode = new Int32Array(codeCount);
  for (let position = 0; position < order.length; position++) positionOfCode[order[position]!] = position;

  // A table's codes must stay as they are; codes of numbers were made here.
  const positions = column.type === "number" ? codes : new Int32Array(codes.length);
  for (let start = 0; start < codes.length; start += ROWS_PER_SLICE) {
    const end = Math.min(codes.length, start + ROWS_PER_SLICE);
    placeRows(codes, positionOfCode, positions, start, end);
    yield { phase: "numbering customers", done: end, total: codes.length };
  }
  if (listed === undefined) return { ids, positions, isListed: undefined };
  const isListed = new Uint8Array(ids.length);
  for (const code of listedCodes) isListed[positionOfCode[code]!] = 1;
  return { ids, positions, isListed };
}

/** Ids as codes from 0 to before `codeCount`, −1 where missing. */
interface CodedIds {
  readonly codes: Int32Array;
  readonly codeCount: number;
  readonly listedCodes: Int32Array;
  /** The ids of codes in ascending order, and the codes in that order. */
  readonly sortedIds: (codes: Int32Array) => { readonly ids: RowId[]; readonly order: Int32Array };
}

function codeTexts({ codes, categories }: CategoryColumn, listed: readonly RowId[]): CodedIds {
  let texts: readonly string[] = categories;
  const listedCodes = new Int32Array(listed.length);
  if (listed.length > 0) {
    const known = [...categories];
    const codeOf = new Map(categories.map((category, code) => [category, code]));
    for (let i = 0; i < listed.length; i++) {
      const text = String(listed[i]);
      let code = codeOf.get(text);
      if (code === undefined) {
        code = known.push(text) - 1;
        codeOf.set(text, code);
      }
      listedCodes[i] = code;
    }
    texts = known;
  }
  const sortedIds: CodedIds["sortedIds"] = (present) => {
    const order = sortByText(present, texts);
    const ids: string[] = [];
    for (let i = 0; i < order.length; i++) ids.push(texts[order[i]!]!);
    return { ids, order };
  };
  return { codes, codeCount: texts.length, listedCodes, sortedIds };
}

function* codeNumbersSteps(values: Float64Array, listed: readonly RowId[]): Steps<CodedIds> {
  const listedValues = Float64Array.from(listed, Number);
  const span = spanOfIntegers(values, listedValues);
  if (span !== undefined && span.count <= DENSE_FACTOR * (values.length + listed.length)) return yield* codeDenseSteps(values, listedValues, span);
  const numbers = new NumberCodes();
  const codes = yield* codesOfNumbersSteps(values, numbers);
  const listedCodes = Int32Array.from(listedValues, (id) => numbers.codeFor(id));
  const sortedIds: CodedIds["sortedIds"] = (present) => {
    const ascending = new Float64Array(present.length);
    for (let i = 0; i < present.length; i++) ascending[i] = numbers.values[present[i]!]!;
    ascending.sort();
    const order = new Int32Array(present.length);
    for (let i = 0; i < present.length; i++) order[i] = numbers.codeOf(ascending[i]!);
    return { ids: [...ascending], order };
  };
  return { codes, codeCount: numbers.values.length, listedCodes, sortedIds };
}

/** Whole numbers that fill a range to a quarter are coded by their distance from the smallest. */
const DENSE_FACTOR = 4;

interface Span {
  readonly first: number;
  readonly count: number;
}

/** The range of numbers that are all whole; undefined where one is not. */
function spanOfIntegers(...lists: readonly Float64Array[]): Span | undefined {
  let first = Infinity;
  let last = -Infinity;
  for (const values of lists) {
    for (let i = 0; i < values.length; i++) {
      const value = values[i]!;
      if (value !== value) continue;
      if (value !== Math.floor(value)) return undefined;
      if (value < first) first = value;
      if (value > last) last = value;
    }
  }
  return { first, count: Math.max(0, last - first + 1) };
}

function* codeDenseSteps(values: Float64Array, listed: Float64Array, { first, count }: Span): Steps<CodedIds> {
  const codes = new Int32Array(values.length);
  for (let start = 0; start < values.length; start += ROWS_PER_SLICE) {
    const end = Math.min(values.length, start + ROWS_PER_SLICE);
    for (let row = start; row < end; row++) {
      const value = values[row]!;
      codes[row] = value === value ? value - first : -1;
    }
    yield { phase: "finding ids", done: end, total: values.length };
  }
  const sortedIds: CodedIds["sortedIds"] = (present) => {
    const ids: number[] = [];
    for (let i = 0; i < present.length; i++) ids.push(present[i]! + first);
    return { ids, order: present };
  };
  return { codes, codeCount: count, listedCodes: Int32Array.from(listed, (id) => id - first), sortedIds };
}

/** A code for each number, −1 for a missing one. */
export function* codesOfNumbersSteps(values: Float64Array, numbers: NumberCodes): Steps<Int32Array> {
  const codes = new Int32Array(values.length);
  for (let start = 0; start < values.length; start += ROWS_PER_SLICE) {
    const end = Math.min(values.length, start + ROWS_PER_SLICE);
    for (let row = start; row < end; row++) codes[row] = numbers.codeFor(values[row]!);
    yield { phase: "finding ids", done: end, total: values.length };
  }
  return codes;
}

function markPresent(codes: Int32Array, occurs: Uint8Array, start: number, end: number): void {
  for (let row = start; row < end; row++) {
    const code = codes[row]!;
    if (code >= 0) occurs[code] = 1;
  }
}

function placeRows(codes: Int32Array, positionOfCode: Int32Array, positions: Int32Array, start: number, end: number): void {
  for (let row = start; row < end; row++) {
    const code = codes[row]!;
    positions[row] = code < 0 ? -1 : positionOfCode[code]!;
  }
}

function positionsOf(flags: Uint8Array): Int32Array {
  let count = 0;
  for (const flag of flags) count += flag;
  const positions = new Int32Array(count);
  for (let i = 0, k = 0; i < flags.length; i++) if (flags[i] === 1) positions[k++] = i;
  return positions;
}
