import { virtualTime } from "@dryharbor/kernel/host";
import { procFiles, seenNetwork, sysFiles } from "@dryharbor/kernel/network";
import { loadBuiltInPrograms } from "@dryharbor/programs/image";
import type { HostConfig } from "@dryharbor/sdk/port";
import { describe, expect, it } from "vitest";
import { newMachine } from "../../machine.js";
import type { Daemon } from "../daemon.js";
import { noUplink } from "../dns/upstream.js";
import { connectContainer } from "../endpoints/connect.js";
import { defaultImages } from "../images/default-images.js";
import { createNetwork } from "../networks/create.js";
import { release } from "../releases/release.js";
import { cellOf, type ReleaseName, releaseNames } from "../releases/row.js";
import { defaultSettings } from "../settings.js";
import type { Container } from "./container.js";
import { createContainer } from "./create.js";
import { processFiles } from "./files.js";
import { findContainer } from "./find.js";
import { namespaceSeen } from "./kernel-files.js";
import { containerExited, startContainer } from "./lifecycle.js";

await loadBuiltInPrograms();

function daemonOf(name: ReleaseName): Daemon {
  const surroundings = { time: virtualTime(), programs: new Map(), upstream: noUplink };
  const options = { release: release(name), seed: 1, images: defaultImages, settings: defaultSettings };
  const { daemon } = newMachine(surroundings, options);
  daemon.hostFiles.kernel = { procFiles, sysFiles };
  return daemon;
}

function run(daemon: Daemon, name: string, HostConfig: HostConfig): Container {
  createContainer(daemon, { Image: "busybox", Cmd: ["sleep", "9"], HostConfig }, name);
  const container = findContainer(daemon, name);
  startContainer(daemon, container);
  return container;
}

const seen = (daemon: Daemon, container: Container) => ({
  network: () =>
    seenNetwork({
      counted: () => namespaceSeen(daemon, container),
      neighbours: () => [],
      sockets: () => [],
    }),
  processes: () => [
    {
      ...{ pid: 1, parentPid: 0, startedAt: 0n, tty: false, session: 1, group: 1, process: undefined },
      user: { uid: 0, gid: 0, groups: [0] },
      argv: () => ["sleep", "9"],
      env: () => ({}),
      cwd: () => "/",
    },
  ],
  pipeNumber: () => 1,
  executable: () => undefined,
});
const read = (daemon: Daemon, container: Container, path: string) =>
  new TextDecoder().decode(processFiles(daemon, container, seen(daemon, container)).read(path));
const devices = (daemon: Daemon, container: Container) =>
  processFiles(daemon, container, seen(daemon, container)).list("/sys/class/net").toSorted();

// Each seen on all three.
describe.each(releaseNames)("on %s, a process sees", (name) => {
  const isNew = cellOf({ "20.10": false, "28.5": true }, name);

  it("the interfaces of its namespace as they are", () => {
    const daemon = daemonOf(name);
    const Options = { "com.docker.network.driver.mtu": "1400" };
    createNetwork(daemon, { Name: "net", Options, IPAM: { Config: [{ Subnet: "10.130.0.0/24" }] } });
    const web = run(daemon, "web", {});
    const joined = run(daemon, "joined", { NetworkMode: "container:web" });
    expect(read(daemon, joined, "/sys/class/net/eth0/address")).toBe(
      `${web.endpoints.get("bridge")?.attachment?.mac}\n`,
    );
    const files = processFiles(daemon, joined, seen(daemon, joined));
    connectContainer(daemon, "net", { Container: "web" });
    expect(files.list("/sys/class/net").toSorted()).toEqual(["eth0", "eth1", "lo"]);
    expect(read(daemon, joined, "/sys/class/net/eth1/mtu")).toBe("1400\n");
    expect(read(daemon, web, "/proc/net/route")).toMatch(/\neth0\t00000000\t010011AC\t0003\t/);
    containerExited(daemon, web, 0);
    expect(devices(daemon, joined)).toEqual(["lo"]);
    startContainer(daemon, web);
    expect(devices(daemon, joined)).toEqual(["lo"]);
    expect(devices(daemon, run(daemon, "alone", { NetworkMode: "none" }))).toEqual(["lo"]);
  });

  it("IPv6 on its loopback interface, except on 20.10", () => {
    const daemon = daemonOf(name);
    const web = run(daemon, "web", {});
    const disabled = read(daemon, web, "/proc/sys/net/ipv6/conf/lo/disable_ipv6");
    expect(disabled).toBe(name === "20.10" ? "1\n" : "0\n");
    expect(read(daemon, web, "/proc/net/if_inet6").includes("lo")).toBe(name !== "20.10");
  });

  it("the settings that it was given", () => {
    const daemon = daemonOf(name);
    const web = run(daemon, "web", { Sysctls: { "net.ipv4.ip_forward": "1" } });
    expect(read(daemon, web, "/proc/sys/net/ipv4/ip_forward")).toBe("1\n");
    expect(read(daemon, run(daemon, "plain", {}), "/proc/sys/net/ipv4/ip_forward")).toBe("0\n");
  });

  it("its mounts", () => {
    const daemon = daemonOf(name);
    const web = run(daemon, "web", {
      ReadonlyRootfs: true,
      ShmSize: 2 ** 20,
      Tmpfs: { "/a": "rw,size=1m" },
      Binds: ["vq:/v:ro"],
    });
    const lines = read(daemon, web, "/proc/mounts").split("\n");
    const seen = lines.filter((line) =>
      /^overlay|^shm|^tmpfs \/a|^\S+ \/(v|etc\/hosts|proc\/acpi) /.test(line),
    );
    const isolated = "nosuid,nodev,noexec,relatime";
    const tmpfs = `tmpfs /a tmpfs rw,${isolated},size=1024k 0 0`;
    const volume = "/dev/sda1 /v ext4 ro,relatime 0 0";
    expect(seen.map((line) => line.replace(/lowerdir.*work /, "… "))).toEqual([
      "overlay / overlay ro,relatime,… 0 0",
      `shm /dev/shm tmpfs rw,${isolated},size=1024k 0 0`,
      ...(name === "20.10" ? [volume, tmpfs] : [tmpfs, volume]),
      "/dev/sda1 /etc/hosts ext4 ro,relatime 0 0",
      `tmpfs /proc/acpi tmpfs ro,relatime${isNew ? ",size=4k,nr_inodes=1" : ""} 0 0`,
    ]);
  });
});
