/**
 * What customers are worth: the lifetime value formula, and value learnt from the order history.
 *
 * @module clv
 */
export {
  computeLifetimeValue,
  type LifetimeValue,
  type LifetimeValueInput,
  type LifetimeValuePeriod,
  type RfmScores,
} from "./formula/lifetime-value";
export { backtestEmpiricalValue, backtestEmpiricalValueSteps, type EmpiricalValueBacktest } from "./empirical/backtest";
export { empiricalValueSteps, fitEmpiricalValue, type EmpiricalValueOptions, type Horizon } from "./empirical/fit";
export { empiricalValueFromSpec, EmpiricalValueModel, type EmpiricalValues, type PurchaseColumns } from "./empirical/model";
export type { EmpiricalGroup, EmpiricalValueSpec } from "./empirical/spec";
