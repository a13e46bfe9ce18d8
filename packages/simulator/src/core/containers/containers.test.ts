import { virtualTime } from "@dryharbor/kernel/host";
import { loadBuiltInPrograms } from "@dryharbor/programs/image";
import type { ContainerCreateRequest } from "@dryharbor/sdk";
import { describe, expect, it } from "vitest";
import { refusal } from "../../../test/refusal.js";
import { answerOf } from "../../../test/since.js";
import { newMachine } from "../../machine.js";
import type { Daemon } from "../daemon.js";
import { noUplink } from "../dns/upstream.js";
import { connectContainer } from "../endpoints/connect.js";
import { defaultImages } from "../images/default-images.js";
import { release } from "../releases/release.js";
import { cellOf, type ReleaseName, releaseNames } from "../releases/row.js";
import { defaultSettings } from "../settings.js";
import type { Container } from "./container.js";
import { createContainer } from "./create.js";
import { findContainer } from "./find.js";
import {
  beginStop,
  containerExited,
  finishRestart,
  killContainer,
  pauseContainer,
  signalForStop,
  startAgain,
  startContainer,
  unpauseContainer,
} from "./lifecycle.js";
import { listContainers } from "./list.js";
import { pruneContainers } from "./prune.js";
import { removeContainer } from "./remove.js";
import { renameContainer } from "./rename.js";
import { showContainer } from "./show.js";

await loadBuiltInPrograms();

function daemonOf(name: ReleaseName): Daemon {
  const program = async () => 0;
  const programs = new Map(["sleep", "true"].map((each) => [each, program]));
  const surroundings = { time: virtualTime(), programs, upstream: noUplink };
  const options = { release: release(name), seed: 1, images: defaultImages, settings: defaultSettings };
  return newMachine(surroundings, options).daemon;
}

function create(daemon: Daemon, name: string, more: Partial<ContainerCreateRequest> = {}): Container {
  createContainer(daemon, { Image: "busybox", Cmd: ["sleep", "9"], ...more }, name);
  return findContainer(daemon, name);
}

function running(daemon: Daemon, name: string, more: Partial<ContainerCreateRequest> = {}): Container {
  const container = create(daemon, name, more);
  startContainer(daemon, container);
  return container;
}

function stop(daemon: Daemon, container: Container, cause: "stop" | "restart") {
  const request = beginStop(daemon, container, container.name, { cause });
  if (request.state !== "running") return request.state;
  signalForStop(daemon, container, request.signal);
  signalForStop(daemon, container, 9);
  return containerExited(daemon, container, 137).next;
}

/** Lists the events that `call` makes the engine emit, e.g. `die`, `network disconnect`. */
function told(daemon: Daemon, call: () => unknown): string[] {
  const actions: string[] = [];
  const unsubscribe = daemon.events.subscribe(({ Type, Action }) => {
    actions.push(Type === "container" ? Action : `${Type} ${Action}`);
  });
  call();
  unsubscribe();
  return actions;
}

const byRelease = <T>(name: ReleaseName, v20: T, v26: T, v28: T): T =>
  cellOf<T>({ "20.10": v20, "26.1": v26, "28.5": v28 }, name);

describe.each(releaseNames)("containers of %s", (name) => {
  const before26 = name === "20.10";

  it("tells of an end in the release's order", () => {
    const daemon = daemonOf(name);
    const container = running(daemon, "web");
    const ending = before26 ? ["die", "network disconnect"] : ["network disconnect", "die"];
    const stopping = before26 ? [...ending, "stop"] : ["network disconnect", "stop", "die"];
    expect(told(daemon, () => stop(daemon, container, "stop"))).toEqual(["kill", "kill", ...stopping]);
    startContainer(daemon, container);
    const restarting = () => {
      stop(daemon, container, "restart");
      finishRestart(daemon, container, "web");
    };
    expect(told(daemon, restarting)).toEqual([
      "kill",
      "kill",
      ...stopping,
      "network connect",
      "start",
      "restart",
    ]);
    expect(told(daemon, () => removeContainer(daemon, "web", { force: true }))).toEqual([
      "kill",
      ...ending,
      "destroy",
    ]);
  });

  it("removes by itself what has AutoRemove, but not for a restart", () => {
    const daemon = daemonOf(name);
    const container = running(daemon, "web", { HostConfig: { AutoRemove: true } });
    expect(stop(daemon, container, "restart")).toBe("stays");
    finishRestart(daemon, container, "web");
    const changes: string[] = [];
    daemon.containers.watch(container, (change) => changes.push(change));
    expect(stop(daemon, container, "stop")).toBe("removed");
    expect(changes).toEqual(["exited", "removed"]);
    expect(refusal(() => findContainer(daemon, "web"))).toBe("404 No such container: web");
  });

  it("waits twice as long for each restart by policy, and counts them", () => {
    const daemon = daemonOf(name);
    const container = running(daemon, "web", {
      HostConfig: { RestartPolicy: { Name: "on-failure", MaximumRetryCount: 2 } },
    });
    const fail = () => containerExited(daemon, container, 1);
    expect(fail()).toEqual({ next: "restarts", delay: 100 });
    expect(container.state.status).toBe("restarting");
    expect(startAgain(daemon, container)).not.toBeNull();
    expect(fail()).toEqual({ next: "restarts", delay: 200 });
    expect(startAgain(daemon, container)).not.toBeNull();
    expect(fail()).toEqual({ next: "stays" });
    expect([container.state.status, container.restartCount]).toEqual(["exited", 2]);
    startContainer(daemon, container);
    expect(container.restartCount).toBe(0);
  });

  it("does not restart what was told to end", () => {
    const daemon = daemonOf(name);
    const always = { HostConfig: { RestartPolicy: { Name: "always" } } };
    const killed = running(daemon, "killed", always);
    killContainer(daemon, "killed", "");
    expect(containerExited(daemon, killed, 137)).toEqual({ next: "stays" });

    const waiting = running(daemon, "waiting", always);
    containerExited(daemon, waiting, 0);
    expect(told(daemon, () => stop(daemon, waiting, "stop"))).toEqual(["stop"]);
    expect(waiting.state.status).toBe("exited");
    expect(startAgain(daemon, waiting)).toBeNull();
  });

  it("refuses by state", () => {
    const daemon = daemonOf(name);
    const web = create(daemon, "web");
    const not = before26 ? `Container ${web.id} is not running` : `container ${web.id} is not running`;
    const kill = before26 ? "Cannot kill container: web: " : "cannot kill container: web: ";
    expect(refusal(() => pauseContainer(daemon, web))).toBe(`409 ${not}`);
    expect(refusal(() => unpauseContainer(daemon, web))).toBe(`500 Container ${web.id} is not paused`);
    expect(refusal(() => killContainer(daemon, "web", "TERM"))).toBe(`409 ${kill}${not}`);
    expect(refusal(() => killContainer(daemon, "web", "65"))).toBe(
      before26
        ? `500 ${kill}The linux daemon does not support signal 65`
        : `400 ${kill}the linux daemon does not support signal 65`,
    );
    expect(stop(daemon, web, "stop")).toBe("not running");
    startContainer(daemon, web);
    expect(startContainer(daemon, web)).toBeNull();
    expect(refusal(() => removeContainer(daemon, "web"))).toBe(
      byRelease(
        name,
        `409 You cannot remove a running container ${web.id}. Stop the container before attempting removal or force remove`,
        '409 cannot remove container "/web": container is running: stop the container before removing or force remove',
        '409 cannot remove container "web": container is running: stop the container before removing or force remove',
      ),
    );
    pauseContainer(daemon, web);
    expect(refusal(() => startContainer(daemon, web))).toBe(
      "409 cannot start a paused container, try unpause instead",
    );
    expect(told(daemon, () => signalForStop(daemon, web, 15))).toEqual(["kill", "unpause"]);
  });

  it("leaves nothing of a start whose command is not there but the error", () => {
    const daemon = daemonOf(name);
    const web = create(daemon, "web", { Cmd: ["nonexist"] });
    const events = told(daemon, () =>
      expect(refusal(() => startContainer(daemon, web))).toMatch(
        /^400 .*exec: "nonexist": executable file not found in \$PATH/,
      ),
    );
    const left = ["network disconnect"];
    expect(events).toEqual(byRelease(name, ["network connect", ...left], ["network connect", ...left], left));
    const { State, NetworkSettings } = showContainer(daemon, web);
    expect([State.Status, State.ExitCode, NetworkSettings.Networks.bridge?.IPAddress]).toEqual([
      "created",
      127,
      "",
    ]);
    expect(startContainer(daemon, running(daemon, "other"))).toBeNull();
  });

  it("holds published ports while it runs, and no longer", () => {
    const daemon = daemonOf(name);
    const publishing = {
      ExposedPorts: { "80/tcp": {} },
      HostConfig: { PortBindings: { "80/tcp": [{ HostPort: "8080" }] } },
    };
    const first = running(daemon, "first", publishing);
    const second = create(daemon, "second", publishing);
    const conflict =
      /^500 (failed to set up container networking: )?driver failed programming external connectivity on endpoint second \([0-9a-f]{64}\): Bind for 0\.0\.0\.0:8080 failed: port is already allocated$/;
    expect(refusal(() => startContainer(daemon, second))).toMatch(conflict);
    expect(second.state.exitCode).toBe(128);
    const left = Object.keys(showContainer(daemon, second).NetworkSettings.Networks);
    expect(left).toEqual(cellOf<string[]>({ "20.10": ["bridge"], "29": [] }, name));
    if (left.length === 0) connectContainer(daemon, "bridge", { Container: "second" });
    stop(daemon, first, "stop");
    expect(startContainer(daemon, second)).not.toBeNull();
    expect(showContainer(daemon, second).NetworkSettings.Ports).toEqual({
      "80/tcp": [
        { HostIp: "0.0.0.0", HostPort: "8080" },
        { HostIp: "::", HostPort: "8080" },
      ],
    });
    removeContainer(daemon, "second", { force: true });
    expect(startContainer(daemon, first)).not.toBeNull();
  });

  it("cannot have a host name that is too long for the kernel, whatever the command", () => {
    const daemon = daemonOf(name);
    const named = (length: number) => ({ Hostname: "h".repeat(length), Cmd: ["nonesuch"] });
    expect(refusal(() => startContainer(daemon, create(daemon, "long", named(65))))).toMatch(
      cellOf(
        {
          "20.10": /^500 .*error during container init: sethostname: invalid argument(: unknown)?$/,
          "29": /^400 hostname "h{65}" is too long \(maximum 64 bytes\)$/,
        },
        name,
      ),
    );
    expect(refusal(() => startContainer(daemon, create(daemon, "fits", named(64))))).toMatch(/"nonesuch"/);
  });

  it("calls linked containers by the names that links give, through renames", () => {
    const daemon = daemonOf(name);
    create(daemon, "db");
    const app = create(daemon, "app", { HostConfig: { Links: ["db:database", "db"] } });
    expect(refusal(() => startContainer(daemon, app))).toBe(
      "500 Cannot link to a non running container: /db AS /app/database",
    );
    renameContainer(daemon, "app/database", "store");
    renameContainer(daemon, "app", "shop");
    expect(showContainer(daemon, app).HostConfig.Links).toEqual(["/store:/shop/database", "/store:/shop/db"]);
    const names = listContainers(daemon, { all: true }).map(({ Names }) => Names);
    expect(names).toEqual([["/shop"], ["/shop/database", "/shop/db", "/store"]]);
    removeContainer(daemon, "shop/db", { link: true });
    removeContainer(daemon, "store");
    expect(showContainer(daemon, app).HostConfig.Links).toEqual(["/store:/shop/database"]);
    expect(refusal(() => findContainer(daemon, "shop/database"))).toMatch(/^404/);
  });

  it("finds by id, name and unique prefix", () => {
    const daemon = daemonOf(name);
    const web = create(daemon, "web");
    for (const ref of [web.id, "web", "/web", web.id.slice(0, 8)]) {
      expect(findContainer(daemon, ref)).toBe(web);
    }
    create(daemon, web.id.slice(0, 12));
    expect(findContainer(daemon, web.id.slice(0, 12)).id).not.toBe(web.id);
    for (let at = 0; at < 20; at++) create(daemon, `more${at}`);
    const [common = ""] = [..."0123456789abcdef"].filter(
      (digit) => daemon.containers.byId.startingWith(digit).length > 1,
    );
    expect(refusal(() => findContainer(daemon, common))).toBe(
      before26
        ? `500 Multiple IDs found with provided prefix: ${common}`
        : `400 multiple IDs found with provided prefix: ${common}`,
    );
  });

  it("prunes what does not run", () => {
    const daemon = daemonOf(name);
    running(daemon, "runs");
    const { id } = create(daemon, "created");
    const events = told(daemon, () =>
      expect(pruneContainers(daemon)).toEqual({
        ContainersDeleted: [id],
        SpaceReclaimed: cellOf({ "20.10": 0, "29": 4096 }, name),
      }),
    );
    expect(events).toEqual(["destroy", "prune"]);
    expect(pruneContainers(daemon)).toEqual({ ContainersDeleted: null, SpaceReclaimed: 0 });
  });

  it("tells of the removal of what a bad link has kept from being made", () => {
    const daemon = daemonOf(name);
    const events = told(daemon, () =>
      expect(refusal(() => create(daemon, "app", { HostConfig: { Links: ["zzz"] } }))).toBe(
        "400 could not get container for zzz: No such container: zzz",
      ),
    );
    expect(events).toEqual(["destroy"]);
    expect(daemon.containers.byId.size).toBe(0);
  });
});

describe.each(releaseNames)("limits on %s", (name) => {
  const asked = (HostConfig: object) => {
    const daemon = daemonOf(name);
    let warnings: string[] = [];
    const refused = refusal(() => {
      const request = { Image: "busybox", Cmd: ["sleep", "9"], HostConfig } as ContainerCreateRequest;
      warnings = createContainer(daemon, request, "web").Warnings;
    });
    return refused === "no error"
      ? [...warnings, showContainer(daemon, findContainer(daemon, "web"))]
      : refused;
  };

  // Seen on all three.
  it("that the host does not have are taken with a warning, and forgotten", () => {
    expect(asked({ CpuPercent: 10, BlkioWeight: 500 })).toMatchObject([
      "linux does not support CPU percent. Percent discarded.",
      "Your kernel does not support Block I/O weight or the cgroup is not mounted. Weight discarded.",
      { HostConfig: { CpuPercent: 0, BlkioWeight: 0 } },
    ]);
    const careless =
      "OOM killer is disabled for the container, but no memory limit is set, this can result in the system running out of resources.";
    expect(asked({ OomKillDisable: true })).toMatchObject([
      careless,
      { HostConfig: { OomKillDisable: true } },
    ]);
    expect(asked({ OomKillDisable: true, Memory: 8_000_000 })).toHaveLength(1);
  });

  it.each([
    [
      { IOMaximumIOps: 1 },
      "500 Invalid QoS settings: linux does not support configuration of maximum IOPs",
      "500 Invalid QoS settings: linux does not support configuration of maximum IOPs",
      "400 invalid option: QoS maximum IOPs configuration is not supported on linux",
    ],
    [
      { IOMaximumBandwidth: 1 },
      "500 Invalid QoS settings: linux does not support configuration of maximum bandwidth",
      "500 Invalid QoS settings: linux does not support configuration of maximum bandwidth",
      "400 invalid option: QoS maximum bandwidth configuration is not supported on linux",
    ],
    [
      { StorageOpt: { size: "1G" } },
      ...Array<string>(3).fill(
        "500 --storage-opt is supported only for overlay over xfs with 'pquota' mount option",
      ),
    ],
    [
      { CpusetCpus: "0-1,4" },
      ...Array<string>(3).fill("400 Requested CPUs are not available - requested 0-1,4, available: 0-3"),
    ],
    [
      { CpusetCpus: "zz" },
      ...Array<string>(3).fill("400 Invalid value zz for cpuset cpus: invalid format: zz"),
    ],
    [{ StorageOpt: { a: "b" } }, ...Array<string>(3).fill("500 Unknown option a")],
    [
      { CpusetMems: "1-0" },
      ...Array<string>(3).fill("400 Invalid value 1-0 for cpuset mems: invalid format: 1-0"),
    ],
  ])("%o", (host, ...answers) => {
    expect(asked(host)).toBe(answerOf(answers, name));
  });
});

// Seen on 20.10.
it("a runtime that was not asked for is shown from a start on, and from a restart that makes the process", () => {
  const daemon = daemonOf("20.10");
  const runtimeOf = (container: Container) => showContainer(daemon, container).HostConfig.Runtime;
  const NetworkingConfig = { EndpointsConfig: { nowhere: {} } };
  const stray = create(daemon, "stray", { NetworkingConfig });
  expect(runtimeOf(stray)).toBeUndefined();
  expect(refusal(() => finishRestart(daemon, stray, "stray"))).toMatch(/network nowhere not found$/);
  expect(runtimeOf(stray)).toBeUndefined();
  expect(refusal(() => startContainer(daemon, stray))).toBe("404 network nowhere not found");
  expect(runtimeOf(stray)).toBe("runc");
  const lost = create(daemon, "lost", { Cmd: ["nope"] });
  expect(refusal(() => finishRestart(daemon, lost, "lost"))).toMatch(/executable file not found/);
  expect(runtimeOf(lost)).toBe("runc");
});
