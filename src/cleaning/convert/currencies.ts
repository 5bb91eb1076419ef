/** Signs and abbreviations, exactly as written, with the currencies that use them. */
const SIGNS: Readonly<Record<string, string>> = {
  $: "USD CAD AUD NZD SGD HKD TWD MXN ARS CLP COP UYU DOP CUP BBD BSD BZD FJD JMD NAD TTD XCD",
  US$: "USD",
  C$: "CAD NIO",
  CA$: "CAD",
  A$: "AUD",
  AU$: "AUD",
  NZ$: "NZD",
  S$: "SGD",
  HK$: "HKD",
  NT$: "TWD",
  MX$: "MXN",
  R$: "BRL",
  "€": "EUR",
  "£": "GBP EGP GIP FKP SHP",
  "¥": "JPY CNY",
  "￥": "JPY CNY",
  円: "JPY",
  元: "CNY TWD",
  "₹": "INR",
  Rs: "INR PKR LKR NPR MUR SCR",
  "Rs.": "INR PKR LKR NPR MUR SCR",
  "₩": "KRW KPW",
  원: "KRW",
  "₽": "RUB",
  руб: "RUB BYN",
  "руб.": "RUB BYN",
  "₴": "UAH",
  грн: "UAH",
  "грн.": "UAH",
  "₺": "TRY",
  TL: "TRY",
  zł: "PLN",
  Kč: "CZK",
  Ft: "HUF",
  kr: "SEK NOK DKK ISK",
  "kr.": "SEK NOK DKK ISK",
  Fr: "CHF",
  "Fr.": "CHF",
  SFr: "CHF",
  "SFr.": "CHF",
  lei: "RON MDL",
  "лв.": "BGN",
  "₪": "ILS",
  "฿": "THB",
  "₫": "VND",
  đ: "VND",
  "₱": "PHP",
  "₦": "NGN",
  "₵": "GHS",
  "₸": "KZT",
  "₾": "GEL",
  "₡": "CRC",
  "₲": "PYG",
  "৳": "BDT",
  "₼": "AZN",
  "֏": "AMD",
  R: "ZAR",
  RM: "MYR",
  Rp: "IDR",
  "S/": "PEN",
};

/** Names in small letters, with the currencies that they may stand for. */
const NAMES: Readonly<Record<string, string>> = {
  dollar: "USD CAD AUD NZD SGD HKD TWD",
  dollars: "USD CAD AUD NZD SGD HKD TWD",
  euro: "EUR",
  euros: "EUR",
  pound: "GBP EGP",
  pounds: "GBP EGP",
  yen: "JPY",
  yuan: "CNY",
  rupee: "INR PKR LKR NPR MUR SCR",
  rupees: "INR PKR LKR NPR MUR SCR",
  franc: "CHF",
  francs: "CHF",
  franken: "CHF",
  kronor: "SEK",
  kroner: "NOK DKK",
  krona: "SEK ISK",
  krone: "NOK DKK",
  peso: "MXN ARS CLP COP UYU PHP DOP CUP",
  pesos: "MXN ARS CLP COP UYU PHP DOP CUP",
  real: "BRL",
  reais: "BRL",
  won: "KRW",
  rubles: "RUB BYN",
  złoty: "PLN",
  złotych: "PLN",
};

/** The codes of ISO 4217 (list one, without metals, funds and test codes, and those withdrawn since 2000). */
const CODES =
  "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BYR BZD CAD CDF CHF CLP CNY COP CRC CUC CUP CVE CYP CZK " +
  "DEM DJF DKK DOP DZD EEK EGP ERN ETB EUR FJD FKP FRF GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IQD IRR ISK ITL JMD JOD JPY KES KGS " +
  "KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LTL LVL LYD MAD MDL MGA MKD MMK MNT MOP MRO MRU MTL MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR " +
  "PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SIT SKK SLE SLL SOS SRD SSP STD STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD " +
  "TWD TZS UAH UGX USD UYU UZS VED VEF VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG ZWL";

/** What stands beside an amount, if it is a currency. */
export interface CurrencyMark {
  /** The sign, the code in capitals or the name in small letters: no text of a customer's. */
  readonly label: string;
  readonly codes: readonly string[];
}

/** Reads a sign exactly, a code in capitals, a name in any letters. `declared` is a code in any letters, and even if it is not in the list. */
export function readCurrency(text: string, declared: string | undefined): CurrencyMark | undefined {
  if (Object.hasOwn(SIGNS, text)) return { label: text, codes: SIGNS[text]!.split(" ") };
  const code = text.toUpperCase();
  if (code === declared || (text === code && text.length === 3 && isKnownCode(code))) return { label: code, codes: [code] };
  const name = text.toLowerCase();
  return Object.hasOwn(NAMES, name) ? { label: name, codes: NAMES[name]!.split(" ") } : undefined;
}

function isKnownCode(code: string): boolean {
  return CODES.split(" ").includes(code);
}
