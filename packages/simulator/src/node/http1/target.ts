/** The meaning of the target of a request line. */
export type Target =
  /** Path and query, one character for each byte. */
  | { readonly path: string }
  /** `*` */
  | { readonly everything: true }
  /** A path that no route can have. The engine redirects the client to another one. */
  | { readonly redirect: string };

/** Reads a target as Go's `url.ParseRequestURI` does. Returns `undefined` if it is malformed. */
export function readTarget(target: string): Target | undefined {
  if (target === "*") return { everything: true };
  if (unprintable.test(target)) return undefined;
  if (target.startsWith("/")) return escapesAreWhole(target) ? { path: target } : undefined;
  const [, scheme, rest] = /^([A-Za-z][A-Za-z0-9+.-]*):(.*)$/s.exec(target) ?? [];
  if (scheme === undefined || rest === undefined) return undefined;
  if (!rest.startsWith("/")) return { redirect: target };
  const [, authority = "", path = ""] = /^\/\/([^/?]*)(.*)$/s.exec(rest) ?? ["", "", rest];
  if (!authorityPattern.test(authority) || !escapesAreWhole(path)) return undefined;
  if (path.startsWith("/")) return { path };
  return { redirect: `${scheme}://${authority}/${path}` };
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const unprintable = /[\x00-\x20\x7f]/;
const brokenEscape = /%(?![0-9A-Fa-f]{2})/;
const authorityPattern = /^(?:[^@[\]]*@)?(?:[^[\]<>"\\^`{|}@:]*|\[[0-9A-Fa-f:.%]+\])(?::[0-9]*)?$/;

/** Returns true if every `%` in the path begins an escape. A query may contain anything. */
function escapesAreWhole(path: string): boolean {
  if (!path.includes("%")) return true;
  const end = path.indexOf("?");
  return !brokenEscape.test(end < 0 ? path : path.slice(0, end));
}

const beyondAscii = /[\x80-\xff]/;

/** Decodes the bytes of a head, which were read as one character each, as UTF-8. */
export function asText(bytes: string): string {
  return beyondAscii.test(bytes) ? Buffer.from(bytes, "latin1").toString() : bytes;
}
