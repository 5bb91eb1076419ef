export { logScalerFromSpec, type LogScalerModel } from "../features/scale/log/model";
