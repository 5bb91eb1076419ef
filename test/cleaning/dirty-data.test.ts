import { describe, expect, test } from "vitest";
import { cleanTable } from "clientele/cleaning";
import { measureCleaning, PLANS, readDirtyTable, type DirtyTable, type Hits } from "../support/dirty-clean";

/**
 * The figures of the first and only measurement, rounded down: the plans were written before it and have not been changed since.
 * `npm run bench -- dirty` prints them all. Hospital's 54 errors in score and sample can be found and not repaired: no other column tells them.
 * Of the 143 wrong changes in beers 142 are alcohol contents such as "0.10400000000000001%", which are read as they stand.
 */
const MEASURED: Readonly<Record<DirtyTable, Readonly<Record<"dirty" | "detectedPrecision" | "detectedRecall" | "repairedPrecision" | "repairedRecall", number>>>> = {
  hospital: { dirty: 509, detectedPrecision: 1, detectedRecall: 0.996, repairedPrecision: 1, repairedRecall: 0.889 },
  beers: { dirty: 4362, detectedPrecision: 0.999, detectedRecall: 1, repairedPrecision: 0.966, repairedRecall: 0.957 },
};

const expectAtLeast = (hits: Hits | undefined, precision: number, recall: number): void => {
  expect(hits?.precision).toBeGreaterThanOrEqual(precision);
  expect(hits?.recall).toBeGreaterThanOrEqual(recall);
};

describe.each(["hospital", "beers"] as const)("%s", (name) => {
  const measured = measureCleaning(name);

  test("errors are found and repaired no worse than measured first", () => {
    const floor = MEASURED[name];
    expect(measured.dirty).toBe(floor.dirty);
    expectAtLeast(measured.detected, floor.detectedPrecision, floor.detectedRecall);
    expectAtLeast(measured.repaired, floor.repairedPrecision, floor.repairedRecall);
  });

  test("a second cleaning changes nothing", () => {
    const { table, model } = cleanTable(readDirtyTable(name), PLANS[name]);
    expect(model.apply(table).report.changes).toEqual([]);
  });
});

test("each kind of rule does its part", () => {
  const hospital = measureCleaning("hospital");
  expectAtLeast(hospital.detectedBy.get("dependency"), 1, 0.88);
  expectAtLeast(hospital.detectedBy.get("spelling"), 1, 0.347);
  expectAtLeast(hospital.detectedBy.get("pattern"), 1, 0.106);
  expectAtLeast(hospital.repairedBy.get("repair.dependency"), 1, 0.886);
  const beers = measureCleaning("beers");
  // 254 of the 4,362 errors are in city and state; of these 210 are repaired.
  expectAtLeast(beers.repairedBy.get("repair.dependency"), 0.995, 210 / 4362);
  expect(beers.columns.filter(({ column }) => column === "city" || column === "state").map(({ dirty, detected }) => [dirty, detected])).toEqual([[127, 127], [127, 127]]);
});
