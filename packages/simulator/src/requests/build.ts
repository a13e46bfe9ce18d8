import { engineError, type HostConfig } from "@dryharbor/sdk/port";
import { isOlder } from "../core/api-version.js";
import type { BuildRequest } from "../core/builds/build-request.js";
import { decode, JsonTypeError } from "../core/json/decode.js";
import { int, list, map, pointer, type Shape, struct, text } from "../core/json/shape.js";
import { JsonSyntaxError, NoJsonError, parseWholeJson } from "../core/json/syntax.js";
import { quotedText } from "../core/quote.js";
import { buildsOf } from "../core/releases/builds.js";
import type { Release } from "../core/releases/release.js";
import { InvalidNumber, parseInteger } from "../core/strconv.js";

/** The parameters of a request. */
interface Parameters {
  text(name: string): string;
  texts(name: string): readonly string[];
  has(name: string): boolean;
  bool(name: string): boolean;
}

/** Reads the parameters of `POST /build`. @throws 400; 500 for a size that is no number */
export function readBuild(release: Release, query: Parameters, apiVersion: string): BuildRequest {
  const json = <T>(name: string, of: Shape, failed: Refusal): T | undefined =>
    query.text(name) === "" ? undefined : (readJson(release, query.text(name), of, failed) as T);
  const hostConfig = readHostConfig(release, query);
  if (query.has("securityopt")) throw engineError(400, buildsOf(release).noSecurityOptions);
  const isolation = query.text("isolation");
  const shmSize = readSize(query.text("shmsize"));
  if (!["", "default"].includes(isolation.toLowerCase())) {
    throw engineError(400, buildsOf(release).badIsolation(quotedText(isolation)));
  }
  const ulimits = json<NonNullable<HostConfig["Ulimits"]>>("ulimits", ulimitList, reading("ulimit settings"));
  const buildArgs = json<Record<string, string | null>>(
    "buildargs",
    map(pointer(text())),
    reading("build args"),
  );
  const labels = json<Record<string, string>>("labels", map(text()), reading("labels"));
  const cacheFrom = json<string[]>("cachefrom", list(text()), buildsOf(release).badCacheFrom);
  const version = query.text("version");
  if (!["", "1", "2"].includes(version)) {
    throw engineError(buildsOf(release).badVersionStatus, `invalid version ${quotedText(version)}`);
  }
  if (version === "2" && query.text("remote") === "client-session") {
    throw engineError(
      501,
      "the simulator has no BuildKit: build with DOCKER_BUILDKIT=0, which is version=1 of a build",
    );
  }
  return {
    tags: query.texts("t"),
    dockerfile: query.text("dockerfile"),
    buildArgs: new Map(Object.entries(buildArgs ?? {})),
    labels: labels ?? {},
    target: query.text("target"),
    platform: isOlder(apiVersion, "1.32") ? "" : query.text("platform"),
    noCache: query.bool("nocache"),
    cacheFrom: cacheFrom ?? [],
    pull: query.bool("pull"),
    remove: query.bool("forcerm") || query.text("rm") === "" || query.bool("rm"),
    forceRemove: query.bool("forcerm"),
    quiet: query.bool("q"),
    remote: query.text("remote"),
    hostConfig: {
      ...hostConfig,
      ...(shmSize !== undefined && { ShmSize: shmSize }),
      ...(ulimits ? { Ulimits: ulimits } : {}),
    },
  };
}

/** Says what is wrong with a parameter. */
type Refusal = (why: string) => { readonly status: number; readonly message: string };

const reading =
  (what: string): Refusal =>
  (why) => ({ status: 400, message: `error reading ${what}: ${why}` });

const ulimitList = list(pointer(struct("Ulimit", { Name: text(), Soft: int(), Hard: int() })));

/** What is no number counts as 0. */
function integer(text: string): number {
  try {
    return text === "" ? 0 : parseInteger(text);
  } catch (error) {
    if (error instanceof InvalidNumber) return 0;
    throw error;
  }
}

function readHostConfig(release: Release, query: Parameters): HostConfig {
  const mode = query.text("networkmode");
  const network = mode === "" || mode === "default" ? buildsOf(release).defaultNetwork : mode;
  const hosts = query.texts("extrahosts");
  return {
    NetworkMode: network,
    Memory: integer(query.text("memory")),
    MemorySwap: integer(query.text("memswap")),
    CpuShares: integer(query.text("cpushares")),
    CpuPeriod: integer(query.text("cpuperiod")),
    CpuQuota: integer(query.text("cpuquota")),
    CpusetCpus: query.text("cpusetcpus"),
    CpusetMems: query.text("cpusetmems"),
    CgroupParent: query.text("cgroupparent"),
    ...(hosts.length > 0 && { ExtraHosts: [...hosts] }),
  };
}

function readSize(text: string): number | undefined {
  if (text === "") return undefined;
  try {
    return parseInteger(text);
  } catch (error) {
    if (!(error instanceof InvalidNumber)) throw error;
    throw engineError(500, error.message.replace("Atoi", "ParseInt"));
  }
}

function readJson(release: Release, given: string, of: Shape, failed: Refusal): unknown {
  const { decoder } = release.requests;
  try {
    return decode(parseWholeJson(new TextEncoder().encode(given), decoder.syntax), of, "", decoder.types);
  } catch (error) {
    const known =
      error instanceof JsonSyntaxError || error instanceof JsonTypeError || error instanceof NoJsonError;
    if (!known) throw error;
    const { status, message } = failed(error.message);
    throw engineError(status, message);
  }
}
