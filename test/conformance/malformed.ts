/** A saved form with one thing wrong. */
export interface MalformedSpec {
  readonly change: string;
  readonly value: unknown;
  /** Whether it may be read all the same, if it comes out as it went in: null may stand for "none". */
  readonly mayBeRead: boolean;
}

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Path = readonly (string | number)[];

const OF_EVERY_TYPE: readonly Json[] = [null, true, 12.5, "text", [], {}];

/** Each field of a saved form removed, and replaced by a value of every other type; elements of lists likewise (first and last). */
export function malformedSpecs(spec: object): MalformedSpec[] {
  const json = JSON.parse(JSON.stringify(spec)) as Json;
  return placesIn(json, []).flatMap(({ path, value, isField }) => {
    const where = path.join(".");
    const removed: MalformedSpec[] = isField ? [{ change: `without ${where}`, value: without(json, path), mayBeRead: value === null }] : [];
    const wrong = OF_EVERY_TYPE.filter((other) => typeName(other) !== typeName(value)).map((other) => ({
      change: `${where}: ${typeName(value)} → ${JSON.stringify(other)}`,
      value: replaced(json, path, other),
      mayBeRead: value === null || other === null,
    }));
    const numbers: MalformedSpec[] =
      typeof value === "number"
        ? [NaN, Infinity, String(value)].map((other) => ({ change: `${where}: number → ${JSON.stringify(other)} (${other})`, value: replaced(json, path, other), mayBeRead: false }))
        : [];
    return [...removed, ...wrong, ...numbers];
  });
}

interface Place {
  readonly path: Path;
  readonly value: Json;
  readonly isField: boolean;
}

function placesIn(json: Json, path: Path): Place[] {
  if (typeof json !== "object" || json === null) return [];
  const isField = !Array.isArray(json);
  const entries: [string | number, Json][] = Array.isArray(json)
    ? [...json.entries()].filter(([i]) => i === 0 || i === json.length - 1)
    : Object.entries(json);
  return entries.flatMap(([key, value]) => [{ path: [...path, key], value, isField }, ...placesIn(value, [...path, key])]);
}

function typeName(value: Json): string {
  return value === null ? "null" : Array.isArray(value) ? "array" : typeof value;
}

function replaced(json: Json, path: Path, value: Json): Json {
  return changed(json, path, (parent, key) => void (parent[key] = value));
}

function without(json: Json, path: Path): Json {
  return changed(json, path, (parent, key) => void Reflect.deleteProperty(parent, key));
}

function changed(json: Json, path: Path, change: (parent: Record<string | number, Json>, key: string | number) => void): Json {
  const copy = structuredClone(json);
  let parent = copy as Record<string | number, Json>;
  for (const key of path.slice(0, -1)) parent = parent[key] as Record<string | number, Json>;
  change(parent, path.at(-1)!);
  return copy;
}
