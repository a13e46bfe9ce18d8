import { engineError, type HostConfig } from "@dryharbor/sdk/port";
import { goPatternProblem } from "../filters/go-pattern.js";
import { compareText } from "../go-order.js";
import { quotedText } from "../quote.js";
import type { Release } from "../releases/release.js";

type BadSuffix = Release["containers"]["badSizeSuffix"];
type Options = Readonly<Record<string, string>>;

const attributes = ["labels", "labels-regex", "env", "env-regex", "tag"];

/** The log drivers with their options. The options of the daemon itself are allowed with each driver. */
const drivers: Readonly<Record<string, readonly string[]>> = {
  awslogs: [
    "awslogs-create-group",
    "awslogs-create-stream",
    "awslogs-credentials-endpoint",
    "awslogs-datetime-format",
    "awslogs-endpoint",
    "awslogs-force-flush-interval-seconds",
    "awslogs-format",
    "awslogs-group",
    "awslogs-max-buffered-events",
    "awslogs-multiline-pattern",
    "awslogs-region",
    "awslogs-stream",
    "tag",
  ],
  fluentd: [
    ...attributes,
    "fluentd-address",
    "fluentd-async",
    "fluentd-async-connect",
    "fluentd-async-reconnect-interval",
    "fluentd-buffer-limit",
    "fluentd-max-retries",
    "fluentd-request-ack",
    "fluentd-retry-wait",
    "fluentd-sub-second-precision",
    "fluentd-write-timeout",
  ],
  gcplogs: [
    "env",
    "env-regex",
    "gcp-log-cmd",
    "gcp-meta-id",
    "gcp-meta-name",
    "gcp-meta-zone",
    "gcp-project",
    "labels",
    "labels-regex",
  ],
  gelf: [],
  journald: attributes,
  "json-file": [...attributes, "max-file", "max-size", "compress"],
  local: ["max-file", "max-size", "compress"],
  logentries: [...attributes, "line-only", "logentries-token"],
  none: [],
  splunk: [
    ...attributes,
    "splunk-caname",
    "splunk-capath",
    "splunk-format",
    "splunk-gzip",
    "splunk-gzip-level",
    "splunk-index",
    "splunk-index-acknowledgment",
    "splunk-insecureskipverify",
    "splunk-source",
    "splunk-sourcetype",
    "splunk-token",
    "splunk-url",
    "splunk-verify-connection",
  ],
  syslog: [
    ...attributes,
    "syslog-address",
    "syslog-facility",
    "syslog-format",
    "syslog-tls-ca-cert",
    "syslog-tls-cert",
    "syslog-tls-key",
    "syslog-tls-skip-verify",
  ],
};

/** The drivers whose options are checked by name first. */
const namesOptions: ReadonlySet<string> = new Set([
  "awslogs",
  "fluentd",
  "gcplogs",
  "journald",
  "json-file",
  "local",
  "splunk",
  "syslog",
]);

/** The options of the engine's own copy of a log, for drivers that cannot be read. Every driver takes these. */
const ofCopy = ["cache-disabled", "cache-max-size", "cache-max-file", "cache-compress"];

/** Checks the log driver and its options. It is the last check of a create before the name. @throws 400 */
export function validateLogDriver({ containers }: Release, { LogConfig }: HostConfig): void {
  const driver = LogConfig?.Type || "json-file";
  const options: Options = LogConfig?.Config ?? {};
  if (driver === "none") return;
  const problem =
    modeProblem(containers.badSizeSuffix, options) ??
    copyProblem(options) ??
    (driver === "logentries" ? containers.logentriesGone : undefined) ??
    (driver in drivers && !containers.missingLogDrivers.includes(driver)
      ? optionProblem(driver, options)
      : `error looking up logging plugin ${driver}: plugin ${quotedText(driver)} not found`);
  if (problem !== undefined) throw engineError(400, problem);
}

/**
 * Returns the problem with the options for how messages go from the container to its driver. Every driver
 * takes these.
 */
function modeProblem(
  badSuffix: BadSuffix,
  { mode = "", "max-buffer-size": buffer }: Options,
): string | undefined {
  if (!["", "blocking", "non-blocking"].includes(mode)) return `logger: logging mode not supported: ${mode}`;
  if (buffer === undefined) return undefined;
  if (mode !== "non-blocking") {
    return "logger: max-buffer-size option is only supported with 'mode=non-blocking'";
  }
  const size = parseSize(buffer, badSuffix);
  return typeof size === "string" ? `error parsing option max-buffer-size: ${size}` : undefined;
}

function copyProblem({ "cache-disabled": disabled }: Options): string | undefined {
  const wrong = disabled !== undefined && parseBool(disabled) === undefined;
  return wrong ? `invalid value for option cache-disabled: ${disabled}` : undefined;
}

function optionProblem(driver: string, options: Options): string | undefined {
  const unknown = Object.keys(options)
    .sort(compareText)
    .find((name) => !["mode", "max-buffer-size", ...ofCopy, ...drivers[driver]!].includes(name));
  if (unknown !== undefined && driver === "gcplogs") {
    return `${quotedText(unknown)} is not a valid option for the gcplogs driver`;
  }
  if (unknown !== undefined && namesOptions.has(driver)) {
    const whose = driver === "local" ? "log driver local" : `${driver} log driver`;
    return `unknown log opt '${unknown}' for ${whose}`;
  }
  if (driver === "gelf" && !options["gelf-address"]) return "gelf-address is a required parameter";
  if (driver === "logentries" && !options["logentries-token"]) return "Missing logentries token";
  if (driver === "awslogs" && !options["awslogs-group"]) {
    return "must specify a value for log opt 'awslogs-group'";
  }
  return undefined;
}

/**
 * Returns why the driver cannot start, or `undefined`. Looked for when a container is started. The simulated
 * host has no journal, no syslog and no network of its own. So a driver that sends messages away reaches no
 * server, as in the lab's engines.
 */
export function logDriverFailure(release: Release, { LogConfig }: HostConfig): string | undefined {
  const { containers } = release;
  const options: Options = LogConfig?.Config ?? {};
  const attributes = () => patternProblem(release, options);
  const tag = () => tagProblem(options.tag ?? "");
  switch (LogConfig?.Type || "json-file") {
    case "json-file":
      return fileProblem(containers.badSizeSuffix, options) ?? attributes() ?? tag();
    case "local":
      return localFileProblem(containers, options);
    case "journald":
      return "journald is not enabled on this host";
    case "syslog":
      return tag() ?? (options["syslog-address"] ? attributes() : "Unix syslog delivery error");
    case "fluentd":
      return (
        tag() ??
        attributes() ??
        (options["fluentd-address"] ? undefined : "dial tcp 127.0.0.1:24224: connect: connection refused")
      );
    case "splunk":
      return options["splunk-url"] ? undefined : "splunk: splunk-url is expected";
    case "gcplogs":
      return options["gcp-project"]
        ? undefined
        : "No project was specified and couldn't read project from the metadata server. Please specify a project";
    default:
      return undefined;
  }
}

/** Checks the patterns by which labels and variables of the environment are logged. */
function patternProblem({ filters }: Release, options: Options): string | undefined {
  for (const name of ["labels-regex", "env-regex"]) {
    const problem = goPatternProblem(options[name] ?? "", { namedWithoutP: filters.namesGroupsWithoutP });
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/** What a tag's template may name, as `{{.Name}}`: fields and methods of moby's `logger.Info`. */
const ofInfo: ReadonlySet<string> = new Set(
  `Config ContainerID ContainerName ContainerEntrypoint ContainerArgs ContainerImageID ContainerImageName
  ContainerCreated ContainerEnv ContainerLabels LogPath DaemonName ExtraAttributes Hostname Command ID FullID Name
  ImageID ImageFullID ImageName`.split(/\s+/),
);

/** Checks a tag's template: actions that are not closed, and fields that there are not. */
function tagProblem(tag: string): string | undefined {
  for (let at = tag.indexOf("{{"); at >= 0; at = tag.indexOf("{{", at + 2)) {
    if (!tag.includes("}}", at)) return "template: log-tag:1: unclosed action";
    const [, before = "", field] = /^(\{\{-?\s*)\.(\w+)\s*-?\}\}/.exec(tag.slice(at)) ?? [];
    if (field === undefined || ofInfo.has(field)) continue;
    const place = `log-tag:1:${at + before.length}`;
    return `template: ${place}: executing "log-tag" at <.${field}>: can't evaluate field ${field} in type *logger.Info`;
  }
  return undefined;
}

/** Checks the options of moby's daemon/logger/jsonfilelog: size, count and compression. */
function fileProblem(
  badSuffix: BadSuffix,
  { "max-size": size, "max-file": count, compress }: Options,
): string | undefined {
  const bytes = size === undefined ? undefined : parseSize(size, badSuffix);
  if (typeof bytes === "string") return bytes;
  if (bytes !== undefined && bytes <= 0) return "max-size must be a positive number";
  if (count !== undefined && !/^[+-]?\d+$/.test(count)) return atoiProblem(count);
  const files = Number(count ?? 1);
  if (files < 1) return "max-file cannot be less than 1";
  if (compress === undefined) return undefined;
  const compressed = parseBool(compress);
  if (compressed === undefined) return boolProblem(compress);
  return compressed && (files === 1 || bytes === undefined)
    ? "compress cannot be true when max-file is less than 2 or max-size is not set"
    : undefined;
}

/** Checks the options of moby's daemon/logger/local. By default it keeps 5 files of 20 MB, compressed. */
function localFileProblem(
  { badSizeSuffix, badCompress }: Release["containers"],
  { "max-size": size, "max-file": count, compress }: Options,
): string | undefined {
  const bytes = size === undefined ? undefined : parseSize(size, badSizeSuffix);
  if (typeof bytes === "string") return `invalid value for max-size: ${size}: ${bytes}`;
  if (count !== undefined && !/^[+-]?\d+$/.test(count)) {
    return `invalid value for max-file: ${count}: ${atoiProblem(count)}`;
  }
  const compressed = compress === undefined ? true : parseBool(compress);
  if (compressed === undefined) return badCompress(boolProblem(compress!));
  return compressed && Number(count ?? 5) <= 1
    ? "compression cannot be enabled when max file count is 1"
    : undefined;
}

const atoiProblem = (text: string) => `strconv.Atoi: parsing ${quotedText(text)}: invalid syntax`;
const boolProblem = (text: string) => `strconv.ParseBool: parsing ${quotedText(text)}: invalid syntax`;

/** Reads a boolean as Go's `strconv.ParseBool` does; `undefined` for other text. */
export function parseBool(text: string): boolean | undefined {
  if (/^(1|t|T|TRUE|true|True)$/.test(text)) return true;
  return /^(0|f|F|FALSE|false|False)$/.test(text) ? false : undefined;
}

/**
 * Reads a size such as `10m` or `1.5 GiB` as github.com/docker/go-units does. Returns bytes, or the problem.
 */
function parseSize(text: string, badSuffix: BadSuffix): number | string {
  const [, number, suffix = ""] = /^(.*[\d.]) ?([^\d. ]*)$/.exec(text) ?? [];
  if (number === undefined || number.startsWith("-")) return `invalid size: '${text}'`;
  if (!/^\+?(\d+\.?\d*|\.\d+)$/.test(number)) {
    return `strconv.ParseFloat: parsing ${quotedText(number)}: invalid syntax`;
  }
  const unit = suffix.toLowerCase();
  if (unit !== "" && !/^(b|[kmgtp](b|ib)?)$/.test(unit)) {
    return badSuffix(text, suffix.length > 3 ? suffix : unit);
  }
  return Number(number) * 1000 ** "bkmgtp".indexOf(unit[0] ?? "b");
}
