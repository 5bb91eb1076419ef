import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { aliasedColumnSteps, type AliasedColumn } from "../../../src/numeric/linear-algebra/aliased-columns";
import { isConstant, standardizeColumns } from "../../../src/numeric/linear-algebra/standardized-columns";
import { columnMomentsSteps } from "../../../src/numeric/statistics/moments";
import { RandomStream } from "../../../src/numeric/random/random-stream";
import { runToEnd } from "../../../src/steps/steps";

interface Design {
  readonly name: string;
  readonly centred: readonly number[];
  readonly uncentred: readonly number[];
  readonly aliased: readonly number[];
  readonly columns?: readonly (readonly number[])[];
}
const reference = new URL("../../reference/linear-algebra/", import.meta.url);
const designs = JSON.parse(readFileSync(new URL("aliased-columns.json", reference), "utf8")) as readonly Design[];

function rowsOfNist(file: string): number[][] {
  const body = readFileSync(new URL(`nist/${file}`, reference), "utf8").split("Data:").at(-1)!;
  return body.split(/\r?\n/).slice(1).filter((line) => line.trim() !== "").map((line) => line.trim().split(/\s+/).map(Number));
}

/** The dependent columns among those that vary, and the constant ones, by position. */
function findAliased(columns: readonly (readonly number[])[]): { dependent: AliasedColumn[]; constant: number[] } {
  const rowCount = columns[0]!.length;
  const values = Float64Array.from({ length: rowCount * columns.length }, (_, k) => columns[k % columns.length]![Math.floor(k / columns.length)]!);
  const moments = runToEnd(columnMomentsSteps(values, rowCount, columns.length));
  const positions = columns.map((_, j) => j);
  const varying = positions.filter((j) => !isConstant(moments[j]!));
  const dependent = runToEnd(aliasedColumnSteps(standardizeColumns(values, rowCount, moments, varying)));
  return { dependent, constant: positions.filter((j) => isConstant(moments[j]!)) };
}

function aliasedPositions(columns: readonly (readonly number[])[]): number[] {
  const { dependent, constant } = findAliased(columns);
  return [...constant, ...dependent.map(({ column }) => column)].sort((a, b) => a - b);
}

describe("NIST designs", () => {
  it("Longley: highly correlated columns are not aliased", () => {
    const rows = rowsOfNist("Longley.dat");
    expect(aliasedPositions([1, 2, 3, 4, 5, 6].map((j) => rows.map((row) => row[j]!)))).toEqual([]);
  });

  it("Filip: only x¹⁰ lies within 1e-7 of its predecessors, as R's lm finds", () => {
    const x = rowsOfNist("Filip.dat").map((row) => row[1]!);
    const powers = [x];
    while (powers.length < 10) powers.push(powers.at(-1)!.map((value, i) => value * x[i]!));
    const exact = designs.find(({ name }) => name === "Filip")!;
    expect(exact.centred.map((ratio) => ratio <= 1e-7)).toEqual(exact.uncentred.map((ratio) => ratio <= 1e-7));
    expect(aliasedPositions(powers)).toEqual(exact.centred.flatMap((ratio, j) => (ratio <= 1e-7 ? [j] : [])));
  });
});

describe("designs with exact dependence", () => {
  it.each(designs.filter(({ columns }) => columns !== undefined))("$name", ({ columns, aliased }) => {
    expect(aliasedPositions(columns!)).toEqual(aliased);
  });

  it("tells of what a column is made: every dependence holds row by row", () => {
    let checked = 0;
    for (const { columns } of designs) {
      if (columns === undefined) continue;
      for (const { column, constant, dependsOn } of findAliased(columns).dependent) {
        columns[column]!.forEach((value, row) => {
          const sum = dependsOn.reduce((total, term) => total + term.coefficient * columns[term.column]![row]!, constant);
          expect(sum).toBeCloseTo(value, 9);
        });
        expect(dependsOn.every((term) => term.column < column)).toBe(true);
        checked++;
      }
    }
    expect(checked).toBeGreaterThan(20);
  });

  it("gives whole coefficients where they are whole", () => {
    const phone = [1, 1, 0, 1, 0, 0, 1];
    const noPhone = phone.map((value) => 1 - value);
    expect(findAliased([phone, [3, 1, 4, 1, 5, 9, 2], noPhone]).dependent).toEqual([
      { column: 2, constant: 1, dependsOn: [{ column: 0, coefficient: -1 }] },
    ]);
  });
});

describe("columns that are nearly dependent", () => {
  const random = new RandomStream(5);
  const draw = (): number[] => Array.from({ length: 300 }, () => random.nextFloat() - 0.5);
  const plus = (a: readonly number[], share: number, b: readonly number[]): number[] => a.map((value, i) => value + share * b[i]!);

  it.each([
    [1e-3, false],
    [1e-5, false],
    [4e-7, false],
    [4e-8, true],
    [1e-9, true],
    [0, true],
  ])("a rest of %d of the column: aliased is %s", (share, isAliased) => {
    const a = draw();
    expect(aliasedPositions([a, plus(a, share, draw()), draw()])).toEqual(isAliased ? [1] : []);
  });

  it("still judges later columns rightly behind one that is hardly independent", () => {
    for (let repeat = 0; repeat < 20; repeat++) {
      const [a, b] = [draw(), draw()];
      const near = plus(a, 2e-7, draw());
      const behind = a.map((value, i) => value + (near[i]! - value) * 1e7 + b[i]!);
      expect(aliasedPositions([a, near, b, draw(), behind])).toEqual([4]);
      expect(aliasedPositions([a, near, b, draw(), plus(behind, 1e-2, draw())])).toEqual([]);
    }
  });

  it("tells dependence apart among several columns that are hardly independent", () => {
    for (let repeat = 0; repeat < 20; repeat++) {
      const a = draw();
      const near = [a, ...Array.from({ length: 3 }, () => plus(a, 3e-7, draw()))];
      const middle = a.map((_, i) => near[1]![i]! / 2 + near[2]![i]! / 2);
      const other = a.map((_, i) => (near[3]![i]! - near[1]![i]!) * 1e6);
      expect(aliasedPositions([...near, middle, draw(), other])).toEqual([4, 6]);
    }
  });

  it("keeps timestamps that differ by milliseconds", () => {
    const start = 1_700_000_000_000;
    const times = Array.from({ length: 50 }, (_, i) => start + ((i * 7) % 50));
    expect(aliasedPositions([times, draw().slice(0, 50)])).toEqual([]);
    expect(aliasedPositions([times, times.map((time) => (time - start) / 1000)])).toEqual([1]);
  });
});

it("keeps as many columns as there are rows less one", () => {
  const random = new RandomStream(6);
  const columns = Array.from({ length: 12 }, () => Array.from({ length: 6 }, () => random.nextFloat()));
  expect(aliasedPositions(columns)).toEqual([5, 6, 7, 8, 9, 10, 11]);
});
