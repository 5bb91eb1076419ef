import { NO_CODE } from "./coded-column";
import type { ExpectedCodes } from "./expected-codes";

const MAX_ROUNDS = 10;

/** Why a cell of a row was changed, as positions in `REPAIR_RULES`. */
export const REPAIR_RULES = ["repair.dependency", "repair.spelling", "rule.dependency", "rule.spelling"] as const;
const EMPTIED = 2;

/**
 * Puts the cells of one row right: the repairs of all rules at once, by the votes of the rules on the cells as they are; then, when no
 * repair is due, the cells that a rule empties; and again, until nothing is left to do.
 */
export class RowSettler {
  /** Of the last row: why each cell was last changed. */
  readonly reasons: Uint8Array;
  /** Of the last row: 1 for the rules that emptied a cell. */
  readonly hasEmptied: Uint8Array;
  readonly #rules: readonly ExpectedCodes[];
  readonly #rounds: number;
  readonly #voted: Int32Array;
  readonly #votes: Float64Array;
  readonly #votedBy: Uint8Array;

  constructor(rules: readonly ExpectedCodes[], columnCount: number) {
    this.#rules = rules;
    this.reasons = new Uint8Array(columnCount);
    this.hasEmptied = new Uint8Array(rules.length);
    // A cell is emptied once, and may set repairs going.
    this.#rounds = MAX_ROUNDS + rules.filter(({ rule }) => rule.onViolation === "missing").length;
    this.#voted = new Int32Array(rules.length);
    this.#votes = new Float64Array(rules.length);
    this.#votedBy = new Uint8Array(rules.length);
  }

  /** Changes `codes`; false for a row that does not settle, whose codes are then of no use. */
  settle(codes: Int32Array): boolean {
    this.hasEmptied.fill(0);
    for (let round = 0; round < this.#rounds; round++) if (!this.#repair(codes) && !this.#empty(codes)) return true;
    return false;
  }

  #repair(codes: Int32Array): boolean {
    this.#collectVotes(codes);
    let hasChanged = false;
    for (let i = 0; i < this.#rules.length; i++) {
      if (this.#voted[i] === NO_CODE) continue;
      const { place } = this.#rules[i]!;
      const winner = this.#countVotes(i, place);
      if (winner < 0) continue;
      const code = this.#voted[winner]!;
      if (code === codes[place]) continue;
      codes[place] = code;
      this.reasons[place] = this.#votedBy[winner]!;
      hasChanged = true;
    }
    return hasChanged;
  }

  /** What every rule wants its cell to be, as the row stood before the round. */
  #collectVotes(codes: Int32Array): void {
    for (let i = 0; i < this.#rules.length; i++) {
      const { rule, place, caseOf, expected, weights } = this.#rules[i]!;
      this.#voted[i] = NO_CODE;
      if (rule.onViolation !== "repair") continue;
      if (codes[place] === NO_CODE && !(rule.rule === "dependency" && rule.fillMissing)) continue;
      const found = caseOf(codes);
      // That a text is spelt right does not say that it belongs there.
      if (found < 0 || (rule.rule === "spelling" && expected[found] === codes[place])) continue;
      this.#voted[i] = expected[found]!;
      this.#votes[i] = weights[found]!;
      this.#votedBy[i] = rule.rule === "dependency" ? 0 : 1;
    }
  }

  /** The rule whose code has most of the votes on the cell of rule `first`, the votes of others for that code added; −1 for a tie. Counted votes are used up. */
  #countVotes(first: number, place: number): number {
    let best = -1;
    let bestVotes = 0;
    let isTied = false;
    for (let i = first; i < this.#rules.length; i++) {
      if (this.#voted[i] === NO_CODE || this.#rules[i]!.place !== place) continue;
      let votes = 0;
      for (let j = first; j < this.#rules.length; j++) if (this.#rules[j]!.place === place && this.#voted[j] === this.#voted[i]) votes += this.#votes[j]!;
      if (votes > bestVotes) {
        best = i;
        bestVotes = votes;
        isTied = false;
      } else if (votes === bestVotes && this.#voted[i] !== this.#voted[best]) isTied = true;
    }
    const winner = isTied ? -1 : best;
    for (let i = first; i < this.#rules.length; i++) if (i !== winner && this.#rules[i]!.place === place) this.#voted[i] = NO_CODE;
    return winner;
  }

  #empty(codes: Int32Array): boolean {
    let hasChanged = false;
    for (let i = 0; i < this.#rules.length; i++) {
      const { rule, place, caseOf, expected } = this.#rules[i]!;
      if (rule.onViolation !== "missing" || codes[place] === NO_CODE) continue;
      const found = caseOf(codes);
      if (found < 0 || expected[found] === codes[place]) continue;
      codes[place] = NO_CODE;
      this.reasons[place] = EMPTIED + (rule.rule === "dependency" ? 0 : 1);
      this.hasEmptied[i] = 1;
      hasChanged = true;
    }
    return hasChanged;
  }
}
