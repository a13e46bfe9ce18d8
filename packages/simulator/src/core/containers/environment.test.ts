import { virtualTime } from "@dryharbor/kernel/host";
import { loadBuiltInPrograms } from "@dryharbor/programs/image";
import type { ContainerConfig } from "@dryharbor/sdk/port";
import { describe, expect, it } from "vitest";
import { newMachine } from "../../machine.js";
import type { Daemon } from "../daemon.js";
import { noUplink } from "../dns/upstream.js";
import { defaultImages } from "../images/default-images.js";
import { release } from "../releases/release.js";
import { cellOf, type ReleaseName, releaseNames } from "../releases/row.js";
import { defaultSettings } from "../settings.js";
import { createContainer } from "./create.js";
import { processEnvironment } from "./environment.js";
import { findContainer } from "./find.js";
import { startContainer } from "./lifecycle.js";

await loadBuiltInPrograms();

const root = { uid: 0, gid: 0, groups: [0] };

function daemonOf(name: ReleaseName): Daemon {
  const programs = new Map([["sleep", async () => 0]]);
  const options = { release: release(name), seed: 1, images: defaultImages, settings: defaultSettings };
  return newMachine({ time: virtualTime(), programs, upstream: noUplink }, options).daemon;
}

function run(daemon: Daemon, name: string, config: Partial<ContainerConfig>, Links: string[] = []) {
  const command = { Image: "busybox", Entrypoint: ["/bin/sleep"], Cmd: ["9"] };
  createContainer(daemon, { ...command, ...config, HostConfig: { Links } }, name);
  const container = findContainer(daemon, name);
  startContainer(daemon, container);
  return container;
}

const fixed = { Hostname: "host", Env: ["PATH=/bin"] };

/** Returns the variables of a legacy link to a container with these ports, without the prefix `DB_`. */
function linked(name: ReleaseName, ports: string[], config: Partial<ContainerConfig> = {}): string[] {
  const daemon = daemonOf(name);
  const ExposedPorts = Object.fromEntries(ports.map((port) => [port, {}]));
  run(daemon, "target", { ...fixed, ...config, ExposedPorts });
  const container = run(daemon, "app", fixed, ["target:db"]);
  return processEnvironment(daemon, container, { tty: false, user: root })
    .filter((line) => line.startsWith("DB_"))
    .map((line) => line.slice("DB_".length));
}

describe.each(releaseNames)("the environment on %s", (name) => {
  const isNew = cellOf({ "20.10": false, "28.5": true }, name);

  it("is path, host name and terminal, then the container's own, then an exec's, then home", () => {
    const daemon = daemonOf(name);
    const container = run(daemon, "web", { Hostname: "host", Env: ["PATH=/bin", "A=1", "TERM=vt"] });
    const own = ["PATH=/bin", "HOSTNAME=host", "TERM=vt", "A=1"];
    expect(processEnvironment(daemon, container, { tty: true, user: root })).toEqual([...own, "HOME=/root"]);
    const given = { tty: true, env: ["X=1", "A=2", "TERM"], user: { uid: 1000, gid: 0, groups: [] } };
    expect(processEnvironment(daemon, container, given)).toEqual([
      "PATH=/bin",
      "HOSTNAME=host",
      "A=2",
      "X=1",
      "HOME=/",
    ]);
  });

  it("has a name once, and home filled in", () => {
    const daemon = daemonOf(name);
    const container = run(daemon, "web", {
      Hostname: "host",
      Env: ["PATH=/bin", "HOME=", "B=1", "A=2", "B=3"],
    });
    expect(processEnvironment(daemon, container, { tty: false, user: root })).toEqual(
      isNew
        ? ["PATH=/bin", "HOSTNAME=host", "A=2", "B=3", "HOME=/root"]
        : ["PATH=/bin", "HOSTNAME=host", "HOME=/root", "B=3", "A=2"],
    );
  });
});

describe.each(releaseNames.filter((name) => name !== "29"))("a legacy link on %s", (name) => {
  it("gives variables: its port, its name, the target's own variables", () => {
    const Env = ["PATH=/bin", "HOME=/h", "ZED=1", "E="];
    expect(linked(name, ["5432/tcp"], { Env })).toEqual([
      "PORT=tcp://172.17.0.2:5432",
      "PORT_5432_TCP=tcp://172.17.0.2:5432",
      "PORT_5432_TCP_ADDR=172.17.0.2",
      "PORT_5432_TCP_PORT=5432",
      "PORT_5432_TCP_PROTO=tcp",
      "NAME=/app/db",
      "ENV_ZED=1",
      "ENV_E=",
    ]);
    expect(linked(name, [])).toEqual(["NAME=/app/db"]);
  });

  it("spells the link's alias in capitals, hyphens as underscores", () => {
    const daemon = daemonOf(name);
    run(daemon, "target", fixed);
    const container = run(daemon, "app", fixed, ["target:my-d.b"]);
    expect(processEnvironment(daemon, container, { tty: false, user: root })).toContain(
      "MY_D.B_NAME=/app/my-d.b",
    );
  });
});

it("gives no variables for a legacy link on 29", () => {
  expect(linked("29", ["5432/tcp"])).toEqual([]);
});

describe("ports of a link in a row", () => {
  const port = (number: number) => [
    `PORT_${number}_TCP=tcp://172.17.0.2:${number}`,
    `PORT_${number}_TCP_ADDR=172.17.0.2`,
    `PORT_${number}_TCP_PORT=${number}`,
    `PORT_${number}_TCP_PROTO=tcp`,
  ];

  it("stand first up to 26.1, where they are three; their address and protocol is not repeated", () => {
    expect(linked("26.1", ["9/tcp", "10/tcp", "11/tcp", "20/tcp", "21/tcp"])).toEqual([
      "PORT=tcp://172.17.0.2:9",
      "PORT_9_TCP_START=tcp://172.17.0.2:9",
      "PORT_9_TCP_ADDR=172.17.0.2",
      "PORT_9_TCP_PROTO=tcp",
      "PORT_9_TCP_PORT_START=9",
      "PORT_9_TCP_END=tcp://172.17.0.2:11",
      "PORT_9_TCP_PORT_END=11",
      "PORT_9_TCP=tcp://172.17.0.2:9",
      "PORT_9_TCP_PORT=9",
      ...[10, 11, 20, 21].flatMap(port),
      "NAME=/app/db",
    ]);
  });

  it("stand, from two on, after the port that follows them on 28.5", () => {
    expect(linked("28.5", ["9/tcp", "10/tcp", "20/tcp"])).toEqual([
      "PORT=tcp://172.17.0.2:9",
      ...[9, 10, 20].flatMap(port),
      "PORT_9_TCP_START=tcp://172.17.0.2:9",
      "PORT_9_TCP_PORT_START=9",
      "PORT_9_TCP_END=tcp://172.17.0.2:10",
      "PORT_9_TCP_PORT_END=10",
      "NAME=/app/db",
    ]);
  });

  it("are sorted with tcp first: of one number, or on 28.5 altogether", () => {
    const first = (name: ReleaseName, ports: string[]) => linked(name, ports)[0];
    expect(first("20.10", ["80/udp", "80/tcp"])).toBe("PORT=tcp://172.17.0.2:80");
    expect(first("20.10", ["80/udp", "81/tcp"])).toBe("PORT=udp://172.17.0.2:80");
    expect(first("28.5", ["80/udp", "81/tcp"])).toBe("PORT=tcp://172.17.0.2:81");
  });
});
