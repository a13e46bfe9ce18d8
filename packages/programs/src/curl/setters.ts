// What each option does. Those that only concern TLS or protocols other than HTTP do nothing here.
import { byteText } from "../busybox/byte-text.js";
import { formField } from "./form.js";
import { encodedData, type Inputs, ParameterError, postData } from "./parameters.js";
import type { Settings, SharedSettings, Target } from "./settings.js";

/** What an option changes. */
interface Setting {
  readonly settings: Settings;
  readonly shared: SharedSettings;
  readonly inputs: Inputs;
  /** The argument of an option that has one. Otherwise empty. */
  readonly value: string;
  /** Whether the option is given, and not reversed by `--no-`. */
  readonly on: boolean;
}

type Setter = (setting: Setting) => void | Promise<void>;

/** The names of the options that hold a value of a type. */
type Named<T> = { [Key in keyof Settings]-?: T extends Settings[Key] ? Key : never }[keyof Settings];

/** Makes a setter of a flag. */
function flag(name: Exclude<Named<boolean>, undefined>): Setter {
  return ({ settings, on }) => {
    (settings as Record<typeof name, boolean | undefined>)[name] = on;
  };
}

/** Makes a setter of a text. */
function text(name: Named<string>): Setter {
  return ({ settings, value }) => {
    (settings as Record<typeof name, string | undefined>)[name] = value;
  };
}

/** Makes a setter of a time in seconds. */
function seconds(name: Named<number>): Setter {
  return ({ settings, value, inputs }) => {
    const milliseconds = Math.round(positive(value, inputs, /^\d+(\.\d*)?$/) * 1000);
    (settings as unknown as Record<typeof name, number>)[name] = milliseconds;
  };
}

/** Makes a setter of a whole number. */
function whole(name: Named<number>): Setter {
  return ({ settings, value, inputs }) => {
    (settings as unknown as Record<typeof name, number>)[name] = positive(value, inputs, /^\d+$/);
  };
}

function positive(value: string, { build }: Inputs, pattern: RegExp): number {
  if (pattern.test(value)) return Number(value);
  const isNegative = /^-\d/.test(value) && !build.since("8.10");
  throw new ParameterError(`expected a ${isNegative ? "positive" : "proper"} numerical parameter`);
}

/** Returns the first target that has no such part yet, or a new one. */
function nextTarget({ targets }: Settings, isFree: (target: Target) => boolean): Target {
  const free = targets.find(isFree);
  if (free) return free;
  const target: Target = { url: undefined, output: undefined, remoteName: false, upload: undefined };
  targets.push(target);
  return target;
}

/** Adds a URL. */
export function addUrl(settings: Settings, url: string): void {
  nextTarget(settings, (target) => target.url === undefined).url = url;
}

function hasOutput({ output, remoteName }: Target): boolean {
  return output !== undefined || remoteName;
}

function version(httpVersion: Settings["httpVersion"]): Setter {
  return ({ settings }) => {
    settings.httpVersion = httpVersion;
  };
}

function family(wanted: 4 | 6): Setter {
  return ({ settings }) => {
    settings.family = wanted;
  };
}

/** Makes a setter of whether a POST stays one where a redirect has such a status. */
function keepsPost(status: number): Setter {
  return ({ settings, on }) => {
    const others = [...settings.keepsPost].filter((each) => each !== status);
    settings.keepsPost = new Set(on ? [...others, status] : others);
  };
}

function addData(settings: Settings, data: string, separator = "&"): void {
  settings.data = settings.data === undefined ? data : `${settings.data}${separator}${data}`;
}

const postedText: Setter = async ({ settings, value, inputs }) =>
  addData(settings, await postData(inputs, value, "text"));

/** Reads a size such as `10k`. */
function sizeOf(value: string): number {
  const [, digits, unit = ""] = /^(\d+)([kmgb]?)$/i.exec(value) ?? [];
  if (digits === undefined) throw new ParameterError("is badly used here");
  return Number(digits) * 1024 ** Math.max(0, "bkmg".indexOf(unit.toLowerCase()));
}

/** Reads a list of protocols, such as `=http,https` or `-all`. */
function protocolsIn(value: string, known: readonly string[]): readonly string[] {
  let allowed = new Set(known);
  for (const [at, part] of value.split(",").entries()) {
    const [, sign = "", name = ""] = /^([=+-]?)(.*)$/.exec(part) ?? [];
    const names = name.toLowerCase() === "all" ? known : [name.toLowerCase()];
    if (sign === "=" || (sign === "" && at === 0)) allowed = new Set();
    for (const each of names) {
      if (sign === "-") allowed.delete(each);
      else allowed.add(each);
    }
  }
  return [...allowed];
}

/** Setters by the name of the option. */
export const setters: Readonly<Record<string, Setter>> = {
  basic: () => {},
  buffer: flag("buffers"),
  clobber: flag("clobbers"),
  compressed: flag("compressed"),
  "connect-timeout": seconds("connectTimeout"),
  "connect-to": ({ settings, value }) => {
    settings.connectTo.push(value);
  },
  "continue-at": ({ settings, value, inputs }) => {
    settings.resumeFrom = value === "-" ? "file" : positive(value, inputs, /^\d+$/);
  },
  cookie: ({ settings, value }) => {
    if (value.includes("=")) settings.cookies.push(value);
    else settings.cookieFiles.push(value);
  },
  "cookie-jar": text("cookieJar"),
  "create-dirs": flag("createsDirectories"),
  crlf: flag("crlf"),
  data: postedText,
  "data-ascii": postedText,
  "data-binary": async ({ settings, value, inputs }) =>
    addData(settings, await postData(inputs, value, "binary")),
  "data-raw": ({ settings, value }) => addData(settings, byteText(value)),
  "data-urlencode": async ({ settings, value, inputs }) =>
    addData(settings, await encodedData(inputs, value)),
  "disallow-username-in-url": flag("refusesUser"),
  "dump-header": text("dumpHeader"),
  "expect100-timeout": seconds("expectTimeout"),
  fail: ({ settings, on }) => {
    settings.fails = on;
    if (on) settings.failsWithBody = false;
  },
  "fail-early": ({ shared, on }) => {
    shared.failsEarly = on;
  },
  "fail-with-body": ({ settings, on }) => {
    settings.failsWithBody = on;
    if (on) settings.fails = false;
  },
  form: async ({ settings, value, inputs }) => void settings.form.push(await formField(inputs, value, true)),
  "form-string": async ({ settings, value, inputs }) =>
    void settings.form.push(await formField(inputs, value, false)),
  get: flag("dataInQuery"),
  globoff: ({ settings, on }) => {
    settings.globs = !on;
  },
  head: flag("head"),
  header: async ({ settings, value, inputs }) => void settings.headers.push(...(await inputs.headers(value))),
  "http0.9": flag("acceptsHttp09"),
  "http1.0": version("1.0"),
  "http1.1": version("1.1"),
  http2: version("2"),
  "ignore-content-length": flag("ignoresLength"),
  include: flag("include"),
  insecure: flag("insecure"),
  ipv4: family(4),
  ipv6: family(6),
  json: async ({ settings, value, inputs }) => {
    addData(settings, await postData(inputs, value, "binary"), "");
    settings.json = true;
  },
  "junk-session-cookies": flag("dropsSessionCookies"),
  "limit-rate": ({ settings, value }) => {
    settings.rate = sizeOf(value);
  },
  "local-port": whole("localPort"),
  location: flag("follows"),
  "location-trusted": ({ settings, on }) => {
    settings.follows = on;
    settings.trustsRedirects = on;
  },
  "max-filesize": ({ settings, value }) => {
    settings.maxFileSize = sizeOf(value);
  },
  "max-redirs": ({ settings, value, inputs }) => {
    settings.mostRedirects = value === "-1" ? Number.POSITIVE_INFINITY : positive(value, inputs, /^\d+$/);
  },
  "max-time": seconds("maxTime"),
  noproxy: text("noProxy"),
  "oauth2-bearer": text("bearer"),
  output: ({ settings, value }) => {
    nextTarget(settings, (target) => !hasOutput(target)).output = value;
  },
  "output-dir": text("outputDirectory"),
  "path-as-is": flag("pathAsIs"),
  post301: keepsPost(301),
  post302: keepsPost(302),
  post303: keepsPost(303),
  "progress-bar": ({ shared, on }) => {
    shared.progressBar = on;
  },
  "progress-meter": ({ shared, on }) => {
    shared.noMeter = !on;
  },
  proto: ({ settings, value, inputs }) => {
    settings.protocols = protocolsIn(value, inputs.build.protocols);
  },
  "proto-default": ({ settings, value, inputs }) => {
    if (!inputs.build.protocols.includes(value.toLowerCase())) {
      throw new ParameterError("a specified protocol is unsupported by libcurl", 1);
    }
    settings.defaultProtocol = value.toLowerCase();
  },
  "proto-redir": ({ settings, value, inputs }) => {
    settings.redirectProtocols = protocolsIn(value, inputs.build.protocols);
  },
  proxy: text("proxy"),
  "proxy-basic": () => {},
  "proxy-header": async ({ settings, value, inputs }) =>
    void settings.proxyHeaders.push(...(await inputs.headers(value))),
  "proxy-user": text("proxyUser"),
  range: text("range"),
  raw: flag("raw"),
  referer: ({ settings, value }) => {
    settings.autoReferer = value.endsWith(";auto");
    const referer = value.replace(/;auto$/, "");
    settings.referer = referer === "" ? undefined : referer;
  },
  "remote-header-name": flag("headerName"),
  "remote-name": ({ settings, on }) => {
    const target = nextTarget(settings, (each) => !hasOutput(each));
    target.remoteName = on;
    if (!on) target.output = "-";
  },
  "remote-name-all": flag("remoteNameAll"),
  "remote-time": flag("remoteTime"),
  "remove-on-error": flag("removesOnError"),
  request: text("method"),
  "request-target": text("requestTarget"),
  resolve: ({ settings, value }) => {
    settings.resolves.push(value);
  },
  retry: whole("retries"),
  "retry-all-errors": flag("retriesAll"),
  "retry-connrefused": flag("retriesRefused"),
  "retry-delay": seconds("retryDelay"),
  "retry-max-time": seconds("retryMaxTime"),
  "show-error": ({ shared, on }) => {
    shared.showsErrors = on;
  },
  "show-headers": flag("include"),
  silent: ({ shared, on }) => {
    shared.silent = on;
  },
  "skip-existing": flag("skipsExisting"),
  "speed-limit": ({ settings, value, inputs }) => {
    settings.speedLimit = positive(value, inputs, /^\d+$/);
    settings.speedTime ??= 30_000;
  },
  "speed-time": ({ settings, value, inputs }) => {
    settings.speedTime = positive(value, inputs, /^\d+$/) * 1000;
    settings.speedLimit ??= 1;
  },
  stderr: ({ shared, value }) => {
    shared.errorFile = value;
  },
  "time-cond": text("timeCondition"),
  trace: ({ shared, value }) => trace(shared, "hex", value),
  "trace-ascii": ({ shared, value }) => trace(shared, "ascii", value),
  "trace-time": ({ shared, on }) => {
    shared.traceTime = on;
  },
  "upload-file": ({ settings, value }) => {
    nextTarget(settings, (target) => target.upload === undefined).upload = value;
  },
  url: ({ settings, value }) => addUrl(settings, value),
  "url-query": async ({ settings, value, inputs }) =>
    void settings.queries.push(
      value.startsWith("+") ? byteText(value.slice(1)) : await encodedData(inputs, value),
    ),
  "use-ascii": () => {},
  user: text("user"),
  "user-agent": text("agent"),
  verbose: ({ shared, on }) => {
    shared.trace = on ? "plain" : undefined;
  },
  "write-out": async ({ settings, value, inputs }) => {
    settings.writeOut = await inputs.format(value);
  },
};

function trace(shared: SharedSettings, style: "ascii" | "hex", file: string): void {
  shared.trace = style;
  shared.traceFile = file;
}

/** Options that this curl has and cannot do, since nothing of theirs is simulated. */
export const refused: ReadonlySet<string> = new Set([
  ...["abstract-unix-socket", "alt-svc", "anyauth", "aws-sigv4", "digest", "dns-interface", "dns-ipv4-addr"],
  ...["dns-ipv6-addr", "dns-servers", "doh-url", "etag-compare", "etag-save", "haproxy-clientip"],
  ...[
    "haproxy-protocol",
    "hsts",
    "http2-prior-knowledge",
    "http3",
    "http3-only",
    "interface",
    "libcurl",
    "manual",
  ],
  ...[
    "negotiate",
    "netrc",
    "netrc-file",
    "netrc-optional",
    "ntlm",
    "ntlm-wb",
    "parallel",
    "parallel-immediate",
  ],
  ...[
    "parallel-max",
    "preproxy",
    "proxy-anyauth",
    "proxy-digest",
    "proxy-http2",
    "proxy-negotiate",
    "proxy-ntlm",
  ],
  ...["proxy1.0", "proxytunnel", "rate", "socks4", "socks4a", "socks5", "socks5-hostname"],
  ...["ssl-sessions", "tr-encoding", "unix-socket", "variable", "xattr"],
]);
