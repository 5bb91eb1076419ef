import { ClienteleError } from "../../errors/error";
import { checkList } from "../../errors/check";
import { describeOption } from "../../errors/describe";
import { checkOption, readOptions } from "../../errors/options";

/**
 * Which scores make a segment. A range is `[lowest, highest]`, both included; without one every score will do.
 * Rules of the same name are one segment, in several parts.
 */
export interface RfmSegmentRule {
  readonly name: string;
  readonly recency?: readonly [number, number] | undefined;
  readonly frequency?: readonly [number, number] | undefined;
  readonly monetary?: readonly [number, number] | undefined;
  /** A range of the mean of the frequency and the monetary score, in steps of a half. */
  readonly frequencyMonetary?: readonly [number, number] | undefined;
}

/** A rule with all its ranges. */
export interface RfmSegmentBox {
  readonly name: string;
  readonly recency: readonly [number, number];
  readonly frequency: readonly [number, number];
  readonly monetary: readonly [number, number];
  readonly frequencyMonetary: readonly [number, number];
}

const SEGMENT_RULE_OPTIONS = {
  name: { kind: "text", required: true },
  recency: { kind: "list" },
  frequency: { kind: "list" },
  monetary: { kind: "list" },
  frequencyMonetary: { kind: "list" },
} as const;

/** Checks rules and gives each all its ranges. Whether they divide the scores among themselves is for {@link partitionCells}. */
export function readSegmentRules(caller: string, rules: readonly RfmSegmentRule[], levels: number): RfmSegmentBox[] {
  checkList(caller, "segments", rules);
  return rules.map((rule, i): RfmSegmentBox => {
    const path = `segments[${i}]`;
    const { name, ...ranges } = readOptions<RfmSegmentRule, typeof SEGMENT_RULE_OPTIONS>(caller, rule, SEGMENT_RULE_OPTIONS, path);
    if (name === "") throw new ClienteleError("invalidOption", `${path}.name must not be empty`, { caller, parameter: `${path}.name`, rule: "a name" });
    const read = (field: keyof typeof ranges, step: 0.5 | 1): readonly [number, number] => readRange(caller, `${path}.${field}`, ranges[field], levels, step);
    return { name, recency: read("recency", 1), frequency: read("frequency", 1), monetary: read("monetary", 1), frequencyMonetary: read("frequencyMonetary", 0.5) };
  });
}

function readRange(caller: string, parameter: string, range: readonly number[] | undefined, levels: number, step: 0.5 | 1): readonly [number, number] {
  if (range === undefined) return [1, levels];
  const [low, high] = range;
  if (range.length === 2 && low !== undefined && high !== undefined && isRange(low, high, levels, step)) return [low, high];
  const rule = `two scores from 1 to ${levels}${step === 1 ? "" : " in steps of a half"}, the lower first`;
  const shown = Array.from(range, describeOption).slice(0, 5).join(", ");
  throw new ClienteleError("invalidOption", `${parameter} must be ${rule}; got [${shown}]`, { caller, parameter, rule, value: range });
}

/** Whether two numbers are scores, or halves between them, in ascending order. */
export function isRange(low: number, high: number, levels: number, step: 0.5 | 1): boolean {
  return Number.isInteger(low / step) && Number.isInteger(high / step) && 1 <= low && low <= high && high <= levels;
}

/** The rule for the number of levels: each cell of scores has a number of three digits. */
export const LEVELS = { kind: "integer", min: 2, max: 9, default: 5 } as const;

/** Segments as the cells of scores that belong to them. */
export interface SegmentCells {
  /** In the order of their first rule. */
  readonly names: readonly string[];
  /** For each cell ((recency − 1) · levels + frequency − 1) · levels + monetary − 1 the position of its segment in `names`. */
  readonly segmentOf: Int32Array;
}

/** What keeps rules from dividing the cells among themselves: cells (as `"513"`) in no segment, or in several. */
export interface PartitionFault {
  readonly gaps: readonly string[];
  readonly overlaps: readonly string[];
}

/** Gives every cell its segment, or says which cells have none or several. */
export function partitionCells(boxes: readonly RfmSegmentBox[], levels: number): SegmentCells | PartitionFault {
  const names = [...new Set(boxes.map(({ name }) => name))];
  const positionOf = new Map(names.map((name, position) => [name, position]));
  const segmentOf = new Int32Array(levels ** 3).fill(-1);
  const gaps: string[] = [];
  const overlaps: string[] = [];
  let cell = 0;
  for (let recency = 1; recency <= levels; recency++) {
    for (let frequency = 1; frequency <= levels; frequency++) {
      for (let monetary = 1; monetary <= levels; monetary++) {
        const found = new Set(boxes.filter((box) => isInside(box, recency, frequency, monetary)).map(({ name }) => positionOf.get(name)!));
        if (found.size === 0) gaps.push(`${recency}${frequency}${monetary}`);
        else if (found.size > 1) overlaps.push(`${recency}${frequency}${monetary}`);
        for (const position of found) segmentOf[cell] = position;
        cell++;
      }
    }
  }
  return gaps.length + overlaps.length > 0 ? { gaps, overlaps } : { names, segmentOf };
}

function isInside(box: RfmSegmentBox, recency: number, frequency: number, monetary: number): boolean {
  const both = (frequency + monetary) / 2;
  return within(recency, box.recency) && within(frequency, box.frequency) && within(monetary, box.monetary) && within(both, box.frequencyMonetary);
}

function within(value: number, [low, high]: readonly [number, number]): boolean {
  return low <= value && value <= high;
}

/** The refusal of rules that leave gaps or overlap, with the cells; `details.value` has all of them. */
export function partitionError(caller: string, { gaps, overlaps }: PartitionFault): ClienteleError {
  const faults = [
    ...(gaps.length === 0 ? [] : [`${describeCells(gaps)} in none`]),
    ...(overlaps.length === 0 ? [] : [`${describeCells(overlaps)} in several`]),
  ];
  const rule = "every cell of scores in exactly one segment";
  const message = `segments must put ${rule}; of the cells (recency, frequency, monetary score) there are ${faults.join(", and ")}`;
  return new ClienteleError("invalidOption", message, { caller, parameter: "segments", rule, value: { gaps, overlaps } });
}

function describeCells(cells: readonly string[]): string {
  const shown = cells.slice(0, 10).join(", ");
  return cells.length > 10 ? `${shown} and ${cells.length - 10} more` : shown;
}

/** Refuses a number of levels that the named schemes do not divide. */
export function checkSchemeLevels(caller: string, levels: number): void {
  if (levels === 5) return;
  checkOption(caller, "levels", levels, { kind: "integer", min: 5, max: 5 }, "the named segments divide 5 × 5 × 5 scores; give `segments` rules of your own for others");
}
