export { empiricalValueFromSpec, type EmpiricalValueModel } from "../clv/empirical/model";
