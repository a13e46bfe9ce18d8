// The configuration of a server from its command line and from files such as redis.conf.
import type { ByteText } from "../../../busybox/byte-text.js";
import { SettingError } from "../engine/setting-kinds.js";
import { Settings } from "../engine/settings.js";
import { version } from "../engine/version.js";
import { quoted } from "../protocol/quoted.js";
import { splitWords } from "../protocol/words.js";

/** A configuration is refused. The message is what the server prints. */
export class ConfigurationError extends Error {}

/** A file of the configuration cannot be read. The message is the kernel's. */
export class NoConfigurationFile extends Error {
  constructor(
    readonly path: string,
    reason: string,
  ) {
    super(reason);
  }
}

/** What the command line says. */
export interface CommandLine {
  /** The path of the configuration file. */
  readonly file: string | undefined;
  /** Whether more of the configuration is read from standard input. */
  readonly readsInput: boolean;
  /** Options as lines of a configuration file. */
  readonly lines: string;
}

/** Reads the arguments: a file, `-`, and options such as `--port 7000`. */
export function readCommandLine(args: readonly ByteText[]): CommandLine {
  const [first = ""] = args;
  const hasFile = args.length > 0 && !first.startsWith("-");
  const rest = hasFile ? args.slice(1) : args;
  let lines = "";
  let readsInput = false;
  for (const [at, arg] of rest.entries()) {
    if (arg === "-" && (at === 0 || at === rest.length - 1)) {
      readsInput = true;
    } else if (arg.startsWith("--")) {
      lines += `${lines === "" ? "" : "\n"}${arg.slice(2)} `;
      const next = rest[at + 1];
      // `--save` alone turns saving off.
      if (arg.toLowerCase() === "--save" && (next === undefined || next.startsWith("--"))) lines += '""';
    } else {
      lines += `${quoted(arg)} `;
    }
  }
  return { file: hasFile ? first : undefined, readsInput, lines };
}

/** The settings of which a value is several words, or of which several lines count. */
const severalWords: ReadonlySet<string> = new Set([
  "save",
  "bind",
  "client-output-buffer-limit",
  "oom-score-adj-values",
  "latency-tracking-info-percentiles",
  "shutdown-on-sigint",
  "shutdown-on-sigterm",
  "replicaof",
]);

/** What reading a configuration needs of the process. */
export interface ConfigurationFiles {
  /** Reads a file. @throws {NoConfigurationFile} */
  read(path: string): ByteText;
  /** Returns why a directory cannot be the working directory, or `undefined` when it can. */
  problemOf(directory: string): string | undefined;
}

/** Reads the lines of a configuration. @throws {ConfigurationError} @throws {NoConfigurationFile} */
export function configure(settings: Settings, text: ByteText, files: ConfigurationFiles): void {
  let hasSave = false;
  for (const [at, raw] of text.split("\n").entries()) {
    const line = raw.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, "");
    if (line === "" || line.startsWith("#")) continue;
    const refusal = (problem: string): ConfigurationError =>
      new ConfigurationError(
        `\n*** FATAL CONFIG FILE ERROR (Redis ${version}) ***\n` +
          `Reading the configuration file, at line ${at + 1}\n>>> '${line}'\n${problem}\n`,
      );
    const words = splitWords(line);
    if (!words) throw refusal("Unbalanced quotes in configuration line");
    const [name = "", ...values] = words;
    if (name.toLowerCase() === "include" && values.length === 1) {
      configure(settings, files.read(values[0] as ByteText), files);
      continue;
    }
    const setting = Settings.named(name);
    if (!setting) throw refusal("Bad directive or wrong number of arguments");
    if (values.length === 0) throw refusal("wrong number of arguments");
    const hasSeveral = severalWords.has(setting.name);
    const split = hasSeveral && values.length === 1 ? (values[0] as ByteText).split(" ") : values;
    try {
      const value = setting.read(split);
      const problem = setting.name === "dir" ? files.problemOf(value) : undefined;
      if (problem !== undefined) throw refusal(problem);
      // Each line of a file adds to what is saved when.
      const before = setting.name === "save" && hasSave && value !== "" ? settings.value(setting) : "";
      settings.set(setting, before === "" ? value : `${before} ${value}`);
      if (setting.name === "save") hasSave = true;
    } catch (error) {
      if (error instanceof SettingError) throw refusal(error.message);
      throw error;
    }
  }
}
