import { expect } from "vitest";
import type { Definition, Law, RowAnswer } from "../definition";

export const predictionLaws = {
  "the same input, options and seed give the same bits": ({ fit, train, rows, predict, answers }) => {
    const first = fit(train("small"));
    const second = fit(train("small"));
    expect(JSON.stringify(second)).toBe(JSON.stringify(first));
    expect(answers(predict(second, rows()), rows())).toEqual(answers(predict(first, rows()), rows()));
  },

  "every row has an answer": ({ fit, train, rows, predict, answers, rowCount }) => {
    const all = answers(predict(fit(train("small")), rows()), rows());
    expect(all).toHaveLength(rowCount);
    expect(new Set(all.map((answer) => JSON.stringify(answer))).size).toBeGreaterThan(1);
  },

  "the order of the rows makes no difference to their predictions": (definition) => {
    const reversed = Array.from({ length: definition.rowCount }, (_, row) => definition.rowCount - 1 - row);
    expectPartOfAll(definition, [reversed]);
  },

  "the predictions of a part are that part of the predictions": (definition) => {
    const { rowCount } = definition;
    const everyOther = Array.from({ length: Math.ceil(rowCount / 2) }, (_, i) => 2 * i);
    const alone = Array.from({ length: rowCount }, (_, row) => [row]);
    expectPartOfAll(definition, [everyOther, ...alone, []]);
  },
} satisfies Record<string, Law>;

function expectPartOfAll<Train, Model extends { toJSON(): object }, Rows, Output>(
  { fit, train, rows, take, predict, answers }: Definition<Train, Model, Rows, Output>,
  parts: readonly (readonly number[])[],
): void {
  const model = fit(train("small"));
  const all: readonly RowAnswer[] = answers(predict(model, rows()), rows());
  for (const positions of parts) {
    const part = take(rows(), positions);
    expect(answers(predict(model, part), part), `rows ${positions.join(", ")}`).toEqual(positions.map((row) => all[row]));
  }
}
