import { existsSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { projectFiles, projectFolder, readProjectFile } from "./code-blocks";
import { brokenLinks } from "./links";

describe("links between the documents", () => {
  test("lead to files and headings that are there", () => {
    const paths = projectFiles(/^(?!docs\/api\/).+\.md$/);
    const pages = new Map(paths.map((path) => [path, readProjectFile(path)]));
    expect(brokenLinks(pages, (path) => existsSync(projectFolder + path))).toEqual([]);
  });

  test("are reported when they lead nowhere", () => {
    const pages = new Map([
      ["README.md", "[a](docs/a.md) [b](docs/b.md) [c](docs/a.md#no) [d](#none) [e](../x.md) [f](docs/api/x.html)\n\n[ref]: docs/c.md\n"],
      ["docs/a.md", "# A\n"],
    ]);
    expect(brokenLinks(pages, () => false).map(({ target }) => target)).toEqual(["docs/b.md", "docs/a.md#no", "#none", "../x.md", "docs/api/x.html", "docs/c.md"]);
  });

  test("are left alone when they lead somewhere, outside, or stand in code", () => {
    const pages = new Map([
      ["README.md", "# What it's for\n## Twice\n## Twice\n[a](docs/a.md#the-fit-fitx) [b](https://example.org/x) [c](#what-its-for) [d](LICENSE) [e](#twice-1) `[f](no.md)`\n```md\n[g](no.md)\n```\n"],
      ["docs/a.md", "## The fit: `fitX`\n[up](../README.md)\n"],
    ]);
    expect(brokenLinks(pages, (path) => path === "LICENSE")).toEqual([]);
  });
});
