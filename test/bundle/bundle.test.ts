import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { bundleCode, bundleImport, fitsInside, packagesLoadedWith, staleBuild, type Bundle } from "./bundle";
import { describeEntry, sizeTable } from "./size-table";

interface Manifest {
  readonly exports: Readonly<Record<string, unknown>>;
  readonly dependencies: Readonly<Record<string, string>>;
}

const manifest = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as Manifest;

beforeAll(() => {
  const stale = staleBuild();
  if (stale !== undefined) throw new Error(stale);
});

describe.each(sizeTable.map((entry) => [describeEntry(entry), entry] as const))("%s", (_name, { subpath, imports, ceiling, packages, fit }) => {
  let bundle: Bundle;
  beforeAll(async () => {
    bundle = await bundleImport(subpath, imports);
  });

  test(`is at most ${ceiling} bytes, gzipped`, () => {
    expect(bundle.gzipped).toBeLessThanOrEqual(ceiling);
  });

  test("is not far below its ceiling: a ceiling that high would miss what it is for", () => {
    expect(bundle.gzipped).toBeGreaterThan(ceiling * 0.75);
  });

  test(`holds ${packages.length === 0 ? "no package" : packages.join(", ")}`, () => {
    const direct = Object.keys(manifest.dependencies).filter((name) => bundle.packages.has(name));
    expect(direct.sort()).toEqual([...packages].sort());
    if (packages.length === 0) expect([...bundle.packages.keys()]).toEqual([]);
  });

  if (imports === "all") {
    test("makes Node load no other package", async () => {
      expect([...packages]).toEqual(expect.arrayContaining(await packagesLoadedWith(subpath)));
    });
  }

  if (fit === "none") {
    test("holds no fit", () => {
      expect(fitsInside(bundle)).toEqual([]);
    });
  } else if (fit !== undefined) {
    test(`holds ${fit}: the search for fits finds one that is there`, () => {
      expect(fitsInside(bundle)).toContain(fit);
    });
  }
});

describe("the table", () => {
  test("has an entry for every subpath", () => {
    const subpaths = Object.entries(manifest.exports).flatMap(([subpath, target]) => (typeof target === "string" ? [] : [subpath.replace(/^\.\/?/, "")]));
    const whole = sizeTable.filter(({ imports }) => imports === "all").map(({ subpath }) => subpath);
    expect(whole.sort()).toEqual(subpaths.sort());
  });

  test("has an entry with each dependency and one without any, so that finding none says something", () => {
    expect([...new Set(sizeTable.flatMap(({ packages }) => packages))].sort()).toEqual(Object.keys(manifest.dependencies).sort());
    expect(sizeTable.some(({ packages }) => packages.length === 0)).toBe(true);
  });

  test("has entries that must hold no fit", () => {
    expect(sizeTable.some(({ fit }) => fit === "none")).toBe(true);
  });
});

describe("the measuring", () => {
  test("counts the code of a package", async () => {
    const bundle = await bundleCode('import { Matrix } from "ml-matrix";\nexport const a = new Matrix(1, 1);');
    expect(bundle.packages.get("ml-matrix")).toBeGreaterThan(10_000);
  });

  test("lists the packages that Node loads", async () => {
    expect(await packagesLoadedWith("formula")).toEqual(["mathjs"]);
    expect(await packagesLoadedWith("schema")).toEqual(["zod"]);
  });

  test("sees no package where none is imported", async () => {
    expect((await bundleCode("export const a = 1;")).packages.size).toBe(0);
  });
});
