import { createServer, type Server } from "node:http";
import { build } from "esbuild";
import type { Browser } from "playwright";

/** What a page did under a strict content security policy. */
export interface PageOutcome {
  /** The text that the page wrote as its result. */
  readonly result: string;
  /** Violations of the policy, console errors and uncaught errors. */
  readonly complaints: readonly string[];
}

const page = '<!doctype html><meta charset="utf-8"><title>test</title><link rel="icon" href="data:,"><pre id="result"></pre><pre id="violations"></pre><script src="/watch.js"></script><script type="module" src="/page.js"></script>';

/** Written before anything else runs, and itself allowed by the policy. */
const watch = `document.addEventListener("securitypolicyviolation", (event) => {
  document.querySelector("#violations").textContent += event.violatedDirective + ": " + (event.blockedURI || event.sample) + "\\n";
});`;

/**
 * Bundles `code` (resolved from this folder, `clientele` being the sources), serves it from this machine under
 * `script-src 'self'` and waits until it has written `document.querySelector("#result").textContent`.
 */
export async function runUnderStrictPolicy(browser: Browser, code: string): Promise<PageOutcome> {
  const { outputFiles } = await build({ stdin: { contents: code, resolveDir: import.meta.dirname, loader: "ts" }, bundle: true, write: false, format: "esm", target: "es2022", logLevel: "silent" });
  const server = await serve(new Map([["/", page], ["/watch.js", watch], ["/page.js", outputFiles[0]?.text ?? ""]]));
  const view = await browser.newPage();
  try {
    const complaints: string[] = [];
    view.on("console", (message) => {
      if (message.type() === "error") complaints.push(`console: ${message.text()}`);
    });
    view.on("pageerror", (error) => complaints.push(`uncaught: ${error.message}`));
    const failed = new Promise<void>((resolve) => view.once("pageerror", () => resolve()));
    await view.goto(addressOf(server));
    const written = view.locator("#result:not(:empty)").waitFor({ state: "attached", timeout: 20_000 });
    await Promise.race([failed, written]).catch(() => undefined);
    written.catch(() => undefined);
    const violations = ((await view.locator("#violations").textContent()) ?? "").split("\n").filter((line) => line !== "");
    const result = (await view.locator("#result").textContent()) ?? "";
    if (result === "") complaints.push("the page wrote no result");
    return { result, complaints: [...complaints, ...violations.map((line) => `policy: ${line}`)] };
  } finally {
    await view.close();
    server.close();
  }
}

async function serve(files: ReadonlyMap<string, string>): Promise<Server> {
  const server = createServer((request, response) => {
    const path = request.url ?? "/";
    const text = files.get(path);
    response.writeHead(text === undefined ? 404 : 200, {
      "content-type": path.endsWith(".js") ? "text/javascript; charset=utf-8" : "text/html; charset=utf-8",
      "content-security-policy": "script-src 'self'",
    });
    response.end(text);
  });
  await new Promise<void>((started) => server.listen(0, "127.0.0.1", started));
  return server;
}

function addressOf(server: Server): string {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return `http://127.0.0.1:${address.port}/`;
}
