// Which proxy a URL goes through: `-x`, or the environment.

import { CurlError } from "./curl-error.js";
import type { Output } from "./output.js";
import type { Settings } from "./settings.js";
import { type CurlUrl, readUrl, UrlError } from "./url.js";

/** A proxy for HTTP. */
export interface HttpProxy {
  readonly host: string;
  readonly port: number;
  readonly login: string | undefined;
}

/** The port of a proxy where none is given. */
const usualPort = 1080;

/** Returns the proxy for a URL; `undefined` where it goes directly. @throws {CurlError} */
export function proxyFor(
  { scheme, host }: CurlUrl,
  settings: Settings,
  output: Output,
): HttpProxy | undefined {
  const { env } = output.process;
  const exceptions = settings.noProxy ?? env.no_proxy ?? env.NO_PROXY;
  if (exceptions !== undefined && isExempt(host, exceptions)) {
    if (settings.noProxy === undefined) {
      const name = env.no_proxy === undefined ? "NO_PROXY" : "no_proxy";
      if (settings.proxy === undefined) output.info(`Uses proxy env variable ${name} == '${exceptions}'`);
    }
    return undefined;
  }
  // HTTP_PROXY in capitals could come from a header of a request, so it does not count.
  const names = [
    `${scheme}_proxy`,
    ...(scheme === "http" ? [] : [`${scheme}_proxy`.toUpperCase()]),
    "all_proxy",
    "ALL_PROXY",
  ];
  const name = settings.proxy === undefined ? names.find((each) => env[each]) : undefined;
  const text = settings.proxy ?? (name === undefined ? undefined : env[name]);
  if (!text) return undefined;
  if (name !== undefined) output.info(`Uses proxy env variable ${name} == '${text}'`);
  return readProxy(text);
}

function readProxy(text: string): HttpProxy {
  const [, scheme = "http", rest = text] = /^([a-z0-9]+):\/\/(.*)$/is.exec(text) ?? [];
  if (scheme.toLowerCase() !== "http") throw new CurlError(7, `Unsupported proxy scheme for '${text}'`);
  try {
    // A scheme that has no port of its own shows whether one is given.
    const { host, port, user, password } = readUrl(`proxy://${rest}`);
    const login = user === undefined ? undefined : `${user}:${password ?? ""}`;
    return { host, port: port ?? usualPort, login };
  } catch (error) {
    if (error instanceof UrlError)
      throw new CurlError(5, `Unsupported proxy syntax in '${text}': ${error.message}`);
    throw error;
  }
}

/** Returns whether a list such as `localhost,.example.com,*` names a host. */
function isExempt(host: string, list: string): boolean {
  if (list === "*") return true;
  const lower = host.toLowerCase().replace(/\.$/, "");
  return list
    .split(/[\s,]+/)
    .map((each) => each.toLowerCase().replace(/^\./, "").replace(/\.$/, ""))
    .some((each) => each !== "" && (lower === each || lower.endsWith(`.${each}`)));
}
