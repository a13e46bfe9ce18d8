import { JsonTypeError } from "./decode.js";
import { readAddr, readPrefix } from "./netip.js";

// Go's types that read themselves from text, which bodies of requests have since 29.

const parsed = (type: string, read: (text: string) => string, nullEmpties: boolean) =>
  ({ kind: "parsed", type, read, nullEmpties }) as const;

/** An IP address. */
export const addr = parsed("netip.Addr", readAddr, false);

/** A subnet. */
export const prefix = parsed("netip.Prefix", readPrefix, false);

/** A MAC address. Go writes it with small letters and colons. */
export const hardwareAddr = parsed("network.HardwareAddr", readMac, true);

/** A port of a container. Go writes it with its protocol. */
export const port = parsed("network.Port", readPort, false);

/** A MAC address that the engine reads beside the body's type, from older clients. A wrong one counts as none. */
export const olderHardwareAddr = {
  ...hardwareAddr,
  lenient: true,
  read(text: string): string {
    try {
      return readMac(text);
    } catch {
      return "";
    }
  },
} as const;

const macForms = [
  /^[0-9a-f]{2}([:-])[0-9a-f]{2}(\1[0-9a-f]{2})+$/i,
  /^[0-9a-f]{4}(\.[0-9a-f]{4})+$/i,
  /^[0-9a-f]+$/i,
];

function readMac(text: string): string {
  if (text === "") return "";
  const digits = text.replaceAll(/[:.-]/g, "");
  if (![12, 16, 40].includes(digits.length) || !macForms.some((form) => form.test(text))) {
    throw new JsonTypeError(`address ${text}: invalid MAC address`);
  }
  return digits.toLowerCase().replaceAll(/..(?=.)/g, "$&:");
}

function readPort(text: string): string {
  if (text === "") return "";
  const slash = text.indexOf("/");
  const number = slash < 0 ? text : text.slice(0, slash);
  const protocol = slash < 0 ? "" : text.slice(slash + 1);
  const refuse = (why: string) => new JsonTypeError(`invalid port '${number}': ${why}`);
  if (number === "") throw refuse("value is empty");
  if (!/^\d+$/.test(number)) throw refuse("invalid syntax");
  if (BigInt(number) > 65535n) throw refuse("value out of range");
  return `${Number(number)}/${protocol.toLowerCase() || "tcp"}`;
}
