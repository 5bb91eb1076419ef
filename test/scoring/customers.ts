import { fitLogisticRegression, type LogisticRegressionModel } from "clientele/churn";
import { fitCleaning, type CleaningModel } from "clientele/cleaning";
import { labelsFromTable, tableFromRecords, type Table } from "clientele/data";
import { fitEncoder, fitStandardScaler, type EncoderModel, type StandardScalerModel } from "clientele/features";
import { fitKMeans, type KMeansModel } from "clientele/segmentation";

const plans = ["free", "pro", "team"];

/** Records as an export gives them: amounts as text, blanks, a customer twice; the label beside them. */
export const customerRecords = [
  ...Array.from({ length: 24 }, (_, i) => ({
    id: `c${i}`,
    tenure: (i * 7) % 60,
    charges: i % 6 === 0 ? " " : (20 + ((i * 13) % 70)).toFixed(2),
    plan: i % 9 === 5 ? null : plans[i % 3],
    paperless: i % 4 === 0,
    left: (i * 7) % 60 < 25 !== (i % 5 === 0) ? "yes" : "no",
  })),
  { id: "c3", tenure: 21, charges: "59.00", plan: "free", paperless: false, left: "no" },
  { id: "c90", tenure: 30, charges: "about 50", plan: "pro", paperless: true, left: "no" },
];

export const customerTable: Table = tableFromRecords(customerRecords);

export interface FittedParts {
  readonly cleaning: CleaningModel;
  readonly encoder: EncoderModel;
  readonly scaler: StandardScalerModel;
  readonly logisticRegression: LogisticRegressionModel;
  readonly kMeans: KMeansModel;
}

export function fitParts(): FittedParts {
  const cleaning = fitCleaning(customerTable, {
    convert: [
      { column: "charges", to: "number", missing: [""] },
      { column: "left", to: "boolean", trueTexts: ["yes"], falseTexts: ["no"] },
    ],
    duplicates: { key: ["id"], keep: "first" },
    missing: [{ column: "charges", fill: "median" }],
  });
  const { table } = cleaning.apply(customerTable);
  const { encoder, matrix } = fitEncoder(table, [
    { column: "tenure", as: "number" },
    { column: "charges", as: "number" },
    { column: "plan", as: "oneHot", drop: "first", missing: "level" },
    { column: "paperless", as: "boolean" },
  ]);
  const scaler = fitStandardScaler(matrix);
  const scaled = scaler.apply(matrix);
  const labels = labelsFromTable(table, "left", { positive: true });
  return { cleaning, encoder, scaler, logisticRegression: fitLogisticRegression(scaled, labels, { strength: 0.01 }), kMeans: fitKMeans(scaled, { k: 3 }) };
}
