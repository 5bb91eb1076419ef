/** Up to this many rows a comparison sort is faster than passes over digits. */
const FEW_ROWS = 256;

const DIGIT_BITS = 11;
const DIGIT_VALUES = 2048;

/**
 * The rows of each feature in ascending order of its values: missing ones (NaN) last, equal values by row, −0 equal to 0.
 *
 * @param values - columns one after another, `rowCount` numbers each
 * @param rows - the rows to be sorted, ascending
 * @returns the sorted rows of the features one after another, `rows.length` for each
 */
export function presortRows(values: Float64Array, rowCount: number, featureCount: number, rows: Int32Array): Int32Array {
  const sorted = new Int32Array(featureCount * rows.length);
  const sort = createRowSorter(rows.length);
  for (let feature = 0; feature < featureCount; feature++) {
    sort(values.subarray(feature * rowCount, (feature + 1) * rowCount), rows, sorted.subarray(feature * rows.length, (feature + 1) * rows.length));
  }
  return sorted;
}

/** A sort of `count` rows by a number of each, whose buffers serve any number of columns: stable passes over the digits of the bits, lowest first. */
export function createRowSorter(count: number): (column: Float64Array, rows: Int32Array, sorted: Int32Array) => void {
  if (count <= FEW_ROWS) return sortFewRows;
  const high = new Uint32Array(count);
  const low = new Uint32Array(count);
  const starts = new Int32Array(DIGIT_VALUES);
  const buffers = [new Int32Array(count), new Int32Array(count)] as const;
  return (column, rows, sorted) => {
    fillKeys(column, rows, high, low);
    let [from, to] = buffers;
    for (let i = 0; i < count; i++) from[i] = i;
    for (const words of [low, high]) {
      for (let shift = 0; shift < 32; shift += DIGIT_BITS) {
        if (!sortByDigit(words, shift, from, to, starts)) continue;
        [from, to] = [to, from];
      }
    }
    for (let i = 0; i < count; i++) sorted[i] = rows[from[i]!]!;
  };
}

/** Sorts positions by one digit of their words; false where all have the same (whole numbers and values of like size share most digits). */
function sortByDigit(words: Uint32Array, shift: number, from: Int32Array, to: Int32Array, starts: Int32Array): boolean {
  const mask = DIGIT_VALUES - 1;
  starts.fill(0);
  for (let i = 0; i < words.length; i++) starts[(words[i]! >>> shift) & mask]!++;
  if (starts[(words[0]! >>> shift) & mask] === words.length) return false;
  for (let value = 0, start = 0; value < DIGIT_VALUES; value++) {
    const size = starts[value]!;
    starts[value] = start;
    start += size;
  }
  for (let i = 0; i < words.length; i++) {
    const position = from[i]!;
    to[starts[(words[position]! >>> shift) & mask]!++] = position;
  }
  return true;
}

function sortFewRows(column: Float64Array, rows: Int32Array, sorted: Int32Array): void {
  sorted.set(rows);
  sorted.sort((a, b) => {
    const first = column[a]!;
    const second = column[b]!;
    if (first < second) return -1;
    if (first > second) return 1;
    return Number(Number.isNaN(first)) - Number(Number.isNaN(second)) || a - b;
  });
}

/** Two unsigned words for each row, ordered as the values are: negative numbers have all bits turned over, others the sign bit. */
function fillKeys(column: Float64Array, rows: Int32Array, high: Uint32Array, low: Uint32Array): void {
  const value = new Float64Array(1);
  const words = new Uint32Array(value.buffer);
  value[0] = 1;
  const highWord = words[1] === 0 ? 0 : 1;
  for (let i = 0; i < rows.length; i++) {
    // The sum of −0 and 0 is 0.
    value[0] = column[rows[i]!]! + 0;
    const top = words[highWord]!;
    const bottom = words[1 - highWord]!;
    if (value[0] !== value[0]) {
      high[i] = 0xffffffff;
      low[i] = 0xffffffff;
    } else if (top >= 0x80000000) {
      high[i] = ~top;
      low[i] = ~bottom;
    } else {
      high[i] = top | 0x80000000;
      low[i] = bottom;
    }
  }
}
