import { bgBbFromSpec, bgBbSteps, bgNbdFromSpec, bgNbdSteps, fitBgBb, fitBgNbd, fitGammaGamma, fitMbgNbd, fitParetoNbd, gammaGammaFromSpec, gammaGammaSteps, mbgNbdFromSpec, mbgNbdSteps, paretoNbdFromSpec, paretoNbdSteps, type PurchaseHistories, type PurchasePredictor, type SpendColumns, type TransactionFitOptions, type WeightedHistories, type WeightedSpend } from "clientele/clv";
import type { Steps } from "clientele/steps";
import { GAMMA_GAMMA_OPTIONS } from "../../../src/clv/gamma-gamma/fit";
import { FIT_OPTIONS } from "../../../src/clv/transaction-model/options";
import { RandomStream } from "../../../src/numeric/random/random-stream";
import { answersFrom, subject, untyped, type Subject } from "../definition";

/** Customers who buy at rates and stop at times of their own; times are whole weeks for few customers, and continuous for many. */
function histories(count: number): { frequency: Float64Array; recency: Float64Array; age: Float64Array; weights: Float64Array } {
  const random = new RandomStream(7);
  const made = Array.from({ length: count }, (_, i) => {
    const age = 26 + 2 * (i % 13);
    const rate = -Math.log(1 - random.nextFloat()) * 0.15;
    const stop = 0.1 + 0.4 * random.nextFloat();
    let frequency = 0;
    let recency = 0;
    for (let time = 0; ; ) {
      time += -Math.log(1 - random.nextFloat()) / rate;
      if (time > age) break;
      frequency++;
      recency = time;
      if (random.nextFloat() < stop) break;
    }
    return { frequency, recency: Math.floor(recency * 7) / 7, age };
  });
  return {
    frequency: Float64Array.from(made, (each) => each.frequency),
    recency: Float64Array.from(made, (each) => each.recency),
    age: Float64Array.from(made, (each) => each.age),
    weights: Float64Array.from(made, (_, i) => 1 + (i % 3)),
  };
}

interface TransactionFit<Model> {
  readonly name: string;
  readonly fits: readonly string[];
  readonly reader: string;
  readonly read: (value: unknown) => Model;
  readonly fit: (histories: WeightedHistories, options?: TransactionFitOptions) => Model;
  readonly steps: (histories: WeightedHistories, options?: TransactionFitOptions) => Steps<Model>;
}

const TAKES_COLUMNS = { "records in place of a table, and rows in place of a matrix, are refused": "it takes columns of numbers" };

/** The entry of a transaction model of continuous time. */
function transactionSubject<Model extends PurchasePredictor & { toJSON(): object }>({ fit, steps, ...model }: TransactionFit<Model>): Subject {
  const fitted = (): Model => fit(histories(400));
  const changed = (change: (columns: ReturnType<typeof histories>) => void): Model => {
    const columns = histories(400);
    change(columns);
    return fit(columns);
  };
  const predict = (model: Model, rows: PurchaseHistories) => [
    model.predictAlive(rows),
    model.predictAlive(rows, 10),
    model.predictPurchases(rows, 26),
    model.predictPurchases(rows, { from: 13, to: 52 }),
    model.predictCountProbability(rows, 2, 26),
    model.predictPurchaseProbability(rows, 26),
    model.predictTimeToPurchase(rows, 0.25),
    model.predictDiscountedPurchases(rows, { horizon: 52, discountRate: 0.002 }),
  ];
  return subject({
    ...model,
    train: (size) => ({ histories: histories(size === "small" ? 400 : 65_000), options: { penalty: 0.001 } }),
    fit: (train: { histories: WeightedHistories; options: TransactionFitOptions }) => fit(train.histories, train.options),
    steps: (train) => steps(train.histories, train.options),
    rows: (): { frequency: Float64Array; recency: Float64Array; age: Float64Array } => ({
      frequency: Float64Array.of(0, 0, 1, 4, 4, 120),
      recency: Float64Array.of(0, 0, 12.5, 3, 29, 50),
      age: Float64Array.of(0, 40, 30, 30, 30, 50),
    }),
    rowCount: 6,
    take: (rows, positions) => ({
      frequency: Float64Array.from(positions, (row) => rows.frequency[row]!),
      recency: Float64Array.from(positions, (row) => rows.recency[row]!),
      age: Float64Array.from(positions, (row) => rows.age[row]!),
    }),
    predict,
    answers: (output, rows) => answersFrom(rows.frequency.length, ...output),
    options: [{ name: model.fits[0]!, caller: model.fits[0]!, table: FIT_OPTIONS, accepted: {}, call: (options) => fit(histories(60), untyped(options)) }],
    doors: {},
    hostile: {
      "fit: NaN": { refused: "nonFinite", run: () => changed(({ recency }) => (recency[3] = NaN)) },
      "fit: infinity": { refused: "nonFinite", run: () => changed(({ age }) => (age[3] = Infinity)) },
      "fit: no rows": { refused: "tooFewRows", run: () => fit({ frequency: [], recency: [], age: [] }) },
      "fit: one row": { accepted: "the status unidentified", run: () => fit({ frequency: [3], recency: [2], age: [4] }) },
      "fit: constant column": { accepted: "the status unidentified", run: () => fit({ frequency: [2, 2, 2], recency: [3, 5, 8], age: [9, 9, 9] }) },
      "fit: lengths differ": { refused: "lengthMismatch", run: () => fit({ frequency: [1, 2], recency: [1], age: [3, 4] }) },
      "predict: NaN": { refused: "nonFinite", run: () => fitted().predictAlive({ frequency: [1], recency: [NaN], age: [2] }) },
      "predict: infinity": { refused: "nonFinite", run: () => fitted().predictAlive({ frequency: [1], recency: [1], age: [Infinity] }) },
      "predict: no rows": { accepted: "no rows", run: () => fitted().predictAlive({ frequency: [], recency: [], age: [] }) },
      "predict: other columns": { refused: "lengthMismatch", run: () => fitted().predictAlive({ frequency: [1, 2], recency: [1], age: [3, 4] }) },
    },
    exempt: TAKES_COLUMNS,
  });
}

export const bgNbd = transactionSubject({ name: "BG/NBD", fits: ["fitBgNbd"], reader: "bgNbdFromSpec", read: bgNbdFromSpec, fit: fitBgNbd, steps: bgNbdSteps });

export const mbgNbd = transactionSubject({ name: "MBG/NBD", fits: ["fitMbgNbd"], reader: "mbgNbdFromSpec", read: mbgNbdFromSpec, fit: fitMbgNbd, steps: mbgNbdSteps });

export const paretoNbd = transactionSubject({ name: "Pareto/NBD", fits: ["fitParetoNbd"], reader: "paretoNbdFromSpec", read: paretoNbdFromSpec, fit: fitParetoNbd, steps: paretoNbdSteps });

/** Donors, each with a probability to give of their own until they stop; `appeals` at most. */
function gifts(count: number, appeals: number): { frequency: Float64Array; recency: Float64Array; age: Float64Array; weights: Float64Array } {
  const random = new RandomStream(9);
  const made = Array.from({ length: count }, (_, i) => {
    const age = appeals - (i % 4);
    const share = random.nextFloat();
    const stop = 0.3 * random.nextFloat();
    let frequency = 0;
    let recency = 0;
    for (let appeal = 1; appeal <= age && random.nextFloat() >= stop; appeal++) {
      if (random.nextFloat() >= share) continue;
      frequency++;
      recency = appeal;
    }
    return { frequency, recency, age };
  });
  return {
    frequency: Float64Array.from(made, (each) => each.frequency),
    recency: Float64Array.from(made, (each) => each.recency),
    age: Float64Array.from(made, (each) => each.age),
    weights: Float64Array.from(made, (_, i) => 1 + (i % 3)),
  };
}

const fewGifts = (change: (columns: ReturnType<typeof gifts>) => void): ReturnType<typeof fitBgBb> => {
  const columns = gifts(400, 8);
  change(columns);
  return fitBgBb(columns);
};

export const bgBb = subject({
  name: "BG/BB",
  fits: ["fitBgBb"],
  reader: "bgBbFromSpec",
  read: bgBbFromSpec,
  train: (size) => ({ histories: size === "small" ? gifts(400, 8) : gifts(40_000, 120), options: { penalty: 0.001 } }),
  fit: (train: { histories: WeightedHistories; options: TransactionFitOptions }) => fitBgBb(train.histories, train.options),
  steps: (train) => bgBbSteps(train.histories, train.options),
  rows: (): { frequency: Float64Array; recency: Float64Array; age: Float64Array } => ({
    frequency: Float64Array.of(0, 0, 1, 4, 4, 60),
    recency: Float64Array.of(0, 0, 12, 4, 9, 100),
    age: Float64Array.of(0, 40, 30, 10, 10, 120),
  }),
  rowCount: 6,
  take: (rows, positions) => ({
    frequency: Float64Array.from(positions, (row) => rows.frequency[row]!),
    recency: Float64Array.from(positions, (row) => rows.recency[row]!),
    age: Float64Array.from(positions, (row) => rows.age[row]!),
  }),
  predict: (model, rows: PurchaseHistories) => [
    model.predictAlive(rows),
    model.predictAlive(rows, 3),
    model.predictPurchases(rows, 26),
    model.predictPurchases(rows, { from: 2, to: 7 }),
    model.predictCountProbability(rows, 2, 10),
    model.predictPurchaseProbability(rows, Infinity),
    model.predictTimeToPurchase(rows, 0.25),
    model.predictDiscountedPurchases(rows, { horizon: Infinity, discountRate: 0.02 }),
  ],
  answers: (output, rows) => answersFrom(rows.frequency.length, ...output),
  options: [{ name: "fitBgBb", caller: "fitBgBb", table: FIT_OPTIONS, accepted: {}, call: (options) => fitBgBb(gifts(60, 6), untyped(options)) }],
  doors: {},
  hostile: {
    "fit: NaN": { refused: "nonFinite", run: () => fewGifts(({ recency }) => (recency[3] = NaN)) },
    "fit: infinity": { refused: "nonFinite", run: () => fewGifts(({ age }) => (age[3] = Infinity)) },
    "fit: no rows": { refused: "tooFewRows", run: () => fitBgBb({ frequency: [], recency: [], age: [] }) },
    "fit: one row": { accepted: "the status unidentified", run: () => fitBgBb({ frequency: [2], recency: [3], age: [4] }) },
    "fit: constant column": { accepted: "the status unidentified", run: () => fitBgBb({ frequency: [2, 2, 2], recency: [3, 5, 8], age: [9, 9, 9] }) },
    "fit: lengths differ": { refused: "lengthMismatch", run: () => fitBgBb({ frequency: [1, 2], recency: [1], age: [3, 4] }) },
    "predict: NaN": { refused: "nonFinite", run: () => fewGifts(() => undefined).predictAlive({ frequency: [1], recency: [NaN], age: [2] }) },
    "predict: infinity": { refused: "nonFinite", run: () => fewGifts(() => undefined).predictAlive({ frequency: [1], recency: [1], age: [Infinity] }) },
    "predict: no rows": { accepted: "no rows", run: () => fewGifts(() => undefined).predictAlive({ frequency: [], recency: [], age: [] }) },
    "predict: other columns": { refused: "lengthMismatch", run: () => fewGifts(() => undefined).predictAlive({ frequency: [1, 2], recency: [1], age: [3, 4] }) },
  },
  exempt: TAKES_COLUMNS,
});

/** Mean values that lie the closer to the customer's own level, the more purchases there are. */
function spend(count: number): { frequency: Float64Array; meanValue: Float64Array; weights: Float64Array } {
  const { frequency, weights } = histories(count);
  const random = new RandomStream(8);
  const meanValue = frequency.map((x) => {
    const level = 20 / (0.3 - Math.log(1 - random.nextFloat()));
    let total = 0;
    for (let i = 0; i < x; i++) total += level * (0.5 - Math.log(1 - random.nextFloat()));
    return x === 0 ? NaN : total / x;
  });
  return { frequency, meanValue, weights };
}

export const gammaGamma = subject({
  name: "Gamma-Gamma",
  fits: ["fitGammaGamma"],
  reader: "gammaGammaFromSpec",
  read: gammaGammaFromSpec,
  train: (size) => ({ columns: spend(size === "small" ? 400 : 65_000), options: { penalty: 0.001 } }),
  fit: (train: { columns: WeightedSpend; options: TransactionFitOptions }) => fitGammaGamma(train.columns, train.options),
  steps: (train) => gammaGammaSteps(train.columns, train.options),
  rows: (): { frequency: Float64Array; meanValue: Float64Array } => ({ frequency: Float64Array.of(0, 1, 3, 3, 40), meanValue: Float64Array.of(NaN, 12, 80, 5, 0) }),
  rowCount: 5,
  take: ({ frequency, meanValue }, positions) => ({
    frequency: Float64Array.from(positions, (row) => frequency[row]!),
    meanValue: Float64Array.from(positions, (row) => meanValue[row]!),
  }),
  predict: (model, rows: SpendColumns) => model.predictMeanValue(rows),
  answers: (output, rows) => answersFrom(rows.frequency.length, output),
  options: [{ name: "fitGammaGamma", caller: "fitGammaGamma", table: GAMMA_GAMMA_OPTIONS, accepted: {}, call: (options) => fitGammaGamma(spend(60), untyped(options)) }],
  doors: {},
  hostile: {
    "fit: NaN": { refused: "nonFinite", run: () => fitGammaGamma({ frequency: [1, 2, 3], meanValue: [3, NaN, 5] }) },
    "fit: infinity": { refused: "nonFinite", run: () => fitGammaGamma({ frequency: [1, 2, 3], meanValue: [3, Infinity, 5] }) },
    "fit: no rows": { refused: "tooFewRows", run: () => fitGammaGamma({ frequency: [], meanValue: [] }) },
    "fit: one row": { refused: "tooFewRows", run: () => fitGammaGamma({ frequency: [2], meanValue: [5] }) },
    "fit: constant column": { accepted: "the status unidentified", run: () => fitGammaGamma({ frequency: [1, 2, 3], meanValue: [5, 5, 5] }) },
    "fit: lengths differ": { refused: "lengthMismatch", run: () => fitGammaGamma({ frequency: [1, 2], meanValue: [5] }) },
    "predict: NaN": { refused: "nonFinite", run: () => fitGammaGamma(spend(400)).predictMeanValue({ frequency: [1], meanValue: [NaN] }) },
    "predict: infinity": { refused: "nonFinite", run: () => fitGammaGamma(spend(400)).predictMeanValue({ frequency: [1], meanValue: [Infinity] }) },
    "predict: no rows": { accepted: "no rows", run: () => fitGammaGamma(spend(400)).predictMeanValue({ frequency: [], meanValue: [] }) },
    "predict: other columns": { refused: "lengthMismatch", run: () => fitGammaGamma(spend(400)).predictMeanValue({ frequency: [1, 2], meanValue: [5] }) },
  },
  exempt: TAKES_COLUMNS,
});
