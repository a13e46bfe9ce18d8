// The command line of redis-cli.
import type { ByteText } from "../../../busybox/byte-text.js";
import type { Delimiters, OutputMode } from "./format.js";

/** What redis-cli does when it is not given a command. */
export type CliMode = "commands" | "scan" | "stat" | "latency" | "pipe";

/** The options of redis-cli. */
export interface CliOptions {
  host: string;
  port: number;
  database: number;
  /** The milliseconds that a connection may take. 0 means as long as the system lets it. */
  timeout: number;
  user: ByteText | undefined;
  password: ByteText | undefined;
  warnsOfPassword: boolean;
  version: 2 | 3 | undefined;
  repeat: number;
  /** In milliseconds. */
  interval: number;
  /** Whether the last argument is standard input. */
  takesInput: boolean;
  /** The word that standard input takes the place of. */
  inputTag: ByteText | undefined;
  failsWithErrors: boolean;
  /** How replies are shown; `undefined` where the output decides. */
  output: OutputMode | undefined;
  delimiters: Delimiters;
  hasQuotedArguments: boolean;
  mode: CliMode;
  pattern: ByteText | undefined;
  count: number;
  /** The command and its arguments. */
  command: readonly ByteText[];
}

/** What is to be printed instead of anything else: the help text or the version. */
export type CliEnd = { readonly print: "usage" | "version" } | { readonly problem: string };

const flags: Readonly<Record<string, (options: CliOptions) => void>> = {
  "-x": (options) => {
    options.takesInput = true;
  },
  "-2": (options) => {
    options.version = 2;
  },
  "-3": (options) => {
    options.version = 3;
  },
  "-4": () => {},
  "-6": () => {},
  "-c": () => {},
  "-e": (options) => {
    options.failsWithErrors = true;
  },
  "--raw": (options) => {
    options.output = "raw";
  },
  "--no-raw": (options) => {
    options.output = "standard";
  },
  "--csv": (options) => {
    options.output = "csv";
  },
  "--json": (options) => {
    options.output = "json";
    options.version ??= 3;
  },
  "--quoted-json": (options) => {
    options.output = "quoted json";
    options.version ??= 3;
  },
  "--quoted-input": (options) => {
    options.hasQuotedArguments = true;
  },
  "--no-auth-warning": (options) => {
    options.warnsOfPassword = false;
  },
  "--verbose": () => {},
  "--stat": (options) => {
    options.mode = "stat";
  },
  "--scan": (options) => {
    options.mode = "scan";
  },
  "--latency": (options) => {
    options.mode = "latency";
  },
  "--pipe": (options) => {
    options.mode = "pipe";
  },
};

const values: Readonly<Record<string, (options: CliOptions, value: ByteText) => string | undefined>> = {
  "-h": (options, value) => {
    options.host = value;
    return undefined;
  },
  "-p": (options, value) => {
    options.port = toNumber(value);
    return options.port < 0 || options.port > 65_535 ? "Invalid server port." : undefined;
  },
  "-n": (options, value) => {
    options.database = toNumber(value);
    return undefined;
  },
  "-a": setPassword,
  "--pass": setPassword,
  "--user": (options, value) => {
    options.user = value;
    return undefined;
  },
  "-u": readAddress,
  "-t": (options, value) => {
    options.timeout = Number.parseFloat(value) * 1000;
    return Number.isNaN(options.timeout) ? "Invalid connection timeout for -t." : undefined;
  },
  "-r": (options, value) => {
    options.repeat = toNumber(value);
    return undefined;
  },
  "-i": (options, value) => {
    options.interval = (Number.parseFloat(value) || 0) * 1000;
    return undefined;
  },
  "-d": (options, value) => {
    options.delimiters = { ...options.delimiters, items: value };
    return undefined;
  },
  "-D": (options, value) => {
    options.delimiters = { ...options.delimiters, replies: value };
    return undefined;
  },
  "-X": (options, value) => {
    options.inputTag = value;
    return undefined;
  },
  "--pattern": (options, value) => {
    options.pattern = value;
    return undefined;
  },
  "--count": (options, value) => {
    options.count = toNumber(value);
    return undefined;
  },
  "--show-pushes": () => undefined,
  "--pipe-timeout": () => undefined,
};

/** Reads a number as `atoi` does. */
function toNumber(text: ByteText): number {
  return Number.parseInt(text, 10) || 0;
}

function setPassword(options: CliOptions, value: ByteText): undefined {
  options.password = value;
}

/** Reads an address such as `redis://user:password@host:6379/2`. */
function readAddress(options: CliOptions, value: ByteText): string | undefined {
  const parts = /^rediss?:\/\/(?:(?:([^:@]*):)?([^@]*)@)?([^:/]*)(?::(\d+))?(?:\/(\d*))?/.exec(value);
  if (!parts) return "Invalid URI scheme";
  const [, user, password, host, port, database] = parts;
  if (user) options.user = decodeURIComponent(user);
  if (password !== undefined) options.password = decodeURIComponent(password);
  if (host) options.host = host;
  if (port) options.port = Number(port);
  if (database) options.database = Number(database);
  return undefined;
}

/** Reads the arguments. Options end with the first word that is none. */
export function readOptions(
  args: readonly ByteText[],
  env: Readonly<Record<string, string>>,
): CliOptions | CliEnd {
  const options: CliOptions = {
    host: "127.0.0.1",
    port: 6379,
    database: 0,
    timeout: 0,
    user: undefined,
    password: undefined,
    warnsOfPassword: true,
    version: undefined,
    repeat: 1,
    interval: 0,
    takesInput: false,
    inputTag: undefined,
    failsWithErrors: false,
    output: undefined,
    delimiters: { items: "\n", replies: "\n" },
    hasQuotedArguments: false,
    mode: "commands",
    pattern: undefined,
    count: 10,
    command: [],
  };
  let at = 0;
  for (; at < args.length; at++) {
    const arg = args[at] as ByteText;
    const value = args[at + 1];
    if (arg === "--help" || (arg === "-h" && value === undefined)) return { print: "usage" };
    if (arg === "-v" || arg === "--version") return { print: "version" };
    const [flag, take] = [flags[arg], values[arg]];
    if (flag) {
      flag(options);
    } else if (take && value !== undefined) {
      const problem = take(options, value);
      if (problem !== undefined) return { problem };
      at++;
    } else if (arg.startsWith("-")) {
      return { problem: `Unrecognized option or bad number of args for: '${arg}'` };
    } else {
      break;
    }
  }
  if (options.password === undefined && env.REDISCLI_AUTH !== undefined) {
    options.password = env.REDISCLI_AUTH;
    options.warnsOfPassword = false;
  }
  return { ...options, command: args.slice(at) };
}
