import { ClienteleError } from "clientele";
import { expect } from "vitest";
import { expectRefusal } from "../../support/errors";
import { HOSTILE_INPUTS, type Law, type OptionSet } from "../definition";
import { boundaryValues, refusedValues } from "../option-values";

export const optionLaws = {
  "an option outside its bounds is refused by name": ({ options }) => {
    expectTables(options);
    const failures = options.flatMap(({ name, caller, table, accepted, call }) =>
      Object.entries(table).flatMap(([option, rule]) =>
        refusedValues(rule).flatMap((value) => {
          const error = thrownBy(() => call({ ...accepted, [option]: value }));
          const isNamed = error instanceof ClienteleError && error.code === "invalidOption" && error.message.startsWith(caller);
          const isLocated = isNamed && new RegExp(`(^|\\.)${option}$`).test(error.details.parameter ?? "");
          return isLocated ? [] : [`${name}, ${option}: ${String(value)} → ${describeThrown(error)}`];
        }),
      ),
    );
    expect(failures).toEqual([]);
  },

  "a required option that is absent is asked for": ({ options }) => {
    expectTables(options);
    for (const { table, accepted, call } of options) {
      for (const [option, rule] of Object.entries(table)) {
        if (rule.required !== true) continue;
        const others = Object.fromEntries(Object.entries(accepted).filter(([name]) => name !== option));
        expectRefusal(() => call(others), "invalidOption", option);
        expectRefusal(() => call({ ...accepted, [option]: undefined }), "invalidOption", option);
      }
    }
  },

  "the bounds themselves are allowed, and undefined is the default": ({ options }) => {
    expectTables(options);
    for (const { table, accepted, call } of options) {
      for (const [option, rule] of Object.entries(table)) {
        const values = rule.required === true ? boundaryValues(rule) : [undefined, ...boundaryValues(rule)];
        for (const value of values) expect(() => call({ ...accepted, [option]: value }), `${option}: ${value}`).not.toThrow();
      }
    }
  },

  "an unknown option is refused, with the name that was meant": ({ options }) => {
    expectTables(options);
    for (const { table, accepted, call } of options) {
      for (const option of Object.keys(table)) expectRefusal(() => call({ ...accepted, [`${option}s`]: 1 }), "unknownOption", `did you mean "${option}"?`);
    }
  },

  "hostile inputs are refused by name or have a documented result": ({ hostile }) => {
    const failures = HOSTILE_INPUTS.flatMap((input) => {
      const outcome = hostile[input];
      if ("impossible" in outcome) return [];
      const expected = "refused" in outcome ? outcome.refused : "accepted";
      const found = codeOf(outcome.run);
      return found === expected ? [] : [`${input}: expected ${expected}, found ${found}`];
    });
    expect(failures).toEqual([]);
  },
} satisfies Record<string, Law>;

function codeOf(run: () => unknown): string {
  const error = thrownBy(run);
  if (error === undefined) return "accepted";
  return error instanceof ClienteleError ? error.code : describeThrown(error);
}

function describeThrown(error: unknown): string {
  if (error === undefined) return "nothing thrown";
  return error instanceof Error ? `${error.name}: ${error.message}` : typeof error;
}

function thrownBy(run: () => unknown): unknown {
  try {
    run();
    return undefined;
  } catch (error) {
    return error;
  }
}

function expectTables(options: readonly OptionSet[]): void {
  expect(options.length, "no table of options: declare the law exempt").toBeGreaterThan(0);
  for (const { accepted, call } of options) expect(() => call(accepted)).not.toThrow();
}
