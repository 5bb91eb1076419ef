import { posix } from "node:path";

/** A link that leads nowhere. */
export interface BrokenLink {
  readonly page: string;
  readonly target: string;
  readonly reason: string;
}

/**
 * The links between pages that do not resolve. `pages` are Markdown texts by path; `exists` answers for every other file of the project.
 */
export function brokenLinks(pages: ReadonlyMap<string, string>, exists: (path: string) => boolean): BrokenLink[] {
  const anchorsOf = new Map([...pages].map(([path, text]) => [path, headingAnchors(text)]));
  return [...pages].flatMap(([page, text]) =>
    linkTargets(text).flatMap((target) => {
      if (/^[a-z][a-z+.-]*:/i.test(target)) return [];
      const [path = "", anchor] = decodeURI(target).split("#");
      const file = path === "" ? page : posix.join(posix.dirname(page), path);
      if (file.startsWith("../")) return [{ page, target, reason: "leads out of the project" }];
      if (file.startsWith("docs/api")) return [{ page, target, reason: "leads to generated pages, which are not in the repository" }];
      if (!pages.has(file) && !exists(file)) return [{ page, target, reason: "no such file" }];
      if (anchor !== undefined && pages.has(file) && anchorsOf.get(file)?.has(anchor) !== true) return [{ page, target, reason: "no such heading" }];
      return [];
    }),
  );
}

function linkTargets(text: string): string[] {
  const prose = withoutCode(text);
  const inline = [...prose.matchAll(/\]\(\s*<?([^\s)>]+)>?(?:\s+"[^"]*")?\s*\)/g)];
  const references = [...prose.matchAll(/^\s*\[[^\]]+\]:\s*<?(\S+?)>?\s*$/gm)];
  return [...inline, ...references].map(([, target]) => target!);
}

/** Anchors as GitHub makes them: small letters, punctuation dropped, blanks to hyphens, repeats numbered. */
function headingAnchors(text: string): Set<string> {
  const anchors = new Set<string>();
  for (const [, heading] of text.replace(/^(`{3,})[^]*?^\1\s*$/gm, "").matchAll(/^#{1,6}\s+(.+?)\s*#*\s*$/gm)) {
    const words = heading!.replace(/\[([^\]]*)\]\([^)]*\)/g, "$1").toLowerCase();
    const base = words.replace(/[^\p{L}\p{N}\s_-]/gu, "").replace(/\s/g, "-");
    let anchor = base;
    for (let repeat = 1; anchors.has(anchor); repeat++) anchor = `${base}-${repeat}`;
    anchors.add(anchor);
  }
  return anchors;
}

function withoutCode(text: string): string {
  return text.replace(/^\s*(`{3,})[^]*?^\s*\1\s*$/gm, "").replace(/`[^`\n]*`/g, "");
}
