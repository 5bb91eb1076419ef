import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { matchKey } from "../../src/cleaning/convert/match-key";
import { tidyText } from "../../src/cleaning/convert/tidy-text";
import expected from "../reference/conversion/expected.json";

/** Texts of the letters, marks and blanks with which the steps could get in each other's way. */
const AWKWARD = fc.string({
  unit: fc.oneof(
    fc.constantFrom(...Array.from("aAiIıİıßẞſςσΣéÉøØ'`´’.-/ \t\u0085\u00a0\u00ad\u034f\u200b\u200c\u200d\ufeff\u0301\u0307\u0308\u0345\u0327ǅŉΐᾳяйЁнекし\u3099ㅎ각\u1160नम\u094d\u093cبــ\u0651👨🏽\ufe0f½ﬁ①Å\ud800\udc00\0")),
    fc.string({ unit: "binary", minLength: 1, maxLength: 1 }),
  ),
  maxLength: 12,
});

describe("match keys", () => {
  test.each(expected.keys)("$text: as Python's casefold and unicodedata make it", ({ text, key, accented }) => {
    expect(matchKey(text, false)).toBe(key);
    expect(matchKey(text, true)).toBe(accented);
  });

  test("what the two differ in, on purpose: the dotless i, letters with a stroke, typed apostrophes", () => {
    for (const [a, b] of [["IŞIK", "ışık"], ["Møller", "MOLLER"], ["Łódź", "lodz"], ["Þór", "THOR"], ["Æsir", "aesir"], ["Œuvre", "oeuvre"]] as const) expect(matchKey(a, false)).toBe(matchKey(b, false));
    for (const name of ["O'Neil", "O’Neil", "O`Neil", "O´Neil", "OʼNeil", "ONeil", "O＇Neil"]) expect(matchKey(name, false)).toBe("oneil");
    expect(matchKey("Møller", true)).toBe("møller");
  });

  test("the key of a key is itself", () => {
    fc.assert(
      fc.property(AWKWARD, fc.boolean(), (text, accents) => {
        const key = matchKey(text, accents);
        expect(matchKey(key, accents)).toBe(key);
      }),
      { numRuns: 5000 },
    );
  });

  test("every character has a key whose key is itself, and one with its capital", () => {
    for (let point = 0; point <= 0x1ffff; point++) {
      if (point >= 0x3400 && point <= 0x9fff) continue;
      const character = String.fromCodePoint(point);
      const key = matchKey(character, false);
      // A capital has its iota beside it, where a small letter has it below, as an accent.
      const capital = character.normalize("NFD").includes("\u0345") ? character : character.toUpperCase();
      if (matchKey(key, false) !== key || matchKey(capital, false) !== key) expect.fail(`U+${point.toString(16)}`);
    }
  });

  test("long texts end at once", () => {
    for (const text of ["a\u0301".repeat(500_000), `a${"\u0301".repeat(1_000_000)}`, "'".repeat(1_000_000), "- ".repeat(500_000), "\ud800".repeat(1_000_000)]) expect(typeof matchKey(text, false)).toBe("string");
  });
});

describe("tidy texts", () => {
  test("one form, no invisible characters, white space single and none at the ends", () => {
    expect(tidyText("  Jose\u0301 \t\n N\u00fan\u0303ez\u00a0 ")).toBe("José Núñez");
    expect(tidyText("a\u200bb\u00adc\ufeffd\u200e\u202be\0f\u2060")).toBe("abcdef");
    expect(tidyText("a\u0085b\u2028c\u3000d")).toBe("a b c d");
    // Removing what stands between a letter and its accent brings them together.
    expect(tidyText("e\u200b\u0301")).toBe("é");
    expect(tidyText("\u200b")).toBe("");
    expect(tidyText("ﬁ ½ Ａ")).toBe("ﬁ ½ Ａ");
  });

  test("joiners stay where they shape letters or emoji, and go elsewhere", () => {
    for (const text of ["می\u200cخواهم", "क्\u200dष", "👨\u200d👩\u200d👧", "👩🏽\u200d🚀", "❤\ufe0f\u200d🔥"]) expect(tidyText(text)).toBe(text);
    expect(tidyText("ab\u200dcd\u200c \u200de")).toBe("abcd e");
  });

  test("tidying twice is tidying once", () => {
    fc.assert(
      fc.property(AWKWARD, (text) => {
        expect(tidyText(tidyText(text))).toBe(tidyText(text));
      }),
      { numRuns: 5000 },
    );
  });
});
