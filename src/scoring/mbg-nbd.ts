export { mbgNbdFromSpec, type MbgNbdModel } from "../clv/mbg-nbd/model";
