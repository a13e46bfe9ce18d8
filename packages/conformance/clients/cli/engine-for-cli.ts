import { apiVersionOf } from "@dryharbor/docker-cli";
import { dockerEngine } from "@dryharbor/sdk/docker";
import type { Engine } from "@dryharbor/sdk/port";
import Docker from "dockerode";

/** Opens the engine at a unix socket as the docker command of a release asks it: at the API version that it speaks. */
export function engineForCli(url: string, release: string): Engine {
  const docker = new Docker({ socketPath: url.replace("unix://", ""), version: `v${apiVersionOf(release)}` });
  return dockerEngine({ docker });
}
