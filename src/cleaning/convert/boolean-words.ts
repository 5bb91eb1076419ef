/** Words for yes and true, then for no and false, by language; in small letters, also without the accents that capitals often lack. */
const BOOLEAN_WORDS: Readonly<Record<string, readonly [string, string]>> = {
  ar: ["نعم صحيح", "لا خطأ"],
  bg: ["да вярно истина", "не невярно лъжа"],
  cs: ["ano pravda a", "ne nepravda n"],
  da: ["ja sand sandt j", "nej falsk n"],
  de: ["ja wahr j", "nein falsch n"],
  el: ["ναι ναί αληθής αληθης", "όχι οχι ψευδής ψευδης"],
  en: ["yes true y t on", "no false n f off"],
  es: ["sí si verdadero s v", "no falso n f"],
  et: ["jah tõene", "ei väär"],
  fi: ["kyllä kylla tosi k", "ei epätosi epatosi e"],
  fr: ["oui vrai o v", "non faux n f"],
  he: ["כן אמת", "לא שקר"],
  hi: ["हाँ हां सत्य", "नहीं असत्य"],
  hr: ["da istina d", "ne laž laz n"],
  hu: ["igen igaz i", "nem hamis n h"],
  id: ["ya benar", "tidak salah"],
  it: ["sì si vero s v", "no falso n f"],
  ja: ["はい 真", "いいえ 偽"],
  ko: ["예 네 참", "아니오 아니요 거짓"],
  lt: ["taip tiesa t", "ne netiesa n"],
  lv: ["jā ja patiess", "nē ne aplams"],
  nb: ["ja sann sant j", "nei falsk usann usant n"],
  nl: ["ja waar j", "nee neen onwaar n"],
  no: ["ja sann sant j", "nei falsk usann usant n"],
  pl: ["tak prawda t", "nie fałsz falsz n"],
  pt: ["sim verdadeiro s v", "não nao falso n f"],
  ro: ["da adevărat adevarat d", "nu fals n"],
  ru: ["да истина д", "нет ложь н"],
  sk: ["áno ano pravda a", "nie nepravda n"],
  sl: ["da res d", "ne n"],
  sr: ["da tačno tacno да тачно", "ne netačno netacno не нетачно"],
  sv: ["ja sant sann j", "nej falskt falsk n"],
  tr: ["evet doğru dogru e", "hayır hayir yanlış yanlis h"],
  uk: ["так істина правда", "ні хибність неправда"],
  vi: ["có đúng", "không sai"],
  zh: ["是 真", "否 假"],
};

/** The words of some languages together; or the language that is not known, or the word on which two of them differ. */
export interface BooleanWords {
  readonly trueWords: readonly string[];
  readonly falseWords: readonly string[];
  /** All languages whose words are known. */
  readonly known: readonly string[];
  readonly unknown?: string | undefined;
  readonly ambiguous?: { readonly word: string; readonly isTrueIn: string; readonly isFalseIn: string } | undefined;
}

/** Collects the words of languages, with "1" and "0"; none for no language. */
export function readBooleanWords(languages: readonly string[]): BooleanWords {
  const known = Object.keys(BOOLEAN_WORDS);
  const languageOfTrue = new Map<string, string>(languages.length === 0 ? [] : [["1", ""]]);
  const languageOfFalse = new Map<string, string>(languages.length === 0 ? [] : [["0", ""]]);
  for (const language of languages) {
    if (!Object.hasOwn(BOOLEAN_WORDS, language)) return { trueWords: [], falseWords: [], known, unknown: language };
    const [trueWords, falseWords] = BOOLEAN_WORDS[language]!;
    for (const word of trueWords.split(" ")) languageOfTrue.set(word, language);
    for (const word of falseWords.split(" ")) languageOfFalse.set(word, language);
  }
  const trueWords = [...languageOfTrue.keys()];
  const falseWords = [...languageOfFalse.keys()];
  const word = trueWords.find((text) => languageOfFalse.has(text));
  if (word === undefined) return { trueWords, falseWords, known };
  return { trueWords, falseWords, known, ambiguous: { word, isTrueIn: languageOfTrue.get(word)!, isFalseIn: languageOfFalse.get(word)! } };
}
