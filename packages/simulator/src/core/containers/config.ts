import type { ContainerConfig, ContainerCreateRequest, ImageConfig } from "@dryharbor/sdk/port";
import { sortedByKey } from "../go-order.js";
import { cleanPath } from "../mounts/path.js";
import { mergeHealthcheck, shownHealthcheck } from "./healthcheck.js";

/** How a field is shown where nothing was given. `absent`: not at all (`omitempty`). */
type Default = string | boolean | null | "absent";

/** The fields of `Config` in the order of inspect. The same on all three engines. */
const fields: readonly (readonly [
  name: keyof ContainerConfig | "ArgsEscaped" | "OnBuild" | "Shell",
  Default,
])[] = [
  ["Hostname", ""],
  ["Domainname", ""],
  ["User", ""],
  ["AttachStdin", false],
  ["AttachStdout", false],
  ["AttachStderr", false],
  ["ExposedPorts", "absent"],
  ["Tty", false],
  ["OpenStdin", false],
  ["StdinOnce", false],
  ["Env", null],
  ["Cmd", null],
  ["Healthcheck", "absent"],
  ["ArgsEscaped", "absent"],
  ["Image", ""],
  ["Volumes", null],
  ["WorkingDir", ""],
  ["Entrypoint", null],
  ["NetworkDisabled", "absent"],
  ["MacAddress", "absent"],
  ["OnBuild", null],
  ["Labels", null],
  ["StopSignal", "absent"],
  ["StopTimeout", "absent"],
  ["Shell", "absent"],
];

const names: ReadonlySet<string> = new Set(fields.map(([name]) => name));

/** One for all containers without any. */
const noLabels: Readonly<Record<string, string>> = Object.freeze({});

/** Whether a request says anything of the container itself; the engine has no configuration otherwise. */
export function hasConfig(request: object): boolean {
  return Object.keys(request).some((name) => names.has(name));
}

/** A container's own configuration, before it has its host name. */
export type MergedConfig = ContainerConfig & { Cmd?: string[] | null; Entrypoint?: string[] | null };

/**
 * What a create request says of the container, completed by its image: the image's environment,
 * command, working directory and so on where the request has none. Only what is there is kept, so
 * that a container costs little.
 */
export function mergeConfig(request: ContainerCreateRequest, image: ImageConfig | undefined): MergedConfig {
  const config: Record<string, unknown> = {};
  for (const name of Object.keys(request)) {
    const value = request[name as keyof ContainerCreateRequest];
    if (names.has(name) && value !== null && value !== undefined) config[name] = value;
  }
  config.Image ??= "";
  const cmd = words(request.Cmd);
  const entrypoint = words(request.Entrypoint);
  const entrypointGiven = entrypoint !== undefined && entrypoint.length > 0;
  if (cmd) config.Cmd = cmd;
  if (entrypoint) config.Entrypoint = entrypoint;
  if (image) {
    if (!entrypointGiven) {
      if (!cmd || cmd.length === 0) config.Cmd = image.Cmd;
      if (!entrypoint) config.Entrypoint = image.Entrypoint;
    }
    config.Env =
      mergeEnv(request.Env ?? [], image.Env ?? []) ??
      (request.Env?.length ? request.Env : (image.Env ?? request.Env));
    config.User ||= image.User;
    config.WorkingDir ||= image.WorkingDir;
    config.Labels = mergeMaps(image.Labels, request.Labels) ?? noLabels;
    config.ExposedPorts = mergeMaps(image.ExposedPorts, request.ExposedPorts);
    config.Healthcheck = mergeHealthcheck(request.Healthcheck, image.Healthcheck);
    config.Volumes = isEmpty(request.Volumes) ? image.Volumes : mergeMaps(image.Volumes, request.Volumes);
  }
  const resulting = config.Entrypoint;
  if (Array.isArray(resulting) && resulting.length === 1 && resulting[0] === "") config.Entrypoint = null;
  if (typeof config.WorkingDir === "string" && config.WorkingDir !== "") {
    config.WorkingDir = cleanPath(config.WorkingDir);
  }
  // Made anew rather than deleted from: engines keep an object that lost properties in a costlier way.
  const given: Record<string, unknown> = {};
  for (const name of Object.keys(config)) {
    const value = config[name];
    if (value !== null && value !== undefined) given[name] = value;
  }
  return given as unknown as MergedConfig;
}

/** A command as the API takes it: a list, or one string that stands for a list of one. */
function words(command: string[] | string | null | undefined): string[] | undefined {
  if (command === null || command === undefined) return undefined;
  return typeof command === "string" ? [command] : command;
}

/** `undefined` where nothing needs to be merged: the lists themselves are shared then. */
function mergeEnv(own: readonly string[], image: readonly string[]): string[] | undefined {
  if (own.length === 0 || image.length === 0) return undefined;
  const given = new Set(own.map((line) => line.split("=")[0]));
  return [...own, ...image.filter((line) => !given.has(line.split("=")[0]))];
}

function mergeMaps<T>(
  image: Readonly<Record<string, T>> | null | undefined,
  own: Readonly<Record<string, T>> | null | undefined,
): Readonly<Record<string, T>> | null | undefined {
  return image && Object.keys(image).length > 0 ? { ...image, ...own } : own;
}

/** `Config` of inspect. Labels are `null` in a container made of no image only. */
export function showConfig(
  config: ContainerConfig & { Hostname: string },
  macAddress: string,
): ContainerConfig & { Hostname: string; Labels: Record<string, string> } {
  const given: Record<string, unknown> = { ...config };
  if (macAddress !== "") given.MacAddress = macAddress;
  const shown: Record<string, unknown> = {};
  for (const [name, byDefault] of fields) {
    if (name === "Healthcheck") {
      if (config.Healthcheck) shown.Healthcheck = shownHealthcheck(config.Healthcheck);
      continue;
    }
    const value = given[name] ?? byDefault;
    const empty = isEmpty(value) && name !== "Labels" && name !== "Volumes";
    const fallback = Array.isArray(value) ? value : byDefault;
    const result = empty ? fallback : value;
    if (result === "absent" || (empty && byDefault === "absent")) continue;
    shown[name] = isMap(result) ? sortedByKey(result) : result;
  }
  return shown as unknown as ReturnType<typeof showConfig>;
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Empty as far as Go's `omitempty` goes. */
function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  if (isMap(value)) return Object.keys(value).length === 0;
  return value === "" || value === false;
}
