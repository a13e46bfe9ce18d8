import { readFileSync } from "node:fs";
import { virtualTime } from "@dryharbor/kernel/host";
import { loadBuiltInPrograms } from "@dryharbor/programs/image";
import type { ContainerConfig, HostConfig } from "@dryharbor/sdk/port";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { newMachine } from "../../machine.js";
import type { Container } from "../containers/container.js";
import { createContainer } from "../containers/create.js";
import { engineFiles, processFiles } from "../containers/files.js";
import { findContainer } from "../containers/find.js";
import { containerExited, startContainer } from "../containers/lifecycle.js";
import { removeContainer } from "../containers/remove.js";
import type { Daemon } from "../daemon.js";
import { noUplink } from "../dns/upstream.js";
import { connectContainer } from "../endpoints/connect.js";
import { disconnectContainer } from "../endpoints/disconnect.js";
import { defaultImages } from "../images/default-images.js";
import { makeMountPointIfPossible } from "../mounts/placed.js";
import { createNetwork } from "../networks/create.js";
import { release } from "../releases/release.js";
import { cellOf, type ReleaseName, releaseNames } from "../releases/row.js";
import { type DaemonSettings, defaultSettings } from "../settings.js";
import { hostnameFile } from "./hostname.js";
import { hostsFile } from "./hosts.js";
import { resolvConf } from "./resolv-conf.js";

await loadBuiltInPrograms();

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
function hostsOf(container: Container): string[] {
  return hostsFile(container).trimEnd().split("\n").slice(6);
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
    expect(hostsOf(plain)).toEqual([`10.1.2.2\t${id}`, `fd00:1::2\t${id}`]);
    const config = { Hostname: "web", Domainname: "dom.test" };
    const full = run(daemon, "full", "bridge", { config });
    expect(hostsOf(full)).toEqual(["172.17.0.2\tweb.dom.test web"]);
    const dotted = run(daemon, "dotted", "u4", { config: { Hostname: "a.b.c" } });
    expect(hostsOf(dotted)).toEqual(["10.1.0.2\ta.b.c a"]);
    expect(hostsOf(run(daemon, "none", "none"))).toEqual([]);
  });

  it("has extra hosts above the container's own, as given; 28.5 rewrites their addresses", () => {
    const hostConfig = { ExtraHosts: ["gw:host-gateway", "six:FD00:0::1", "my:1.2.3.4"] };
    const six = { "20.10": "FD00:0::1", "26.1": "FD00:0::1", "28.5": "fd00::1" };
    for (const name of releaseNames) {
      const daemon = daemonOf(name);
      const container = run(daemon, "web", "u4", { hostConfig, config: { Hostname: "h" } });
      expect(hostsOf(container)).toEqual([
        "172.17.0.1\tgw",
        `${cellOf(six, name)}\tsix`,
        "1.2.3.4\tmy",
        "10.1.0.2\th",
      ]);
    }
  });

  it("is the host's own in host mode, unless there are extra hosts", () => {
    const daemon = daemonOf("28.5", { hostHosts: "127.0.0.1 host\n" });
    expect(hostsFile(run(daemon, "plain", "host"))).toBe("127.0.0.1 host\n");
    const extra = run(daemon, "extra", "host", { hostConfig: { ExtraHosts: ["a:1.2.3.4"] } });
    expect(hostsOf(extra)).toEqual(["1.2.3.4\ta"]);
  });

  it("loses every line of the container's own with any network, up to 26.1", () => {
    for (const name of releaseNames) {
      const daemon = daemonOf(name);
      const container = run(daemon, "web", "u4", { config: { Hostname: "h" } });
      connectContainer(daemon, "u5", { Container: "web" });
      expect(hostsOf(container)).toEqual(["10.1.0.2\th", "10.1.1.2\th"]);
      disconnectContainer(daemon, "u5", { Container: "web" });
      expect(hostsOf(container)).toEqual(cellOf({ "20.10": [], "28.5": ["10.1.0.2\th"] }, name));
    }
  });

  it("keeps, up to 26.1, a line whose names are nobody's on the network that is left", () => {
    const daemon = daemonOf("26.1");
    const config = { Hostname: "Web" };
    const hostConfig = { ExtraHosts: ["other:9.9.9.9", "nobody:8.8.8.8"] };
    const container = run(daemon, "web", "u4", { config, hostConfig });
    run(daemon, "other", "u4");
    disconnectContainer(daemon, "u4", { Container: "web" });
    // The network knows `web`; the engine compares with its case.
    expect(hostsOf(container)).toEqual(["8.8.8.8\tnobody", "10.1.0.2\tWeb"]);
  });

  it.each(releaseNames)("has the targets of legacy links, and follows their addresses: %s", (name) => {
    const daemon = daemonOf(name);
    const target = run(daemon, "db", "bridge", { config: { Hostname: "dbhost" } });
    const linking = run(daemon, "app", "bridge", {
      config: { Hostname: "app" },
      hostConfig: { Links: ["db:database", "db"] },
    });
    const own = "172.17.0.3\tapp";
    expect(hostsOf(linking)).toEqual(["172.17.0.2\tdatabase dbhost db", "172.17.0.2\tdb dbhost", own]);
    containerExited(daemon, target, 0);
    run(daemon, "thief", "bridge");
    startContainer(daemon, target);
    expect(hostsOf(linking)).toEqual(["172.17.0.4\tdatabase dbhost db", "172.17.0.4\tdb dbhost", own]);
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
          containerExited(daemon, container, 0);
          startContainer(daemon, container);
          const addresses = [...container.endpoints.values()].flatMap(({ attachment }) =>
            attachment ? [attachment.ipv4, attachment.ipv6].filter(Boolean) : [],
          );
          const lines = hostsOf(container);
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
    expect(hostsFile(joined)).toBe(hostsFile(web));
    expect(resolvConf(daemon, joined).text).toBe(resolvConf(daemon, web).text);
  });
});

// Each seen on all three.
describe.each(releaseNames)("the files of %s", (name) => {
  const isNew = cellOf({ "20.10": false, "28.5": true }, name);

  const readBy = (daemon: Daemon, container: Container, path: string) =>
    new TextDecoder().decode(processFiles(daemon, container).content(path));
  const writeBy = (daemon: Daemon, container: Container, path: string, text: string) =>
    processFiles(daemon, container).write(path, new TextEncoder().encode(text));
  const end = (daemon: Daemon, container: Container) => containerExited(daemon, container, 0);
  const own = { config: { Hostname: "h" } };

  it("can be written, and lose that at a start, but for their mode", () => {
    const daemon = daemonOf(name);
    const web = run(daemon, "web", "u4", own);
    writeBy(daemon, web, "/etc/hosts", "9.9.9.9 mine\n\n#1.1.1.1\th\n2.2.2.2\th\n3.3.3.3 open");
    processFiles(daemon, web).chmod("/etc/hosts", 0o600);
    writeBy(daemon, web, "/etc/hostname", "other\n");
    connectContainer(daemon, "u5", { Container: "web" });
    expect(readBy(daemon, web, "/etc/hosts")).toBe(
      "9.9.9.9 mine\n\n#1.1.1.1\th\n2.2.2.2\th\n3.3.3.3 open10.1.1.2\th\n",
    );
    disconnectContainer(daemon, "u5", { Container: "web" });
    const left = isNew ? "2.2.2.2\th\n3.3.3.3 open10.1.1.2\th\n" : "";
    expect(readBy(daemon, web, "/etc/hosts")).toBe(`9.9.9.9 mine\n#1.1.1.1\th\n${left}`);
    expect(readBy(daemon, web, "/etc/hostname")).toBe("other\n");
    end(daemon, web);
    startContainer(daemon, web);
    expect(hostsOf(web)).toEqual(["10.1.0.2\th"]);
    expect(readBy(daemon, web, "/etc/hostname")).toBe("h\n");
    expect(processFiles(daemon, web).stat("/etc/hosts").mode).toBe(0o600);
  });

  it("keep what a process made of resolv.conf, where 20.10 does not put its resolver in", () => {
    const daemon = daemonOf(name);
    const web = run(daemon, "web", "bridge");
    const edited = "nameserver 1.2.3.4\nsearch foo.example\noptions timeout:3\nnameserver 2001:db8::1\n";
    writeBy(daemon, web, "/etc/resolv.conf", edited);
    expect(resolvConf(daemon, web).nameservers).toEqual(["1.2.3.4", "2001:db8::1"]);
    disconnectContainer(daemon, "bridge", { Container: "web" });
    connectContainer(daemon, "bridge", { Container: "web" });
    expect(resolvConf(daemon, web).text).toBe(edited);
    connectContainer(daemon, "u4", { Container: "web" });
    expect(resolvConf(daemon, web).text).toBe(
      name === "20.10"
        ? "search foo.example\nnameserver 127.0.0.11\nnameserver 2001:db8::1\noptions timeout:3 ndots:0\n"
        : edited,
    );
  });

  it("cannot be written where the container's files cannot", () => {
    const daemon = daemonOf(name);
    const web = run(daemon, "web", "bridge", { hostConfig: { ReadonlyRootfs: true } });
    expect(() => writeBy(daemon, web, "/etc/hosts", "")).toThrow("Read-only file system");
  });

  it("lose the container's own lines when it stops, and stay with those who share its network", () => {
    for (const network of ["bridge", "u4"]) {
      const daemon = daemonOf(name);
      const web = run(daemon, "web", network, own);
      const joined = run(daemon, "joined", "container:web");
      writeBy(daemon, joined, "/etc/hostname", "from joined\n");
      expect(readBy(daemon, web, "/etc/hostname")).toBe("from joined\n");
      end(daemon, web);
      const left = network === "bridge" && !isNew ? ["172.17.0.2\th"] : [];
      expect(hostsOf(joined)).toEqual(left);
      expect(hostsOf(web)).toEqual(left);
      startContainer(daemon, web);
      expect(hostsOf(joined)).toHaveLength(1);
      expect(readBy(daemon, joined, "/etc/hostname")).toBe("h\n");
      const before = resolvConf(daemon, joined).text;
      removeContainer(daemon, "web", { force: true });
      expect(hostsOf(joined)).toEqual(left);
      expect(readBy(daemon, joined, "/etc/resolv.conf")).toBe(before);
      // The engine finds them no more.
      const seen = engineFiles(daemon, joined, makeMountPointIfPossible(daemon));
      expect(seen.statIfThere("/etc/hosts")?.size ?? 0).toBe(0);
    }
  });

  it("lose the line of a link that is removed at once, and are made anew with that", () => {
    const daemon = daemonOf(name);
    run(daemon, "db1", "bridge", { config: { Hostname: "one" } });
    run(daemon, "db2", "bridge", { config: { Hostname: "two" } });
    const hostConfig = { ExtraHosts: ["ex:1.2.3.4"], Links: ["db1:mysql", "db2"] };
    const app = run(daemon, "app", "bridge", { ...own, hostConfig });
    connectContainer(daemon, "u4", { Container: "app" });
    writeBy(daemon, app, "/etc/hosts", "");
    removeContainer(daemon, "app/mysql", { link: true });
    const two = "172.17.0.3\tdb2 two";
    const [common, linked] = [["1.2.3.4\tex"], isNew ? [] : [two]];
    const lines = ["172.17.0.4\th", "10.1.0.2\th"];
    expect(hostsOf(app)).toEqual([...common, ...linked, ...lines]);
    // The embedded resolver does not come in a second time.
    expect(resolvConf(daemon, app).nameservers).not.toContain("127.0.0.11");

    disconnectContainer(daemon, "bridge", { Container: "app" });
    connectContainer(daemon, "bridge", { Container: "app" });
    expect(hostsOf(app)).toEqual(
      isNew ? [...common, two, "10.1.0.2\th", "172.17.0.4\th"] : [...common, two, ...lines, "172.17.0.4\th"],
    );
    disconnectContainer(daemon, "bridge", { Container: "app" });
    removeContainer(daemon, "app/db2", { link: true });
    expect(hostsOf(app)).toContain(two);
  });

  it("have the line of a link once more, on 28.5, each time the default bridge is joined", () => {
    const daemon = daemonOf(name);
    run(daemon, "db", "bridge", { config: { Hostname: "db" } });
    const app = run(daemon, "app", "bridge", { hostConfig: { Links: ["db:lnk"] } });
    const counts = [1, 2].map(() => {
      disconnectContainer(daemon, "bridge", { Container: "app" });
      connectContainer(daemon, "bridge", { Container: "app" });
      return hostsOf(app).filter((line) => line.includes("lnk")).length;
    });
    expect(counts).toEqual(isNew ? [2, 3] : [1, 1]);
  });
});
