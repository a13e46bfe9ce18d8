import { FileError } from "@dryharbor/kernel";
import type { Engine } from "@dryharbor/sdk/port";
import { createSimulator } from "@dryharbor/simulator";
import { describe, expect, it } from "vitest";
import { dockerCommand } from "../docker-command.js";

/** An engine whose list of networks fails with an error that nobody has foreseen. */
function faulty(error: unknown): Engine {
  const { engine } = createSimulator();
  const list = () => Promise.reject(error);
  return { ...engine, networks: { ...engine.networks, list } };
}

const mistake = new TypeError("Cannot read properties of undefined (reading 'Name')");
const said =
  "docker: the command has stopped at a fault of its own, not of yours. With DRYHARBOR_DEBUG=1 in its environment it tells where\n";

describe("a fault of the docker command itself", () => {
  it.each(["network ls", "compose ls --filter name=x", "network prune -f"])(
    "is one line in plain words, and an exit code: docker %s",
    async (command) => {
      const engine = faulty(mistake);
      const broken = () => Promise.reject(mistake);
      const containers = { ...engine.containers, list: broken };
      const networks = { ...engine.networks, prune: broken };
      const docker = dockerCommand({ ...engine, containers, networks }, { release: "28.5" });
      expect(await docker(command)).toEqual({ exitCode: 125, stdout: "", stderr: said });
    },
  );

  it("tells where it was to whoever asks", async () => {
    const docker = dockerCommand(faulty(mistake), { release: "28.5" });
    const { stderr, exitCode } = await docker("network ls", { env: { DRYHARBOR_DEBUG: "1" } });
    expect(stderr).toContain(mistake.stack);
    expect(exitCode).toBe(125);
  });

  it("is in the words of a file's error where it is one", async () => {
    const docker = dockerCommand(faulty(new FileError("ENOSPC")), { release: "28.5" });
    expect(await docker("network ls")).toMatchObject({ exitCode: 1, stderr: "no space left on device\n" });
  });
});
