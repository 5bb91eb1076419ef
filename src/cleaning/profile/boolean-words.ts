/** Words for yes and true, no and false, in small letters: those that are a pair in some language. */
const TRUE_WORDS = ["yes", "y", "true", "t", "on", "ja", "wahr", "oui", "vrai", "sí", "si", "verdadero", "sì", "vero", "sim", "verdadeiro", "tak", "да", "evet", "はい", "是", "예"] as const;
const FALSE_WORDS = ["no", "n", "false", "f", "off", "nein", "falsch", "non", "faux", "falso", "não", "nao", "nee", "nie", "nej", "nei", "нет", "hayır", "いいえ", "否", "아니요"] as const;

/** Says what a text in small letters means as a word for yes or no; undefined for other texts. */
export function createMeaningReader(): (lowered: string) => boolean | undefined {
  const meanings = new Map<string, boolean>();
  for (const word of TRUE_WORDS) meanings.set(word, true);
  for (const word of FALSE_WORDS) meanings.set(word, false);
  return (lowered) => meanings.get(lowered);
}
