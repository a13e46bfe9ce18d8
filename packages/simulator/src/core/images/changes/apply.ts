import { parseSignal } from "@dryharbor/kernel";
import { engineError, type ImageConfig } from "@dryharbor/sdk/port";
import { cleanPath } from "../../mounts/path.js";
import type { Release } from "../../releases/release.js";
import { expand } from "./expand.js";
import { healthcheck } from "./healthcheck.js";
import { type Instruction, instructionsIn, jsonWords, namesAndValues } from "./instruction.js";
import { exposedPorts } from "./ports.js";

/** The parts of a configuration that `changes` can set, with the shell. */
type ChangedConfig = ImageConfig & { readonly Shell?: readonly string[] | null };

/**
 * Applies the parameter `changes` of an import or a commit, which are lines of a Dockerfile, to a
 * configuration.
 *
 * @throws 400 with the engine's message
 */
export function applyChanges(
  { images }: Release,
  config: ChangedConfig,
  changes: readonly string[],
): ChangedConfig {
  if (changes.length === 0) return config;
  const instructions = instructionsIn(changes.join("\n"));
  for (const { name } of instructions) {
    if (!images.changeCommands.includes(name)) {
      throw engineError(400, `${images.namesChange(name)} is not a valid change command`);
    }
  }
  return instructions.reduce((changed, instruction) => apply(images, changed, instruction), config);
}

function apply(images: Release["images"], config: ChangedConfig, instruction: Instruction): ChangedConfig {
  const { name, rest, flags } = instruction;
  if (name === "HEALTHCHECK") return { ...config, Healthcheck: healthcheck(images, instruction) };
  const [flag] = flags;
  if (flag !== undefined) throw engineError(400, images.unknownFlag(flag));
  const environment = (variable: string): string | undefined => {
    const line = config.Env?.find((each) => each.startsWith(`${variable}=`));
    return line?.slice(variable.length + 1);
  };
  const expanded = (word: string) => expand(word, environment);
  const words = () => needed(name, rest.split(/\s+/).filter(Boolean)).map(expanded);
  const one = () => {
    if (rest === "") throw engineError(400, `${name} requires exactly one argument`);
    return expanded(rest);
  };
  switch (name) {
    case "CMD":
      return { ...config, Cmd: command(images, config, rest) };
    case "ENTRYPOINT":
      return { ...config, Entrypoint: orNull(command(images, config, rest)) };
    case "ENV":
      return { ...config, Env: withVariables(config.Env ?? [], pairs(name, rest, expanded)) };
    case "LABEL":
      return { ...config, Labels: { ...config.Labels, ...Object.fromEntries(pairs(name, rest, expanded)) } };
    case "EXPOSE":
      return { ...config, ExposedPorts: { ...config.ExposedPorts, ...exposedPorts(words()) } };
    case "VOLUME":
      return { ...config, Volumes: { ...config.Volumes, ...volumes(rest, words, expanded) } };
    case "USER":
      return { ...config, User: one() };
    case "WORKDIR":
      return { ...config, WorkingDir: workingDirectory(config.WorkingDir, one()) };
    case "STOPSIGNAL": {
      const signal = one();
      if (parseSignal(signal) === 0) throw engineError(400, `invalid signal: ${signal}`);
      return { ...config, StopSignal: signal };
    }
    default:
      return { ...config, OnBuild: [...(config.OnBuild ?? []), trigger(rest)] };
  }
}

/** Returns a command: a JSON list as it is, or a line for the shell. */
function command(images: Release["images"], config: ChangedConfig, rest: string): string[] {
  const words = jsonWords(rest, images.readsJsonPrefix);
  if (words) return words;
  const shell = [...(config.Shell ?? ["/bin/sh", "-c"])];
  return rest === "" ? shell : [...shell, rest];
}

function orNull(words: string[]): string[] | null {
  return words.length > 0 ? words : null;
}

function needed(name: string, words: readonly string[]): readonly string[] {
  if (words.length === 0) throw engineError(400, `${name} requires at least one argument`);
  return words;
}

function pairs(
  name: string,
  rest: string,
  expanded: (word: string) => string,
): (readonly [string, string])[] {
  if (rest === "") throw engineError(400, `${name} requires at least one argument`);
  return namesAndValues(name, rest).map(([key, value]) => {
    if (key === "") throw engineError(400, `${name} names can not be blank`);
    return [expanded(key), expanded(value)] as const;
  });
}

/** Adds variables. One that exists keeps its place. */
function withVariables(env: readonly string[], variables: readonly (readonly [string, string])[]): string[] {
  const result = [...env];
  for (const [name, value] of variables) {
    const at = result.findIndex((line) => line.split("=", 1)[0] === name);
    if (at >= 0) result[at] = `${name}=${value}`;
    else result.push(`${name}=${value}`);
  }
  return result;
}

function volumes(
  rest: string,
  words: () => readonly string[],
  expanded: (word: string) => string,
): Record<string, Record<string, never>> {
  const listed = jsonWords(rest)?.map(expanded);
  const paths = (listed ? needed("VOLUME", listed) : words()).map((path) => path.trim());
  if (paths.includes("")) throw engineError(400, "VOLUME specified can not be an empty string");
  return Object.fromEntries(paths.map((path) => [path, {}]));
}

function workingDirectory(current: string, path: string): string {
  if (path === "") throw engineError(400, "cannot normalize nothing");
  return cleanPath(path.startsWith("/") ? path : `${current || "/"}/${path}`);
}

function trigger(rest: string): string {
  const [first = ""] = rest.split(/\s+/);
  const name = first.toUpperCase();
  if (name === "") throw engineError(400, "ONBUILD requires at least one argument");
  if (name === "ONBUILD") {
    throw engineError(400, "Chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed");
  }
  if (name === "MAINTAINER" || name === "FROM") {
    throw engineError(400, `${name} isn't allowed as an ONBUILD trigger`);
  }
  return rest;
}
