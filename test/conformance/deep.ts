/** Freezes objects, arrays and the values of maps, at every depth; the elements of typed arrays cannot be frozen. */
export function freezeDeep<Value>(value: Value): Value {
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value) || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const child of childrenOf(value)) freezeDeep(child);
  return value;
}

/** Overwrites every number, text and truth value in arrays, typed arrays and plain objects, at every depth. */
export function spoilDeep(value: unknown): void {
  if (typeof value !== "object" || value === null) return;
  if (isTypedArray(value)) {
    value.fill(77);
    return;
  }
  if (!(value instanceof Map) && !Object.isFrozen(value)) {
    const fields = value as Record<string, unknown>;
    for (const [key, child] of Object.entries(fields)) {
      if (typeof child !== "object" || child === null) fields[key] = spoiled(child);
    }
  }
  for (const child of childrenOf(value)) spoilDeep(child);
}

function spoiled(value: unknown): unknown {
  switch (typeof value) {
    case "number":
      return 77;
    case "boolean":
      return !value;
    case "string":
      return `${value} spoiled`;
    default:
      return value === null ? 77 : value;
  }
}

type TypedArray = Float64Array | Int32Array | Uint8Array;

function isTypedArray(value: object): value is TypedArray {
  return ArrayBuffer.isView(value) && !(value instanceof DataView);
}

/** The typed arrays within a value, at every depth of its properties. */
export function typedArraysIn(value: unknown): TypedArray[] {
  if (typeof value !== "object" || value === null) return [];
  return isTypedArray(value) ? [value] : childrenOf(value).flatMap(typedArraysIn);
}

function childrenOf(value: object): unknown[] {
  return value instanceof Map ? [...value.values()] : Object.values(value);
}

/** How many values a JSON value consists of. */
export function countLeaves(value: unknown): number {
  if (typeof value !== "object" || value === null) return 1;
  return childrenOf(value).reduce<number>((count, child) => count + countLeaves(child), 0);
}

/** Where a value is something that JSON does not give back as it was: "groups[2].daysTo is Infinity". */
export function findNonJson(value: unknown, path = "the saved form"): string[] {
  if (value === null || typeof value === "boolean" || typeof value === "string") return [];
  if (typeof value === "number") return Number.isFinite(value) && !Object.is(value, -0) ? [] : [`${path} is ${Object.is(value, -0) ? "-0" : value}`];
  if (typeof value !== "object") return [`${path} is of type ${typeof value}`];
  if (Array.isArray(value)) return Array.from(value, (child, i) => findNonJson(child, `${path}[${i}]`)).flat();
  if (Object.getPrototypeOf(value) !== Object.prototype) return [`${path} is no plain object`];
  return Object.entries(value).flatMap(([key, child]) => findNonJson(child, `${path}.${key}`));
}
