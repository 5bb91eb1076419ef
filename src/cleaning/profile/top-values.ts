import { comesBefore } from "../impute/typical-values";
import type { ValueCount } from "./table-profile";

/** Keeps the most frequent of the values that are offered to it, equally frequent ones in their own order. */
export class TopValues {
  readonly list: ValueCount[] = [];
  readonly #size: number;

  constructor(size: number) {
    this.#size = size;
  }

  offer(value: ValueCount["value"], count: number): void {
    const { list } = this;
    if (this.#size === 0 || (list.length === this.#size && !isAhead(value, count, list[list.length - 1]!))) return;
    let low = 0;
    let high = list.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (isAhead(value, count, list[middle]!)) high = middle;
      else low = middle + 1;
    }
    list.splice(low, 0, { value, count });
    if (list.length > this.#size) list.pop();
  }
}

function isAhead(value: ValueCount["value"], count: number, other: ValueCount): boolean {
  return count > other.count || (count === other.count && comesBefore(value, other.value));
}
