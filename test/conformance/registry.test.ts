import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import * as scoring from "clientele/scoring";
import { models } from "./models";

const sources = new URL("../../src/", import.meta.url);

/** The exported functions of every area, by area and name. */
const exported = (
  await Promise.all(
    readdirSync(sources, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && readdirSync(new URL(`${entry.name}/`, sources)).includes("index.ts"))
      .map(async ({ name: area }) => {
        const names = (await import(/* @vite-ignore */ new URL(`${area}/index.ts`, sources).href)) as Record<string, unknown>;
        return Object.entries(names).flatMap(([name, value]) => (typeof value === "function" ? [{ area, name, value }] : []));
      }),
  )
).flat();

const registered = models.map((model) => model(({ name, fits, reader, steps }) => ({ name, fits, reader, hasSteps: steps !== undefined })));

describe("the registry", () => {
  test("names every fit of every area", () => {
    const fits = exported.filter(({ name }) => /^fit[A-Z]/.test(name)).map(({ name }) => name);
    expect(fits).toContain("fitKMeans");
    expect(registered.flatMap((model) => model.fits)).toEqual(expect.arrayContaining(fits));
  });

  test("names only functions that are exported", () => {
    const names = new Set(exported.map(({ name }) => name));
    expect(registered.flatMap(({ fits, reader }) => [...fits, reader]).filter((name) => !names.has(name))).toEqual([]);
  });

  test("names every reader of a saved form", () => {
    const readers = exported.filter(({ name }) => name.endsWith("FromSpec")).map(({ name }) => name);
    expect(readers).toContain("kMeansFromSpec");
    expect(registered.map(({ reader }) => reader)).toEqual(expect.arrayContaining(readers));
  });

  test("knows the slices of every fit that has some", () => {
    const names = new Set(exported.map(({ name }) => name));
    const stepsOf = (fit: string): string => `${fit.slice(3, 4).toLowerCase()}${fit.slice(4)}Steps`;
    const wrong = registered.filter(({ fits, hasSteps }) => fits.some((fit) => names.has(stepsOf(fit))) !== hasSteps);
    expect(wrong.map(({ name }) => name)).toEqual([]);
  });

  test("gives each model a name of its own", () => {
    expect(new Set(registered.map(({ name }) => name)).size).toBe(registered.length);
  });
});

describe("clientele/scoring", () => {
  const readers = [...new Set(registered.map(({ reader }) => reader))];

  test.each(readers)("has %s, the function of the model's area", (reader) => {
    const functions = exported.filter(({ name }) => name === reader);
    expect(functions.map(({ area }) => area)).toContain("scoring");
    expect(new Set(functions.map(({ value }) => value)).size).toBe(1);
  });

  test("fits nothing", () => {
    expect(Object.keys(scoring).filter((name) => /^fit[A-Z]/.test(name) || name.endsWith("Steps"))).toEqual([]);
  });
});
