import { expect, test } from "vitest";
import { describeFeature } from "../../src/errors/describe";

test.each([
  ["tenure", "tenure"],
  ["name=Geheim Wort", "name=…"],
  ["note=a=b", "note=…"],
  ["plan=", "plan=…"],
  ["=level of a column without a name", "=…"],
])("of the feature %j, %j may be shown", (name, shown) => {
  expect(describeFeature(name)).toBe(shown);
});
