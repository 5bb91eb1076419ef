import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium, type Browser } from "playwright";

/** A started browser, or the reason why there is none on this machine. */
export type StartedBrowser = { readonly browser: Browser; readonly reason?: undefined } | { readonly browser?: undefined; readonly reason: string };

/**
 * Starts Chromium: the one that `CHROMIUM_PATH` names, or the one that comes inside @sparticuz/chromium (Linux, x64).
 */
export async function startChromium(): Promise<StartedBrowser> {
  try {
    const executablePath = process.env["CHROMIUM_PATH"] ?? (await unpackedChromium());
    // Not the arguments that the package proposes: they switch the web's security off.
    const args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
    return { browser: await chromium.launch({ executablePath, args }) };
  } catch (error) {
    return { reason: `Chromium does not start: ${(error instanceof Error ? error.message : String(error)).split("\n", 1)[0]!}` };
  }
}

async function unpackedChromium(): Promise<string> {
  // TMPDIR decides where the package unpacks, the other makes it bring its own libraries; both are read when it is imported.
  const folder = fileURLToPath(new URL("../../node_modules/.cache/chromium", import.meta.url));
  mkdirSync(folder, { recursive: true });
  process.env["TMPDIR"] = folder;
  process.env["AWS_LAMBDA_JS_RUNTIME"] ??= "nodejs20.x";
  const { default: packaged } = await import("@sparticuz/chromium");
  const executablePath = await packaged.executablePath();
  // The package's own configuration looks for its font in /tmp; without a font every text is 0 pixels wide.
  const fonts = join(folder, "text-fonts.conf");
  writeFileSync(fonts, `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>${join(folder, "fonts")}</dir><cachedir>${join(folder, "fonts-cache")}</cachedir></fontconfig>`);
  process.env["FONTCONFIG_FILE"] = fonts;
  return executablePath;
}
