/**
 * The whole job in one call.
 *
 * @module analysis
 */
export type { Actions, CultivateAction, RetainAction } from "./actions";
export { analyzeCustomers, analyzeCustomersSteps, type Analysis } from "./analyze-customers";
export type { Churn, FeatureEffect, RiskDecile } from "./churn";
export type { AnalysisInput, ChurnInput, FieldNames, LifetimeValuesInput, SegmentsInput } from "./input";
export type { LifetimeValues } from "./lifetime-value";
export type { NotRun, Part } from "./part";
export type { Quality, TableQuality } from "./quality";
export type { ChurnReason } from "./reasons";
export type { Segments } from "./segments";
