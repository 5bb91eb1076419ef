import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, mkdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);

export const projectFolder = fileURLToPath(new URL("../../", import.meta.url));

const manifest = JSON.parse(readFileSync(`${projectFolder}package.json`, "utf8")) as {
  readonly exports: Readonly<Record<string, unknown>>;
};

/** The package as a user gets it: packed, and installed from the tarball into an empty project. */
export interface InstalledPackage {
  readonly tarball: string;
  /** Paths inside the tarball. */
  readonly files: readonly string[];
  /** The project that installed it; it holds copies of `consumers/`. */
  readonly consumer: string;
  /** Why the installation did not happen, for instance without a registry. */
  readonly notInstalled: string | undefined;
  remove(): void;
}

export async function packAndInstall(): Promise<InstalledPackage> {
  const folder = mkdtempSync(join(tmpdir(), "clientele-package-"));
  const { stdout } = await run("npm", ["pack", "--ignore-scripts", "--json", "--pack-destination", folder], { cwd: projectFolder });
  const [packed] = JSON.parse(stdout) as [{ filename: string; files: { path: string }[] }];
  const tarball = join(folder, packed.filename);
  const consumer = join(folder, "consumer");
  cpSync(join(projectFolder, "test/package/consumers"), consumer, { recursive: true });
  writeFileSync(join(consumer, "package.json"), JSON.stringify({ name: "consumer", private: true, type: "module" }));
  writeFileSync(join(consumer, "every-subpath.ts"), everySubpath());
  const notInstalled = await install(tarball, consumer);
  // The types of Node are the user's own; these are the project's, to save a download.
  mkdirSync(join(consumer, "node_modules/@types"), { recursive: true });
  for (const name of ["@types/node", "undici-types"]) if (existsSync(join(projectFolder, "node_modules", name))) symlinkSync(join(projectFolder, "node_modules", name), join(consumer, "node_modules", name));
  return { tarball, files: packed.files.map(({ path }) => path).sort(), consumer, notInstalled, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Runs a program in the consumer; a failure carries what it printed. */
export async function runIn(folder: string, program: string, ...parameters: readonly string[]): Promise<string> {
  try {
    return (await run(program, [...parameters], { cwd: folder, maxBuffer: 16 * 1024 * 1024 })).stdout;
  } catch (error) {
    const { stdout, stderr, message } = error as { stdout?: string; stderr?: string; message: string };
    throw new Error([message, stdout, stderr].filter(Boolean).join("\n"), { cause: error });
  }
}

async function install(tarball: string, consumer: string): Promise<string | undefined> {
  try {
    await runIn(consumer, "npm", "install", tarball, "--prefer-offline", "--no-audit", "--no-fund", "--ignore-scripts");
    return undefined;
  } catch (error) {
    const text = String(error);
    const unreachable = /ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|ENOTCACHED|network/.exec(text);
    if (unreachable === null) throw error;
    return `the registry cannot be reached (${unreachable[0]})`;
  }
}

/** A source that imports every subpath, so that the compiler reads every published declaration. */
function everySubpath(): string {
  const subpaths = Object.entries(manifest.exports).flatMap(([subpath, target]) => (typeof target === "string" ? [] : [subpath.replace(/^\./, "clientele")]));
  return `${subpaths.map((subpath, index) => `import * as area${index} from ${JSON.stringify(subpath)};`).join("\n")}\nexport const areas: readonly object[] = [${subpaths.map((_, index) => `area${index}`).join(", ")}];\n`;
}
