import { tarOf } from "@dryharbor/kernel/tar";
import { collectOutput } from "@dryharbor/sdk/port";
import { expect, it } from "vitest";
import { tarEntry } from "../../../test/tar-entry.js";
import { releaseNames } from "../../core/releases/row.js";
import { createSimulator } from "../../simulator.js";

const root = "/var/lib/docker";

it.each(releaseNames)(
  "a full disk takes nothing of programs or of the engine, until it has room: %s",
  async (release) => {
    await using simulator = createSimulator({ release });
    const { engine, faults } = simulator;
    const HostConfig = { Binds: ["data:/data"], Tmpfs: { "/memory": "" } };
    await engine.containers.create({ Image: "busybox", Cmd: ["sleep", "1000"], HostConfig }, { name: "web" });
    await engine.containers.start("web");
    const { Id: idle } = await engine.containers.create(
      { Image: "busybox", Cmd: ["true"] },
      { name: "idle" },
    );
    const sh = async (command: string): Promise<string> => {
      const { Id } = await engine.exec.create("web", {
        Cmd: ["sh", "-c", command],
        AttachStdout: true,
        AttachStderr: true,
      });
      const { stdout, stderr } = await collectOutput(await engine.exec.start(Id, {}));
      return stdout + stderr;
    };
    await sh("echo before > /old");
    const fault = await faults.add({ engine: "disk full" });
    for (const path of ["/new", "/data/new"]) {
      expect(await sh(`echo hi > ${path}`)).toBe("sh: write error: No space left on device\n");
    }
    // What is read, removed or in memory needs no room, and a name alone takes none.
    expect(await sh("cat /old; rm /old; mkdir /folder; echo hi > /memory/new; cat /memory/new")).toBe(
      "before\nhi\n",
    );
    const refusals: [Promise<unknown>, RegExp][] = [
      [
        engine.containers.create({ Image: "busybox", Cmd: ["true"] }),
        new RegExp(
          `^write ${root}/overlay2/[0-9a-f]{64}-init/(link|\\.tmp-link\\d+): no space left on device$`,
        ),
      ],
      [
        engine.containers.start("idle"),
        new RegExp(`^write ${root}/containers/${idle}/hosts: no space left on device$`),
      ],
      [
        engine.containers.rename("idle", "other"),
        new RegExp(
          `^write ${root}/containers/${idle}/\\.tmp-config\\.v2\\.json\\d+: no space left on device$`,
        ),
      ],
      [
        engine.networks.create({ Name: "backend" }),
        /^failed to update store for object type \*libnetwork\.[Nn]etwork: write .*\/local-kv\.db: no space left on device$/,
      ],
    ];
    for (const [call, message] of refusals) {
      await expect(call).rejects.toMatchObject({ status: 500, message: expect.stringMatching(message) });
    }
    const load = await simulator.fetch(
      new Request("http://simulator/images/load", { method: "POST", body: new Uint8Array(1024) }),
    );
    expect([load.status, await load.json()]).toMatchObject([
      200,
      { error: expect.stringContaining("no space left on device") },
    ]);
    const archive = tarOf([tarEntry({ name: "big", content: new Uint8Array(100) })]);
    await expect(engine.containers.putArchive("web", "/", archive)).rejects.toMatchObject({
      status: 500,
      message: `${release === "20.10" ? "Error processing tar file(exit status 1): " : ""}write /big: no space left on device`,
    });
    await engine.containers.stop("web", { t: 0 });
    await fault.remove();
    await engine.containers.start("web");
    expect(await sh("echo hi > /new; cat /new")).toBe("hi\n");
    await engine.networks.create({ Name: "backend" });
  },
);
