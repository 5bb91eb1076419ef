import { expect, test } from "vitest";
import { readOptions } from "../../src/errors/options";
import { expectRefusal } from "../support/errors";

interface Options {
  readonly k?: number | undefined;
  readonly share?: number | undefined;
  readonly mode?: "a" | "b" | undefined;
  readonly flag?: boolean | undefined;
  readonly names?: readonly string[] | undefined;
}

const TABLE = {
  k: { kind: "integer", min: 1, max: 9, default: 3 },
  share: { kind: "number", min: 0, max: 1, open: "both" },
  mode: { kind: "oneOf", values: ["a", "b"], default: "a" },
  flag: { kind: "boolean", default: false },
  names: { kind: "names" },
} as const;

const read = (options: unknown) => readOptions("f", options as Options, TABLE);

test("defaults are filled in, undefined means absent", () => {
  expect(read(undefined)).toEqual({ k: 3, share: undefined, mode: "a", flag: false, names: undefined });
  expect(read({ k: undefined, share: 0.5 })).toMatchObject({ k: 3, share: 0.5 });
});

test("an unknown name is refused with the nearest known one", () => {
  expectRefusal(() => read({ shar: 0.5 }), "unknownOption", 'f: unknown option "shar"', 'did you mean "share"?');
  expectRefusal(() => read({ zebra: 1 }), "unknownOption", "known: ", '"k"');
  expectRefusal(() => read(JSON.parse('{"__proto__": 1}')), "unknownOption", "__proto__");
});

test.each([
  [{ k: 0 }, "k must be an integer from 1 to 9; got 0"],
  [{ k: 2.5 }, "k must be an integer from 1 to 9; got 2.5"],
  [{ k: "3" }, 'k must be an integer from 1 to 9; got "3"'],
  [{ k: NaN }, "got NaN"],
  [{ share: 0 }, "share must be a number above 0 and below 1; got 0"],
  [{ share: 1 }, "share must be a number above 0 and below 1; got 1"],
  [{ share: Infinity }, "got Infinity"],
  [{ mode: "c" }, 'mode must be one of "a", "b"; got "c"'],
  [{ flag: 1 }, "flag must be true or false; got 1"],
  [{ names: "a" }, 'names must be an array of names; got "a"'],
  [{ names: [1] }, "names must be an array of names; got an array of length 1"],
])("%j is refused", (options, message) => {
  const error = expectRefusal(() => read(options), "invalidOption", message);
  expect(error.details.caller).toBe("f");
  expect(error.details.parameter).toBe(Object.keys(options)[0]);
});

test("options that are no object are refused", () => {
  expectRefusal(() => read([1]), "invalidOption", "options must be an object");
  expectRefusal(() => read("k"), "invalidOption", "options must be an object");
  expectRefusal(() => read(null), "invalidOption", "options must be an object; got null");
});

test.each([
  ["list", [[], new Float64Array(1)], ["a", 5, {}, null, new DataView(new ArrayBuffer(1))], "an array"],
  ["object", [{}, new Map()], ["a", 5, [], null], "an object"],
  ["function", [() => 1], ["a", 5, {}, null], "a function"],
] as const)("of a %s, that it is one is checked", (kind, accepted, refused, rule) => {
  const readIt = (value: unknown): unknown => readOptions<{ readonly it?: unknown }, { readonly it: { readonly kind: typeof kind } }>("f", { it: value }, { it: { kind } }).it;
  for (const value of accepted) expect(readIt(value)).toBe(value);
  for (const value of refused) expectRefusal(() => readIt(value), "invalidOption", `it must be ${rule}; got `);
});

test("a required option that is absent is asked for, with its rule where there is one", () => {
  const readRequired = (options: object): unknown => readOptions("f", options, { at: { kind: "custom", required: true }, k: { kind: "integer", min: 1, required: true } });
  expect(expectRefusal(() => readRequired({ k: 1 }), "invalidOption").message).toBe("f: at is required");
  expect(expectRefusal(() => readRequired({ at: 0 }), "invalidOption").message).toBe("f: k is required: an integer of at least 1");
});

test("options within options are named by their path", () => {
  const readNested = (options: unknown): unknown => readOptions("f", options as Options, { ...TABLE, names: { kind: "names", required: true } }, "plan[2]");
  expect(expectRefusal(() => readNested({ names: [], k: 0 }), "invalidOption", "f: plan[2].k must be an integer").details).toMatchObject({ caller: "f", parameter: "plan[2].k" });
  expect(expectRefusal(() => readNested({}), "invalidOption", "f: plan[2].names is required").details.parameter).toBe("plan[2].names");
  expect(expectRefusal(() => readNested({ flags: true }), "unknownOption", 'f: unknown option "flags" in plan[2]; did you mean "flag"?').details.parameter).toBe("plan[2].flags");
  expect(expectRefusal(() => readNested(5), "invalidOption", "f: plan[2] must be an object; got 5").details.parameter).toBe("plan[2]");
});
