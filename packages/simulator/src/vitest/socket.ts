import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serve } from "../node/serve.js";
import type { Simulator } from "../simulator.js";

/** Serves a simulator on a unix socket in a temporary directory, which is removed at the end. */
export async function serveOnSocket(simulator: Simulator): Promise<AsyncDisposable & { host: string }> {
  const directory = await mkdtemp(join(tmpdir(), "dryharbor-"));
  const served = await serve(simulator, { host: `unix://${join(directory, "docker.sock")}` });
  return {
    host: served.host,
    async [Symbol.asyncDispose]() {
      await served.close();
      await rm(directory, { recursive: true });
    },
  };
}
