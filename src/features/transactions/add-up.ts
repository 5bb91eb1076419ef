import { sumOf } from "../../numeric/statistics/compensated-sum";
import type { PreparedLog } from "./log";
import { findMinorUnits } from "./minor-units";
import type { PurchaseColumns, PurchaseScratch } from "./read-purchases";

/** Room for the amounts of one customer that are no whole minor units: those of the first purchase, of later ones, of returns. */
export interface MoneyScratch {
  readonly firsts: Float64Array;
  readonly repeats: Float64Array;
  readonly returned: Float64Array;
}

/** @param longest - rows of the customer with most; 0 where amounts are whole minor units */
export function createMoneyScratch(longest: number): MoneyScratch {
  return { firsts: new Float64Array(longest), repeats: new Float64Array(longest), returned: new Float64Array(longest) };
}

/**
 * Writes the values of one customer, whose purchases and returns were gathered. What comes before `secondDay` belongs to the first
 * purchase, returns of later days included; returns before `firstDay` belong to none.
 */
export function addUp(log: PreparedLog, scratch: PurchaseScratch, firstDay: number, secondDay: number, columns: PurchaseColumns, at: number): void {
  if (log.unitsPerValue === undefined) addUpSorted(log, scratch, firstDay, secondDay, columns, at);
  else addUpWhole(log, log.unitsPerValue, scratch, firstDay, secondDay, columns, at);
}

/** Whole numbers of minor units add up without rounding, in whatever order. */
function addUpWhole({ returns }: PreparedLog, unitsPerValue: number, scratch: PurchaseScratch, firstDay: number, secondDay: number, columns: PurchaseColumns, at: number): void {
  const { days, amounts, count } = scratch.purchases;
  let first = 0;
  let repeat = 0;
  for (let k = 0; k < count; k++) {
    if (days[k]! < secondDay) first += amounts[k]!;
    else repeat += amounts[k]!;
  }
  let returned = 0;
  const { days: returnDays, amounts: returnAmounts, count: returnCount } = scratch.returns;
  for (let k = 0; k < returnCount; k++) {
    if (returnDays[k]! < firstDay) continue;
    returned += returnAmounts[k]!;
    if (returns !== "net") continue;
    if (returnDays[k]! < secondDay) first += returnAmounts[k]!;
    else repeat += returnAmounts[k]!;
  }
  writeValues(columns, at, first, repeat, returned, unitsPerValue);
}

/** Where the log as a whole has no minor unit, the customer's own amounts may still have one; else they are added in ascending order. */
function addUpSorted({ returns }: PreparedLog, scratch: PurchaseScratch, firstDay: number, secondDay: number, columns: PurchaseColumns, at: number): void {
  const { firsts, repeats, returned } = scratch.money;
  const { days, amounts, count } = scratch.purchases;
  let firstCount = 0;
  let repeatCount = 0;
  for (let k = 0; k < count; k++) {
    if (days[k]! < secondDay) firsts[firstCount++] = amounts[k]!;
    else repeats[repeatCount++] = amounts[k]!;
  }
  let returnCount = 0;
  for (let k = 0; k < scratch.returns.count; k++) {
    const day = scratch.returns.days[k]!;
    if (day < firstDay) continue;
    const amount = scratch.returns.amounts[k]!;
    returned[returnCount++] = amount;
    if (returns !== "net") continue;
    if (day < secondDay) firsts[firstCount++] = amount;
    else repeats[repeatCount++] = amount;
  }
  const groups = [firsts.subarray(0, firstCount), repeats.subarray(0, repeatCount), returned.subarray(0, returnCount)] as const;
  const factor = findMinorUnits(groups);
  const sum = (group: Float64Array): number => {
    if (factor === undefined) return sumOf(group.sort());
    let units = 0;
    for (let k = 0; k < group.length; k++) units += Math.round(group[k]! * factor);
    return units;
  };
  writeValues(columns, at, sum(groups[0]), sum(groups[1]), sum(groups[2]), factor ?? 1);
}

function writeValues(columns: PurchaseColumns, at: number, first: number, repeat: number, returned: number, unitsPerValue: number): void {
  const periodCount = columns.periodCount[at]!;
  columns.meanValue[at] = periodCount > 1 ? repeat / ((periodCount - 1) * unitsPerValue) : NaN;
  columns.meanValueAll[at] = periodCount > 0 ? (first + repeat) / (periodCount * unitsPerValue) : NaN;
  columns.totalValue[at] = (first + repeat) / unitsPerValue;
  columns.returnValue[at] = 0 - returned / unitsPerValue;
}
