import { readdirSync, readFileSync } from "node:fs";
import * as scoring from "clientele/scoring";
import { describe, expect, test } from "vitest";
import { savedModels, type SavedModel } from "./saved-models";

interface SavedFile {
  readonly saved: { readonly version: number };
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  readonly predicted: readonly unknown[];
}

const files = readdirSync(import.meta.dirname).filter((file) => file.endsWith(".json"));

const modelOf = (file: string): SavedModel | undefined => savedModels.find(({ name }) => file.replace(/-v\d+\.json$/, "") === name);

describe.each(files)("%s", (file) => {
  const { saved, rows, predicted } = JSON.parse(readFileSync(`${import.meta.dirname}/${file}`, "utf8")) as SavedFile;

  test("is read, and answers what was recorded", () => {
    const answers = modelOf(file)?.predict(saved, rows) ?? [];
    expect(answers).toHaveLength(predicted.length);
    answers.forEach((answer, i) => {
      const recorded = predicted[i];
      // The exponential function may differ in its last digits between engines.
      if (typeof answer === "number" && typeof recorded === "number") expect(Math.abs(answer - recorded)).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(recorded)));
      else expect(answer).toEqual(recorded);
    });
  });

  test("has the version of its name", () => {
    expect(file).toBe(`${modelOf(file)?.name ?? "unknown"}-v${saved.version}.json`);
  });
});

test("every model has a file of the version that it saves today", () => {
  expect(savedModels.map(({ name, fit }) => `${name}-v${fit().toJSON().version}.json`).filter((file) => !files.includes(file))).toEqual([]);
});

test("every reader of clientele/scoring has a saved form to read", () => {
  const readers = Object.keys(scoring).filter((name) => name.endsWith("FromSpec"));
  expect([...new Set(savedModels.map(({ reader }) => reader))].sort()).toEqual(readers.sort());
});
