export { rfmFromSpec, type RfmModel } from "../features/rfm/model";
