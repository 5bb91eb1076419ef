import { ClienteleError } from "clientele";
import type { Steps } from "clientele/steps";
import { describe, expect, test } from "vitest";
import { checkOption, readOptions } from "../../src/errors/options";
import { SpecReader } from "../../src/errors/spec";
import { checkFinite } from "../../src/errors/check";
import { answersFrom, HOSTILE_INPUTS, untyped, type Definition, type HostileInput, type Outcome } from "./definition";
import { laws } from "./laws";

/** A model that keeps every law: the distance of a value from the mean. */
class MeanModel {
  readonly mean: number;

  constructor(mean: number) {
    this.mean = mean;
  }

  predict(values: Float64Array): Float64Array {
    return values.map((value) => value - this.mean);
  }

  toJSON(): object {
    return { kind: "mean", version: 1, mean: this.mean, unit: null };
  }
}

interface Train {
  readonly values: Float64Array;
  readonly options: { readonly weight?: number | undefined; readonly label: string };
}

const OPTIONS = { weight: { kind: "number", min: 0, max: 2, open: "max", default: 1 }, label: { kind: "text", required: true } } as const;

function meanOf(values: Float64Array, options: Train["options"]): number {
  const { weight } = readOptions<Train["options"], typeof OPTIONS>("fitMean", options, OPTIONS);
  checkFinite("fitMean", "values", values);
  return (weight * values.reduce((sum, value) => sum + value, 0)) / values.length;
}

function* meanSteps({ values, options }: Train): Steps<MeanModel> {
  for (let done = 1; done <= 5; done++) yield { phase: "adding", done, total: 5 };
  return new MeanModel(meanOf(values, options));
}

function readMean(value: unknown): MeanModel {
  const reader = SpecReader.open("meanFromSpec", value, "mean", 1);
  if (reader.optionalNumber("unit") !== undefined) throw reader.refuse("unit", "null");
  return new MeanModel(reader.number("mean"));
}

const values = (size: "small" | "large"): Float64Array => Float64Array.from({ length: size === "small" ? 5 : 50 }, (_, i) => (i * 7) % 11);
const hostile = Object.fromEntries(HOSTILE_INPUTS.map((input) => [input, { impossible: "no matter here" }])) as Record<HostileInput, Outcome>;

type MeanDefinition = Definition<Train, MeanModel, Float64Array, Float64Array>;

const options = (fit: (given: Train["options"]) => unknown): MeanDefinition["options"] => [
  { name: "fitMean", caller: "fitMean", table: OPTIONS, accepted: { label: "x" }, call: (given) => fit(untyped(given)) },
];

const honest: MeanDefinition = {
  name: "mean",
  fits: ["fitMean"],
  reader: "meanFromSpec",
  read: readMean,
  train: (size) => ({ values: values(size), options: { weight: 1, label: "x" } }),
  fit: (train) => new MeanModel(meanOf(train.values, train.options)),
  steps: meanSteps,
  rows: () => Float64Array.of(1, 5, 2),
  rowCount: 3,
  take: (rows, positions) => Float64Array.from(positions, (row) => rows[row]!),
  predict: (model, rows) => model.predict(rows),
  answers: (output) => answersFrom(output.length, output),
  options: options((given) => meanOf(values("small"), given)),
  doors: {
    fit: (data: unknown) => {
      if (data instanceof Float64Array) return meanOf(data, { label: "x" });
      throw new ClienteleError("invalidInput", "values must be a Float64Array", { parameter: "values" });
    },
  },
  hostile: { ...hostile, "fit: NaN": { refused: "nonFinite", run: () => meanOf(Float64Array.of(NaN), { label: "x" }) } },
  exempt: {},
};

/** A model whose saved form is something else. */
const savedAs = (toJSON: (model: MeanModel) => object): MeanDefinition["fit"] => (train) => {
  const model = honest.fit(train);
  return Object.assign(new MeanModel(model.mean), { toJSON: () => toJSON(model) });
};

/** A model that predicts with an object that others hold too. */
class SharingModel extends MeanModel {
  readonly parameters: { readonly mean: number };

  constructor(parameters: { readonly mean: number }) {
    super(parameters.mean);
    this.parameters = parameters;
  }

  override predict(rows: Float64Array): Float64Array {
    return rows.map((value) => value - this.parameters.mean);
  }
}

// eslint-disable-next-line require-yield -- that it has one slice only is the violation
function* inOneSlice(train: Train): Steps<MeanModel> {
  return honest.fit(train);
}

const withoutSteps: Partial<MeanDefinition> = untyped({ steps: undefined });

let calls = 0;
const lastOutput = new Float64Array(3);

/** For each law, models that break it. */
const planted: Record<keyof typeof laws, readonly Partial<MeanDefinition>[]> = {
  "the same input, options and seed give the same bits": [{ fit: (train) => new MeanModel(meanOf(train.values, train.options) + calls++) }],
  "every row has an answer": [{ answers: (output) => answersFrom(output.length, output).slice(1) }, { predict: (_, rows) => rows.map(() => 0) }],
  "the order of the rows makes no difference to their predictions": [{ predict: (model, rows) => model.predict(rows).map((value, row) => value + row) }],
  "the predictions of a part are that part of the predictions": [{ predict: (_, rows) => rows.map((value) => value - Math.max(...rows)) }],
  "what a model is fitted on is not changed": [
    { fit: ({ values: given, options: chosen }) => new MeanModel(meanOf(given.sort(), chosen)) },
    { fit: ({ values: given, options: chosen }) => new MeanModel(meanOf(given, Object.assign(chosen, { weight: 1 }))) },
  ],
  "what a model is fitted on is not kept": [{ fit: ({ values: given }) => Object.assign(new MeanModel(0), { predict: (rows: Float64Array) => rows.map((value) => value - given[0]!) }) }],
  "the rows of a prediction are not changed": [{ predict: (model, rows) => rows.map((value, i) => (rows[i] = value - model.mean)) }],
  "a prediction leaves no trace in the model": [{ predict: (_, rows) => rows.map((value) => value + calls++) }],
  "results belong to the caller": [
    {
      predict: (model, rows) => {
        if (lastOutput[0] !== 77) lastOutput.set(model.predict(rows));
        return lastOutput;
      },
    },
  ],
  "typed arrays among a model's properties are not those it predicts with": [
    {
      fit: (train) => {
        const means = Float64Array.of(meanOf(train.values, train.options));
        return Object.assign(new MeanModel(0), { means, predict: (rows: Float64Array) => rows.map((value) => value - means[0]!) });
      },
    },
  ],
  "records in place of a table, and rows in place of a matrix, are refused": [
    { doors: { fit: (data: Float64Array) => meanOf(data, { label: "x" }) } },
    { doors: { fit: (data: unknown) => data } },
    { doors: { fit: () => { throw new ClienteleError("invalidInput", "wrong", { parameter: "options" }); } } },
    { doors: {} },
  ],
  "a saved model comes back to the bit": [{ read: (value) => new MeanModel(Math.fround(readMean(value).mean) + 1e-16) }, { read: (value) => new SharingModel(readMean(value)) }],
  "the saved form is plain finite JSON with a kind and a version": [
    { fit: savedAs(() => ({ kind: "mean", version: 1, mean: Infinity })) },
    { fit: savedAs(() => ({ kind: "mean", version: 1, mean: -0 })) },
    { fit: savedAs(() => ({ kind: "mean", version: 1, mean: undefined })) },
    { fit: savedAs(({ mean }) => ({ kind: "mean", version: 1, mean: Float64Array.of(mean) })) },
    { fit: savedAs(({ mean }) => ({ mean })) },
  ],
  "the saved form does not grow with the rows": [{ fit: (train) => Object.assign(honest.fit(train), { toJSON: () => ({ kind: "mean", version: 1, values: [...train.values] }) }) }],
  "the saved form shares nothing with the model": [
    {
      fit: (train) => {
        const parameters = { mean: meanOf(train.values, train.options) };
        return Object.assign(new SharingModel(parameters), { toJSON: () => parameters });
      },
    },
  ],
  "a model keeps nothing of what it was read from": [{ read: (value) => new SharingModel(untyped(value as Record<string, unknown>)) }],
  "a malformed saved form is refused": [
    { read: (value) => new MeanModel((value as { readonly mean: number }).mean) },
    { read: (value) => new MeanModel(Number((value as { readonly mean: unknown }).mean)) },
  ],
  "a saved form of another kind or version is refused": [{ read: (value) => readMean({ ...(value as object), version: 1 }) }, { read: (value) => readMean({ ...(value as object), kind: "mean" }) }],
  "what is no object is refused": [{ read: (value) => readMean(typeof value === "string" && value !== "" ? JSON.parse(value) : value) }, { read: (value) => readMean(Array.isArray(value) ? value[0] : value) }],
  "a field called __proto__ has no effect": [
    {
      read: (value) => {
        const merged = Object.assign({}, value) as { readonly kind: unknown; readonly mean: number };
        if (merged.kind !== "mean") throw new ClienteleError("invalidSpec", "kind");
        return new MeanModel(merged.mean);
      },
    },
  ],
  "an option outside its bounds is refused by name": [
    { options: options(({ label }) => checkOption("fitMean", "label", label, OPTIONS.label)) },
    { options: options(({ weight, label }) => meanOf(values("small"), { label, weight: Math.min(weight ?? 1, 1.5) })) },
    { options: options((given) => { try { meanOf(values("small"), given); } catch { throw new ClienteleError("invalidOption", "wrong"); } }) },
    { options: [] },
  ],
  "a required option that is absent is asked for": [{ options: options((given) => meanOf(values("small"), { ...given, label: (given as { label?: string }).label ?? "x" })) }, { options: [] }],
  "the bounds themselves are allowed, and undefined is the default": [
    { options: options((given) => { checkOption("fitMean", "weight", given.weight ?? 1, { kind: "number", min: 0, open: "min" }); }) },
    { options: options((given) => { if ("weight" in given && given.weight === undefined) throw new ClienteleError("invalidOption", "weight"); }) },
    { options: [] },
  ],
  "an unknown option is refused, with the name that was meant": [{ options: options(({ weight, label }) => meanOf(values("small"), { weight, label })) }, { options: [] }],
  "hostile inputs are refused by name or have a documented result": [
    { hostile: { ...hostile, "fit: NaN": { refused: "nonFinite", run: () => NaN } } },
    { hostile: { ...hostile, "fit: NaN": { refused: "nonFinite", run: () => { throw new TypeError("undefined is not a function"); } } } },
    { hostile: { ...hostile, "fit: NaN": { accepted: "it is not", run: () => meanOf(Float64Array.of(NaN), { label: "x" }) } } },
  ],
  "the fit in slices gives the same bits": [
    {
      *steps(train) {
        yield { phase: "adding", done: 1, total: 1 };
        return new MeanModel(honest.fit(train).mean + 1);
      },
    },
    withoutSteps,
  ],
  "the fit in slices yields its progress": [
    { steps: inOneSlice },
    {
      *steps(train) {
        for (let done = 1; done < 5; done++) yield { phase: "adding", done, total: 2 };
        return honest.fit(train);
      },
    },
    withoutSteps,
  ],
  "the fit in slices stops at a signal": [{ steps: inOneSlice }, withoutSteps],
};

describe.each(Object.entries(laws))("%s", (name, law) => {
  test("is kept by an honest model", async () => {
    await law(honest);
  });

  test("catches what breaks it", async () => {
    for (const change of planted[name as keyof typeof laws]) {
      lastOutput.fill(0);
      await expect(new Promise((resolve) => resolve(law({ ...honest, ...change }))), Object.keys(change).join()).rejects.toThrow();
    }
  });
});
