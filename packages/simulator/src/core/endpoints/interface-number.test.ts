import { run } from "@dryharbor/sdk/port";
import { describe, expect, it } from "vitest";
import { createSimulator } from "../../simulator.js";
import { type ByRelease, cellOf, releaseNames } from "../releases/row.js";

const sleeper = { Image: "busybox", Cmd: ["sleep", "1000"] };

/** What each release gave after each step, on a host whose last number was 3, that of `docker0`. Seen. */
const seen: ByRelease<readonly string[]> = {
  "20.10": [
    "eth0=6/7",
    "eth0=6/7 eth1=8/9",
    "eth1=8/9 eth2=10/11",
    "eth0=12/13 eth1=14/15",
    "eth0=16/17",
    "eth0=20/21",
  ],
  "26.1": [
    "eth0=6/7",
    "eth0=6/7 eth1=8/9",
    "eth1=8/9 eth2=10/11",
    "eth0=12/13 eth1=14/15",
    "eth0=16/17",
    "eth0=20/21",
  ],
  "28.5": [
    "eth0=2/6",
    "eth0=2/6 eth1=3/7",
    "eth0=4/9 eth1=3/7",
    // 3 is the number of docker0, and 4 that of a bridge.
    "eth0=2/12 eth1=3/13",
    "eth0=2/14",
    "eth0=2/15",
  ],
};

describe.each(releaseNames)("the numbers of interfaces on %s", (release) => {
  it("are those of one counter of the host, or of each container", async () => {
    const { engine } = createSimulator({ release });
    const shown: string[] = [];
    const show = async (name: string) => {
      const script =
        'for i in /sys/class/net/eth*; do echo -n "$(basename $i)=$(cat $i/ifindex)/$(cat $i/iflink) "; done';
      const looker = { Image: "busybox", Cmd: ["sh", "-c", script] };
      const HostConfig = { NetworkMode: `container:${name}` };
      const { stdout } = await run(engine, { ...looker, HostConfig }, { remove: true });
      shown.push(stdout.trim());
    };
    for (const Name of ["n1", "n2"]) await engine.networks.create({ Name });
    const start = async (name: string, mode: string) => {
      await engine.containers.create({ ...sleeper, HostConfig: { NetworkMode: mode } }, { name });
      await engine.containers.start(name);
    };
    await start("aa", "n1");
    await show("aa");
    await engine.networks.connect("n2", { Container: "aa" });
    await show("aa");
    await engine.networks.disconnect("n1", { Container: "aa" });
    await engine.networks.connect("n1", { Container: "aa" });
    await show("aa");
    await engine.containers.restart("aa", { t: 0 });
    await show("aa");
    await start("bb", "bridge");
    await show("bb");
    // Up to 26.1 the networks come before the command is looked up, and take their numbers.
    await engine.containers.create({ Image: "busybox", Cmd: ["nosuch"] }, { name: "no" });
    await expect(engine.containers.start("no")).rejects.toThrow("nosuch");
    await start("cc", "bridge");
    await show("cc");
    expect(shown).toEqual(cellOf(seen, release));
  });
});
