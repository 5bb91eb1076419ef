/** About two milliseconds of squared differences on a desktop processor. */
export const SLICE_OPERATIONS = 1_000_000;

/** Says when a slice of work is over, by counting operations: a clock would make two runs differ. */
export class SliceMeter {
  #spent = 0;

  /** Rows that fill one slice, if each takes that many operations. */
  rowsPerSlice(operationsPerRow: number): number {
    return Math.max(1, Math.floor(SLICE_OPERATIONS / operationsPerRow));
  }

  /** Adds work that was done; true when it is time to yield. */
  spend(operations: number): boolean {
    this.#spent += operations;
    if (this.#spent < SLICE_OPERATIONS) return false;
    this.#spent = 0;
    return true;
  }
}
