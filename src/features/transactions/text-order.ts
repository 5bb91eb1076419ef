/** Code units that a text may have. */
const CODE_UNITS = 65_536;

/** Keys are sorted by digits to this base. */
const DIGITS = 8192;

/** Keys of so many characters are exact in a double however few different characters there are. */
const MAX_KEY_LENGTH = 48;

/**
 * Puts positions of distinct texts into the order of the texts (by code unit, as `sort` without a comparator).
 *
 * Each text becomes a number of as many characters as fit into 53 bits, counted from where the texts begin to differ and to the base
 * of the characters that occur; numbers are sorted by counting. Only texts that agree in all these characters are compared.
 */
export function sortByText(positions: Int32Array, texts: readonly string[]): Int32Array {
  if (positions.length < 2) return positions.slice();
  const from = commonPrefixLength(positions, texts);
  const rankOf = new Int32Array(CODE_UNITS);
  for (const position of positions) {
    const text = texts[position]!;
    const end = Math.min(text.length, from + MAX_KEY_LENGTH);
    for (let i = from; i < end; i++) rankOf[text.charCodeAt(i)] = 1;
  }
  // Rank 0 is the end of a text: it comes before every character.
  let base = 1;
  for (let unit = 0; unit < CODE_UNITS; unit++) if (rankOf[unit] === 1) rankOf[unit] = base++;
  let length = 1;
  for (let largest = base * base; largest <= 2 ** 53 && length < MAX_KEY_LENGTH; largest *= base) length++;

  const keys = new Float64Array(positions.length);
  for (let k = 0; k < positions.length; k++) {
    const text = texts[positions[k]!]!;
    let key = 0;
    for (let i = from; i < from + length; i++) key = key * base + (i < text.length ? rankOf[text.charCodeAt(i)]! : 0);
    keys[k] = key;
  }
  const order = sortByKey(keys);
  const sorted = order.map((k) => positions[k]!);
  const compare = (a: number, b: number): number => (texts[a]! < texts[b]! ? -1 : texts[a]! > texts[b]! ? 1 : 0);
  for (let start = 0, end = 1; start < sorted.length; start = end++) {
    while (end < sorted.length && keys[order[end]!] === keys[order[start]!]) end++;
    if (end - start > 1) sorted.subarray(start, end).sort(compare);
  }
  return sorted;
}

function commonPrefixLength(positions: Int32Array, texts: readonly string[]): number {
  const first = texts[positions[0]!]!;
  let length = first.length;
  for (const position of positions) {
    const text = texts[position]!;
    length = Math.min(length, text.length);
    for (let i = 0; i < length; i++) if (text.charCodeAt(i) !== first.charCodeAt(i)) length = i;
  }
  return length;
}

/** The ascending order of whole numbers from 0 to 2⁵³: counting passes over their digits, the lowest first. */
function sortByKey(keys: Float64Array): Int32Array {
  let largest = 0;
  for (const key of keys) if (key > largest) largest = key;
  let order = new Int32Array(keys.length);
  for (let k = 0; k < order.length; k++) order[k] = k;
  let next = new Int32Array(keys.length);
  const starts = new Int32Array(DIGITS + 1);
  for (let weight = 1; weight <= largest; weight *= DIGITS) {
    starts.fill(0);
    for (const key of keys) starts[(Math.floor(key / weight) % DIGITS) + 1]!++;
    for (let digit = 0; digit < DIGITS; digit++) starts[digit + 1]! += starts[digit]!;
    for (const k of order) next[starts[Math.floor(keys[k]! / weight) % DIGITS]!++] = k;
    [order, next] = [next, order];
  }
  return order;
}
