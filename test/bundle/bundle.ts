import { existsSync, readdirSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const projectFolder = fileURLToPath(new URL("../../", import.meta.url));

/** What a bundler makes of an import. */
export interface Bundle {
  readonly minified: number;
  readonly gzipped: number;
  /** Packages whose code is in it, with their bytes before compression. */
  readonly packages: ReadonlyMap<string, number>;
  readonly code: string;
}

/** The file that package.json names for a subpath. */
function builtFile(subpath: string): string {
  return `${projectFolder}dist/${subpath === "" ? "" : `${subpath}/`}index.js`;
}

/** Bundles `imports` of a subpath of the built package as an application for browsers would: minified, dependencies included. */
export async function bundleImport(subpath: string, imports: readonly string[] | "all"): Promise<Bundle> {
  const names = imports === "all" ? "*" : `{ ${imports.join(", ")} }`;
  return bundleCode(`export ${names} from ${JSON.stringify(builtFile(subpath))};`);
}

export async function bundleCode(contents: string): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    stdin: { contents, resolveDir: projectFolder },
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    logLevel: "silent",
    // The project's own tsconfig maps `clientele` to its sources; here only what is built counts.
    tsconfigRaw: {},
  });
  const code = outputFiles[0]?.text ?? "";
  const packages = new Map<string, number>();
  for (const { inputs } of Object.values(metafile.outputs)) {
    for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
      const name = /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules\/)/.exec(path)?.[1];
      if (name !== undefined && bytesInOutput > 0) packages.set(name, (packages.get(name) ?? 0) + bytesInOutput);
    }
  }
  return { minified: code.length, gzipped: gzipSync(code, { level: 9 }).length, packages, code };
}

/** Packages that Node loads with a subpath: those that its files import, used or not. */
export async function packagesLoadedWith(subpath: string): Promise<string[]> {
  const { metafile } = await build({
    entryPoints: [builtFile(subpath)],
    bundle: true,
    treeShaking: false,
    ignoreAnnotations: true,
    packages: "external",
    write: false,
    metafile: true,
    outdir: "unwritten",
    format: "esm",
    logLevel: "silent",
    tsconfigRaw: {},
  });
  const imported = Object.values(metafile.inputs).flatMap(({ imports }) => imports.filter(({ external }) => external === true).map(({ path }) => path.split("/")[0]!));
  return [...new Set(imported)].sort();
}

/** Functions that fit and are in the bundle: their names stand in it as texts, for the wording of their errors. */
export function fitsInside({ code }: Bundle): string[] {
  return [...new Set([...code.matchAll(/["'`](fit[A-Z]\w*)["'`]/g)].map(([, name]) => name!))].sort();
}

/** Why the built files do not show what the sources say, or undefined when they do. */
export function staleBuild(): string | undefined {
  const newest = Math.max(...readdirSync(`${projectFolder}src`, { recursive: true, encoding: "utf8" }).map((path) => statSync(`${projectFolder}src/${path}`).mtimeMs));
  const built = [builtFile(""), builtFile("").replace(/\.js$/, ".d.ts")];
  if (!built.every((file) => existsSync(file))) return "dist/ is missing: run `npm run build` first";
  return built.some((file) => statSync(file).mtimeMs < newest) ? "dist/ is older than src/: run `npm run build` first" : undefined;
}
