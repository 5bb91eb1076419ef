export { paretoNbdFromSpec, type ParetoNbdModel } from "../clv/pareto-nbd/model";
