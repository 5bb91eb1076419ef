import { describe, expect, it } from "vitest";
import { diagnoseColumns, diagnoseColumnsSteps } from "../../../src/churn";
import { featureMatrixFromRows } from "../../../src/data/feature-matrix";
import { runCooperatively } from "../../../src/steps";
import { expectRefusal } from "../../support/errors";
import { readTelco } from "../telco";
import { matrix, sets } from "./weighted-sets";

describe("variance inflation and condition", () => {
  it.each(sets.columns)("as statsmodels and numpy compute them: $name", ({ rows, conditionNumber, vif }) => {
    const diagnosis = diagnoseColumns(featureMatrixFromRows(rows));
    expect(diagnosis.conditionNumber / conditionNumber).toBeCloseTo(1, 8);
    // statsmodels solves a least-squares problem, which keeps as many digits as 1 / (1 − R²) has none.
    diagnosis.columns.forEach((column, j) => expect(Math.abs(column.vif / vif[j]! - 1)).toBeLessThan(1e-14 * vif[j]! + 1e-9));
    expect(diagnosis).toMatchObject({ rank: rows[0]!.length, aliased: [], rowCount: rows.length });
  });

  it("are infinite for what is in an exact dependence, and nothing else", () => {
    const telco = readTelco("asZero");
    const { columns, aliased, rank, conditionNumber } = diagnoseColumns(telco.matrix);
    expect(conditionNumber).toBe(Infinity);
    expect(rank).toBe(23);
    expect(aliased).toHaveLength(7);
    const infinite = columns.filter(({ vif }) => vif === Infinity).map(({ column }) => column);
    expect(infinite).toHaveLength(9);
    expect(infinite).toEqual(expect.arrayContaining(["PhoneService_Yes", "MultipleLines_No phone service", "InternetService_No"]));
    // Those of the others are what they are without the columns that repeat.
    const kept = columns.flatMap(({ column }, j) => (aliased.some((other) => other.column === column) ? [] : [j]));
    const { values, rowCount, columnCount } = telco.matrix;
    const rest = featureMatrixFromRows(Array.from({ length: rowCount }, (_, i) => kept.map((j) => values[i * columnCount + j]!)));
    diagnoseColumns(rest).columns.forEach(({ vif }, position) => {
      const found = columns[kept[position]!]!.vif;
      if (found !== Infinity) expect(vif / found).toBeCloseTo(1, 9);
    });
  });

  it("of constant columns are not known, of none are 1", () => {
    const { columns, conditionNumber, rank } = diagnoseColumns(featureMatrixFromRows([[1, 5], [2, 5], [4, 5]]));
    expect(columns).toEqual([{ column: "x1", vif: expect.closeTo(1, 12) as number }, { column: "x2", vif: NaN }]);
    expect([conditionNumber, rank]).toEqual([1, 1]);
    expect(diagnoseColumns(featureMatrixFromRows([[], []]))).toMatchObject({ columns: [], conditionNumber: 1, rank: 0 });
  });

  it("tell more columns than rows by the rank", () => {
    const wide = featureMatrixFromRows(sets.rows.slice(0, 4));
    expect(diagnoseColumns(wide)).toMatchObject({ rowCount: 4, rank: 3, conditionNumber: Infinity });
  });

  it("do not depend on units", () => {
    const scaled = featureMatrixFromRows(sets.rows.map((row) => row.map((value, j) => value * 10 ** (3 * j - 6) + j)));
    const [here, there] = [diagnoseColumns(matrix), diagnoseColumns(scaled)];
    here.columns.forEach(({ vif }, j) => expect(there.columns[j]!.vif / vif).toBeCloseTo(1, 7));
  });
});

it("in slices gives the same", async () => {
  expect(await runCooperatively(diagnoseColumnsSteps(matrix))).toEqual(diagnoseColumns(matrix));
});

it("refuses what it cannot look at", () => {
  expectRefusal(() => diagnoseColumns(featureMatrixFromRows([[1]])), "tooFewRows", "diagnoseColumns");
  const values = matrix.values.slice();
  values[7] = NaN;
  expectRefusal(() => diagnoseColumns({ ...matrix, values }), "nonFinite", "row 1", "x2");
});
