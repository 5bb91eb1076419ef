/**
 * Telephone numbers from three countries in one form. The library knows no numbering plans: a package that does is passed in.
 *
 *     npx tsx examples/phone-numbers.ts
 */
import { parsePhoneNumberFromString, type CountryCode } from "libphonenumber-js";
import { fitCleaning, type PhoneResolver } from "clientele/cleaning";
import { recordsFromTable, tableFromRecords } from "clientele/data";

/** E.164 for a valid number, undefined for anything else; the region is that of the plan. */
const phone: PhoneResolver = (text, region) => {
  const number = parsePhoneNumberFromString(text, region as CountryCode | undefined);
  return number?.isValid() === true ? number.number : undefined;
};

const contacts = tableFromRecords([
  { id: "A1", phone: "030 1234567" },
  { id: "B2", phone: "+44 (0)20 7946 0018" },
  { id: "C3", phone: "0049 30 1234567" },
  { id: "D4", phone: "call me" },
  { id: "E5", phone: "n/a" },
]);

const model = fitCleaning(contacts, { convert: [{ column: "phone", to: "phone", region: "DE", missing: ["n/a"] }] }, { phone });
const { table, quarantined } = model.apply(contacts);

console.log(recordsFromTable(table));
console.log(recordsFromTable(quarantined.table), quarantined.reasons.rules);
