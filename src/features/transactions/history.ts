import { sumOf } from "../../numeric/statistics/compensated-sum";
import { findMinorUnits } from "./minor-units";
import type { SortedRows } from "./sort-rows";

/**
 * What one customer had bought by a day, read row by row: `begin` with a customer, then `advance` from day to day.
 * One object serves all customers, so that nothing is allocated for each.
 */
export class PurchaseHistory {
  orderCount = 0;
  /** Purchase days after the first. */
  frequency = 0;
  firstDay = 0;
  lastDay = 0;
  returnCount = 0;
  /** Returns before the first order. */
  unmatchedReturnCount = 0;
  missingValueCount = 0;
  meanValue = NaN;
  meanValueAll = NaN;
  totalValue = 0;
  readonly #rows: SortedRows;
  readonly #amounts: Float64Array;
  readonly #units: Float64Array;
  #next = 0;
  #end = 0;
  #amountCount = 0;
  #repeatStart = 0;

  constructor(rows: SortedRows) {
    const { starts } = rows;
    const longest = starts.reduce((most, start, customer) => (customer === 0 ? 0 : Math.max(most, start - starts[customer - 1]!)), 0);
    this.#rows = rows;
    this.#amounts = new Float64Array(longest);
    this.#units = new Float64Array(longest);
  }

  begin(customer: number): void {
    this.#next = this.#rows.starts[customer]!;
    this.#end = this.#rows.starts[customer + 1]!;
    this.#amountCount = 0;
    this.#repeatStart = 0;
    this.orderCount = 0;
    this.frequency = 0;
    this.returnCount = 0;
    this.unmatchedReturnCount = 0;
    this.missingValueCount = 0;
    this.meanValue = NaN;
    this.meanValueAll = NaN;
    this.totalValue = 0;
  }

  /** Reads on to the end of `day`, leaving out what is later than `lastTime`. Days come in ascending order. */
  advance(day: number, lastTime: number): void {
    const { days, times, amounts } = this.#rows;
    const countBefore = this.#amountCount;
    for (; this.#next < this.#end && days[this.#next]! <= day; this.#next++) {
      if (times[this.#next]! > lastTime) continue;
      const amount = amounts[this.#next]!;
      if (amount < 0) this.#addReturn(amount);
      else this.#addOrder(days[this.#next]!, amount);
    }
    if (this.#amountCount > countBefore) this.#addUp();
  }

  #addReturn(amount: number): void {
    if (this.orderCount === 0) {
      this.unmatchedReturnCount++;
      return;
    }
    this.returnCount++;
    this.#amounts[this.#amountCount++] = amount;
  }

  #addOrder(day: number, amount: number): void {
    if (this.orderCount === 0) this.firstDay = day;
    else if (day !== this.lastDay && this.frequency++ === 0) this.#repeatStart = this.#amountCount;
    this.lastDay = day;
    this.orderCount++;
    if (Number.isNaN(amount)) this.missingValueCount++;
    this.#amounts[this.#amountCount++] = amount;
  }

  /** What comes before the second purchase day belongs to the first, returns of later days included. */
  #addUp(): void {
    const count = this.#amountCount;
    const repeatStart = this.frequency === 0 ? count : this.#repeatStart;
    const factor = findMinorUnits(this.#amounts, count);
    let units = this.#amounts;
    if (factor !== undefined) {
      // Whole numbers of minor units add up without rounding.
      units = this.#units;
      for (let i = 0; i < count; i++) units[i] = Math.round(this.#amounts[i]! * factor);
    }
    const unitsPerValue = factor ?? 1;
    const firstUnits = sumOf(units, 0, repeatStart);
    const repeatUnits = sumOf(units, repeatStart, count);
    this.meanValue = this.frequency === 0 ? NaN : repeatUnits / (this.frequency * unitsPerValue);
    this.meanValueAll = (firstUnits + repeatUnits) / ((this.frequency + 1) * unitsPerValue);
    this.totalValue = (firstUnits + repeatUnits) / unitsPerValue;
  }
}
