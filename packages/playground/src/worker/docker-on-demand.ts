// The docker command, loaded after the first prompt: a learner reads before he types.
import type { Program, Simulator } from "@dryharbor/simulator";

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

/** The program `docker` of a simulator, which begins when it is loaded. */
export function dockerProgram(simulator: Simulator): Program {
  let made: Program | undefined;
  const loaded = async () => {
    const docker = await loadDocker().catch(() => undefined);
    made ??= docker?.dockerProgram(simulator);
    return made;
  };
  const program: Program = async (process) => {
    const docker = await loaded();
    if (docker) return docker(process);
    process.stderr(
      "docker: a part of this page could not be loaded, so nothing was carried out.\nType the command again when the network is back.\n",
    );
    return cannotBeRun;
  };
  program.complete = async (...asked) => (await loaded())?.complete?.(...asked);
  return program;
}

/** What a shell says of a program that is there and cannot be run. */
const cannotBeRun = 126;
