import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { heading } from "./measure";

const RUNS = 9;

/** How long Node takes to load each entry of the built package, beyond starting; median of fresh processes. */
export function benchImport(): void {
  heading(`Import time in Node, median of ${RUNS} processes`);
  if (!existsSync("dist/index.js")) {
    console.log("skipped: dist/ is missing, run npm run build first");
    return;
  }
  const manifest = JSON.parse(readFileSync("package.json", "utf8")) as { exports: Record<string, unknown> };
  for (const [subpath, target] of Object.entries(manifest.exports)) {
    if (typeof target !== "object" || target === null || !("default" in target)) continue;
    const code = `const start = performance.now(); await import(${JSON.stringify(`${process.cwd()}/${String(target.default)}`)}); console.log(performance.now() - start);`;
    const times = Array.from({ length: RUNS }, () =>
      Number(spawnSync(process.execPath, ["--input-type=module", "-e", code], { encoding: "utf8" }).stdout),
    ).sort((a, b) => a - b);
    console.log(`${`clientele${subpath.slice(1)}`.padEnd(24)} ${times[Math.floor(RUNS / 2)]!.toFixed(0).padStart(5)} ms`);
  }
}
