/** Signs that people type for an apostrophe; some would become a blank with an accent in the compatibility form. */
const APOSTROPHES = /['`\u00b4\u02b9\u02bb\u02bc\u02c8\u02ca\u02cb\u2018\u2019\u201b\u2032\u2035\uff07]/g;

const WHITE_SPACE = /[\s\u0085]+/g;

/** What no reader sees. Some controls are white space and have become blanks before. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}|\p{Cc}/gu;

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
  const plain = text.replace(APOSTROPHES, "").replace(WHITE_SPACE, " ").normalize("NFKC").replace(INVISIBLE, "");
  const folded = foldLetters(accents ? plain : plain.normalize("NFD").replace(ACCENTED, "$1"));
  const letters = accents ? folded : folded.replace(/[øłđðħŧɨæœþ]/g, (letter) => DRAWN_ACCENTS[letter]!);
  return letters
    .normalize("NFKC")
    .replace(APOSTROPHES, "")
    .replaceAll(".", "")
    .replace(/[\p{P}\s]+/gu, " ")
    .trim();
}

/** Full case folding (Unicode, C + F) by the case mappings of the language: capitals first, because ß has its equal only there. */
function foldLetters(text: string): string {
  // ẞ is a capital already: small letters first make it ß.
  return text.toLowerCase().toUpperCase().toLowerCase().replaceAll("ς", "σ").replaceAll("i\u0307", "i");
}
