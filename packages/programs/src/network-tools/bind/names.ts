import { DnsMessageError, encodeMessage, standardQuery, typeNumbers } from "@dryharbor/kernel/dns-message";
import { dnsCodeNames } from "../../dns-code-names.js";

/** The version that the tools name. */
export const version = "9.18.49-1~deb12u3-Debian";

const typeNames: Readonly<Record<string, number>> = {
  ...typeNumbers,
  HINFO: 13,
  RP: 17,
  AFSDB: 18,
  SIG: 24,
  KEY: 25,
  LOC: 29,
  NAPTR: 35,
  CERT: 37,
  DNAME: 39,
  DS: 43,
  SSHFP: 44,
  IPSECKEY: 45,
  RRSIG: 46,
  NSEC: 47,
  DNSKEY: 48,
  NSEC3: 50,
  NSEC3PARAM: 51,
  TLSA: 52,
  SMIMEA: 53,
  CDS: 59,
  CDNSKEY: 60,
  OPENPGPKEY: 61,
  CSYNC: 62,
  SVCB: 64,
  HTTPS: 65,
  SPF: 99,
  TKEY: 249,
  TSIG: 250,
  IXFR: 251,
  AXFR: 252,
  MAILB: 253,
  MAILA: 254,
  ANY: 255,
  URI: 256,
  CAA: 257,
};

const classNames: Readonly<Record<string, number>> = {
  IN: 1,
  CH: 3,
  CHAOS: 3,
  HS: 4,
  HESIOD: 4,
  NONE: 254,
  ANY: 255,
};

/** Returns the number of a type by its name or as `TYPE65`. */
export function typeNamed(text: string): number | undefined {
  return numberNamed(text, typeNames, "TYPE");
}

/** Returns the number of a class by its name or as `CLASS3`. */
export function classNamed(text: string): number | undefined {
  return numberNamed(text, classNames, "CLASS");
}

function numberNamed(
  text: string,
  names: Readonly<Record<string, number>>,
  prefix: string,
): number | undefined {
  const upper = text.toUpperCase();
  if (Object.hasOwn(names, upper)) return names[upper];
  const [, number] = new RegExp(`^${prefix}(\\d+)$`).exec(upper) ?? [];
  return number !== undefined && Number(number) <= 0xffff ? Number(number) : undefined;
}

export function typeText(type: number): string {
  return Object.entries(typeNames).find(([, number]) => number === type)?.[0] ?? `TYPE${type}`;
}

export function classText(class_: number): string {
  return Object.entries(classNames).find(([, number]) => number === class_)?.[0] ?? `CLASS${class_}`;
}

export const operations = ["QUERY", "IQUERY", "STATUS", "RESERVED3", "NOTIFY", "UPDATE"] as const;

export function codeText(code: number): string {
  return dnsCodeNames[code] ?? `RESERVED${code}`;
}

/** Returns what is wrong with a name; `undefined` for a name that can be asked for. */
export function problemOf(name: string): string | undefined {
  if (name === ".") return undefined;
  const labels = name.replace(/\.$/, "").split(".");
  if (labels.some((label) => label === "")) return "empty label";
  if (labels.some((label) => label.length > 63)) return "label too long";
  try {
    encodeMessage(standardQuery(name, "A", 0));
    return undefined;
  } catch (error) {
    if (error instanceof DnsMessageError) return "ran out of space";
    throw error;
  }
}

/** Names are shown with a dot at their end. */
export function absolute(name: string): string {
  return name === "" || name === "." ? "." : name.endsWith(".") ? name : `${name}.`;
}
