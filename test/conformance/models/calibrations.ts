import {
  fitIsotonic, fitPlatt, fitTemperature, isotonicFromSpec, isotonicSteps, plattFromSpec, plattSteps, temperatureFromSpec, temperatureSteps, type Calibration, type CalibrationOptions,
} from "clientele/churn";
import type { Steps } from "clientele/steps";
import { CALIBRATION_OPTIONS } from "../../../src/churn/calibrate/calibration-inputs";
import { answersFrom, subject, untyped, type Definition } from "../definition";

interface Train {
  readonly scores: Float64Array;
  readonly labels: Uint8Array;
}

/** Probabilities of three levels of trust, most of them too sure, with many ties. */
function sample(rowCount: number): Train {
  const rows = Array.from({ length: rowCount }, (_, i) => i);
  return {
    scores: Float64Array.from(rows, (i) => ((i * 37) % 100) / 100),
    labels: Uint8Array.from(rows, (i) => ((i * 37) % 100 > 20 + (((i % 100) * 61) % 60) ? 1 : 0)),
  };
}

const spoiled = (value: number): Train => {
  const { scores, labels } = sample(50);
  scores[1] = value;
  return { scores, labels };
};

interface Saved extends Calibration {
  toJSON(): object;
}

function definition<Model extends Saved>(
  name: string,
  fitName: string,
  fit: (scores: ArrayLike<number>, labels: ArrayLike<number>, options?: CalibrationOptions) => Model,
  steps: (scores: ArrayLike<number>, labels: ArrayLike<number>) => Steps<Model>,
  reader: string,
  read: (value: unknown) => Model,
  constantColumn: string,
): Definition<Train, Model, Float64Array, Float64Array> {
  const fitted = (): Model => fit(sample(50).scores, sample(50).labels);
  return {
    name,
    fits: [fitName],
    reader,
    read,
    // The large one repeats the small one, so that an isotonic curve has the same points.
    train: (size) => sample(size === "small" ? 100 : 200_000),
    fit: ({ scores, labels }) => fit(scores, labels),
    steps: ({ scores, labels }) => steps(scores, labels),
    rows: () => Float64Array.of(0, 0.07, 0.333, 0.5, 0.915, 1),
    rowCount: 6,
    take: (rows, positions) => Float64Array.from(positions, (row) => rows[row]!),
    predict: (model, rows) => model.apply(rows),
    answers: (calibrated, { length }) => answersFrom(length, calibrated),
    options: [{ name: fitName, caller: fitName, table: CALIBRATION_OPTIONS, accepted: {}, call: (options) => fit(sample(50).scores, sample(50).labels, untyped(options)) }],
    doors: {},
    hostile: {
      "fit: NaN": { refused: "nonFinite", run: () => fit(spoiled(NaN).scores, sample(50).labels) },
      "fit: infinity": { refused: "nonFinite", run: () => fit(spoiled(Infinity).scores, sample(50).labels) },
      "fit: no rows": { refused: "tooFewRows", run: () => fit([], []) },
      "fit: one row": { refused: "constantLabels", run: () => fit([0.5], [1]) },
      "fit: constant column": { accepted: constantColumn, run: () => fit([0.5, 0.5, 0.5], [0, 1, 1]) },
      "fit: lengths differ": { refused: "lengthMismatch", run: () => fit([0.1, 0.2, 0.3], [0, 1]) },
      "predict: NaN": { refused: "nonFinite", run: () => fitted().apply(spoiled(NaN).scores) },
      "predict: infinity": { refused: "nonFinite", run: () => fitted().apply(spoiled(-Infinity).scores) },
      "predict: no rows": { accepted: "no probabilities", run: () => fitted().apply([]) },
      "predict: other columns": { refused: "invalidInput", run: () => fitted().apply([1.5]) },
    },
    exempt: { "records in place of a table, and rows in place of a matrix, are refused": "it takes one list of scores, and neither table nor matrix" },
  };
}

export const platt = subject(definition("Platt's calibration", "fitPlatt", fitPlatt, plattSteps, "plattFromSpec", plattFromSpec, "status constantScores"));
export const isotonic = subject(definition("isotonic calibration", "fitIsotonic", fitIsotonic, isotonicSteps, "isotonicFromSpec", isotonicFromSpec, "one level for all"));
export const temperature = subject(definition("temperature", "fitTemperature", fitTemperature, temperatureSteps, "temperatureFromSpec", temperatureFromSpec, "status constantScores"));
