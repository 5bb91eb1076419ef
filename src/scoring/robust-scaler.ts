export { robustScalerFromSpec, type RobustScalerModel } from "../features/scale/robust/model";
