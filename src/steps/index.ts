/**
 * Long work in slices: progress bars, cancellation, and an event loop that stays free.
 *
 * @module steps
 */
export { runCooperatively, type CancelSignal, type CooperativeOptions } from "./run-cooperatively";
export { runToEnd, type Progress, type Steps } from "./steps";
