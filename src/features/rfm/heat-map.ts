import { checkSameLength, checkShape } from "../../errors/check";
import { readOptions } from "../../errors/options";
import { sumOf } from "../../numeric/statistics/compensated-sum";
import { readMeasures, type RfmColumns } from "./customers";
import { isRfmScoring, RFM_SCORING_RULE, type RfmScoring } from "./model";

/** The customers with one recency and one frequency score. */
export interface RfmHeatMapCell {
  readonly recency: number;
  readonly frequency: number;
  readonly customerCount: number;
  /** Of all customers with an order. */
  readonly customerShare: number;
  /** The money of all of them whose value is known. */
  readonly value: number;
  /** `value` per customer whose value is known; null without one. */
  readonly meanValue: number | null;
}

/** Options of {@link computeRfmHeatMap}. */
export interface RfmHeatMapOptions {
  /** What the colour and the number in a cell of the picture show. @defaultValue "customerCount" */
  readonly show?: "customerCount" | "customerShare" | "value" | "meanValue" | undefined;
}

/** What {@link computeRfmHeatMap} returns. */
export interface RfmHeatMap {
  /** Every pair of scores, the empty ones too: by recency, then by frequency, both from 1. */
  readonly cells: readonly RfmHeatMapCell[];
  /** The picture as a Vega-Lite 5 specification, plain JSON that holds the cells: `vegaEmbed(element, spec)` draws it. */
  readonly spec: Readonly<Record<string, unknown>>;
}

const HEAT_MAP_OPTIONS = {
  show: { kind: "oneOf", values: ["customerCount", "customerShare", "value", "meanValue"], default: "customerCount" },
} as const;

const TITLES = { customerCount: "Customers", customerShare: "Share of customers", value: "Value", meanValue: "Value per customer" } as const;
const FORMATS = { customerCount: ",d", customerShare: ".1%", value: ",.0f", meanValue: ",.2f" } as const;

/**
 * Counts customers and adds up their money for every pair of recency and frequency scores: the usual picture of an RFM analysis, as
 * numbers and as a Vega-Lite specification. Prospects, who have no scores, are in no cell.
 *
 * @param scores - what `scoreRfm` or `RfmModel.score` says of the customers
 * @param customers - the same customers, in the same order
 * @throws ClienteleError `invalidInput` for scores that are none, `lengthMismatch` for other customers.
 * @example
 * ```ts
 * import { computeRfmHeatMap, scoreRfm } from "clientele/features";
 *
 * const customers = { daysSinceLast: [3, 20, 90, 200, 400], orderCount: [9, 4, 2, 1, 1], totalValue: [900, 300, 120, 80, 10] };
 * const { cells, spec } = computeRfmHeatMap(scoreRfm(customers).scores, customers);
 * console.log(cells.length, cells.at(-1)); // 25 { recency: 5, frequency: 5, customerCount: 1, customerShare: 0.2, value: 900, meanValue: 900 }
 * console.log(spec["$schema"]); // "https://vega.github.io/schema/vega-lite/v5.json"
 * ```
 */
export function computeRfmHeatMap(scores: RfmScoring, customers: RfmColumns, options?: RfmHeatMapOptions): RfmHeatMap {
  const caller = "computeRfmHeatMap";
  checkShape(caller, "scores", scores, RFM_SCORING_RULE, isRfmScoring);
  const { show } = readOptions(caller, options, HEAT_MAP_OPTIONS);
  const { recency, frequency, levels } = scores;
  const { monetary } = readMeasures(caller, customers, "total");
  checkSameLength(caller, "customers", monetary.length, recency.length, "scores");

  const values = Array.from({ length: levels ** 2 }, (): number[] => []);
  const counts = new Float64Array(levels ** 2);
  for (let row = 0; row < recency.length; row++) {
    if (frequency[row] === 0) continue;
    const cell = (recency[row]! - 1) * levels + frequency[row]! - 1;
    counts[cell]!++;
    if (!Number.isNaN(monetary[row])) values[cell]!.push(monetary[row]!);
  }
  const customerCount = sumOf(counts);
  const cells = values.map((known, cell): RfmHeatMapCell => {
    const value = sumOf(known);
    return {
      recency: Math.floor(cell / levels) + 1,
      frequency: (cell % levels) + 1,
      customerCount: counts[cell]!,
      customerShare: customerCount === 0 ? 0 : counts[cell]! / customerCount,
      value,
      meanValue: known.length === 0 ? null : value / known.length,
    };
  });
  return { cells, spec: heatMapSpec(cells, show) };
}

function heatMapSpec(cells: readonly RfmHeatMapCell[], show: keyof typeof TITLES): Readonly<Record<string, unknown>> {
  const largest = Math.max(...cells.map((cell) => cell[show] ?? 0));
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v5.json",
    title: `${TITLES[show]} by recency and frequency score`,
    data: { values: cells.map((cell) => ({ ...cell })) },
    width: { step: 60 },
    height: { step: 40 },
    encoding: {
      x: { field: "frequency", type: "ordinal", title: "Frequency score", axis: { labelAngle: 0 } },
      y: { field: "recency", type: "ordinal", sort: "descending", title: "Recency score" },
    },
    layer: [
      { mark: { type: "rect", tooltip: { content: "data" } }, encoding: { color: { field: show, type: "quantitative", title: TITLES[show], scale: { scheme: "blues" } } } },
      {
        transform: [{ filter: `isValid(datum.${show})` }],
        mark: { type: "text" },
        encoding: {
          text: { field: show, type: "quantitative", format: FORMATS[show] },
          color: { condition: { test: `datum.${show} > ${largest / 2}`, value: "white" }, value: "black" },
        },
      },
    ],
  };
}
