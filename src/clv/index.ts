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
