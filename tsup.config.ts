import { readFileSync } from "node:fs";
import { defineConfig } from "tsup";

/** The build has one entry per package subpath, read from `exports`, so a new subpath is named in one place. */
const manifest = JSON.parse(readFileSync(new URL("package.json", import.meta.url), "utf8")) as {
  exports: Record<string, string | { default: string }>;
};

const entry = Object.values(manifest.exports)
  .filter((target) => typeof target === "object")
  .map((target) => target.default.replace("./dist/", "src/").replace(/\.js$/, ".ts"));

export default defineConfig({
  entry,
  format: "esm",
  target: "es2022",
  platform: "neutral",
  // One chunk graph for all entries: an importer of one function from the root does not load zod or mathjs.
  splitting: true,
  treeshake: false,
  clean: true,
  dts: { compilerOptions: { ignoreDeprecations: "6.0" } },
});
