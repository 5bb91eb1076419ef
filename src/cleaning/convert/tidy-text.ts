/** White space, and the next-line control, which JavaScript does not take for it. */
const WHITE_SPACE = /[\s\u0085]+/g;

/** What no reader sees: soft hyphen, grapheme joiner, zero-width space, direction marks, word joiner, byte order mark. */
const INVISIBLE = /\u00ad|\u034f|\u061c|[\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

/**
 * A joiner shapes letters of Arabic, Mongolian and Indic scripts (also the last one of a word) and makes one emoji of several;
 * behind anything else, another joiner included, it is the remains of a copy.
 */
const STRAY_JOINER =
  /(?<![\p{scx=Arab}\p{scx=Syrc}\p{scx=Mong}\p{scx=Deva}\p{scx=Beng}\p{scx=Guru}\p{scx=Gujr}\p{scx=Orya}\p{scx=Taml}\p{scx=Telu}\p{scx=Knda}\p{scx=Mlym}\p{scx=Sinh}\p{scx=Khmr}\p{scx=Mymr}\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f])[\u200c\u200d]/gu;

/**
 * A text in one form for display: canonical composition (Unicode NFC), no invisible characters, white space single and none at the ends.
 * Tidying a tidy text changes nothing.
 */
export function tidyText(text: string): string {
  // The byte order mark is white space to JavaScript and goes first; the controls among white space are blanks before the others go.
  const visible = text.replace(INVISIBLE, "").replace(WHITE_SPACE, " ").replace(/\p{Cc}/gu, "");
  return visible.normalize("NFC").replace(STRAY_JOINER, "").replace(/ +/g, " ").trim().normalize("NFC");
}
