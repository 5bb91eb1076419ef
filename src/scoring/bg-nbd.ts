export { bgNbdFromSpec, type BgNbdModel } from "../clv/bg-nbd/model";
