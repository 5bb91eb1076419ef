/**
 * The whole job in one call.
 *
 * @module analysis
 */
export type { Actions, CultivateAction, RetainAction } from "./actions";
export { analyzeCustomers, analyzeCustomersSteps, type Analysis } from "./analyze-customers";
export type { Churn, ChurnLead, FeatureEffect, LeftOutFeature } from "./churn";
export type { AnalysisInput, ChurnInput, FieldNames, LifetimeValuesInput, SegmentsInput } from "./input";
export type { LifetimeValues, ModelledValues, Overlap } from "./lifetime-value";
export type { NotRun, Part } from "./part";
export type { Quality, SetAsideRule, TableQuality } from "./quality";
export type { ChurnReason } from "./reasons";
export type { RiskDecile } from "./risk-deciles";
export type { Segments } from "./segments";
