// Builds the images of services by the engine's classic builder, as compose does with DOCKER_BUILDKIT=0: there is no
// other builder here.

import { EngineError } from "@dryharbor/sdk/port";
import { CommandError } from "../../command/errors.js";
import { buildContext } from "../../commands/image/build-context.js";
import { buildClassic } from "../../commands/image/classic-build.js";
import { localPath } from "../../copy/paths.js";
import { ComposeError } from "../model/error.js";
import { imageOf, type Project } from "../model/project.js";
import type { ServiceConfig } from "../model/service.js";
import { tell } from "../progress/progress.js";
import type { ComposeContext } from "./context.js";
import { oneByOneInDependencyOrder } from "./order.js";

/** What a command line says of all builds. */
export interface BuildOptions {
  readonly noCache?: boolean;
  readonly pull?: boolean;
  /** Bytes. */
  readonly memory?: number;
  /** Build arguments, as `name=value`, or `name` for one of the environment. */
  readonly args?: readonly string[];
}

type BuildConfig = NonNullable<ServiceConfig["build"]>;

const builderLabel = "com.docker.compose.image.builder";

/**
 * Builds the images of services, one after the other, those that others depend on first. Returns the ids by image.
 *
 * @param names the services that are wanted; those without a `build` are left out
 * @throws {CommandError} a build has failed
 * @throws {ComposeError} a build needs what the classic builder does not have
 */
export async function buildImages(
  context: ComposeContext,
  project: Project,
  names: readonly string[],
  options: BuildOptions = {},
): Promise<Map<string, string>> {
  const wanted = new Set(names.filter((name) => project.services.get(name)?.build));
  const ids = new Map<string, string>();
  if (wanted.size === 0) return ids;
  sayWhichBuilder(context);
  await oneByOneInDependencyOrder(project, async (name) => {
    const service = project.services.get(name);
    if (!service?.build || !wanted.has(name)) return;
    const image = imageOf(project, name, service);
    ids.set(image, await buildOne(context, project, name, service.build, image, options));
  });
  for (const name of [...wanted].sort()) tell(context.progress, name, "done", "Built");
  return ids;
}

/** @throws {ComposeError} another builder is asked for, which is not here */
function sayWhichBuilder({ io, warn }: ComposeContext): void {
  const isOn = /^(1|t|true)$/i.test(io.env.DOCKER_BUILDKIT ?? "");
  if (isOn) {
    throw new ComposeError(
      "DOCKER_BUILDKIT=1 asks for BuildKit, and there is none here: unset it, or set DOCKER_BUILDKIT=0",
    );
  }
  warn(
    /^(0|f|false)$/i.test(io.env.COMPOSE_BAKE ?? "")
      ? "COMPOSE_BAKE=false is deprecated, support for internal compose builder will be removed in next release"
      : "Docker Compose is configured to build using Bake, but buildkit isn't enabled",
  );
}

async function buildOne(
  { engine, io, progress }: ComposeContext,
  project: Project,
  name: string,
  build: BuildConfig,
  image: string,
  { noCache, pull, memory, args = [] }: BuildOptions,
): Promise<string> {
  tell(progress, `Service ${name}`, "working", "Building");
  checkBuilder(build);
  const place = build.context ?? ".";
  const file = build.dockerfile ? localPath(build.dockerfile, place) : "";
  const { archive, dockerfile } = await buildContext(io, place, file);
  const { id } = await buildClassic(engine, io, archive, {
    dockerfile,
    t: [...(build.tags ?? []), image],
    buildargs: argumentsOf(build, args, project.environment),
    labels: { ...Object.fromEntries(build.labels ?? []), [builderLabel]: "classic" },
    rm: true,
    nocache: noCache || build.no_cache || false,
    pull: pull || build.pull || false,
    ...(build.target && { target: build.target }),
    ...(build.network && { networkmode: build.network }),
    ...(build.extra_hosts && { extrahosts: hostLines(build.extra_hosts) }),
    ...(memory && { memory }),
  }).catch((error: unknown) => {
    if (!(error instanceof EngineError)) throw error;
    throw new CommandError(`Error response from daemon: ${error.message}`);
  });
  tell(progress, `Service ${name}`, "done", "Built");
  return id;
}

/** @throws {ComposeError} it needs BuildKit, in compose's words */
function checkBuilder({
  platforms,
  privileged,
  additional_contexts,
  ssh,
  secrets,
  isolation,
}: BuildConfig): void {
  const missing: readonly (readonly [what: string, isAsked: boolean])[] = [
    ["multi-arch build", (platforms ?? []).length > 1],
    ["privileged mode", privileged === true],
    ["additional contexts", (additional_contexts?.size ?? 0) > 0],
    ["SSH keys", ssh !== undefined],
    ["secrets", (secrets ?? []).length > 0],
  ];
  for (const [what, isAsked] of missing) {
    if (isAsked) {
      throw new ComposeError(
        `the classic builder doesn't support ${what}, set DOCKER_BUILDKIT=1 to use BuildKit`,
      );
    }
  }
  if (isolation && isolation !== "default") {
    throw new ComposeError(`Error response from daemon: unsupported isolation: ${JSON.stringify(isolation)}`);
  }
}

/** The arguments of the file and of the command line. One without a value takes it from the environment. */
function argumentsOf(
  { args }: BuildConfig,
  given: readonly string[],
  environment: ReadonlyMap<string, string>,
): Record<string, string | null> {
  const all = new Map<string, string | null>(args ?? []);
  for (const word of given) {
    const at = word.indexOf("=");
    all.set(at < 0 ? word : word.slice(0, at), at < 0 ? null : word.slice(at + 1));
  }
  return Object.fromEntries([...all].map(([name, value]) => [name, value ?? environment.get(name) ?? null]));
}

function hostLines(hosts: ReadonlyMap<string, readonly string[]>): string[] {
  return [...hosts].flatMap(([host, addresses]) => addresses.map((address) => `${host}:${address}`)).sort();
}
