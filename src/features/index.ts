/**
 * From customers and orders to numbers for models: purchase summaries, encoding of columns, standardising.
 *
 * @module features
 */
export {
  draftEncoding,
  type DraftedEncoding,
  type DraftEncodingOptions,
  type LeftOutColumn,
} from "./encode/draft";
export type {
  BooleanEncoding,
  ColumnEncoding,
  Encoding,
  Log1pEncoding,
  NumberEncoding,
  OneHotEncoding,
  OrdinalEncoding,
  TargetEncoding,
  TargetSmoothing,
} from "./encode/encoding";
export { fitEncoder, type EncoderOptions, type FittedEncoder, type InfrequentLevels } from "./encode/fit";
export { encoderFromSpec, EncoderModel } from "./encode/model";
export type { EncodedBoolean, EncodedColumn, EncodedLog1p, EncodedNumber, EncodedOneHot, EncodedOrdinal, EncodedTarget, EncoderSpec } from "./encode/spec";
export { findUnknownCategories, type FindUnknownCategoriesOptions, type UnknownCategories } from "./encode/unknown";
export type { CountedBy } from "./interactions/levels";
export { summarizeInteractions, summarizeInteractionsSteps, type SummarizeInteractionsOptions } from "./interactions/summarize";
export { tableFromInteractionSummary, type InteractionColumns, type InteractionGroup, type InteractionReport, type InteractionSummary } from "./interactions/summary";
export type { RfmColumns } from "./rfm/customers";
export { fitRfm, rfmSteps, scoreRfm, type RfmCutting, type RfmOptions, type ScoredRfm } from "./rfm/fit";
export { computeRfmHeatMap, type RfmHeatMap, type RfmHeatMapCell, type RfmHeatMapOptions } from "./rfm/heat-map";
export { rfmFromSpec, RfmModel, type RfmScoring, type UnusedScores } from "./rfm/model";
export type { RfmSegmentBox, RfmSegmentRule } from "./rfm/segment-rules";
export type { RfmCuts, RfmSpec, RfmWeights } from "./rfm/spec";
export { tableFromRfmScores } from "./rfm/table";
export { fitLogScaler, type LogScalerOptions } from "./scale/log/fit";
export { logScalerFromSpec, LogScalerModel } from "./scale/log/model";
export type { LogScalerSpec } from "./scale/log/spec";
export { fitMinMaxScaler, minMaxScalerSteps, type MinMaxScalerOptions } from "./scale/min-max/fit";
export { minMaxScalerFromSpec, MinMaxScalerModel } from "./scale/min-max/model";
export type { MinMaxScalerSpec } from "./scale/min-max/spec";
export { fitRobustScaler, robustScalerSteps, type RobustScalerOptions } from "./scale/robust/fit";
export { robustScalerFromSpec, RobustScalerModel } from "./scale/robust/model";
export type { RobustScalerSpec } from "./scale/robust/spec";
export { fitStandardScaler, standardScalerSteps, type StandardScalerOptions } from "./standardize/fit";
export { standardScalerFromSpec, StandardScalerModel } from "./standardize/model";
export type { StandardScalerSpec } from "./standardize/spec";
export type { CancelledRows } from "./transactions/cancelled";
export type { AsOfInterval } from "./transactions/cutoff";
export type { GapDistribution, PurchaseGaps } from "./transactions/gaps";
export type { ListedCustomers } from "./transactions/listed-customers";
export type { ReturnPolicy } from "./transactions/log";
export type { AgeUnit, PurchasePeriod } from "./transactions/periods";
export { splitTransactions, splitTransactionsSteps, type HoldoutPurchases, type SplitTransactionsOptions, type TransactionSplit } from "./transactions/split";
export { summarizeTransactions, summarizeTransactionsSteps, type SummarizeTransactionsOptions } from "./transactions/summarize";
export { tableFromPurchaseSummary, type PurchaseSummary, type TransactionReport } from "./transactions/summary";
