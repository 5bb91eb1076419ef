import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import buildConfiguration from "../../tsup.config";
import { rules, type Plant } from "./rules";
import { parseSources, readSources, type Manifest, type SourceTree, type Violation } from "./source-tree";

const sources: SourceTree = { files: readSources(), manifest: readManifest(), entries: readEntries() };

describe.each(rules)("$name", ({ rule, refused, allowed }) => {
  test("holds for src", async () => {
    expect((await rule(sources)).map(describeViolation)).toEqual([]);
  });

  test.each(Object.entries(refused))("reports a planted violation: %s", async (message, plant) => {
    expect((await rule(treeOf(plant))).map(describeViolation).join("\n")).toContain(message);
  });

  test("leaves its harmless neighbour alone", async () => {
    expect((await rule(treeOf(allowed))).map(describeViolation)).toEqual([]);
  });
});

function describeViolation({ file, line, message }: Violation): string {
  return `${file}:${line} ${message}`;
}

function treeOf({ files, manifest, entries }: Plant): SourceTree {
  return { files: parseSources(files), manifest: { exports: {}, dependencies: {}, ...manifest }, entries: entries ?? [] };
}

function readManifest(): Manifest {
  return JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as Manifest;
}

function readEntries(): readonly string[] {
  const options = typeof buildConfiguration === "function" || Array.isArray(buildConfiguration) ? undefined : buildConfiguration;
  if (!Array.isArray(options?.entry)) throw new Error("tsup.config.ts no longer exports one configuration with a list of entries: adapt readEntries");
  return options.entry;
}
