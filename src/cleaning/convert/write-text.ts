import type { CheckedCategoryConversion } from "./plan";
import { tidyText } from "./tidy-text";

/** Puts texts in the form that a conversion asks for, before its synonyms. */
export function createTextWriter({ tidy, letters }: Pick<CheckedCategoryConversion, "tidy" | "letters">): (text: string) => string {
  if (!tidy && letters === "keep") return (text) => text;
  return (text) => {
    const tidied = tidy ? tidyText(text) : text;
    if (letters === "keep") return tidied;
    const written = letters === "lower" ? tidied.toLowerCase() : tidied.toUpperCase();
    return tidy ? written.normalize("NFC") : written;
  };
}
