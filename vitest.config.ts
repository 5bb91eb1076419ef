import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const source = (path: string): string => fileURLToPath(new URL(`src/${path}`, import.meta.url));

/** Tests of the built package and of a real browser: they need `npm run build` first. */
const ofTheBuild = ["test/bundle/**/*.test.ts", "test/package/**/*.test.ts", "test/browser/**/*.test.ts"];

export default defineConfig({
  resolve: {
    alias: [
      { find: /^clientele$/, replacement: source("index.ts") },
      { find: /^clientele\/(.+)$/, replacement: source("$1/index.ts") },
    ],
  },
  test: {
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // `npx vitest run --project source` is the quick round while writing.
    projects: [
      { extends: true, test: { name: "source", include: ["test/**/*.test.ts"], exclude: ofTheBuild } },
      { extends: true, test: { name: "build", include: ofTheBuild } },
    ],
  },
});
