import { editRows, isWithinEdits, type EditRows } from "./edit-distance";

/**
 * Finds the texts of a list that are few edits away from a text, without a look at all of them.
 *
 * Each text of the list is cut into 2 · limit + 1 parts. An edit touches at most two parts (a swap may reach over a border), so one part is
 * found unchanged in every text within the limit, at most `limit` letters from its place (Li, Deng, Wang & Feng 2011, Pass-Join, there without
 * swaps). A query looks up at most (2 · limit + 1)³ parts, 27 for one edit, and compares the texts found: few, unless many
 * share long parts. Texts must have at least 2 · limit + 1 letters.
 */
export class NearTexts {
  readonly #texts: readonly string[];
  readonly #limit: number;
  /** By length of the text, then by number of the part, the positions of the texts that hold it. */
  readonly #byLength = new Map<number, readonly Map<string, number[]>[]>();
  readonly #rows: EditRows;
  /** The query that a text was last compared in. */
  readonly #comparedIn: Int32Array;
  #queries = 0;

  constructor(texts: readonly string[], limit: number) {
    this.#texts = texts;
    this.#limit = limit;
    this.#comparedIn = new Int32Array(texts.length);
    const partCount = 2 * limit + 1;
    let longest = 0;
    texts.forEach((text, position) => {
      longest = Math.max(longest, text.length);
      let parts = this.#byLength.get(text.length);
      if (parts === undefined) this.#byLength.set(text.length, (parts = Array.from({ length: partCount }, () => new Map<string, number[]>())));
      for (let part = 0; part < partCount; part++) {
        const piece = text.slice(partStart(part, text.length, partCount), partStart(part + 1, text.length, partCount));
        const holders = parts[part]!.get(piece);
        if (holders === undefined) parts[part]!.set(piece, [position]);
        else holders.push(position);
      }
    });
    this.#rows = editRows(longest);
  }

  /** The positions of the texts within the limit, an equal one among them, in no particular order. */
  near(text: string): number[] {
    const limit = this.#limit;
    const partCount = 2 * limit + 1;
    const query = ++this.#queries;
    const found: number[] = [];
    for (let length = text.length - limit; length <= text.length + limit; length++) {
      const parts = this.#byLength.get(length);
      if (parts === undefined) continue;
      for (let part = 0; part < partCount; part++) {
        const start = partStart(part, length, partCount);
        const size = partStart(part + 1, length, partCount) - start;
        for (let from = Math.max(0, start - limit); from <= Math.min(start + limit, text.length - size); from++) {
          for (const position of parts[part]!.get(text.slice(from, from + size)) ?? []) {
            if (this.#comparedIn[position] === query) continue;
            this.#comparedIn[position] = query;
            if (isWithinEdits(text, this.#texts[position]!, limit, this.#rows)) found.push(position);
          }
        }
      }
    }
    return found;
  }
}

function partStart(part: number, length: number, partCount: number): number {
  return Math.floor((part * length) / partCount);
}
