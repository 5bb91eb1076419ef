import { describe, expect, test } from "vitest";
import { laws } from "./laws";
import { models } from "./models";

for (const model of models) {
  model((definition) => {
    describe(definition.name, () => {
      for (const [name, law] of Object.entries(laws)) {
        const reason = definition.exempt[name];
        if (reason === undefined) test(name, () => law(definition));
        else test.skip(`${name} (does not apply: ${reason})`, () => undefined);
      }

      test("is exempt from laws that exist only", () => {
        expect(Object.keys(definition.exempt).filter((name) => !Object.hasOwn(laws, name))).toEqual([]);
      });
    });
  });
}
