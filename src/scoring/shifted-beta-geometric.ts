export { shiftedBetaGeometricFromSpec, type ShiftedBetaGeometricModel } from "../clv/shifted-beta-geometric/model";
