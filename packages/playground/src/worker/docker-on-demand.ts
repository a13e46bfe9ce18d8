// The docker command, loaded after the first prompt: a learner reads before he types.
import type { Engine } from "@dryharbor/sdk/port";
import type { Program, ReleaseName } from "@dryharbor/simulator";

let loading: Promise<typeof import("@dryharbor/docker-cli/program")> | undefined;

/** Loads the docker command. A load that fails is tried again by the next call. */
export function loadDocker(): Promise<typeof import("@dryharbor/docker-cli/program")> {
  loading ??= import("@dryharbor/docker-cli/program").catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

/** The program `docker` of an engine, which begins when it is loaded. */
export function dockerProgram(engine: Engine, options: { readonly release: ReleaseName }): Program {
  const loaded = async () => (await loadDocker()).dockerProgram(engine, options);
  const program: Program = async (process) => (await loaded())(process);
  program.complete = async (...asked) => (await loaded()).complete?.(...asked);
  return program;
}
