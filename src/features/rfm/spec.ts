import { SpecReader } from "../../errors/spec";
import { isRange, partitionCells, type RfmSegmentBox } from "./segment-rules";

/** Where the scores of one measure part. */
export interface RfmCuts {
  /** How the cuts were found: quantiles of the customers of the fit, their mean ranks, or given. */
  readonly method: "quantile" | "rank" | "fixed";
  /** One less than there are levels, ascending; a value has one score more (for recency: less) for each cut that it lies above. */
  readonly cuts: readonly number[];
  /** Customers of the fit with each score, from 1. 0: nobody has it, because ties made cuts coincide or fixed ones lie apart. */
  readonly counts: readonly number[];
}

/** How much each score counts in the total. */
export interface RfmWeights {
  readonly recency: number;
  readonly frequency: number;
  readonly monetary: number;
}

/** The saved form of an {@link RfmModel}: plain finite JSON. */
export interface RfmSpec {
  readonly kind: "rfm";
  readonly version: 1;
  /** Scores go from 1 to this. */
  readonly levels: number;
  /** What the monetary score is about: the money of all orders, or of an order on average. */
  readonly monetaryValue: "total" | "perOrder";
  readonly recency: RfmCuts;
  readonly frequency: RfmCuts;
  readonly monetary: RfmCuts;
  readonly weights: RfmWeights;
  readonly segments: readonly RfmSegmentBox[];
  /** The name of the segment of those who have not ordered. */
  readonly prospects: string;
}

/** Checks untrusted JSON and copies it. */
export function readRfmSpec(caller: string, value: unknown): RfmSpec {
  const reader = SpecReader.open(caller, value, "rfm", 1);
  const levels = reader.number("levels");
  if (!Number.isInteger(levels) || levels < 2 || levels > 9) throw reader.refuse("levels", "a whole number from 2 to 9");
  const monetaryValue = reader.oneOf("monetaryValue", ["total", "perOrder"]);
  const [recency, frequency, monetary] = (["recency", "frequency", "monetary"] as const).map((name) => readCuts(reader.object(name), levels)) as [RfmCuts, RfmCuts, RfmCuts];
  const weights = readWeights(reader);
  const segments = reader.objects("segments").map((box) => readBox(box, levels));
  if ("gaps" in partitionCells(segments, levels)) throw reader.refuse("segments", "rules that put every cell of scores in exactly one segment");
  const prospects = reader.text("prospects");
  if (segments.some(({ name }) => name === prospects)) throw reader.refuse("prospects", "a name that is not that of a segment");
  return { kind: "rfm", version: 1, levels, monetaryValue, recency, frequency, monetary, weights, segments, prospects };
}

function readCuts(reader: SpecReader, levels: number): RfmCuts {
  const method = reader.oneOf("method", ["quantile", "rank", "fixed"]);
  const cuts = [...reader.numbers("cuts", levels - 1)];
  if (cuts.some((cut, i) => i > 0 && cut < cuts[i - 1]!)) throw reader.refuse("cuts", "ascending numbers");
  const counts = [...reader.numbers("counts", levels)];
  if (counts.some((count) => !Number.isSafeInteger(count) || count < 0)) throw reader.refuse("counts", "whole numbers of at least 0");
  return { method, cuts, counts };
}

function readWeights(spec: SpecReader): RfmWeights {
  const reader = spec.object("weights");
  const weights = { recency: reader.atLeast("recency", 0), frequency: reader.atLeast("frequency", 0), monetary: reader.atLeast("monetary", 0) };
  const sum = weights.recency + weights.frequency + weights.monetary;
  if (!(sum > 0 && sum < Infinity)) throw spec.refuse("weights", "numbers with a sum above 0");
  return weights;
}

function readBox(reader: SpecReader, levels: number): RfmSegmentBox {
  const name = reader.text("name");
  if (name === "") throw reader.refuse("name", "a name");
  const range = (field: "recency" | "frequency" | "monetary" | "frequencyMonetary"): readonly [number, number] => {
    const [low, high] = reader.numbers(field, 2);
    if (!isRange(low!, high!, levels, field === "frequencyMonetary" ? 0.5 : 1)) throw reader.refuse(field, `two scores from 1 to ${levels}, the lower first`);
    return [low!, high!];
  };
  return { name, recency: range("recency"), frequency: range("frequency"), monetary: range("monetary"), frequencyMonetary: range("frequencyMonetary") };
}
