import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { RandomStream } from "../../src/numeric/random/random-stream";
import { growTreeSteps, type FeatureDraw, type GrowthLimits } from "../../src/numeric/tree/grow";
import { findLeaves } from "../../src/numeric/tree/predict";
import { createRowSorter, presortRows } from "../../src/numeric/tree/presort";
import { midpoint } from "../../src/numeric/tree/split";
import { heaviestClass, type ClassificationTree } from "../../src/numeric/tree/tree";
import { runToEnd } from "../../src/steps/steps";
import expected from "../reference/tree/expected.json";

type Rows = readonly (readonly (number | null)[])[];

const NO_LIMITS: GrowthLimits = { maxDepth: Infinity, maxLeaves: Infinity, minSplitRows: 2, minLeafRows: 1, minGain: 0 };

/** Rows as columns one after another; null is missing. */
function columnsOf(rows: Rows): Float64Array {
  const width = rows[0]?.length ?? 0;
  return Float64Array.from({ length: rows.length * width }, (_, i) => rows[i % rows.length]![Math.floor(i / rows.length)] ?? NaN);
}

function grow(rows: Rows, classes: readonly number[], limits: Partial<GrowthLimits> = {}, weights?: readonly number[], draw?: FeatureDraw): ClassificationTree {
  const values = columnsOf(rows);
  const rowCount = rows.length;
  const featureCount = rows[0]?.length ?? 0;
  const used = Int32Array.from(rows.keys()).filter((row) => (weights?.[row] ?? 1) > 0);
  const tree = {
    values,
    rowCount,
    featureCount,
    classes: Int32Array.from(classes),
    classCount: Math.max(...classes) + 1,
    weights: Float64Array.from(weights ?? classes.map(() => 1)),
  };
  return runToEnd(growTreeSteps(tree, presortRows(values, rowCount, featureCount, used), { ...NO_LIMITS, ...limits }, draw));
}

function predict(tree: ClassificationTree, rows: Rows): number[] {
  const leaves = new Int32Array(rows.length);
  findLeaves(tree, columnsOf(rows), rows.length, 1, rows.length, leaves);
  return Array.from(leaves, (leaf) => heaviestClass(tree, leaf));
}

/** Node numbers in the order parent, left, right. */
function preorder(tree: ClassificationTree, node = 0): number[] {
  return tree.feature[node]! < 0 ? [node] : [node, ...preorder(tree, tree.left[node]), ...preorder(tree, tree.right[node])];
}

describe("trees of scikit-learn", () => {
  test.each(expected.cases)("$name", ({ values, classes, weights, parameters, nodes, others, predictions }) => {
    const found = grow(
      values,
      classes,
      {
        maxDepth: parameters.max_depth ?? Infinity,
        maxLeaves: parameters.max_leaf_nodes ?? Infinity,
        minLeafRows: parameters.min_samples_leaf ?? 1,
        minGain: parameters.min_impurity_decrease ?? 0,
      },
      weights ?? undefined,
    );
    const order = preorder(found);
    expect(order.map((node) => found.feature[node])).toEqual(nodes.map(({ feature }) => feature));
    nodes.forEach(({ feature, threshold, missingLeft, rowCount, impurity, classWeights }, i) => {
      const node = order[i]!;
      if (feature >= 0) {
        expect(found.threshold[node]).toBe(threshold ?? Infinity);
        expect(found.missingLeft[node] === 1).toBe(missingLeft);
      }
      expect(found.rowCount[node]).toBe(rowCount);
      expect(Math.abs(found.impurity[node]! - impurity)).toBeLessThanOrEqual(1e-12);
      classWeights.forEach((weight, c) => expect(found.classWeights[node * found.classCount + c]).toBeCloseTo(weight, 9));
    });
    expect(predict(found, others)).toEqual(predictions);
  });
});

describe("splits", () => {
  test("lie halfway between neighbours, on the lower one where rounding would reach the upper", () => {
    expect(midpoint(1, 2)).toBe(1.5);
    expect(midpoint(1.5e308, 1.7e308) / 1.6e308).toBeCloseTo(1, 14);
    const next = 1 + Number.EPSILON;
    expect(midpoint(1, next)).toBe(1);
    expect(midpoint(Number.MIN_VALUE, 2 * Number.MIN_VALUE)).toBe(Number.MIN_VALUE);
    expect(midpoint(0, Number.MIN_VALUE)).toBe(0);
    const tree = grow([[1], [next]], [0, 1]);
    expect(predict(tree, [[1], [next]])).toEqual([0, 1]);
  });

  test("of equal gain: the lowest feature, then the lowest threshold", () => {
    const twin = grow([[0, 0, 1], [0, 0, 0], [1, 1, 0], [1, 1, 1]], [0, 0, 1, 1], { maxDepth: 1 });
    expect(twin.feature[0]).toBe(0);
    const symmetric = grow([[0], [1], [2]], [0, 1, 0], { maxDepth: 1 });
    expect(symmetric.threshold[0]).toBe(0.5);
    // Mirrored columns part the rows alike, with the sides exchanged.
    const mirrored = grow([[3, 0], [2, 1], [1, 2], [0, 3], [0, 3]], [0, 1, 2, 0, 1], { maxDepth: 1 });
    expect(mirrored.feature[0]).toBe(0);
  });

  test("that gain nothing are made where later ones gain", () => {
    const xor = grow([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 0]);
    expect(predict(xor, [[0, 0], [0, 1], [1, 0], [1, 1]])).toEqual([0, 1, 1, 0]);
    expect(grow([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 0], { minGain: 1e-6 }).feature).toEqual(Int32Array.of(-1));
  });

  test("send missing values to the better side, present against missing included", () => {
    const rows: Rows = [[1], [2], [3], [null], [null]];
    const only = grow(rows, [0, 0, 0, 1, 1]);
    expect([only.threshold[0], only.missingLeft[0]]).toEqual([Infinity, 0]);
    expect(predict(only, rows)).toEqual([0, 0, 0, 1, 1]);
    expect(predict(grow(rows, [1, 0, 0, 1, 1]), rows)).toEqual([1, 0, 0, 1, 1]);
    expect(predict(grow(rows, [0, 0, 1, 1, 1]), rows)).toEqual([0, 0, 1, 1, 1]);
  });

  test("that saw no missing value send it with the larger part", () => {
    const rows: Rows = [[1], [2], [3], [4], [5]];
    expect(predict(grow(rows, [0, 0, 0, 1, 1]), [[null]])).toEqual([0]);
    expect(predict(grow(rows, [0, 0, 1, 1, 1]), [[null]])).toEqual([1]);
  });

  test("are made in order of gain where the leaves are limited", () => {
    // Feature 0 parts four rows from two classes of eight rows each; feature 1 parts these.
    const rows: Rows = [...Array.from({ length: 16 }, (_, i) => [0, i < 8 ? 0 : 1]), ...Array.from({ length: 4 }, (_, i) => [1, i])];
    const classes = [...Array.from({ length: 16 }, (_, i) => (i < 8 ? 0 : 1)), 2, 2, 2, 0];
    const tree = grow(rows, classes, { maxLeaves: 3 });
    expect(tree.feature.filter((feature) => feature >= 0).length).toBe(2);
    expect(Array.from(tree.rowCount)).toContain(8);
  });

  test("draw features that vary, the same for the same stream", () => {
    const rows: Rows = Array.from({ length: 40 }, (_, i) => [7, i % 5, i % 7, 7, i % 3]);
    const classes = Array.from({ length: 40 }, (_, i) => (i * 7) % 3);
    const drawn = (seed: number): number[] => Array.from(grow(rows, classes, {}, undefined, { count: 1, random: new RandomStream(seed) }).feature);
    expect(drawn(1)).toEqual(drawn(1));
    expect(new Set([1, 2, 3, 4].map((seed) => drawn(seed).join())).size).toBeGreaterThan(1);
    expect(new Set(drawn(1))).toEqual(new Set([-1, 1, 2, 4]));
  });
});

describe("laws", () => {
  const cell = fc.oneof({ weight: 5, arbitrary: fc.integer({ min: -3, max: 3 }) }, { weight: 1, arbitrary: fc.constant(null) });
  const data = fc.integer({ min: 1, max: 4 }).chain((width) => fc.array(fc.tuple(fc.array(cell, { minLength: width, maxLength: width }), fc.nat(2), fc.nat(3)), { minLength: 1, maxLength: 30 }));

  test("a whole weight counts as so many rows", () => {
    fc.assert(
      fc.property(data, (drawn) => {
        if (drawn.every(([, , weight]) => weight === 0)) return;
        const repeated = drawn.flatMap(([row, c, weight]) => Array.from({ length: weight }, () => [row, c] as const));
        const classCount = Math.max(...drawn.map(([, c]) => c));
        // A class that only rows of weight 0 have must not change the numbering.
        const weighted = grow(drawn.map(([row]) => row), drawn.map(([, c]) => c), { maxDepth: 3 }, drawn.map(([, , weight]) => weight));
        const plain = grow(repeated.map(([row]) => row), repeated.map(([, c]) => c), { maxDepth: 3 });
        const shape = (tree: ClassificationTree): unknown => ({
          feature: tree.feature,
          threshold: tree.threshold,
          weights: preorder(tree).map((node) => Array.from({ length: classCount + 1 }, (_, c) => (c < tree.classCount ? tree.classWeights[node * tree.classCount + c] : 0))),
        });
        expect(shape(weighted)).toEqual(shape(plain));
      }),
    );
  });

  test("every row lies in the leaf that counts it, and parents hold what their children hold", () => {
    fc.assert(
      fc.property(data, (drawn) => {
        const rows = drawn.map(([row]) => row);
        const tree = grow(rows, drawn.map(([, c]) => c), { minLeafRows: 2 });
        const leaves = new Int32Array(rows.length);
        findLeaves(tree, columnsOf(rows), rows.length, 1, rows.length, leaves);
        const rowMajor = new Int32Array(rows.length);
        findLeaves(tree, Float64Array.from(rows.flat(), (value) => value ?? NaN), rows.length, rows[0]!.length, 1, rowMajor);
        expect(rowMajor).toEqual(leaves);
        const counts = new Int32Array(tree.feature.length);
        for (const leaf of leaves) counts[leaf]!++;
        tree.feature.forEach((feature, node) => {
          if (feature < 0) expect(tree.rowCount[node]).toBe(counts[node]);
          else {
            expect(tree.rowCount[node]).toBe(tree.rowCount[tree.left[node]!]! + tree.rowCount[tree.right[node]!]!);
            expect(Math.min(tree.rowCount[tree.left[node]!]!, tree.rowCount[tree.right[node]!]!)).toBeGreaterThanOrEqual(2);
          }
        });
      }),
    );
  });

  test("rows are sorted alike by digits and by comparison", () => {
    const value = fc.oneof(fc.double({ noNaN: false }), fc.constantFrom(0, -0, NaN, 1, -1, Number.MIN_VALUE, Infinity, -Infinity));
    fc.assert(
      fc.property(fc.array(value, { minLength: 300, maxLength: 400 }), (drawn) => {
        const column = Float64Array.from(drawn);
        const rows = Int32Array.from(drawn.keys()).filter((row) => row % 7 !== 3);
        const sorted = new Int32Array(rows.length);
        createRowSorter(rows.length)(column, rows, sorted);
        const compared = new Int32Array(rows.length);
        createRowSorter(1)(column, rows, compared);
        expect(sorted).toEqual(compared);
      }),
      { numRuns: 50 },
    );
  });

  test("slices report their progress and change nothing", () => {
    const rows: Rows = Array.from({ length: 4000 }, (_, i) => Array.from({ length: 20 }, (_, j) => (i * (j + 3)) % (7 + j)));
    const classes = rows.map((_, i) => ((i * i) % 101) % 4);
    const tree = grow(rows, classes, { maxDepth: 8 });
    const values = columnsOf(rows);
    const steps = growTreeSteps(
      { values, rowCount: 4000, featureCount: 20, classes: Int32Array.from(classes), classCount: 4, weights: new Float64Array(4000).fill(1) },
      presortRows(values, 4000, 20, Int32Array.from(rows.keys())),
      { ...NO_LIMITS, maxDepth: 8 },
    );
    let slices = 0;
    for (let step = steps.next(); ; step = steps.next()) {
      if (step.done === true) {
        expect(step.value).toEqual(tree);
        break;
      }
      slices++;
      expect(step.value.done).toBeLessThanOrEqual(step.value.total);
    }
    expect(slices).toBeGreaterThan(1);
  });
});
