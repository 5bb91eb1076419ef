import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { analyzeCustomers, renderHtml, renderMarkdown, type Analysis } from "clientele";
import { escapeHtml, escapeMarkdown } from "../../src/report/render/escape";
import { expectRefusal } from "../support/errors";

const HOSTILE = `<script>alert("1")</script> & 'x' | y \`z\` [a](b) # h\n- li`;

/** Customers whose id, field names and categories all try to break out. */
function hostileAnalysis(): Analysis {
  const customers = Array.from({ length: 120 }, (_, i) => ({
    [`id ${HOSTILE}`]: `${HOSTILE} ${i}`,
    [`visits ${HOSTILE}`]: (i * 7) % 20,
    [`plan ${HOSTILE}`]: i % 3 === 0 ? HOSTILE : "pro",
    left: (i * 7) % 20 < 8 + (i % 5) ? "yes" : "no",
  }));
  return analyzeCustomers({ customers, fields: { id: `id ${HOSTILE}`, value: `visits ${HOSTILE}` }, churn: { label: "left", positive: "yes" } });
}

const TAGS = /<\/?([a-zA-Z!][^\s>]*)/g;
const OWN_TAGS = new Set(
  "!doctype html head meta title style body header h1 h2 p main dl div dt dd small section table caption thead tbody tr th td figure figcaption ul li span b i".split(" "),
);

describe("renderHtml", () => {
  const page = renderHtml(hostileAnalysis(), { title: HOSTILE });

  test("nothing from the records becomes markup", () => {
    const tags = new Set([...page.matchAll(TAGS)].map(([, name]) => name!.toLowerCase()));
    expect([...tags].filter((tag) => !OWN_TAGS.has(tag))).toEqual([]);
    expect(page).not.toContain("alert(\"");
    expect(page).toContain("&#60;script&#62;");
  });

  test("the page loads nothing and runs nothing", () => {
    expect(page).toMatch(/default-src 'none'; style-src 'unsafe-inline'/);
    expect(page).not.toMatch(/\s(src|href|on\w+)=/);
    expect(page).not.toMatch(/@import|url\(/);
    expect(page).toContain('name="viewport"');
  });

  test("every opened element is closed", () => {
    const open: string[] = [];
    const body = page.slice(page.indexOf("<body>"), page.indexOf("</html>"));
    for (const [tag, name] of body.matchAll(TAGS)) {
      if (tag.startsWith("</")) expect(open.pop()).toBe(name);
      else open.push(name!);
    }
    expect(open).toEqual([]);
  });

  test("numbers follow the locale", () => {
    const german = renderHtml(hostileAnalysis(), { locale: "de" });
    expect(german).toMatch(/\d,\d/);
    expectRefusal(() => renderHtml(hostileAnalysis(), { local: "de" } as never), "unknownOption", 'did you mean "locale"?');
  });
});

test("values by models stand beside those of similar customers, by the chance that customers are still there", () => {
  // Every third of 90 customers comes back, some often.
  const transactions = Array.from({ length: 90 }, (_, i) =>
    Array.from({ length: i % 3 === 0 ? 2 + (i % 9) : 1 }, (_, k) => ({ customerId: `c${i}`, timestamp: new Date(Date.UTC(2025, 0, 1 + (i % 40) + k * (9 + (i % 23)))), amount: 20 + ((i * 13 + k * 7) % 30) })),
  ).flat();
  const analysis = analyzeCustomers({ transactions, asOf: "2025-12-31", lifetimeValue: { horizon: { months: 6 } } });
  const text = renderMarkdown(analysis);
  expect(text).toMatch(/MBG\/NBD.* expect [\d,.]+ .*from [\d,.]+ purchases/);
  // Such regular customers leave a parameter open, and the report says so.
  expect(text).toMatch(/Mind that the (transaction|spend) model has the status unidentified/);
  const counts = [...text.matchAll(/^\| \d+\.0% to \d+\.0% \| (\d+) \|/gm)].map(([, count]) => Number(count));
  expect(counts).toHaveLength(5);
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(90);
});

describe("arguments of the wrong kind", () => {
  test.each(["no_such_locale!", "", "xx", "de_DE"])("a locale that cannot be used: %j", (locale) => {
    const error = expectRefusal(() => renderHtml(hostileAnalysis(), { locale }), "invalidOption", "renderHtml: locale must be a BCP 47 language tag", JSON.stringify(locale));
    expect(error.details).toMatchObject({ parameter: "locale", value: locale });
  });

  test.each([undefined, null, {}, [], "x", { quality: {} }])("an analysis that is none", (analysis) => {
    expectRefusal(() => renderHtml(analysis as never), "invalidInput", "renderHtml: analysis must be what analyzeCustomers returns");
    expectRefusal(() => renderMarkdown(analysis as never), "invalidInput", "renderMarkdown: analysis must be what analyzeCustomers returns");
  });
});

describe("renderMarkdown", () => {
  const text = renderMarkdown(hostileAnalysis(), { title: HOSTILE });

  test("nothing from the records becomes markup, and rows of a table keep their columns", () => {
    expect(text).not.toMatch(/(^|[^\\])<script/);
    const lines = text.split("\n");
    lines.forEach((line, i) => {
      if (!line.startsWith("| ---") && !/^\|( ---:? \|)+$/.test(line)) return;
      const columns = (row: string): number => row.replaceAll("\\|", "").split("|").length;
      for (let j = i + 1; lines[j]?.startsWith("|"); j++) expect(columns(lines[j]!), lines[j]).toBe(columns(line));
    });
  });

  test("five sections, the parts that did not run with their reason", () => {
    expect(text.match(/^## .+$/gm)).toEqual(["## Data quality", "## Segments", "## Churn", "## Lifetime value", "## First actions"]);
    expect(text).toContain("> Not run: there are no transactions.");
    const empty = renderMarkdown(analyzeCustomers({}));
    expect(empty.match(/> Not run: /g)?.length).toBe(5);
  });
});

test("the same analysis gives the same report", () => {
  expect(renderHtml(hostileAnalysis())).toBe(renderHtml(hostileAnalysis()));
});

describe("escaping", () => {
  test("HTML: what is read back is the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const escaped = escapeHtml(text);
        expect(escaped).not.toMatch(/[<>"']|&(?!#\d+;)/);
        expect(escaped.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))).toBe(text);
      }),
    );
  });

  test("Markdown: one line, no active character left alone", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        const escaped = escapeMarkdown(text);
        expect(escaped).not.toMatch(/[\r\n]/);
        expect(escaped.replace(/\\[\\`*_[\]<>|~#+.)-]/g, "")).not.toMatch(/[`*_[\]<>|~]/);
      }),
    );
  });
});
