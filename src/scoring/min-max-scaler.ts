export { minMaxScalerFromSpec, type MinMaxScalerModel } from "../features/scale/min-max/model";
