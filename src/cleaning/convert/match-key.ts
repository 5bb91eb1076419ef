/** Signs that people type for an apostrophe; some would become a blank with an accent in the compatibility form. */
const APOSTROPHES = /['`\u00b4\u02b9\u02bb\u02bc\u02c8\u02ca\u02cb\u2018\u2019\u201b\u2032\u2035\uff07]/g;

const WHITE_SPACE = /[\s\u0085]+/g;

/** What no reader sees; the byte order mark is white space to JavaScript, so this goes first. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu;

/** Accents: marks on Latin, Greek and Cyrillic letters. In other scripts marks are vowels or make another letter. */
const ACCENTED = /((?=\p{L})[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}])\p{Mn}+/gu;

/** Letters that have an accent in their drawing and no decomposition. */
const DRAWN_ACCENTS: Readonly<Record<string, string>> = { ø: "o", ł: "l", đ: "d", ð: "d", ħ: "h", ŧ: "t", ɨ: "i", æ: "ae", œ: "oe", þ: "th" };

/**
 * A key for comparing: compatibility forms (NFKC), capital and small letters (ß and ss, final sigma, the Turkish dotless ı and dotted İ),
 * punctuation, the amount of white space and, unless `accents`, accents make no difference. Full stops and apostrophes vanish ("O'Neil",
 * "A.C.M.E."), other punctuation is white space ("Smith-Jones"). The key of a key is itself; "" is the key of a text without a letter,
 * digit or symbol.
 */
export function matchKey(text: string, accents: boolean): string {
  const visible = text.replace(APOSTROPHES, "").replace(INVISIBLE, "").replace(WHITE_SPACE, " ").replace(/\p{Cc}/gu, "");
  // Some compatibility forms hold full stops and apostrophes, and without these a mark may follow a letter.
  const plain = visible.normalize("NFKC").replace(APOSTROPHES, "").replaceAll(".", "").normalize("NFD");
  const letters = accents ? withoutDots(foldLetters(plain)) : withoutStrokes(foldLetters(plain.replace(ACCENTED, "$1")));
  return letters.replace(/[\p{P}\s]+/gu, " ").trim().normalize("NFKC");
}

/** Full case folding (Unicode, C + F) by the case mappings of the language: capitals first, because ß has its equal only there. */
function foldLetters(text: string): string {
  // ẞ is a capital already: small letters first make it ß.
  return text.toLowerCase().toUpperCase().toLowerCase().replaceAll("ς", "σ");
}

/** The dot of i is no accent: the small letter of İ has one more. */
function withoutDots(text: string): string {
  return text.normalize("NFD").replace(/i\p{Mn}+/gu, (letter) => letter.replaceAll("\u0307", ""));
}

function withoutStrokes(text: string): string {
  return text.replace(/[øłđðħŧɨæœþ]/g, (letter) => DRAWN_ACCENTS[letter]!);
}
