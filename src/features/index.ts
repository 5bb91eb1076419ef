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
export {
  fitEncoder,
  type BooleanEncoding,
  type ColumnEncoding,
  type Encoding,
  type FittedEncoder,
  type NumberEncoding,
  type OneHotEncoding,
} from "./encode/fit";
export { encoderFromSpec, EncoderModel } from "./encode/model";
export type { EncodedBoolean, EncodedColumn, EncodedNumber, EncodedOneHot, EncoderSpec } from "./encode/spec";
export { findUnknownCategories, type FindUnknownCategoriesOptions, type UnknownCategories } from "./encode/unknown";
export { fitStandardScaler, standardScalerSteps, type StandardScalerOptions } from "./standardize/fit";
export { standardScalerFromSpec, StandardScalerModel } from "./standardize/model";
export type { StandardScalerSpec } from "./standardize/spec";
export { summarizeTransactions, summarizeTransactionsSteps, type SummarizeTransactionsOptions } from "./transactions/summarize";
export { tableFromPurchaseSummary, type PurchaseSummary, type TransactionReport } from "./transactions/summary";
