// `${NAME:-default}` and its kin in compose files and env files.

import { ComposeError } from "./error.js";
import { matches, type Path, pathText } from "./path.js";
import { Float, isMap, type Tree } from "./tree.js";

/** The value of a variable; `undefined` for none of that name. */
export type Lookup = (name: string) => string | undefined;
/** Is told what compose warns about. */
export type Warn = (message: string) => void;

const variable = /\$(?:(\$)|([_a-z][_a-z0-9]*)|\{(?:([_a-z][_a-z0-9]*(?::?[-+?](?:.*))?)\}|()))/gi;

/** What `$` stands for in a text that compose cannot read. */
class BadTemplate extends Error {}

/**
 * Puts variables into a text.
 * @example substitute("${TAG:-latest}", (name) => env[name], warn)
 * @throws {ComposeError} a required variable has no value.
 */
export function substitute(template: string, lookup: Lookup, warn: Warn): string {
  return template.replace(
    variable,
    (match, escaped: string | undefined, named: string | undefined, braced: string | undefined) => {
      if (escaped) return "$";
      if (named) return plainValue(named, lookup, warn);
      if (braced === undefined) throw new BadTemplate(template);
      // The pattern is greedy: it takes the braces of the line's last variable.
      const end = closingBrace(match);
      const name = match.slice(2, end);
      const rest = match.slice(end + 1);
      const operator = /:?[-+?]/.exec(name);
      if (!operator) return plainValue(name, lookup, warn);
      const value = operate(
        name.slice(0, operator.index),
        operator[0],
        name.slice(operator.index + operator[0].length),
        lookup,
        warn,
      );
      return value + substitute(rest, lookup, warn);
    },
  );
}

function plainValue(name: string, lookup: Lookup, warn: Warn): string {
  const value = lookup(name);
  if (value === undefined) {
    warn(`The ${JSON.stringify(name)} variable is not set. Defaulting to a blank string.`);
  }
  return value ?? "";
}

function operate(name: string, operator: string, operand: string, lookup: Lookup, warn: Warn): string {
  const other = substitute(operand, lookup, warn);
  const value = lookup(name);
  const present = value !== undefined && (!operator.startsWith(":") || value !== "");
  if (operator.endsWith("-")) return present ? value : other;
  if (operator.endsWith("+")) return present ? other : (value ?? "");
  if (present) return value;
  throw new ComposeError(`required variable ${name} is missing a value${other ? `: ${other}` : ""}`);
}

function closingBrace(text: string): number {
  let open = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === "}" && --open === 0) return at;
    if (text[at] === "{") {
      open++;
      at++;
    }
  }
  return text.length;
}

const boolean = (value: string, warn: Warn): boolean => {
  const lower = value.toLowerCase();
  if (lower === "true" || lower === "false") return lower === "true";
  const yes = ["y", "yes", "on"].includes(lower);
  if (!yes && !["n", "no", "off"].includes(lower)) throw new ComposeError(`invalid boolean: ${value}`);
  warn(`${JSON.stringify(value)} for boolean is not supported by YAML 1.2, please use \`${yes}\``);
  return yes;
};
const whole = (call: string) => (value: string) => {
  if (!/^[-+]?[0-9]+$/.test(value)) {
    throw new ComposeError(`strconv.${call}: parsing ${JSON.stringify(value)}: invalid syntax`);
  }
  return Number(value);
};
const float = (value: string) => {
  if (value.trim() === "" || Number.isNaN(Number(value))) {
    throw new ComposeError(`strconv.ParseFloat: parsing ${JSON.stringify(value)}: invalid syntax`);
  }
  return new Float(Number(value));
};
const int = whole("Atoi");
const int64 = whole("ParseInt");

/** What a text becomes at a place where a number or a boolean is wanted. */
export type Cast = (value: string, warn: Warn) => Tree;
const casts: Readonly<Record<string, Cast>> = {
  "services.*.cpu_count": int64,
  "services.*.cpu_percent": float,
  "services.*.cpu_period": int64,
  "services.*.cpu_quota": int64,
  "services.*.cpu_rt_period": int64,
  "services.*.cpu_rt_runtime": int64,
  "services.*.cpus": float,
  "services.*.cpu_shares": int64,
  "services.*.init": boolean,
  "services.*.deploy.replicas": int,
  "services.*.deploy.update_config.parallelism": int,
  "services.*.deploy.update_config.max_failure_ratio": float,
  "services.*.deploy.rollback_config.parallelism": int,
  "services.*.deploy.rollback_config.max_failure_ratio": float,
  "services.*.deploy.restart_policy.max_attempts": int,
  "services.*.deploy.placement.max_replicas_per_node": int,
  "services.*.healthcheck.retries": int,
  "services.*.healthcheck.disable": boolean,
  "services.*.oom_kill_disable": boolean,
  "services.*.oom_score_adj": int64,
  "services.*.pids_limit": int64,
  "services.*.ports.[].target": int,
  "services.*.privileged": boolean,
  "services.*.read_only": boolean,
  "services.*.scale": int,
  "services.*.stdin_open": boolean,
  "services.*.tty": boolean,
  "services.*.ulimits.*": int,
  "services.*.ulimits.*.hard": int,
  "services.*.ulimits.*.soft": int,
  "services.*.volumes.[].read_only": boolean,
  "services.*.volumes.[].volume.nocopy": boolean,
  "networks.*.external": boolean,
  "networks.*.internal": boolean,
  "networks.*.attachable": boolean,
  "networks.*.enable_ipv4": boolean,
  "networks.*.enable_ipv6": boolean,
  "volumes.*.external": boolean,
  "secrets.*.external": boolean,
  "configs.*.external": boolean,
};

/** A text as the boolean or number that Go makes of it where its type asks for one. */
export const castTo = { boolean, int, int64, float };

/**
 * Puts variables into all texts of a file, and makes numbers and booleans of those that stand for such.
 * @throws {ComposeError} names the place.
 */
export function interpolate(tree: Tree, lookup: Lookup, warn: Warn, path: Path = []): Tree {
  if (typeof tree === "string") {
    const value = at(path, () => substitute(tree, lookup, warn));
    const cast = Object.entries(casts).find(([pattern]) => matches(path, pattern))?.[1];
    if (!cast) return value;
    return at(path, () => {
      try {
        return cast(value, warn);
      } catch (error) {
        throw new ComposeError(`failed to cast to expected type: ${(error as Error).message}`);
      }
    });
  }
  if (Array.isArray(tree)) return tree.map((item) => interpolate(item, lookup, warn, [...path, "[]"]));
  if (isMap(tree)) {
    return new Map(
      [...tree].map(([key, value]) => [key, interpolate(value, lookup, warn, [...path, key])] as const),
    );
  }
  return tree;
}

function at<Value>(path: Path, make: () => Value): Value {
  try {
    return make();
  } catch (error) {
    if (error instanceof BadTemplate) {
      throw new ComposeError(
        `invalid interpolation format for ${pathText(path)}.\nYou may need to escape any $ with another $.\n${error.message}`,
      );
    }
    throw new ComposeError(`error while interpolating ${pathText(path)}: ${(error as Error).message}`);
  }
}
