import { build } from "esbuild";
import { describe, expect, test } from "vitest";
import { featureMatrixFromRows, featureMatrixFromValues, type FeatureMatrix } from "clientele/data";
import { fitKMeans, kMeansFromSpec, kMeansSteps, type KMeansModel } from "clientele/segmentation";
import { runCooperatively, runToEnd, type Progress } from "clientele/steps";
import { RandomStream } from "../../src/numeric/random/random-stream";
import { sumOf } from "../../src/numeric/statistics/compensated-sum";
import { expectRefusal } from "../support/errors";

describe("what the model says holds for the rows", () => {
  // Scores from 1 to 5: many repeated rows, and many rows equally near to two centroids.
  const cases = [
    ...[1, 2, 3, 4, 5, 6].map((seed) => ({ name: `scores ${seed}`, matrix: scores(300, 3, seed), k: seed + 1 })),
    { name: "cloud", matrix: cloud(500, 4, 7), k: 6 },
    { name: "sampled starts", matrix: cloud(3000, 2, 8), k: 5 },
    { name: "one column", matrix: cloud(50, 1, 9), k: 50 },
  ];

  test.each(cases)("$name", ({ matrix, k }) => {
    for (let seed = 0; seed < 5; seed++) {
      const model = fitKMeans(matrix, { k, seed, tolerance: 0 });
      const labels = model.predict(matrix);
      expect(Array.from(labels)).toEqual(rowsOfMatrix(matrix).map((row) => nearestByDefinition(row, model)));
      expect(model.sizes).toEqual(model.centroids.map((_, c) => labels.filter((label) => label === c).length));
      expect(model.inertia).toBe(sumOf(rowsOfMatrix(matrix).map((row, i) => squared(row, model.centroids[labels[i]!]!))));
      expect(model.sizes).toEqual([...model.sizes].sort((a, b) => b - a));
      expect(model.status).toBe("converged");
      model.centroids.forEach((centroid, c) => {
        const members = rowsOfMatrix(matrix).filter((_, i) => labels[i] === c);
        centroid.forEach((value, j) => expect(Math.abs(value - sumOf(members.map((row) => row[j]!)) / members.length)).toBeLessThan(1e-14 * 8));
      });
    }
  });

  test("when stopped early, too", () => {
    const matrix = cloud(400, 3, 3);
    for (const options of [{ maxIterations: 1 }, { maxIterations: 2 }, { tolerance: 0.5 }]) {
      const model = fitKMeans(matrix, { k: 5, restarts: 2, ...options });
      const labels = model.predict(matrix);
      expect(model.sizes).toEqual(model.centroids.map((_, c) => labels.filter((label) => label === c).length));
      expect(model.inertia).toBe(sumOf(rowsOfMatrix(matrix).map((row, i) => squared(row, model.centroids[labels[i]!]!))));
      expect(model.iterations).toBeLessThanOrEqual(options.maxIterations ?? 300);
      expect(model.status).toBe(options.maxIterations === undefined ? "converged" : "iterationLimit");
    }
  });

  test("no cluster is empty, however early the run was stopped", () => {
    // After one iteration the centroids are 25, 38 and 22, and then 6's cluster would lose its rows to 11's.
    const model = fitKMeans(featureMatrixFromRows([[22], [22], [38], [25]]), { k: 3, start: [[11], [34], [6]], maxIterations: 1 });
    expect([...model.sizes].sort()).toEqual([1, 1, 2]);
    expect(model.inertia).toBe(0);
    const random = new RandomStream(12);
    for (let repeat = 0; repeat < 500; repeat++) {
      const rows = Array.from({ length: 12 }, () => [random.nextInteger(6), random.nextInteger(6)]);
      const start = Array.from({ length: 5 }, () => [random.nextInteger(6), random.nextInteger(6)]);
      if (new Set(rows.map(String)).size < 5) continue;
      const matrix = featureMatrixFromRows(rows);
      for (const options of [{ start, maxIterations: 1 }, { start, maxIterations: 2 }, { start, tolerance: 0.5 }, { restarts: 1, maxIterations: 1 }]) {
        const stopped = fitKMeans(matrix, { k: 5, ...options });
        const labels = stopped.predict(matrix);
        expect(Math.min(...stopped.sizes)).toBeGreaterThan(0);
        expect(stopped.sizes).toEqual(stopped.centroids.map((_, c) => labels.filter((label) => label === c).length));
        expect(stopped.inertia).toBe(sumOf(rows.map((row, i) => squared(row, stopped.centroids[labels[i]!]!))));
      }
    }
  });

  test("clusters are numbered by size, then by centroid, whatever the seed", () => {
    const rows = [[5, 5], [5, 6], [0, 9], [0, 8], [9, 0], [9, 1], [9, 2]];
    for (let seed = 0; seed < 20; seed++) {
      const model = fitKMeans(featureMatrixFromRows(rows), { k: 3, seed });
      expect(model.centroids).toEqual([[9, 1], [0, 8.5], [5, 5.5]]);
      expect(model.sizes).toEqual([3, 2, 2]);
    }
  });

  test("distances are Euclidean, row after row", () => {
    const model = fitKMeans(featureMatrixFromRows([[0, 0], [0, 0], [3, 4]]), { k: 2 });
    expect(model.distances(featureMatrixFromRows([[3, 4], [6, 8]]))).toEqual(Float64Array.of(5, 0, 10, 5));
  });

  test("one cluster is the mean", () => {
    const model = fitKMeans(featureMatrixFromRows([[1, 2], [3, 6]]), { k: 1 });
    expect(model.centroids).toEqual([[2, 4]]);
    expect(model.inertia).toBe(10);
  });

  test("data far from zero keep their digits", () => {
    // Multiples of 1/256 beside 2^44: neighbouring doubles are 1/256 apart there, and a plain sum of 50 would lose six more bits.
    const offset = 2 ** 44;
    const random = new RandomStream(5);
    const rows = Array.from({ length: 200 }, () => [random.nextInteger(1280) / 256]);
    const start = rows.slice(0, 4);
    const near = fitKMeans(featureMatrixFromRows(rows), { k: 4, start });
    const far = fitKMeans(featureMatrixFromRows(rows.map(([x]) => [x! + offset])), { k: 4, start: start.map(([x]) => [x! + offset]) });
    expect(far.sizes).toEqual(near.sizes);
    far.centroids.forEach(([x], c) => expect(Math.abs(x! - offset - near.centroids[c]![0]!)).toBeLessThanOrEqual(1 / 512));
  });

  test("when renumbering moves rows that are equally near to two centroids, too", () => {
    // {0, 2} and {3, 3, 3} stand still while {0, 2} has the lower number: 2 is as near to 1 as to 3. Renumbered by size, 2 changes over.
    const matrix = featureMatrixFromRows([[0], [2], [3], [3], [3]]);
    for (let seed = 0; seed < 200; seed++) {
      const model = fitKMeans(matrix, { k: 2, seed, restarts: 1 });
      expect(model.sizes).toEqual([4, 1]);
      expect(model.centroids).toEqual([[2.75], [0]]);
      expect(model.inertia).toBe(0.75);
    }
  });
});

describe("start", () => {
  const matrix = featureMatrixFromRows([[0], [1], [10], [11], [12]]);

  test("keeps its order, as rows or as a matrix", () => {
    const model = fitKMeans(matrix, { k: 2, start: [[0], [12]] });
    expect(model.centroids).toEqual([[0.5], [11]]);
    expect(fitKMeans(matrix, { k: 2, start: featureMatrixFromRows([[0], [12]]) })).toEqual(model);
    expect(fitKMeans(matrix, { k: 2, start: [Float64Array.of(0), Float64Array.of(12)] })).toEqual(model);
  });

  test("from the centroids of a fit nothing moves", () => {
    const model = fitKMeans(matrix, { k: 2 });
    expect(fitKMeans(matrix, { k: 2, start: model.centroids }).centroids).toEqual(model.centroids);
  });

  test("several centroids without rows get the farthest rows that are not alone, the first of equally far ones", () => {
    const rows = featureMatrixFromRows([[0], [1], [2], [100]]);
    const model = fitKMeans(rows, { k: 4, start: [[1], [50], [1000], [2000]] });
    expect(model.centroids).toEqual([[1], [100], [0], [2]]);
    expect(model.inertia).toBe(0);
  });

  test("equal start centroids part", () => {
    const model = fitKMeans(matrix, { k: 3, start: [[5], [5], [5]], tolerance: 0 });
    expect(model.sizes.every((size) => size > 0)).toBe(true);
    expect(model.status).toBe("converged");
  });
});

describe("hard data", () => {
  test("a few different rows among thousands of equal ones are found", () => {
    const values = new Float64Array(5000).fill(3);
    values.set([1, 2, 50], 4990);
    for (let seed = 0; seed < 10; seed++) expect(fitKMeans(featureMatrixFromValues(values, ["x"]), { k: 4, seed }).inertia).toBe(0);
  });

  test("rows too near for a squared distance count as one", () => {
    const values = Float64Array.from({ length: 5000 }, (_, i) => (i % 2) * 1e-170);
    values.set([1, 2, 50], 4990);
    const matrix = featureMatrixFromValues(values, ["x"]);
    for (let seed = 0; seed < 10; seed++) expect(fitKMeans(matrix, { k: 4, seed }).sizes).toEqual([4997, 1, 1, 1]);
    expectRefusal(() => fitKMeans(matrix, { k: 5 }), "tooFewRows", "got 4");
  });

  test("as many clusters as distinct rows", () => {
    const model = fitKMeans(featureMatrixFromRows([[0.1], [0.1], [0.1], [0.7], [0.7], [0.9]]), { k: 3 });
    expect(model.sizes).toEqual([3, 2, 1]);
    expect(model.inertia).toBeLessThan(1e-30);
  });

  test.each([1e-130, 1e-60, 1e60, 1e140])("values of the size of %s", (scale) => {
    const model = fitKMeans(featureMatrixFromRows([[1], [2], [3], [10], [12]].map(([x]) => [x! * scale])), { k: 2 });
    expect(model.sizes).toEqual([3, 2]);
  });

  test("constant columns take no part", () => {
    const model = fitKMeans(featureMatrixFromRows([[1, 0.1], [2, 0.1], [10, 0.1], [11, 0.1]]), { k: 2 });
    expect(model.centroids).toEqual([[1.5, 0.1], [10.5, 0.1]]);
    expect(model.warnings).toEqual([]);
  });

  test("columns that drown the others are named", () => {
    const rows = scores(50, 1, 3).values;
    const matrix = featureMatrixFromRows(Array.from(rows, (value, i) => [value, 1000 * value, 0.5 * (i % 5), 9]), ["score", "income", "rate", "constant"]);
    const [warning] = fitKMeans(matrix, { k: 2 }).warnings;
    expect(warning?.code).toBe("unscaledColumns");
    expect(warning?.columns).toEqual(["income"]);
    expect(warning?.varianceRatio).toBeGreaterThan(1e6);
  });
});

describe("laws of every model", () => {
  const matrix = cloud(700, 3, 21);
  const model = fitKMeans(matrix, { k: 5, seed: 4 });

  test("same seed, same bits; another seed, other starts", () => {
    expect(fitKMeans(matrix, { k: 5, seed: 4 })).toEqual(model);
    const single = (seed: number): number => fitKMeans(matrix, { k: 5, seed, restarts: 1 }).inertia;
    expect(new Set([0, 1, 2, 3, 4, 5, 6, 7].map(single)).size).toBeGreaterThan(1);
    expect(single(0)).toBe(single(0));
  });

  test("undefined options are absent ones", () => {
    expect(fitKMeans(matrix, { k: 5, seed: undefined, restarts: undefined, start: undefined, maxIterations: undefined, tolerance: undefined })).toEqual(fitKMeans(matrix, { k: 5 }));
  });

  test("the order of the rows changes no prediction", () => {
    const reversed = featureMatrixFromRows(rowsOfMatrix(matrix).reverse(), matrix.names);
    expect(model.predict(reversed).reverse()).toEqual(model.predict(matrix));
    const part = featureMatrixFromRows(rowsOfMatrix(matrix).slice(100, 103), matrix.names);
    expect(model.predict(part)).toEqual(model.predict(matrix).slice(100, 103));
    expect(model.distances(part)).toEqual(model.distances(matrix).slice(500, 515));
    expect(model.predict(featureMatrixFromRows([], matrix.names))).toEqual(new Int32Array(0));
  });

  test("inputs are unchanged and not kept", () => {
    const values = matrix.values.slice();
    const start = [[0, 0, 0], [1, 1, 1]];
    const own = featureMatrixFromValues(values, matrix.names);
    const fitted = fitKMeans(own, { k: 2, start });
    expect(values).toEqual(matrix.values);
    expect(start).toEqual([[0, 0, 0], [1, 1, 1]]);
    const before = JSON.stringify(fitted);
    values.fill(0);
    start[0]![0] = 99;
    expect(JSON.stringify(fitted)).toBe(before);
  });

  test("the saved form gives the same model", () => {
    const unscaled = fitKMeans(featureMatrixFromRows([[1, 1000], [2, 2000], [3, 9000]]), { k: 2 });
    for (const fitted of [model, unscaled]) {
      const read = kMeansFromSpec(JSON.parse(JSON.stringify(fitted)));
      expect(read).toEqual(fitted);
      expect(read.toJSON()).toEqual(fitted.toJSON());
    }
    const read = kMeansFromSpec(JSON.parse(JSON.stringify(model)));
    expect(read.predict(matrix)).toEqual(model.predict(matrix));
    expect(read.distances(matrix)).toEqual(model.distances(matrix));
  });

  test("in slices: the same model, with progress", async () => {
    const large = cloud(20_000, 5, 2);
    const options = { k: 8, restarts: 2, maxIterations: 20 };
    const seen: Progress[] = [];
    const sliced = await runCooperatively(kMeansSteps(large, options), { onProgress: (progress) => seen.push(progress) });
    expect(sliced).toEqual(fitKMeans(large, options));
    expect(seen.length).toBeGreaterThan(5);
    expect(new Set(seen.map(({ phase }) => phase))).toContain("clustering, start 2 of 2");
    expect(seen.every(({ done, total }) => done >= 0 && done <= total)).toBe(true);
  });

  test("a slice ends within an iteration over many rows", () => {
    const large = cloud(300_000, 2, 2);
    const start = rowsOfMatrix(large).slice(0, 8);
    let slices = 0;
    for (const progress of kMeansSteps(large, { k: 8, start, maxIterations: 1 })) if (progress.phase === "clustering") slices++;
    expect(slices).toBeGreaterThanOrEqual(4);
  });

  test("prediction brings neither the fit nor ml-kmeans along", async () => {
    const entry = new URL("../../src/segmentation/kmeans/model.ts", import.meta.url).pathname;
    const { metafile } = await build({ entryPoints: [entry], bundle: true, write: false, metafile: true, format: "esm", logLevel: "silent" });
    const files = Object.keys(metafile.inputs);
    expect(files.some((file) => file.endsWith("kmeans/predict.ts"))).toBe(true);
    expect(files.filter((file) => /node_modules|kmeans\/(fit|lloyd|seed)\.ts/.test(file))).toEqual([]);
  });
});

describe("refusals", () => {
  const matrix = featureMatrixFromRows([[1, 1], [2, 2], [2, 2], [9, 9]], ["age", "income"]);

  test("of k", () => {
    expectRefusal(() => fitKMeans(matrix, { k: 5 }), "invalidOption", "fitKMeans: k must be an integer from 1 to 4 (rows); got 5");
    expectRefusal(() => fitKMeans(matrix, { k: 4 }), "tooFewRows", "matrix must have at least 4 distinct rows (k); got 3");
    expectRefusal(() => fitKMeans(matrix, { k: 1.5 }), "invalidOption", "k must be an integer", "1.5");
    expectRefusal(() => kMeansSteps(matrix, { k: 0 }), "invalidOption", "kMeansSteps: k must be an integer");
  });

  test("of other options", () => {
    expectRefusal(() => fitKMeans(matrix, { k: 2, restarts: 0 }), "invalidOption", "restarts");
    expectRefusal(() => fitKMeans(matrix, { k: 2, maxIterations: 0 }), "invalidOption", "maxIterations");
    expectRefusal(() => fitKMeans(matrix, { k: 2, tolerance: -1 }), "invalidOption", "tolerance");
    expectRefusal(() => fitKMeans(matrix, { k: 2, ...{ nInit: 3 } }), "unknownOption", "nInit");
  });

  test("of a start that does not fit", () => {
    expectRefusal(() => fitKMeans(matrix, { k: 2, start: [[1, 1]] }), "lengthMismatch", "start must have 2 rows (k); got 1");
    expectRefusal(() => fitKMeans(matrix, { k: 2, start: [[1, 1], [2]] }), "lengthMismatch", "start[1] must have 2 values");
    expectRefusal(() => fitKMeans(matrix, { k: 2, start: [[1, 1], [2, NaN]] }), "nonFinite", "start[1]", "NaN");
    expectRefusal(() => fitKMeans(matrix, { k: 2, start: featureMatrixFromRows([[1], [2]], ["age"]) }), "featureMismatch", "income");
    expectRefusal(() => fitKMeans(matrix, { k: 2, start: parsed("5") }), "invalidInput", "start");
    expectRefusal(() => fitKMeans(matrix, { k: 2, start: { ...matrix, values: new Float64Array(3) } }), "invalidInput", "start must be a FeatureMatrix");
  });

  test("of a matrix without rows, columns or numbers", () => {
    expectRefusal(() => fitKMeans(featureMatrixFromRows([], ["age"]), { k: 1 }), "tooFewRows", "at least 1 rows");
    expectRefusal(() => fitKMeans(featureMatrixFromRows([[], []]), { k: 1 }), "invalidInput", "at least one column");
    expectRefusal(() => fitKMeans(parsed("[[1, 2]]"), { k: 1 }), "invalidInput", "matrix");
    expectRefusal(() => fitKMeans(parsed(`{"rowCount": 1, "columnCount": 1, "values": [1]}`), { k: 1 }), "invalidInput", "featureMatrixFromRows");
  });

  test.each([NaN, Infinity, -Infinity])("of %s, with its row and column", (value) => {
    const values = matrix.values.slice();
    values[5] = value;
    const broken: FeatureMatrix = { ...matrix, values };
    const where = `row 2, column "income" must be a finite number; got ${value}`;
    expectRefusal(() => fitKMeans(broken, { k: 2 }), "nonFinite", `fitKMeans: ${where}`);
    const model = fitKMeans(matrix, { k: 2 });
    expectRefusal(() => model.predict(broken), "nonFinite", `KMeansModel.predict: ${where}`);
    expectRefusal(() => model.distances(broken), "nonFinite", `KMeansModel.distances: ${where}`);
  });

  test("of values whose squares overflow", () => {
    expectRefusal(() => fitKMeans(featureMatrixFromRows([[1e160], [2e160]], ["age"]), { k: 1 }), "nonFinite", `column "age"`);
    expectRefusal(() => fitKMeans(matrix, { k: 1, start: [[1e160, 0]] }), "nonFinite", `column "age"`);
    expectRefusal(() => fitKMeans(matrix, { k: 1 }).predict(featureMatrixFromRows([[1e160, 1]], ["age", "income"])), "nonFinite", "row 0");
  });

  test("of other columns", () => {
    const model = fitKMeans(matrix, { k: 2 });
    const swapped = featureMatrixFromRows([[1, 2]], ["income", "age"]);
    expectRefusal(() => model.predict(swapped), "featureMismatch", "column 0");
    expectRefusal(() => model.distances(swapped), "featureMismatch", "column 0");
  });

  test.each([
    ["kind", "rfm"],
    ["version", 3],
    ["featureNames", []],
    ["featureNames", ["age", "age"]],
    ["featureNames", ["age"]],
    ["centroids", []],
    ["centroids", [[1, 2], [3]]],
    ["centroids", [[1, 2], [3, null]]],
    ["sizes", [1]],
    ["sizes", [3, -1]],
    ["inertia", -1],
    ["iterations", 0.5],
    ["status", "fine"],
    ["warnings", [{ code: "other", columns: [], varianceRatio: 1 }]],
    ["warnings", null],
  ])("of a saved form whose %s is %j", (field, value) => {
    const spec = { ...fitKMeans(matrix, { k: 2 }).toJSON(), [field]: value };
    expectRefusal(() => kMeansFromSpec(JSON.parse(JSON.stringify(spec))), "invalidSpec", "kMeansFromSpec");
  });
});

test("the steps end with the model", () => {
  const matrix = featureMatrixFromRows([[1], [2], [10]]);
  expect(runToEnd(kMeansSteps(matrix, { k: 2 })).sizes).toEqual([2, 1]);
});

/** What a caller without types may pass. */
function parsed(text: string): FeatureMatrix {
  return JSON.parse(text) as FeatureMatrix;
}

/** Whole numbers from 1 to 5. */
function scores(rowCount: number, columnCount: number, seed: number): FeatureMatrix {
  const random = new RandomStream(seed);
  return featureMatrixFromRows(Array.from({ length: rowCount }, () => Array.from({ length: columnCount }, () => 1 + random.nextInteger(5))));
}

/** Numbers from 0 to 1. */
function cloud(rowCount: number, columnCount: number, seed: number): FeatureMatrix {
  const random = new RandomStream(seed);
  return featureMatrixFromRows(Array.from({ length: rowCount }, () => Array.from({ length: columnCount }, () => random.nextFloat())));
}

function rowsOfMatrix({ rowCount, columnCount, values }: FeatureMatrix): number[][] {
  return Array.from({ length: rowCount }, (_, row) => Array.from(values.subarray(row * columnCount, (row + 1) * columnCount)));
}

function squared(row: readonly number[], centroid: readonly number[]): number {
  return row.reduce((sum, value, j) => sum + (value - centroid[j]!) ** 2, 0);
}

function nearestByDefinition(row: readonly number[], { centroids }: KMeansModel): number {
  const distances = centroids.map((centroid) => squared(row, centroid));
  return distances.indexOf(Math.min(...distances));
}
