import { expect, test } from "vitest";
import { parseEmail } from "../../src/cleaning/convert/parse-email";
import expected from "../reference/conversion/expected.json";

test.each(expected.domains)("the domain $domain is that of Python's IDNA codec", ({ domain, ascii }) => {
  expect(parseEmail(`Jo@${domain}`, false)).toBe(`Jo@${ascii}`);
});

test("addresses in one form", () => {
  expect(parseEmail("  Jo.Do+Tag@Mail.Example.ORG ", false)).toBe("Jo.Do+Tag@mail.example.org");
  expect(parseEmail("Jo.Do+Tag@Mail.Example.ORG", true)).toBe("jo.do+tag@mail.example.org");
  expect(parseEmail("jo\u200b@example.org", false)).toBe("jo@example.org");
  expect(parseEmail("o'neil_!#$%&*/=?^{|}~-@example.org", false)).toBe("o'neil_!#$%&*/=?^{|}~-@example.org");
  expect(parseEmail("jürgen@example.org", false)).toBe("jürgen@example.org");
});

test.each([
  "", "@", "jo", "jo@", "@example.org", "jo@example", "jo@localhost", "jo@@example.org", "jo@example..org", "jo@.example.org", "jo@example.org.", ".jo@example.org", "jo.@example.org", "j..o@example.org",
  "jo do@example.org", "jo@exam ple.org", "jo@-example.org", "jo@example-.org", "jo@exam_ple.org", "jo@127.0.0.1", "jo@[127.0.0.1]", '"jo do"@example.org', "Jo <jo@example.org>", "jo@example.org, do@example.org",
  "mailto:jo@example.org", "jo@example.org?x", "jo@ex%61mple.org", "jo@münchen.example/x", "jo@münchen:80.example", "jo@１２７.0.0.１", "jo\t@example.org", "jo@\ud800.example",
])("%s has not the form of an address", (text) => {
  expect(parseEmail(text, false)).toBeUndefined();
});

test("lengths are those of RFC 5321", () => {
  const local = "a".repeat(64);
  const label = "b".repeat(63);
  expect(parseEmail(`${local}@example.org`, false)).toBe(`${local}@example.org`);
  expect(parseEmail(`a${local}@example.org`, false)).toBeUndefined();
  expect(parseEmail(`jo@${label}.org`, false)).toBe(`jo@${label}.org`);
  expect(parseEmail(`jo@b${label}.org`, false)).toBeUndefined();
  const longest = `jo@${label}.${label}.${label}.${"c".repeat(59)}`;
  expect(longest).toHaveLength(254);
  expect(parseEmail(longest, false)).toBe(longest);
  expect(parseEmail(`${longest}c`, false)).toBeUndefined();
  expect(parseEmail(`${"a.".repeat(500_000)}@example.org`, false)).toBeUndefined();
});
