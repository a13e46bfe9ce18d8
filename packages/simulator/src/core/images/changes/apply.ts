import { parseSignal } from "@dryharbor/kernel";
import { engineError, type ImageConfig } from "@dryharbor/sdk/port";
import { type Instruction, readInstruction } from "../../builds/dockerfile/instruction.js";
import { readDockerfile } from "../../builds/dockerfile/read-dockerfile.js";
import { expandedWord, expandedWords, type Variables } from "../../builds/dockerfile/words.js";
import { cleanPath } from "../../mounts/path.js";
import { buildsOf } from "../../releases/builds.js";
import type { Release } from "../../releases/release.js";
import { exposedPorts } from "./ports.js";
import { withVariables } from "./variables.js";

/** The parts of a configuration that `changes` can set, with the shell. */
type ChangedConfig = ImageConfig & { readonly Shell?: readonly string[] | null };

/**
 * Applies the parameter `changes` of an import or a commit, which are lines of a Dockerfile, to a
 * configuration.
 *
 * @throws 400 with the engine's message
 */
export function applyChanges(
  release: Release,
  config: ChangedConfig,
  changes: readonly string[],
): ChangedConfig {
  if (changes.length === 0) return config;
  const { lines } = readDockerfile(release, changes.join("\n"));
  const { changeCommands, namesChange } = release.images;
  for (const { name } of lines) {
    if (!changeCommands.includes(name.toUpperCase())) {
      throw engineError(400, `${namesChange(name)} is not a valid change command`);
    }
  }
  const instructions = lines.map((line) => readInstruction(release, line));
  return instructions.reduce((changed, instruction) => apply(release, changed, instruction), config);
}

function apply(release: Release, config: ChangedConfig, instruction: Instruction): ChangedConfig {
  const variables: Variables = (name) =>
    config.Env?.find((line) => line.startsWith(`${name}=`))?.slice(name.length + 1);
  const rules = { escape: "\\" };
  const word = (text: string) => expandedWord(release, text, variables, rules);
  const both = ([name, value]: readonly [string, string]) => [word(name), word(value)] as const;
  const line = ({ words, forShell }: { words: readonly string[]; forShell: boolean }): string[] =>
    forShell ? [...(config.Shell ?? ["/bin/sh", "-c"]), ...words] : [...words];
  switch (instruction.kind) {
    case "CMD":
      return { ...config, Cmd: line(instruction) };
    case "ENTRYPOINT":
      return { ...config, Entrypoint: instruction.words.length > 0 ? line(instruction) : null };
    case "ENV":
      return { ...config, Env: withVariables(config.Env ?? [], instruction.pairs.map(both)) };
    case "LABEL":
      return { ...config, Labels: { ...config.Labels, ...Object.fromEntries(instruction.pairs.map(both)) } };
    case "EXPOSE": {
      const ports = instruction.ports.flatMap((text) => expandedWords(release, text, variables, rules));
      return { ...config, ExposedPorts: { ...config.ExposedPorts, ...exposedPorts(release, ports) } };
    }
    case "HEALTHCHECK":
      return { ...config, Healthcheck: instruction.check };
    case "VOLUME": {
      const paths = instruction.paths.map(word);
      if (paths.includes("")) throw engineError(400, "VOLUME specified can not be an empty string");
      const volumes = Object.fromEntries(paths.map((path) => [path, {}]));
      return { ...config, Volumes: { ...config.Volumes, ...volumes } };
    }
    case "USER":
      return { ...config, User: word(instruction.value) };
    case "WORKDIR":
      return { ...config, WorkingDir: workingDirectory(config.WorkingDir, word(instruction.value)) };
    case "STOPSIGNAL": {
      const signal = word(instruction.value);
      if (parseSignal(signal) === 0) throw engineError(400, buildsOf(release).badSignal(signal));
      return { ...config, StopSignal: signal };
    }
    case "ONBUILD":
      return { ...config, OnBuild: [...(config.OnBuild ?? []), instruction.trigger] };
    default:
      return config;
  }
}

function workingDirectory(current: string, path: string): string {
  if (path === "") throw engineError(400, "cannot normalize nothing");
  return cleanPath(path.startsWith("/") ? path : `${current || "/"}/${path}`);
}
