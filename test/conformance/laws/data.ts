import { expect } from "vitest";
import { refusal } from "../../support/errors";
import { freezeDeep, spoilDeep, typedArraysIn } from "../deep";
import type { Law } from "../definition";

export const dataLaws = {
  "what a model is fitted on is not changed": ({ fit, train }) => {
    const data = freezeDeep(train("small"));
    fit(data);
    expect(data).toEqual(train("small"));
  },

  "what a model is fitted on is not kept": ({ fit, train, rows, predict, answers }) => {
    const data = train("small");
    const model = fit(data);
    const saved = JSON.stringify(model);
    const before = answers(predict(model, rows()), rows());
    spoilDeep(data);
    expect(JSON.stringify(model)).toBe(saved);
    expect(answers(predict(model, rows()), rows())).toEqual(before);
  },

  "the rows of a prediction are not changed": ({ fit, train, rows, predict }) => {
    const given = freezeDeep(rows());
    predict(fit(train("small")), given);
    expect(given).toEqual(rows());
  },

  "a prediction leaves no trace in the model": ({ fit, train, rows, take, predict, answers }) => {
    const model = fit(train("small"));
    const saved = JSON.stringify(model);
    const before = answers(predict(model, rows()), rows());
    predict(model, take(rows(), [0]));
    expect(answers(predict(model, rows()), rows())).toEqual(before);
    expect(JSON.stringify(model)).toBe(saved);
  },

  "results belong to the caller": ({ fit, train, rows, predict, answers }) => {
    const model = fit(train("small"));
    const saved = JSON.stringify(model);
    const before = answers(predict(model, rows()), rows());
    spoilDeep(predict(model, rows()));
    expect(answers(predict(model, rows()), rows())).toEqual(before);
    expect(JSON.stringify(model)).toBe(saved);
  },

  // A type cannot make a typed array read-only, as `readonly number[]` does.
  "typed arrays among a model's properties are not those it predicts with": ({ fit, train, rows, predict, answers }) => {
    const model = fit(train("small"));
    const before = answers(predict(model, rows()), rows());
    for (const values of typedArraysIn(model)) values.fill(77);
    expect(answers(predict(model, rows()), rows())).toEqual(before);
  },

  "records in place of a table, and rows in place of a matrix, are refused": ({ doors }) => {
    expect(Object.keys(doors).length, "nothing takes a table or a matrix: declare the law exempt").toBeGreaterThan(0);
    for (const [name, enter] of Object.entries(doors)) {
      for (const data of [[{ tenure: 1 }], [[1, 2]], [], {}, { rowCount: 1, columns: {} }, { values: [1], names: ["a"] }, null, undefined, 5, "x"]) {
        const { code, details } = refusal(() => enter(data as never));
        expect([code, details.parameter], `${name} of ${JSON.stringify(data)}`).toEqual(["invalidInput", expect.stringMatching(/^(table|matrix|transactions|values)$/)]);
      }
    }
  },
} satisfies Record<string, Law>;
