import { ClienteleError } from "clientele";
import { expect } from "vitest";
import { countLeaves, findNonJson, spoilDeep } from "../deep";
import type { Law } from "../definition";
import { malformedSpecs } from "../malformed";

export const savedFormLaws = {
  "a saved model comes back to the bit": ({ fit, train, read, rows, predict, answers }) => {
    const model = fit(train("small"));
    const saved = JSON.stringify(model);
    const again = read(JSON.parse(saved));
    expect(again.constructor).toBe(model.constructor);
    expect(JSON.stringify(again)).toBe(saved);
    expect(answers(predict(again, rows()), rows())).toEqual(answers(predict(model, rows()), rows()));
  },

  "the saved form is plain finite JSON with a kind and a version": ({ fit, train, version }) => {
    const model = fit(train("small"));
    const spec = model.toJSON();
    expect(findNonJson(spec)).toEqual([]);
    expect(JSON.parse(JSON.stringify(model))).toEqual(spec);
    expect(spec).toMatchObject({ kind: expect.stringMatching(/^[a-z][A-Za-z]+$/) as unknown, version: version ?? 1 });
  },

  "the saved form does not grow with the rows": ({ fit, train }) => {
    const ofFew = fit(train("small"));
    const ofMany = fit(train("large"));
    expect(countLeaves(ofMany.toJSON())).toBe(countLeaves(ofFew.toJSON()));
  },

  "the saved form shares nothing with the model": ({ fit, train, rows, predict, answers }) => {
    const model = fit(train("small"));
    const saved = JSON.stringify(model);
    const before = answers(predict(model, rows()), rows());
    spoilDeep(model.toJSON());
    expect(JSON.stringify(model)).toBe(saved);
    expect(answers(predict(model, rows()), rows())).toEqual(before);
  },

  "a model keeps nothing of what it was read from": ({ fit, train, read, rows, predict, answers }) => {
    const saved = JSON.stringify(fit(train("small")));
    const spec: unknown = JSON.parse(saved);
    const model = read(spec);
    const before = answers(predict(model, rows()), rows());
    spoilDeep(spec);
    expect(JSON.stringify(model)).toBe(saved);
    expect(answers(predict(model, rows()), rows())).toEqual(before);
  },

  "a malformed saved form is refused": ({ fit, train, read }) => {
    const wrong = malformedSpecs(fit(train("small")).toJSON());
    expect(wrong.length).toBeGreaterThan(20);
    expect(wrong.flatMap(({ change, value, mayBeRead }) => objections(read, value, mayBeRead).map((objection) => `${change}: ${objection}`))).toEqual([]);
  },

  "a saved form of another kind or version is refused": ({ fit, train, read, version = 1 }) => {
    const spec = fit(train("small")).toJSON();
    const others = [{ kind: "other" }, { kind: "__proto__" }, { version: 0 }, { version: version + 1 }, { version: String(version) }, { version: 1.5 }].map((change) => ({ ...spec, ...change }));
    for (const other of others) expect(objections(read, other, false), JSON.stringify(other).slice(0, 80)).toEqual([]);
  },

  "what is no object is refused": ({ fit, train, read }) => {
    const model = fit(train("small"));
    for (const value of [undefined, null, true, 1, "", JSON.stringify(model), [], [model.toJSON()], () => model, Object.create(model.toJSON())]) {
      expect(objections(read, value, false), typeof value).toEqual([]);
    }
  },

  "a field called __proto__ has no effect": ({ fit, train, read }) => {
    const saved = JSON.stringify(fit(train("small")));
    const planted = saved.replaceAll("{", '{"__proto__":{"polluted":true,"kind":"other","version":9},');
    expect(JSON.stringify(read(JSON.parse(planted)))).toBe(saved);
    expect("polluted" in {}).toBe(false);
    expect(objections(read, JSON.parse(`{"__proto__":${saved}}`), false)).toEqual([]);
  },
} satisfies Record<string, Law>;

/** What is wrong with how a saved form was received: it must be refused by name, or (where it may be read) come out as it went in. */
function objections(read: (value: unknown) => object, value: unknown, mayBeRead: boolean): string[] {
  try {
    const written: unknown = JSON.parse(JSON.stringify(read(value)));
    if (!mayBeRead) return ["was read"];
    return JSON.stringify(withoutNulls(written)) === JSON.stringify(withoutNulls(value)) ? [] : ["was read as something else"];
  } catch (error) {
    if (error instanceof ClienteleError && error.code === "invalidSpec") return [];
    return [`threw ${error instanceof ClienteleError ? error.code : String(error)}`];
  }
}

/** Absent and null mean the same. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== "object" || value === null) return value;
  const fields = Object.entries(value).filter(([, field]) => field !== null && field !== undefined);
  return Object.fromEntries(fields.map(([name, field]): [string, unknown] => [name, withoutNulls(field)]));
}
