import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { afterAll, describe, expect, test } from "vitest";
import { staleBuild } from "../bundle/bundle";
import { packAndInstall, projectFolder, runIn } from "./installed-package";

const stale = staleBuild();
if (stale !== undefined) throw new Error(stale);

const installed = await packAndInstall();
const { tarball, files, consumer, notInstalled } = installed;
afterAll(() => installed.remove());

const tool = (name: string): string => join(projectFolder, "node_modules/.bin", name);

describe("the packed package", () => {
  test("holds the built files and four documents, nothing else", () => {
    expect(files.filter((path) => !/^dist\/.+\.(js|d\.ts)$/.test(path))).toEqual(["CHANGELOG.md", "LICENSE", "README.md", "package.json"]);
    expect(files.filter((path) => path.startsWith("dist/")).length).toBeGreaterThan(20);
  });

  test("names no folder of the machine that built it", () => {
    const machine = [projectFolder, `${homedir()}/`, "file:///"];
    const naming = files.filter((path) => machine.some((folder) => readFileSync(join(projectFolder, path), "utf8").includes(folder)));
    expect(naming).toEqual([]);
  });

  test("is accepted by publint", async () => {
    const { messages, pkg } = await publint({ pkgDir: projectFolder, pack: "npm", strict: true });
    expect(messages.map((message) => formatMessage(message, pkg, { color: false }))).toEqual([]);
  });

  test("is accepted by attw for consumers of ESM", { timeout: 60_000 }, async () => {
    await expect(runIn(projectFolder, tool("attw"), tarball, "--profile", "esm-only", "--no-color", "--no-emoji")).resolves.toContain('"clientele/scoring"');
  });
});

describe.skipIf(notInstalled !== undefined)(`a project that installed it${notInstalled === undefined ? "" : ` (skipped: ${notInstalled})`}`, { timeout: 90_000 }, () => {
  test("imports it", async () => {
    expect(await runIn(consumer, "node", "esm.mjs")).toBe("works\n");
  });

  test("requires it", async () => {
    expect(await runIn(consumer, "node", "require.cjs")).toBe("works\n");
  });

  test("runs it with tsx", async () => {
    expect(await runIn(consumer, tool("tsx"), "script.ts")).toBe("works\n");
  });

  describe.each([
    ["typescript-5.5", "the oldest TypeScript that is supported"],
    ["typescript", "the current TypeScript"],
  ])("compiles against it with %s, %s", (compiler) => {
    const tsc = join(projectFolder, "node_modules", compiler, "bin/tsc");
    const missing = existsSync(tsc) ? "" : ` (skipped: ${compiler} is not installed)`;

    test.skipIf(missing !== "").each(["nodenext", "bundler"])(`%s${missing}`, async (resolution) => {
      expect(await runIn(consumer, "node", tsc, "--project", `tsconfig.${resolution}.json`)).toBe("");
    });

    test.skipIf(missing !== "")(`and refuses a wrong call${missing}`, async () => {
      await expect(runIn(consumer, "node", tsc, "--project", "tsconfig.wrong.json")).rejects.toThrow(/wrong\.ts.*TS2322/);
    });
  });
});
