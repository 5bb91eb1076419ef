import { fitShiftedBetaGeometric, shiftedBetaGeometricFromSpec, shiftedBetaGeometricSteps } from "clientele/clv";
import { FIT_OPTIONS } from "../../../src/clv/transaction-model/options";
import { answersFrom, subject, untyped } from "../definition";

/** Subscribers, each with a probability to leave of their own; the later they came, the shorter they are followed. */
function lifetimes(count: number): { durations: Float64Array; churned: Uint8Array; weights: Float64Array } {
  const followed = (i: number): number => 2 + (i % 9);
  const leavesAfter = (i: number): number => 1 + Math.floor(((i * 7919) % 1009) / (20 + ((i * 31) % 200)));
  const from = (valueOf: (i: number) => number): Float64Array => Float64Array.from({ length: count }, (_, i) => valueOf(i));
  return {
    durations: from((i) => Math.min(followed(i), leavesAfter(i))),
    churned: Uint8Array.from({ length: count }, (_, i) => (leavesAfter(i) <= followed(i) ? 1 : 0)),
    weights: from((i) => 1 + (i % 3)),
  };
}

const fitted = () => fitShiftedBetaGeometric(lifetimes(200));
const spoiled = (change: (columns: ReturnType<typeof lifetimes>) => void) => {
  const columns = lifetimes(50);
  change(columns);
  return fitShiftedBetaGeometric(columns);
};

export const shiftedBetaGeometric = subject({
  name: "shifted-beta-geometric",
  fits: ["fitShiftedBetaGeometric"],
  reader: "shiftedBetaGeometricFromSpec",
  read: shiftedBetaGeometricFromSpec,
  train: () => ({ lifetimes: lifetimes(400), options: { penalty: 0.001 } }),
  fit: (train) => fitShiftedBetaGeometric(train.lifetimes, train.options),
  steps: (train) => shiftedBetaGeometricSteps(train.lifetimes, train.options),
  rows: () => Float64Array.of(0, 1, 5, 500),
  rowCount: 4,
  take: (ages, positions) => Float64Array.from(positions, (row) => ages[row]!),
  predict: (model, ages) => [model.predictSurvival(ages, 12), model.predictResidualLifetime(ages, { discountRate: 0.01 }), model.predictResidualLifetime(ages, { payments: 24 })],
  answers: (output, ages) => answersFrom(ages.length, ...output),
  options: [
    { name: "fitShiftedBetaGeometric", caller: "fitShiftedBetaGeometric", table: FIT_OPTIONS, accepted: {}, call: (options) => fitShiftedBetaGeometric(lifetimes(60), untyped(options)) },
  ],
  doors: {},
  hostile: {
    "fit: NaN": { refused: "nonFinite", run: () => spoiled(({ durations }) => (durations[3] = NaN)) },
    "fit: infinity": { refused: "nonFinite", run: () => spoiled(({ weights }) => (weights[3] = Infinity)) },
    "fit: no rows": { refused: "tooFewRows", run: () => fitShiftedBetaGeometric({ durations: [], churned: [] }) },
    "fit: one row": { accepted: "the status unidentified", run: () => fitShiftedBetaGeometric({ durations: [3], churned: [1] }) },
    "fit: constant column": { accepted: "the status unidentified", run: () => fitShiftedBetaGeometric({ durations: [2, 2, 2], churned: [0, 0, 0] }) },
    "fit: lengths differ": { refused: "lengthMismatch", run: () => fitShiftedBetaGeometric({ durations: [2, 2], churned: [1] }) },
    "predict: NaN": { refused: "nonFinite", run: () => fitted().predictSurvival([NaN], 1) },
    "predict: infinity": { refused: "nonFinite", run: () => fitted().predictSurvival([Infinity], 1) },
    "predict: no rows": { accepted: "no rows", run: () => fitted().predictSurvival([], 1) },
    "predict: other columns": { impossible: "it is given ages, which have no columns" },
  },
  exempt: {
    "records in place of a table, and rows in place of a matrix, are refused": "it takes columns of numbers",
    "the fit in slices yields its progress": "a few periods, whatever the number of customers: it takes no time",
    "the fit in slices stops at a signal": "it has no slices",
  },
});
