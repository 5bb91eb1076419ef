export { bgBbFromSpec, type BgBbModel } from "../clv/bg-bb/model";
