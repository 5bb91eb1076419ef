/**
 * Customer analytics: clean, standardise, segment, predict churn, value, report.
 *
 * This is the table of contents; each group is also a subpath, such as `clientele/segmentation`. Formulas are in `clientele/formula` only.
 *
 * @module clientele
 */

// errors
export {
  ClienteleError,
  type ErrorCode,
  type ErrorDetails,
} from "./errors/error";

// long work in slices
export {
} from "./steps/index";

// tables and matrices
export {
} from "./data/index";

// record schemas
export {
} from "./schema/index";

// cleaning
export {
} from "./cleaning/index";

// features
export {
} from "./features/index";

// evaluation
export {
} from "./evaluation/index";

// segments
export {
} from "./segmentation/index";

// churn
export {
} from "./churn/index";

// lifetime value
export {
} from "./clv/index";

// scoring
export {
} from "./scoring/index";

// reports
export {
} from "./report/index";

// the whole job
export {
} from "./analysis/index";
