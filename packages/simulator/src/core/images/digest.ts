import { sha256 } from "@dryharbor/kernel";

/** The number of hexadecimal digits of a digest, by algorithm. */
const lengths: ReadonlyMap<string, number> = new Map([
  ["sha256", 64],
  ["sha384", 96],
  ["sha512", 128],
]);

/** Returns what is wrong with a digest `algorithm:hex`, in the engine's words, or `undefined`. */
export function digestProblem(digest: string): string | undefined {
  const matched = /^([a-z0-9]+(?:[.+_-][a-z0-9]+)*):([a-zA-Z0-9=_-]+)$/.exec(digest);
  if (!matched) return "invalid checksum digest format";
  const [, algorithm = "", hex = ""] = matched;
  const length = lengths.get(algorithm);
  if (length === undefined) return "unsupported digest algorithm";
  if (hex.length !== length) return "invalid checksum digest length";
  return /^[a-f0-9]+$/.test(hex) ? undefined : "invalid checksum digest format";
}

/** Returns the digest of a text, such as `sha256:…`. */
export function digestOf(text: string): string {
  return digestOfBytes(new TextEncoder().encode(text));
}

/** Returns the digest of bytes, such as `sha256:…`. */
export function digestOfBytes(data: Uint8Array): string {
  const bytes = sha256(data);
  return `sha256:${[...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

/** Returns the hexadecimal digits of a digest. */
export function hexOf(digest: string): string {
  return digest.slice(digest.indexOf(":") + 1);
}
