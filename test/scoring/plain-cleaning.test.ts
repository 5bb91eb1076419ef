import { ClienteleError } from "clientele";
import { cleaningFromSpec, fitCleaning, type CleaningModel, type CleaningPlan } from "clientele/cleaning";
import { recordsFromTable, tableFromColumns, type Table } from "clientele/data";
import { compileFormula } from "clientele/formula";
import {
  cleaningReader, composePipeline, encoderFromSpec, encoderReader, fullCleaningReader, kMeansFromSpec, kMeansReader, pipelineFromSpec, scoreRecords,
  type CleaningReader, type ClusterPipeline, type EncoderModel,
} from "clientele/scoring";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cellAt } from "../../src/data/column";
import { rowsAt } from "../../src/data/table";
import { malformedSpecs } from "../conformance/malformed";
import { expectRefusal } from "../support/errors";

const LEVELS: Readonly<Record<string, readonly string[]>> = { plan: ["free", "pro"], city: ["Berlin", "Bonn"], planKey: ["free", "pro"] };

/** An encoder of columns of the kinds that a plan below makes; texts that it does not know are zeros, missing ones a level. */
function encoderOf(columns: Readonly<Record<string, "number" | "boolean" | "oneHot">>): EncoderModel {
  return encoderFromSpec({
    kind: "encoder",
    version: 1,
    columns: Object.entries(columns).map(([column, as]) => (as === "oneHot" ? { column, as, drop: "none", unknown: "zeros", missing: "level", levels: [...LEVELS[column]!, null] } : { column, as })),
  });
}

function pipelineOf(cleaning: CleaningModel, encoder: EncoderModel) {
  const { featureNames } = encoder;
  const centroids = [featureNames.map(() => 0), featureNames.map(() => 40)];
  const model = kMeansFromSpec({ kind: "kMeans", version: 1, featureNames, centroids, sizes: [1, 1], inertia: 0, iterations: 1, status: "converged", warnings: [] });
  return composePipeline({ cleaning, encoder, model });
}

function readWith(reader: CleaningReader, pipeline: unknown): ClusterPipeline {
  return pipelineFromSpec(JSON.parse(JSON.stringify(pipeline)), [reader, encoderReader, kMeansReader]);
}

const ENCODED = { amount: "number", age: "number", vip: "boolean", plan: "oneHot", city: "oneHot" } as const;

const texts = (...values: string[]): fc.Arbitrary<string | null> => fc.constantFrom(...values, null);
const tables = fc
  .array(
    fc.record({
      amount: texts("1", " 2.5", "1,000", "n/a", "", "about 3", "9000", "\u200e-7"),
      age: fc.constantFrom(20, 35, 40, 41, 42, 90, 400, 999, NaN),
      vip: texts("yes", "no", "YES", "perhaps"),
      plan: texts("free", "pro", "Pro ", "pro", "team", "unknown"),
      city: texts("Berlin", "Bonn", "Berlln"),
      zip: texts("10115", "53111"),
    }),
    { minLength: 1, maxLength: 25 },
  )
  .map((rows): Table => {
    const names = ["amount", "age", "vip", "plan", "city", "zip"] as const;
    const types = { amount: "category", age: "number", vip: "category", plan: "category", city: "category", zip: "category" } as const;
    return tableFromColumns(Object.fromEntries(names.map((name) => [name, rows.map((row) => row[name])])), { types });
  });

const some = (...items: readonly fc.Arbitrary<object>[]): fc.Arbitrary<object[]> =>
  fc.tuple(...items.map((item) => fc.option(item, { nil: undefined }))).map((found) => found.filter((item) => item !== undefined));
const onFailure = fc.constantFrom("quarantine", "missing");

/** Plans of what `cleaningReader` reads. */
const plainPlans = fc.record({
  convert: fc.tuple(
    fc.record({ column: fc.constant("amount"), to: fc.constant("number"), grouping: fc.constantFrom("none", ","), missing: fc.constantFrom([], ["", "n/a"], ["9000"]), onFailure }),
    fc.record({ column: fc.constant("vip"), to: fc.constant("boolean"), trueTexts: fc.constant(["yes"]), falseTexts: fc.constant(["no"]), ignoreCase: fc.boolean(), onFailure }),
    fc.record({ column: fc.constant("plan"), to: fc.constant("category"), tidy: fc.constant(true), letters: fc.constant("lower"), synonyms: fc.constantFrom({}, { pro: ["team"] }) }),
  ),
  placeholders: some(fc.constant({ column: "age", values: [999] }), fc.constant({ column: "plan", values: ["unknown"] })),
  outliers: some(
    fc.record({ column: fc.constant("age"), method: fc.constantFrom("iqr", "z", "mad", "quantile"), action: fc.constantFrom("clip", "flag", "quarantine") }),
    fc.constant({ column: "amount", method: "fixed", low: 0, action: "clip" }),
  ),
  missing: some(
    fc.record({ column: fc.constant("age"), fill: fc.constantFrom("mean", "median"), by: fc.constantFrom([], ["plan"], ["plan", "zip"]), indicator: fc.constantFrom("ageWasMissing", undefined) })
      .map((rule) => (rule.by.length === 0 ? rule : { ...rule, minGroupSize: 1 })),
    fc.constantFrom({ column: "plan", fill: "mode" }, { column: "plan", fill: "constant", value: "free" }),
    fc.constantFrom({ column: "amount", fill: "median" }, { column: "amount", fill: "quarantine" }),
  ),
});

const perAge = compileFormula("amount / age", { variables: ["amount", "age"] });
const isOld = compileFormula("age < 90 or amount > 2", { variables: ["age", "amount"] });

/** What only `fullCleaningReader` reads. */
const fullPlans = fc.record({
  rules: some(
    fc.record({ rule: fc.constant("range"), column: fc.constant("age"), min: fc.constant(0), max: fc.constant(120), onViolation: fc.constantFrom("missing", "quarantine", "report") }),
    fc.constant({ rule: "oneOf", column: "plan", values: ["free", "pro"], onViolation: "missing" }),
    fc.record({ rule: fc.constant("dependency"), from: fc.constant(["zip"]), to: fc.constant("city"), onViolation: fc.constantFrom("repair", "missing"), minCount: fc.constant(1) }),
    fc.constant({ rule: "formula", formula: isOld, column: "age", onViolation: "quarantine" }),
    fc.constant({ rule: "unique", columns: ["age"], onViolation: "report" }),
  ),
  derive: some(fc.constant({ column: "perAge", formula: perAge })),
  hasKey: fc.boolean(),
});

/** What a model's own result has in the encoded columns, for the rows that can be encoded, by position in the table. */
function encodedByClass(cleaning: CleaningModel, encoder: EncoderModel, table: Table): { readonly rows: number[]; readonly values: number[] } {
  const { table: cleaned } = cleaning.apply(table);
  const isEncodable = (row: number): boolean => encoder.columns.every(({ column, as }) => as === "oneHot" || cellAt(cleaned.columns.get(column)!, row) !== null);
  const encodable = Array.from({ length: cleaned.rowCount }, (_, row) => row).filter(isEncodable);
  return { rows: encodable.map((row) => Number(cleaned.rowIds[row])), values: [...encoder.apply(rowsAt(cleaned, encodable)).values] };
}

function expectSameAsClass(plan: CleaningPlan, encoder: EncoderModel, fitted: Table, table: Table, readers: readonly CleaningReader[]): void {
  const cleaning = fitCleaning(fitted, plan);
  const composed = pipelineOf(cleaning, encoder);
  const expected = encodedByClass(cleaning, encoder, table);
  const clusters = composed.predict(table);
  for (const pipeline of [composed, ...readers.map((reader) => readWith(reader, composed))]) {
    const prepared = pipeline.prepare(table);
    expect([...prepared.rows]).toEqual(expected.rows);
    expect([...prepared.features.values]).toEqual(expected.values);
    expect([...new Set(prepared.unscored.map(({ row }) => row))]).toEqual(Array.from({ length: table.rowCount }, (_, row) => row).filter((row) => !expected.rows.includes(row)));
    expect({ unscored: prepared.unscored, changes: prepared.changes }).toEqual({ unscored: composed.prepare(table).unscored, changes: composed.prepare(table).changes });
    expect(pipeline.inputs).toEqual(composed.inputs);
    expect(JSON.stringify(pipeline)).toBe(JSON.stringify(composed));
    expect(scoreRecords(pipeline, recordsFromTable(table)).scores).toEqual(clusters);
    expect(scoreRecords(pipeline, recordsFromTable(rowsAt(table, [0]))).scores[0]).toBe(clusters[0]);
  }
}

describe("a pipeline cleans as the model by itself, whichever reader read it", () => {
  test("plans of plain steps", () => {
    fc.assert(
      fc.property(tables, tables, plainPlans, (fitted, table, drawn) => {
        const plan = drawn as CleaningPlan;
        const flags = plan.outliers?.filter(({ action }) => action === "flag").map(({ column }) => `${column}_outlier`) ?? [];
        const indicators = plan.missing?.flatMap(({ indicator }) => indicator ?? []) ?? [];
        const encoder = encoderOf({ ...ENCODED, ...Object.fromEntries([...flags, ...indicators].map((mark) => [mark, "boolean" as const])) });
        expectSameAsClass(plan, encoder, fitted, table, [cleaningReader, fullCleaningReader]);
      }),
      { numRuns: 60 },
    );
  });

  test("plans with rules, formulas and match keys", () => {
    fc.assert(
      fc.property(tables, tables, plainPlans, fullPlans, (fitted, table, plain, { rules, derive, hasKey }) => {
        const convert = [...plain.convert, ...(hasKey ? [{ column: "plan", to: "matchKey", as: "planKey" }] : [])];
        const plan = { ...plain, convert, rules, derive } as CleaningPlan;
        const encoder = encoderOf({ ...ENCODED, ...(hasKey ? { planKey: "oneHot" } : {}), ...(derive.length > 0 ? { perAge: "number" } : {}) });
        expectSameAsClass(plan, encoder, fitted, table, [fullCleaningReader]);
      }),
      { numRuns: 60 },
    );
  });
});

const customers = tableFromColumns({
  id: ["a", "b", "b", "c"],
  age: [20, 30, 30, NaN],
  amount: ["1", "2", "2", "3"],
  plan: ["free", "pro", "pro", "free"],
  city: ["Bonn", "Bonn", "Bonn", "Berlin"],
  since: ["2026-01-01", "2026-02-01", "2026-02-01", "2026-03-01"],
});
const ageAndPlan = encoderOf({ age: "number", plan: "oneHot" });
const doubled = compileFormula("age * 2", { variables: ["age"] });

/** What scoring passes over: duplicates, rules that report or compare rows, and what happens to columns that no feature comes from. */
const PASSED_OVER: CleaningPlan = {
  convert: [
    { column: "since", to: "timestamp" },
    { column: "id", to: "id" },
    { column: "amount", to: "number", currency: "EUR" },
    { column: "plan", to: "matchKey", as: "planKey" },
  ],
  placeholders: [{ column: "since", values: ["1900-01-01"] }],
  rules: [
    { rule: "unique", columns: ["id"], onViolation: "quarantine" },
    { rule: "range", column: "age", min: 0, onViolation: "report" },
    { rule: "required", column: "id", onViolation: "quarantine" },
    { rule: "dependency", from: ["plan"], to: "city", onViolation: "repair" },
    { rule: "spelling", column: "city", onViolation: "repair", minLength: 5 },
    { rule: "formula", formula: compileFormula("age > amount", { variables: ["age", "amount"] }), onViolation: "quarantine" },
  ],
  duplicates: { key: ["id"], fields: [{ column: "age", keep: "largest" }] },
  missing: [{ column: "age", fill: "median" }],
  derive: [{ column: "double", formula: doubled }],
};

describe("cleaningReader passes over what no feature comes from", () => {
  const cleaning = fitCleaning(customers, PASSED_OVER);
  const composed = pipelineOf(cleaning, ageAndPlan);

  test("and scores alike", () => {
    const pipeline = readWith(cleaningReader, composed);
    expect(pipeline.inputs).toEqual([{ column: "age", type: "number" }, { column: "plan", type: "category" }]);
    expect(pipeline.prepare(customers).features.values).toEqual(composed.prepare(customers).features.values);
  });

  test("keeps it for the saved form", () => {
    const pipeline = readWith(cleaningReader, composed);
    expect(JSON.stringify(pipeline)).toBe(JSON.stringify(composed));
    const again = cleaningFromSpec(pipeline.cleaning?.toJSON());
    expect(again.plan).toEqual(cleaning.plan);
    expect(again.apply(customers)).toEqual(cleaning.apply(customers));
  });

  test("shares it with nobody, and takes no field called __proto__ over", () => {
    const saved = JSON.stringify(composed);
    const planted: unknown = JSON.parse(saved.replaceAll("{", '{"__proto__":{"polluted":true},'));
    const pipeline = pipelineFromSpec(planted, [cleaningReader, encoderReader, kMeansReader]);
    (planted as { parts: { duplicates: { key: string[] }[] }[] }).parts[0]!.duplicates[0]!.key[0] = "spoilt";
    (pipeline.cleaning!.toJSON() as unknown as { rules: { columns: string[] }[] }).rules[0]!.columns[0] = "spoilt";
    expect(JSON.stringify(pipeline)).toBe(saved);
    expect("polluted" in {}).toBe(false);
  });

  test("refuses what is no JSON there", () => {
    const nested: unknown[] = [];
    let inner = nested;
    for (let depth = 0; depth < 5000; depth++) inner.push((inner = []));
    for (const value of [NaN, Infinity, () => 1, undefined, 1n, nested]) {
      const saved = JSON.parse(JSON.stringify(composed)) as { parts: Record<string, unknown[]>[] };
      (saved.parts[0]!["duplicates"]![0] as Record<string, unknown>)["keep"] = value;
      expectRefusal(() => pipelineFromSpec(saved, [cleaningReader, encoderReader, kMeansReader]), "invalidSpec", "duplicates must be JSON");
    }
  });

  test("refuses every malformed field that it reads; the others come out as they went in", () => {
    let keptCount = 0;
    const wrong = malformedSpecs(composed.toJSON()).flatMap(({ change, value, mayBeRead }): string[] => {
      try {
        const written = JSON.stringify(pipelineFromSpec(value, [cleaningReader, encoderReader, kMeansReader]));
        // A placeholder may be a text or a number.
        const isUnread = /^(?:without )?parts\.0\.(?:convert\.[0-3]|rules|duplicates|derive|placeholders\.0\.values\.0)\b/.test(change);
        if (isUnread) keptCount++;
        const isSame = written === JSON.stringify(value) || mayBeRead;
        return isSame && (isUnread || mayBeRead) ? [] : [`${change} was read`];
      } catch (error) {
        return error instanceof ClienteleError && (error.code === "invalidSpec" || error.code === "missingReader") ? [] : [`${change} threw ${String(error)}`];
      }
    });
    expect(wrong).toEqual([]);
    expect(keptCount).toBeGreaterThan(50);
  });
});

describe("cleaningReader asks for fullCleaningReader where features come out of what it does not read", () => {
  const times = tableFromColumns({ age: [1, 2, NaN], day: [new Date(0), new Date(864e5), new Date(0)] });
  test.each<[string, string, CleaningPlan, EncoderModel, Table?]>([
    ["a rule that sets rows aside", "rules[0]", { rules: [{ rule: "range", column: "age", min: 25, onViolation: "quarantine" }] }, ageAndPlan],
    ["a rule on several of its columns", "rules[0]", { rules: [{ rule: "formula", formula: doubledIsBelow(), onViolation: "quarantine" }] }, encoderOf({ age: "number" })],
    ["a dependency", "rules[1]", { rules: [{ rule: "required", column: "id" }, { rule: "dependency", from: ["city"], to: "plan", onViolation: "repair" }] }, ageAndPlan],
    ["a formula", "derive[0]", { derive: [{ column: "double", formula: doubled }] }, encoderOf({ double: "number" })],
    ["a match key", "convert[0]", { convert: [{ column: "plan", to: "matchKey", as: "planKey" }] }, encoderOf({ planKey: "oneHot" })],
    ["a currency", "convert[0]", { convert: [{ column: "amount", to: "number", currency: "EUR" }] }, encoderOf({ amount: "number" })],
    ["percent", "convert[0]", { convert: [{ column: "amount", to: "number", percent: true }] }, encoderOf({ amount: "number" })],
    ["brackets", "convert[0]", { convert: [{ column: "amount", to: "number", parentheses: true }] }, encoderOf({ amount: "number" })],
    ["units", "convert[0]", { convert: [{ column: "amount", to: "number", suffixes: ["h"] }] }, encoderOf({ amount: "number" })],
    ["groups by a time that is read", "convert[0]", { convert: [{ column: "since", to: "timestamp" }], missing: [{ column: "age", fill: "mean", by: ["since"], minGroupSize: 1 }] }, encoderOf({ age: "number" })],
    ["placeholders of a time", "placeholders", { placeholders: [{ column: "day", values: ["1900-01-01"] }], missing: [{ column: "age", fill: "mean", by: ["day"], minGroupSize: 1 }] }, encoderOf({ age: "number" }), times],
  ])("%s", (_name, parameter, plan, encoder, table = customers) => {
    const composed = pipelineOf(fitCleaning(table, plan), encoder);
    const error = expectRefusal(() => readWith(cleaningReader, composed), "missingReader", parameter, 'import { fullCleaningReader } from "clientele/scoring"', "in place of cleaningReader");
    expect(error.details.rule).toBe("fullCleaningReader");
    const full = readWith(fullCleaningReader, composed);
    expect(full.predict(table)).toEqual(composed.predict(table));
    expect(JSON.stringify(full)).toBe(JSON.stringify(composed));
  });
});

function doubledIsBelow() {
  return compileFormula("age * 2 < 1000", { variables: ["age"] });
}

test("a field that is a number and a match key may hold numbers beside texts", () => {
  const cleaning = fitCleaning(customers, { convert: [{ column: "amount", to: "number", decimal: ",", grouping: "." }, { column: "plan", to: "matchKey", as: "planKey" }, { column: "amount", to: "matchKey", as: "city" }] });
  const pipeline = pipelineOf(cleaning, encoderOf({ amount: "number", city: "oneHot" }));
  expect([...scoreRecords(pipeline, [{ amount: 1.234 }, { amount: "1.234" }]).features.values].filter((_, i) => i % 4 === 0)).toEqual([1.234, 1234]);
});
