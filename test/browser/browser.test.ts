import type { Browser } from "playwright";
import { afterAll, describe, expect, test } from "vitest";
import { analyzeCustomers, renderHtml } from "clientele";
import { awkwardShop } from "./awkward-shop";
import { startChromium } from "./chromium";
import { fitAndSave, scoreSaved, type SavedModels, type Scores } from "./fit-and-score";
import { openOnPhone, phoneWidth } from "./phone-page";
import { runUnderStrictPolicy } from "./strict-page";

const { browser, reason } = await startChromium();
afterAll(() => browser?.close());

const started = (): Browser => browser!;

describe.skipIf(browser === undefined)(`in Chromium${reason === undefined ? "" : ` (skipped: ${reason})`}`, { timeout: 60_000 }, () => {
  test("fits and scores as Node does under script-src 'self', without a complaint", async () => {
    const savedByNode = fitAndSave();
    const { result, complaints } = await runUnderStrictPolicy(
      started(),
      `import { fitAndSave, scoreSaved } from "./fit-and-score";
       const saved = fitAndSave();
       document.querySelector("#result").textContent = JSON.stringify({ saved, own: scoreSaved(saved), received: scoreSaved(${JSON.stringify(savedByNode)}) });`,
    );
    expect(complaints).toEqual([]);
    const inPage = JSON.parse(result) as { saved: SavedModels; own: Scores; received: Scores };

    // k-means uses sums, products and square roots only: equal to the bit.
    expect(inPage.saved.kMeans).toEqual(savedByNode.kMeans);
    const inNode = scoreSaved(savedByNode);
    for (const scores of [inPage.own, inPage.received]) {
      expect(scores.clusters).toEqual(inNode.clusters);
      expect(scores.distances).toEqual(inNode.distances);
      expect(scores.probabilities).toHaveLength(3);
      scores.probabilities.forEach((probability, row) => expect(Math.abs(probability - inNode.probabilities[row]!)).toBeLessThanOrEqual(1e-12));
    }
  });

  test("reports code that the policy forbids, even where it is caught", async () => {
    const { complaints } = await runUnderStrictPolicy(started(), 'try { new Function("return 1"); } catch {}\ndocument.querySelector("#result").textContent = "done";');
    expect(complaints.join("\n")).toContain("policy: script-src");
  });

  test("reports an uncaught error and a missing result", async () => {
    const { complaints } = await runUnderStrictPolicy(started(), 'console.error("planted");\nthrow new Error("thrown");');
    expect(complaints).toEqual(expect.arrayContaining(["console: planted", "uncaught: thrown", "the page wrote no result"]));
  });

  test("shows a report on a phone without scrolling sideways, loading or running anything", async () => {
    const analysis = analyzeCustomers(awkwardShop());
    const { quality, segments, churn, lifetimeValue, actions } = analysis;
    expect([quality, segments, churn, lifetimeValue, actions].map(({ status }) => status)).toEqual(Array.from({ length: 5 }, () => "done"));
    const view = await openOnPhone(started(), renderHtml(analysis, { title: "Customers <b>&</b> orders" }));
    expect(view.complaints).toEqual([]);
    expect(view.title).toBe("Customers <b>&</b> orders");
    expect(view.headings.length).toBeGreaterThanOrEqual(5);
    expect(view.width).toBe(phoneWidth);
  });

  test("reports a page that is too wide, loads something or runs into an error", async () => {
    const view = await openOnPhone(started(), `<!doctype html><meta name="viewport" content="width=device-width"><h2>a</h2><pre>${"wide ".repeat(40)}</pre><img src="no.png"><script>throw new Error("planted")</script>`);
    expect(view.width).toBeGreaterThan(900);
    expect(view.complaints.join("\n")).toMatch(/loads: file:.*no\.png/);
    expect(view.complaints).toContain("uncaught: planted");
  });
});
