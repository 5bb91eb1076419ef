import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser } from "playwright";

/** How a saved page looks on a phone. */
export interface PhoneView {
  /** Width of the whole page in pixels; more than the screen's means that it scrolls sideways. */
  readonly width: number;
  readonly title: string;
  /** Headings of the sections, as they are read. */
  readonly headings: readonly string[];
  /** Console errors, uncaught errors, and whatever the page tried to load. */
  readonly complaints: readonly string[];
}

export const phoneWidth = 390;

/** Opens a page as a file, the way a report is passed on, on a screen of 390 × 844 pixels. */
export async function openOnPhone(browser: Browser, html: string): Promise<PhoneView> {
  const folder = mkdtempSync(join(tmpdir(), "clientele-report-"));
  const address = pathToFileURL(join(folder, "report.html")).href;
  writeFileSync(join(folder, "report.html"), html);
  const view = await browser.newPage({ viewport: { width: phoneWidth, height: 844 } });
  try {
    const complaints: string[] = [];
    view.on("console", (message) => {
      if (message.type() === "error") complaints.push(`console: ${message.text()}`);
    });
    view.on("pageerror", (error) => complaints.push(`uncaught: ${error.message}`));
    view.on("request", (request) => {
      if (request.url() !== address) complaints.push(`loads: ${request.url()}`);
    });
    await view.goto(address);
    const width = await view.evaluate<number>("document.documentElement.scrollWidth");
    return { width, title: await view.title(), headings: await view.locator("h2").allInnerTexts(), complaints };
  } finally {
    await view.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
