import type { EstimatedModel } from "../transaction-model/delta-intervals";
import type { PurchasePredictor } from "../transaction-model/predictor";

/** A fitted transaction model of any kind: what `fitBgNbd`, `fitMbgNbd`, `fitParetoNbd` and `fitBgBb` return, and the readers of their saved forms. */
export type FittedTransactionModel = PurchasePredictor &
  Omit<EstimatedModel<string, PurchasePredictor>, "at"> & {
    /** What the same kind of process says at other parameters, by their names. */
    at(parameters: never): PurchasePredictor;
  };
