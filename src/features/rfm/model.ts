import type { RowId } from "../../data/table";
import { readMeasures, type RfmColumns } from "./customers";
import { reverseScores, scoreByCuts, segmentByCells } from "./predict";
import { partitionCells, type RfmSegmentBox } from "./segment-rules";
import { readRfmSpec, type RfmCuts, type RfmSpec, type RfmWeights } from "./spec";

/** The scores of customers, one position for each. */
export interface RfmScoring {
  readonly id: readonly RowId[];
  /** Scores go from 1 to this. */
  readonly levels: number;
  /** From 1 (the longest ago) to the number of levels (the most recent); 0 for prospects. */
  readonly recency: Uint8Array;
  /** From 1 (the fewest orders) to the number of levels; 0 for prospects. */
  readonly frequency: Uint8Array;
  /** From 1 (the least money) to the number of levels; 0 for prospects and customers of unknown value. */
  readonly monetary: Uint8Array;
  /** The weighted mean of the three, from 1 to the number of levels; NaN where one is 0. */
  readonly total: Float64Array;
  /** Position in `segmentNames`; −1 for customers with orders of unknown value. */
  readonly segment: Int32Array;
  /** The segments, the last of which is that of the prospects. */
  readonly segmentNames: readonly string[];
  /** Customers in each segment. */
  readonly segmentCounts: readonly number[];
  /** Customers with orders of unknown value: they are in no segment. */
  readonly missingValueCount: number;
}

/** What scores must be, for messages. */
export const RFM_SCORING_RULE = "scores of an RFM model (scoreRfm returns them as `scores`)";

/** Whether a value has the form of scores. */
export function isRfmScoring({ recency, frequency, segment, levels }: Readonly<Record<string, unknown>>): boolean {
  return recency instanceof Uint8Array && frequency instanceof Uint8Array && segment instanceof Int32Array && typeof levels === "number";
}

/** Scores that nobody in the fit has, of each measure. */
export interface UnusedScores {
  readonly recency: readonly number[];
  readonly frequency: readonly number[];
  readonly monetary: readonly number[];
}

/** Where scores part and which of them make a segment: made by `fitRfm`, read by {@link rfmFromSpec}. */
export class RfmModel {
  /** Scores go from 1 to this. */
  readonly levels: number;
  /** What the monetary score is about: the money of all orders, or of an order on average. */
  readonly monetaryValue: "total" | "perOrder";
  readonly recency: RfmCuts;
  readonly frequency: RfmCuts;
  readonly monetary: RfmCuts;
  readonly weights: RfmWeights;
  /** The rules of the segments, in order. */
  readonly segments: readonly RfmSegmentBox[];
  /** The segments, the last of which is that of the prospects. */
  readonly segmentNames: readonly string[];
  readonly #segmentOf: Int32Array;

  constructor(spec: RfmSpec) {
    this.levels = spec.levels;
    this.monetaryValue = spec.monetaryValue;
    this.recency = spec.recency;
    this.frequency = spec.frequency;
    this.monetary = spec.monetary;
    this.weights = spec.weights;
    this.segments = spec.segments;
    const cells = partitionCells(spec.segments, spec.levels);
    // Who makes a model has checked that its rules divide the cells.
    const { names, segmentOf } = "gaps" in cells ? { names: [], segmentOf: new Int32Array(0) } : cells;
    this.segmentNames = [...names, spec.prospects];
    this.#segmentOf = segmentOf;
  }

  /**
   * Scores that nobody in the fit has. Where many customers are alike (one order each), cuts between scores coincide: those customers
   * share one score, and the scores next to it stay empty.
   */
  get unusedScores(): UnusedScores {
    const unused = ({ counts }: RfmCuts): number[] => counts.flatMap((count, i) => (count === 0 ? [i + 1] : []));
    return { recency: unused(this.recency), frequency: unused(this.frequency), monetary: unused(this.monetary) };
  }

  /**
   * Scores customers by the cuts of the fit, so that a customer who has not changed keeps their scores when others come and go.
   *
   * @throws ClienteleError `lengthMismatch` for columns of different length, `nonFinite` or `invalidInput` with the row for numbers that
   * are negative or no numbers.
   */
  score(customers: RfmColumns): RfmScoring {
    const { id, ...measures } = readMeasures("RfmModel.score", customers, this.monetaryValue);
    const count = id.length;
    const recency = new Uint8Array(count);
    const frequency = new Uint8Array(count);
    const monetary = new Uint8Array(count);
    scoreByCuts(measures.recency, this.recency.cuts, recency);
    reverseScores(recency, this.levels);
    scoreByCuts(measures.frequency, this.frequency.cuts, frequency);
    scoreByCuts(measures.monetary, this.monetary.cuts, monetary);
    const segment = new Int32Array(count);
    segmentByCells(recency, frequency, monetary, this.levels, this.#segmentOf, segment);

    const { weights } = this;
    const weightSum = weights.recency + weights.frequency + weights.monetary;
    const total = new Float64Array(count).fill(NaN);
    const segmentCounts = this.segmentNames.map(() => 0);
    let missingValueCount = 0;
    for (let row = 0; row < count; row++) {
      if (frequency[row] === 0) segment[row] = this.segmentNames.length - 1;
      if (segment[row]! < 0) missingValueCount++;
      else segmentCounts[segment[row]!]!++;
      if (monetary[row] === 0) continue;
      total[row] = (weights.recency * recency[row]! + weights.frequency * frequency[row]! + weights.monetary * monetary[row]!) / weightSum;
    }
    return { id: Array.from(id), levels: this.levels, recency, frequency, monetary, total, segment, segmentNames: [...this.segmentNames], segmentCounts, missingValueCount };
  }

  /** The saved form: `JSON.stringify(model)` is enough, {@link rfmFromSpec} reads it. */
  toJSON(): RfmSpec {
    return structuredClone({
      kind: "rfm",
      version: 1,
      levels: this.levels,
      monetaryValue: this.monetaryValue,
      recency: this.recency,
      frequency: this.frequency,
      monetary: this.monetary,
      weights: this.weights,
      segments: this.segments,
      prospects: this.segmentNames.at(-1)!,
    });
  }
}

/**
 * Reads a saved RFM model.
 *
 * @param value - parsed JSON; it need not be trusted
 * @throws ClienteleError `invalidSpec` naming the field that is not as it should be.
 * @example
 * ```ts
 * import { fitRfm, rfmFromSpec } from "clientele/features";
 *
 * const customers = { daysSinceLast: [3, 20, 90, 200, 400], orderCount: [9, 4, 2, 1, 1], totalValue: [900, 300, 120, 80, 10] };
 * const restored = rfmFromSpec(JSON.parse(JSON.stringify(fitRfm(customers))));
 * console.log(restored.score({ daysSinceLast: [5], orderCount: [12], totalValue: [2000] }).recency); // Uint8Array [5]
 * ```
 */
export function rfmFromSpec(value: unknown): RfmModel {
  return new RfmModel(readRfmSpec("rfmFromSpec", value));
}
