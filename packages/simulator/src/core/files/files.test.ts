import { readFileSync } from "node:fs";
import { virtualTime } from "@dryharbor/kernel/host";
import type { ContainerConfig, HostConfig } from "@dryharbor/sdk/port";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { newMachine } from "../../machine.js";
import type { Container } from "../containers/container.js";
import { createContainer } from "../containers/create.js";
import { findContainer } from "../containers/find.js";
import { containerExited, startContainer } from "../containers/lifecycle.js";
import type { Daemon } from "../daemon.js";
import { noUplink } from "../dns/upstream.js";
import { connectContainer } from "../endpoints/connect.js";
import { disconnectContainer } from "../endpoints/disconnect.js";
import { defaultImages } from "../images/default-images.js";
import { createNetwork } from "../networks/create.js";
import { release } from "../releases/release.js";
import { type ReleaseName, releaseNames } from "../releases/row.js";
import { type DaemonSettings, defaultSettings } from "../settings.js";
import { hostnameFile } from "./hostname.js";
import { hostsFile } from "./hosts.js";
import { resolvConf } from "./resolv-conf.js";

function daemonOf(name: ReleaseName, settings: Partial<DaemonSettings> = {}): Daemon {
  const programs = new Map([["sleep", async () => 0]]);
  const surroundings = { time: virtualTime(), programs, upstream: noUplink };
  const daemon = newMachine(surroundings, {
    release: release(name),
    seed: 1,
    images: defaultImages,
    settings: { ...defaultSettings, ...settings },
  }).daemon;
  for (const [at, network] of ["u4", "u5", "u6"].entries()) {
    const Config = [{ Subnet: `10.1.${at}.0/24` }, ...(network === "u6" ? [{ Subnet: "fd00:1::/64" }] : [])];
    createNetwork(daemon, { Name: network, EnableIPv6: network === "u6", IPAM: { Config } });
  }
  return daemon;
}

interface Given {
  config?: Partial<ContainerConfig>;
  hostConfig?: HostConfig;
}

function run(daemon: Daemon, name: string, mode: string, { config = {}, hostConfig = {} }: Given = {}) {
  createContainer(
    daemon,
    {
      Image: "busybox",
      Cmd: ["sleep", "9"],
      ...config,
      HostConfig: { NetworkMode: mode, ...hostConfig },
    },
    name,
  );
  const container = findContainer(daemon, name);
  startContainer(daemon, container);
  return container;
}

/** The lines of the hosts file below those that every container has. */
function hostsOf(daemon: Daemon, container: Container): string[] {
  return hostsFile(daemon, container).trimEnd().split("\n").slice(6);
}

interface RecordedResolvConf {
  release: ReleaseName;
  host: string;
  network: string;
  hostConfig: HostConfig;
  text: string;
}

describe("resolv.conf", () => {
  const recording = readFileSync(new URL("../../../test/traces/resolv-conf.json", import.meta.url), "utf8");
  const { cases }: { cases: RecordedResolvConf[] } = JSON.parse(recording);

  it.each(releaseNames)("is what a real %s wrote, in every recorded case", (name) => {
    const recorded = cases.filter((one) => one.release === name);
    expect(recorded.length).toBeGreaterThan(100);
    for (const { host, network, hostConfig, text } of recorded) {
      const daemon = daemonOf(name, { hostResolvConf: host });
      const container = run(daemon, "web", network, { hostConfig });
      expect(resolvConf(daemon, container).text, JSON.stringify({ host, network, hostConfig })).toBe(text);
    }
  });

  it.each(releaseNames)("names the embedded resolver from the first user-defined network on: %s", (name) => {
    const daemon = daemonOf(name);
    const container = run(daemon, "web", "bridge");
    expect(resolvConf(daemon, container).nameservers).not.toContain("127.0.0.11");
    connectContainer(daemon, "u4", { Container: "web" });
    expect(resolvConf(daemon, container).nameservers).toEqual(["127.0.0.11"]);
    disconnectContainer(daemon, "u4", { Container: "web" });
    expect(resolvConf(daemon, container).nameservers).toEqual(["127.0.0.11"]);
  });

  it("takes from the daemon what the container does not ask for", () => {
    const daemon = daemonOf("28.5", { dns: ["10.9.9.9"], dnsSearch: ["daemon.test"] });
    const container = run(daemon, "web", "bridge", { hostConfig: { DnsSearch: ["own.test"] } });
    expect(resolvConf(daemon, container).text).toContain("nameserver 10.9.9.9\nsearch own.test\n");
  });

  it.each(["26.1", "28.5"] as const)("cannot be made with a server that is no address: %s", (name) => {
    const daemon = daemonOf(name);
    const start = () => run(daemon, "web", "u4", { hostConfig: { Dns: ["zz"] } });
    expect(start).toThrow('bad nameserver address zz: ParseAddr("zz"): unable to parse IP');
  });
});

describe("hosts", () => {
  it.each(releaseNames)("has a line for each address, and full names first: %s", (name) => {
    const daemon = daemonOf(name);
    const plain = run(daemon, "plain", "u6");
    const id = plain.id.slice(0, 12);
    expect(hostsOf(daemon, plain)).toEqual([`10.1.2.2\t${id}`, `fd00:1::2\t${id}`]);
    const config = { Hostname: "web", Domainname: "dom.test" };
    const full = run(daemon, "full", "bridge", { config });
    expect(hostsOf(daemon, full)).toEqual(["172.17.0.2\tweb.dom.test web"]);
    const dotted = run(daemon, "dotted", "u4", { config: { Hostname: "a.b.c" } });
    expect(hostsOf(daemon, dotted)).toEqual(["10.1.0.2\ta.b.c a"]);
    expect(hostsOf(daemon, run(daemon, "none", "none"))).toEqual([]);
  });

  it("has extra hosts above the container's own, as given; 28.5 rewrites their addresses", () => {
    const hostConfig = { ExtraHosts: ["gw:host-gateway", "six:FD00:0::1", "my:1.2.3.4"] };
    const six = { "20.10": "FD00:0::1", "26.1": "FD00:0::1", "28.5": "fd00::1" };
    for (const name of releaseNames) {
      const daemon = daemonOf(name);
      const container = run(daemon, "web", "u4", { hostConfig, config: { Hostname: "h" } });
      expect(hostsOf(daemon, container)).toEqual([
        "172.17.0.1\tgw",
        `${six[name]}\tsix`,
        "1.2.3.4\tmy",
        "10.1.0.2\th",
      ]);
    }
  });

  it("is the host's own in host mode, unless there are extra hosts", () => {
    const daemon = daemonOf("28.5", { hostHosts: "127.0.0.1 host\n" });
    expect(hostsFile(daemon, run(daemon, "plain", "host"))).toBe("127.0.0.1 host\n");
    const extra = run(daemon, "extra", "host", { hostConfig: { ExtraHosts: ["a:1.2.3.4"] } });
    expect(hostsOf(daemon, extra)).toEqual(["1.2.3.4\ta"]);
  });

  it("loses every line of the container's own with any network, up to 26.1", () => {
    for (const name of releaseNames) {
      const daemon = daemonOf(name);
      const container = run(daemon, "web", "u4", { config: { Hostname: "h" } });
      connectContainer(daemon, "u5", { Container: "web" });
      expect(hostsOf(daemon, container)).toEqual(["10.1.0.2\th", "10.1.1.2\th"]);
      disconnectContainer(daemon, "u5", { Container: "web" });
      expect(hostsOf(daemon, container)).toEqual(name === "28.5" ? ["10.1.0.2\th"] : []);
    }
  });

  it("keeps, up to 26.1, a line whose names are nobody's on the network that is left", () => {
    const daemon = daemonOf("26.1");
    const config = { Hostname: "Web" };
    const hostConfig = { ExtraHosts: ["other:9.9.9.9", "nobody:8.8.8.8"] };
    const container = run(daemon, "web", "u4", { config, hostConfig });
    run(daemon, "other", "u4");
    disconnectContainer(daemon, "u4", { Container: "web" });
    // The network's index has the name in lower case, `web`. The engine compares it with `Web`, and case
    // matters.
    expect(hostsOf(daemon, container)).toEqual(["8.8.8.8\tnobody", "10.1.0.2\tWeb"]);
  });

  it.each(releaseNames)("has the targets of legacy links, and follows their addresses: %s", (name) => {
    const daemon = daemonOf(name);
    const target = run(daemon, "db", "bridge", { config: { Hostname: "dbhost" } });
    const linking = run(daemon, "app", "bridge", {
      config: { Hostname: "app" },
      hostConfig: { Links: ["db:database", "db"] },
    });
    const own = "172.17.0.3\tapp";
    expect(hostsOf(daemon, linking)).toEqual([
      "172.17.0.2\tdatabase dbhost db",
      "172.17.0.2\tdb dbhost",
      own,
    ]);
    containerExited(daemon, target, { exitCode: 0, cause: "exit" });
    run(daemon, "thief", "bridge");
    startContainer(daemon, target);
    expect(hostsOf(daemon, linking)).toEqual([
      "172.17.0.4\tdatabase dbhost db",
      "172.17.0.4\tdb dbhost",
      own,
    ]);
  });

  it("is written anew by a start", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...releaseNames),
        fc.array(fc.tuple(fc.constantFrom("u4", "u5", "u6"), fc.boolean()), { maxLength: 6 }),
        (name, steps) => {
          const daemon = daemonOf(name);
          const container = run(daemon, "web", "bridge", { config: { Hostname: "h" } });
          for (const [network, joins] of steps) {
            const isThere = container.endpoints.has(network);
            if (joins && !isThere) connectContainer(daemon, network, { Container: "web" });
            if (!joins && isThere) disconnectContainer(daemon, network, { Container: "web" });
          }
          containerExited(daemon, container, { exitCode: 0, cause: "exit" });
          startContainer(daemon, container);
          const addresses = [...container.endpoints.values()].flatMap(({ attachment }) =>
            attachment ? [attachment.ipv4, attachment.ipv6].filter(Boolean) : [],
          );
          const lines = hostsOf(daemon, container);
          expect(lines.toSorted()).toEqual(addresses.map((address) => `${address}\th`).toSorted());
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe("hostname", () => {
  it("is the container's, the host's in host mode, and the other's in container mode", () => {
    const daemon = daemonOf("28.5", { hostname: "lab" });
    const web = run(daemon, "web", "u4");
    expect(hostnameFile(daemon, web)).toBe(`${web.id.slice(0, 12)}\n`);
    expect(hostnameFile(daemon, run(daemon, "plain", "host"))).toBe("lab\n");
    const named = { config: { Hostname: "named" } };
    expect(hostnameFile(daemon, run(daemon, "named", "host", named))).toBe("named\n");
    const joined = run(daemon, "joined", "container:web");
    expect(hostnameFile(daemon, joined)).toBe(hostnameFile(daemon, web));
    expect(hostsFile(daemon, joined)).toBe(hostsFile(daemon, web));
    expect(resolvConf(daemon, joined).text).toBe(resolvConf(daemon, web).text);
  });
});
