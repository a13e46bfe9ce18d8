// The docker command, loaded after the first prompt: a learner reads before he types.
import type { Engine } from "@dryharbor/sdk/port";
import type { Program, ReleaseName } from "@dryharbor/simulator";

type DockerCli = typeof import("@dryharbor/docker-cli/program");

let loading: Promise<DockerCli> | undefined;

/** Loads the docker command. A load that fails is tried again by the next call. */
export function loadDocker(): Promise<DockerCli> {
  loading ??= import("@dryharbor/docker-cli/program").catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

/** The program `docker` of an engine, which begins when it is loaded. */
export function dockerProgram(engine: Engine, options: { readonly release: ReleaseName }): Program {
  const loaded = () => loadDocker().catch(() => undefined);
  const program: Program = async (process) => {
    const docker = await loaded();
    if (docker) return docker.dockerProgram(engine, options)(process);
    process.stderr(
      "docker: a part of this page could not be loaded, so nothing was carried out.\nType the command again when the network is back.\n",
    );
    return cannotBeRun;
  };
  program.complete = async (...asked) =>
    (await loaded())?.dockerProgram(engine, options).complete?.(...asked);
  return program;
}

/** What a shell says of a program that is there and cannot be run. */
const cannotBeRun = 126;
