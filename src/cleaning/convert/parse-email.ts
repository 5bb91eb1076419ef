import { tidyText } from "./tidy-text";

/** No address is longer (RFC 5321: 254 octets), before its domain is put in ASCII. */
const LONGEST_ADDRESS = 254;
/** Before the @: words of anything but white space, controls and the marks with a meaning of their own, parted by single full stops. */
const LOCAL_PART = /^[^\s\p{Cc}"(),.:;<>@[\\\]]+(?:\.[^\s\p{Cc}"(),.:;<>@[\\\]]+)*$/u;
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * Reads an address of the form local@domain (RFC 5321 without quoted local parts and addresses of machines), trimmed, the domain
 * in small letters and in ASCII (IDNA, as browsers read hosts); undefined for anything else.
 */
export function parseEmail(text: string, lowerCase: boolean): string | undefined {
  if (text.length > 4 * LONGEST_ADDRESS) return undefined;
  const address = tidyText(text);
  const at = address.lastIndexOf("@");
  if (at < 1 || address.length > LONGEST_ADDRESS) return undefined;
  const local = lowerCase ? address.slice(0, at).toLowerCase().normalize("NFC") : address.slice(0, at);
  if (local.length > 64 || !LOCAL_PART.test(local)) return undefined;
  const domain = asciiDomain(address.slice(at + 1));
  if (domain === undefined) return undefined;
  const read = `${local}@${domain}`;
  return read.length > LONGEST_ADDRESS ? undefined : read;
}

/** A domain of two labels or more in ASCII; the last one is no number, as in an address of a machine. */
function asciiDomain(domain: string): string | undefined {
  const ascii = /^[\w.-]*$/.test(domain) ? domain.toLowerCase() : hostOf(domain);
  if (ascii === undefined) return undefined;
  const labels = ascii.split(".");
  if (labels.length < 2 || !labels.every((label) => LABEL.test(label))) return undefined;
  return /^\d+$/.test(labels.at(-1)!) ? undefined : ascii;
}

function hostOf(domain: string): string | undefined {
  // Only letters, digits, marks, full stops and hyphens: in a URL other signs would end the host.
  if (!/^[\p{L}\p{M}\p{N}.\-\u3002]+$/u.test(domain)) return undefined;
  try {
    return new URL(`http://${domain}/`).hostname;
  } catch {
    return undefined;
  }
}
