import type { PlaceholderReason } from "./placeholder";

const WORDS = [
  "n/a", "n.a.", "n.a", "na", "n/k", "not available", "not applicable", "not known", "not specified", "not provided", "not stated", "not given", "not disclosed",
  "unknown", "(unknown)", "<unknown>", "unk", "unkn", "unspecified", "undisclosed", "missing", "(missing)", "no data", "no value", "no answer", "blank", "(blank)",
  "empty", "(empty)", "tbd", "t.b.d.", "tba", "to be determined", "to be announced",
  "unbekannt", "nicht bekannt", "nicht angegeben", "keine angabe", "keine angaben", "ohne angabe", "k.a.", "k. a.", "k.a", "k/a", "fehlt",
  "inconnu", "inconnue", "non renseigné", "non renseigne", "non spécifié", "non précisé", "non disponible", "nc", "n.c.", "n/c",
  "sconosciuto", "sconosciuta", "non noto", "non disponibile", "nd", "n.d.", "n/d",
  "desconocido", "desconocida", "no disponible", "no especificado", "sin datos", "sin especificar", "s/d",
  "desconhecido", "desconhecida", "não informado", "nao informado", "não disponível", "onbekend", "niet bekend", "n.v.t.", "nvt",
  "nieznany", "nieznana", "nieznane", "brak danych", "okänd", "okänt", "ukendt", "ukjent", "tuntematon", "neznámý", "neznámé", "ismeretlen", "necunoscut", "bilinmiyor",
  "неизвестно", "нет данных", "н/д", "άγνωστο", "غير معروف", "לא ידוע", "अज्ञात", "不明", "不詳", "未知", "未定", "未填", "未填写", "暂无", "알 수 없음", "미상",
] as const;

const MARKS = ["?", "??", "???", "-", "--", "---", "–", "—", "―", ".", "..", "...", "…", "*", "**", "***", "/", "//", "_", "__", "#", "~", "''", '""', "？", "ー"] as const;

const PROGRAM_TEXTS = ["null", "(null)", "<null>", "[null]", "nan", "nat", "<na>", "undefined", "\\n", "void"] as const;

const SPREADSHEET_ERRORS = [
  "#n/a", "#na", "#n/a n/a", "#null!", "#div/0!", "#value!", "#ref!", "#name?", "#num!", "#error!", "#spill!", "#calc!", "#getting_data", "#nv", "#wert!", "#bezug!",
] as const;

const TEST_ENTRIES = [
  "test", "test test", "testing", "tester", "asdf", "asdfasdf", "asdfgh", "qwerty", "qwertz", "azerty", "xx", "xxx", "xxxx", "xxxxx", "dummy", "fake", "foo", "foo bar",
  "lorem ipsum", "john doe", "jane doe", "max mustermann", "erika mustermann",
] as const;

const ANSWERS = ["none", "nil", "nothing", "keine", "keiner", "keines", "aucun", "aucune", "ninguno", "ninguna", "nessuno", "nessuna", "nenhum", "nenhuma", "geen", "brak", "ingen", "inget", "なし", "無", "无"] as const;

/** Words before and after the @ of an address that was made up to get past a form. */
const MADE_UP_ADDRESS = /^(?:test|testing|tester|none|no|na|noemail|nomail|no-?reply|unknown|asdf|abc|x+|a+|dummy|fake|example|user|mail|email)@(?:test|testing|none|no|na|noemail|nomail|unknown|asdf|abc|x+|a+|dummy|fake|example|mail|email|domain)\.[a-z]{2,4}$/;

/** Says of a text in small letters, without white space at its ends, whether it is a well-known stand-in for "not known", and of what kind. */
export function createPlaceholderReader(): (lowered: string) => PlaceholderReason | undefined {
  const reasons = new Map<string, PlaceholderReason>();
  const enter = (texts: readonly string[], reason: PlaceholderReason): void => {
    for (const text of texts) reasons.set(text, reason);
  };
  enter(WORDS, "word");
  enter(MARKS, "mark");
  enter(PROGRAM_TEXTS, "program");
  enter(SPREADSHEET_ERRORS, "spreadsheetError");
  enter(TEST_ENTRIES, "testEntry");
  enter(ANSWERS, "answer");
  return (lowered) => reasons.get(lowered) ?? (lowered.includes("@") && MADE_UP_ADDRESS.test(lowered) ? "testEntry" : undefined);
}

/** A column with more different texts than this holds no groups, and "test" in it is no group of an experiment. */
const MAX_GROUPS = 50;

/** What the column of a text that may be a stand-in holds besides. */
export interface Surroundings {
  readonly distinctCount: number;
  /** Rows with a visible text, and those with a text of two letters. */
  readonly textCount: number;
  readonly twoLetterCount: number;
  readonly hasPlus: boolean;
}

/** Whether a stand-in is, in its column, rather a value: "NA" among codes of countries, "-" beside "+", "test" beside "control". */
export function isValueHere(text: string, reason: PlaceholderReason, count: number, column: Surroundings): boolean {
  if (/^[a-z]{2}$/i.test(text)) return 2 * (column.twoLetterCount - count) > column.textCount - count;
  if (text === "-") return column.hasPlus;
  if (reason === "testEntry" && !text.includes("@")) return column.distinctCount <= MAX_GROUPS && 2 * column.distinctCount <= column.textCount;
  return false;
}
