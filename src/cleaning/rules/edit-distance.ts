/**
 * Whether two texts are at most so many edits apart: letters (UTF-16 code units) inserted, left out, exchanged, or swapped with their
 * neighbour, no part of a text edited twice (optimal string alignment, the restricted Damerau–Levenshtein distance).
 *
 * The table has a band of 2 · limit + 1 cells in each row, so the time is linear in the length.
 *
 * @param rows - room for three rows of the table, each one longer than the second text
 */
export function isWithinEdits(a: string, b: string, limit: number, rows: EditRows): boolean {
  if (Math.abs(a.length - b.length) > limit) return false;
  // A part that both begin or end with is never edited in the best alignment.
  let start = 0;
  while (start < a.length && start < b.length && a.charCodeAt(start) === b.charCodeAt(start)) start++;
  let endA = a.length;
  let endB = b.length;
  while (endA > start && endB > start && a.charCodeAt(endA - 1) === b.charCodeAt(endB - 1)) {
    endA--;
    endB--;
  }
  const m = endA - start;
  const n = endB - start;
  if (m === 0 || n === 0) return Math.max(m, n) <= limit;

  const beyond = limit + 1;
  let [twoBack, oneBack, row] = rows;
  for (let j = 0; j <= n; j++) oneBack[j] = j;
  for (let i = 1; i <= m; i++) {
    const letter = a.charCodeAt(start + i - 1);
    const first = Math.max(1, i - limit);
    const last = Math.min(n, i + limit);
    row[first - 1] = first === 1 ? i : beyond;
    let least = row[first - 1]!;
    for (let j = first; j <= last; j++) {
      const other = b.charCodeAt(start + j - 1);
      // Cells right of the band of the row above are not filled.
      const above = j === i + limit ? beyond : oneBack[j]! + 1;
      let edits = Math.min(above, row[j - 1]! + 1, oneBack[j - 1]! + (letter === other ? 0 : 1));
      if (i > 1 && j > 1 && letter === b.charCodeAt(start + j - 2) && a.charCodeAt(start + i - 2) === other) edits = Math.min(edits, twoBack[j - 2]! + 1);
      row[j] = edits;
      if (edits < least) least = edits;
    }
    // A swap reaches two rows back, but the row above has nothing below `limit` then either: one more edit would have led here.
    if (least > limit) return false;
    [twoBack, oneBack, row] = [oneBack, row, twoBack];
  }
  return oneBack[n]! <= limit;
}

/** Three rows of the table of {@link isWithinEdits}. */
export type EditRows = readonly [Int32Array, Int32Array, Int32Array];

/** Room for texts of up to this many letters. */
export function editRows(length: number): EditRows {
  return [new Int32Array(length + 1), new Int32Array(length + 1), new Int32Array(length + 1)];
}
