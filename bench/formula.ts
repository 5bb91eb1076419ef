import { compileFormula, evaluateFormula } from "clientele/formula";
import { heading, measure } from "./measure";

const ROWS = 10_000_000;
const TEXT = "monetary / max(frequency, 1)";

export function benchFormula(): void {
  heading(`Formula over columns: ${TEXT}, ${ROWS.toLocaleString("en")} rows`);
  const monetary = Float64Array.from({ length: ROWS }, (_, i) => i % 977);
  const frequency = Float64Array.from({ length: ROWS }, (_, i) => i % 13);
  const formula = compileFormula(TEXT, { variables: ["monetary", "frequency"] });
  const { milliseconds } = measure(() => evaluateFormula(formula, { monetary, frequency }));
  console.log(`evaluateFormula  ${milliseconds.toFixed(0)} ms, ${(ROWS / milliseconds / 1000).toFixed(0)} million rows/s`);
}
