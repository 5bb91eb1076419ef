import { isList } from "../../errors/check";
import { describeValue } from "../../errors/describe";
import { ClienteleError } from "../../errors/error";

/** The id under which each segment number is known from refit to refit, and the next one that is free. */
export interface StableIds {
  /** The stable id of each segment number. */
  readonly ids: readonly number[];
  /** Larger than every id that was ever given: ids of segments that ended are not used again. */
  readonly nextId: number;
}

/** The ids of the earlier segments: those of the match before, else their own numbers. */
export function readPrevious(caller: string, previous: StableIds | undefined, count: number): StableIds {
  if (previous === undefined) return { ids: Array.from({ length: count }, (_, segment) => segment), nextId: count };
  const ids = readIds(caller, "previous.ids", previous.ids, count);
  const { nextId } = previous;
  const rule = "a whole number above every id";
  if (Number.isSafeInteger(nextId) && ids.every((id) => id < nextId)) return { ids, nextId };
  throw new ClienteleError("invalidOption", `previous.nextId must be ${rule}; got ${describeValue(nextId)}`, { caller, parameter: "previous.nextId", rule });
}

/** Distinct whole numbers from 0, one for each segment number that can occur. */
export function readIds(caller: string, parameter: string, ids: unknown, count: number): number[] {
  const list = isList(ids) ? Array.from(ids) : undefined;
  const isRight = list?.every((id) => typeof id === "number" && Number.isSafeInteger(id) && id >= 0) === true && new Set(list).size === list.length && list.length >= count;
  if (isRight) return list as number[];
  const rule = `distinct whole numbers from 0, at least ${count} (one for each segment)`;
  const got = list === undefined ? describeValue(ids) : `${list.length} values`;
  throw new ClienteleError("invalidInput", `${parameter} must hold ${rule}; got ${got}`, { caller, parameter, rule });
}

/** The ids of later segments: that of the segment each one continues, else a new one. */
export function giveIds({ ids, nextId }: StableIds, beforeOf: Int32Array): StableIds {
  let next = nextId;
  return { ids: Array.from(beforeOf, (before) => (before < 0 ? next++ : ids[before]!)), nextId: next };
}
