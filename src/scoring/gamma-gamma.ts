export { gammaGammaFromSpec, type GammaGammaModel } from "../clv/gamma-gamma/model";
