// The configuration of httpd: httpd.conf in /etc, and in the directories that are served.

/** The settings of httpd.conf. */
export interface HttpdConfiguration {
  /** The name of the page of a directory. */
  readonly index: string;
  /** The directory to serve, where the file names one. */
  readonly home: string | undefined;
  /** Whether addresses without a rule are refused. */
  readonly deniesOthers: boolean;
  /** Rules by IPv4 address. The first one that fits counts. */
  readonly addresses: readonly AddressRule[];
  /** Files to send in place of an error page, by status. */
  readonly errorPages: ReadonlyMap<number, string>;
  /** MIME types by suffix, such as `.html`. The first one counts. */
  readonly types: readonly (readonly [suffix: string, type: string])[];
  /** Paths with a password, the longest one first. */
  readonly passwords: readonly PasswordRule[];
}

/** Allows or refuses IPv4 addresses. */
interface AddressRule {
  readonly allowed: boolean;
  readonly address: number;
  readonly mask: number;
}

/** A path that a user may see. */
interface PasswordRule {
  readonly path: string;
  /** `user:password`. */
  readonly credentials: string;
}

export const emptyConfiguration: HttpdConfiguration = {
  index: "index.html",
  home: undefined,
  deniesOthers: false,
  addresses: [],
  errorPages: new Map(),
  types: [],
  passwords: [],
};

/** The statuses that can have an error page. */
const statuses: readonly number[] = [200, 206, 302, 304, 408, 501, 401, 404, 400, 403, 500, 413];

/**
 * Reads a configuration.
 *
 * @param before what held before. Rules about addresses are forgotten, the others stay
 * @param directory the served directory whose file it is. Default: the main file
 * @param complain is told of lines that make no sense
 */
export function readConfiguration(
  text: string,
  before: HttpdConfiguration,
  directory: string | undefined,
  complain: (line: string) => void,
): HttpdConfiguration {
  const isMain = directory === undefined;
  let { index, home } = before;
  let deniesOthers = false;
  const addresses: AddressRule[] = [];
  const errorPages = new Map(before.errorPages);
  const types = [...before.types];
  const passwords = [...before.passwords];
  for (const line of text.split("\n")) {
    const rule = line.replace(/[ \t]/g, "").replace(/#.*/s, "");
    if (rule === "") continue;
    const [, key = "", value = ""] = /^([^:]*):(.+)$/s.exec(rule) ?? [];
    const letter = key[0]?.toUpperCase() ?? "";
    if (value === "") complain(rule);
    else if (letter === "I") index = value;
    else if (letter === "H" && isMain) home = value;
    else if (letter === "A" || letter === "D") {
      if (value === "*") deniesOthers ||= letter === "D";
      else addAddress(addresses, letter === "A", value);
    } else if (letter === "E" && isMain && Number.parseInt(key.slice(1), 10) >= 100) {
      const status = Number.parseInt(key.slice(1), 10);
      if (statuses.includes(status)) errorPages.set(status, value);
    } else if (letter === ".") types.unshift([key, value]);
    else if (letter === "/") addPassword(passwords, `/${directory ?? ""}${key}`, value);
    else if (!/^\*\./.test(key)) complain(rule);
  }
  return { index, home, deniesOthers, addresses, errorPages, types, passwords };
}

/** Refusals come before permissions. A rule that makes no sense refuses everybody. */
function addAddress(rules: AddressRule[], allowed: boolean, text: string): void {
  const range = readRange(text);
  if (!range) rules.unshift({ allowed: false, address: 0, mask: 0 });
  else if (allowed) rules.push({ allowed, ...range });
  else rules.unshift({ allowed, ...range });
}

/** Reads `10.`, `10.1.2.3`, `10.1.0.0/16` or `10.1.0.0/255.255.0.0`. */
function readRange(text: string): { readonly address: number; readonly mask: number } | undefined {
  const [start = "", length] = text.split("/");
  const parts = start.split(".");
  const given = parts.at(-1) === "" ? parts.slice(0, -1) : parts;
  if (given.length > 4 || !given.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256))
    return undefined;
  const address = numberOf(given);
  if (length === undefined) return { address, mask: maskOf(8 * given.length) };
  if (/^\d+$/.test(length))
    return Number(length) > 32 ? undefined : { address, mask: maskOf(Number(length)) };
  const mask = length.split(".");
  const isMask = mask.length === 4 && mask.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256);
  return isMask ? { address, mask: numberOf(mask) } : undefined;
}

function numberOf(parts: readonly string[]): number {
  return [0, 1, 2, 3].reduce((value, at) => value * 256 + Number(parts[at] ?? 0), 0);
}

function maskOf(bits: number): number {
  return 2 ** 32 - 2 ** (32 - bits);
}

function addPassword(rules: PasswordRule[], path: string, credentials: string): void {
  const simple = `/${path
    .split("/")
    .filter((part) => part !== "" && part !== ".")
    .join("/")}`;
  const at = rules.findIndex((rule) => simple.length >= rule.path.length);
  rules.splice(at < 0 ? rules.length : at, 0, { path: simple, credentials });
}

/** Returns whether an IPv4 address may connect. Other addresses count as 0.0.0.0. */
export function isAllowed({ addresses, deniesOthers }: HttpdConfiguration, address: string): boolean {
  const [, ipv4 = "0.0.0.0"] = /^(?:::ffff:)?(\d+\.\d+\.\d+\.\d+)$/.exec(address) ?? [];
  const value = numberOf(ipv4.split("."));
  const rule = addresses.find((each) => (value & each.mask) >>> 0 === each.address);
  return rule ? rule.allowed : !deniesOthers;
}

/**
 * Returns whether a user may see a path.
 *
 * @param given `user:password` as the client sent it
 */
export function mayRead({ passwords }: HttpdConfiguration, path: string, given: string): boolean {
  let matched: string | undefined;
  for (const { path: prefix, credentials } of passwords) {
    if (matched !== undefined && matched !== prefix) continue;
    if (prefix !== "/" && path !== prefix && !path.startsWith(`${prefix}/`)) continue;
    matched = prefix;
    if (isSame(credentials, given)) return true;
  }
  return matched === undefined;
}

/** Compares credentials. The user `*` stands for everybody. */
function isSame(credentials: string, given: string): boolean {
  const [user, password] = halves(credentials);
  const [givenUser, givenPassword] = halves(given);
  if (password === undefined || givenPassword === undefined) return credentials === given;
  return (user === "*" || user === givenUser) && password === givenPassword;
}

function halves(credentials: string): [string, string | undefined] {
  const at = credentials.indexOf(":");
  return at < 0 ? [credentials, undefined] : [credentials.slice(0, at), credentials.slice(at + 1)];
}
