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
});
