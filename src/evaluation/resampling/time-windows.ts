import { checkFinite, checkList, checkRowCount } from "../../errors/check";

/** Which rows learn and which are tested, by time. Positions are ascending. */
export interface TimeSplit {
  /** Rows to learn from: from `trainFrom` to before `trainTo`. */
  readonly train: Int32Array;
  /** Rows to be tested on: from `testFrom` to before `testTo` (the last window: to `testTo`, which is the latest time). */
  readonly test: Int32Array;
  /** The earliest time to learn from; −Infinity for all that is earlier. */
  readonly trainFrom: number;
  readonly trainTo: number;
  readonly testFrom: number;
  readonly testTo: number;
}

/** Refuses times that are not finite: missing ones have no place in an order. */
export function checkTimes(caller: string, times: ArrayLike<number>): void {
  checkList(caller, "times", times);
  checkFinite(caller, "times", times);
  checkRowCount(caller, "times", times.length, 2);
}

/** The rows of a window and of what lies before it. */
export function splitAtWindow(caller: string, times: ArrayLike<number>, window: Omit<TimeSplit, "train" | "test">, isLast: boolean, name: string): TimeSplit {
  const { trainFrom, trainTo, testFrom, testTo } = window;
  const train: number[] = [];
  const test: number[] = [];
  for (let row = 0; row < times.length; row++) {
    const time = times[row]!;
    if (time >= trainFrom && time < trainTo) train.push(row);
    if (time >= testFrom && (isLast ? time <= testTo : time < testTo)) test.push(row);
  }
  checkRowCount(caller, "times", train.length, 1, `row to learn from in ${name}: before ${trainTo}${trainFrom === -Infinity ? "" : ` and from ${trainFrom}`}`);
  checkRowCount(caller, "times", test.length, 1, `row to test on in ${name}: from ${testFrom} to ${testTo}`);
  return { train: Int32Array.from(train), test: Int32Array.from(test), ...window };
}
