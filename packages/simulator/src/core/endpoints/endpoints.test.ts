import { virtualTime } from "@dryharbor/kernel/host";
import { loadBuiltInPrograms } from "@dryharbor/programs/image";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { refusal } from "../../../test/refusal.js";
import { isSince } from "../../../test/since.js";
import { newMachine } from "../../machine.js";
import type { Container } from "../containers/container.js";
import { createContainer } from "../containers/create.js";
import { findContainer } from "../containers/find.js";
import { containerExited, startContainer } from "../containers/lifecycle.js";
import { removeContainer } from "../containers/remove.js";
import { renameContainer } from "../containers/rename.js";
import { showStats } from "../containers/stats.js";
import type { Daemon } from "../daemon.js";
import { noUplink } from "../dns/upstream.js";
import { defaultImages } from "../images/default-images.js";
import { createNetwork } from "../networks/create.js";
import { findContainerNetwork } from "../networks/find.js";
import type { Network } from "../networks/network.js";
import { removeNetwork } from "../networks/remove.js";
import { showNetwork } from "../networks/show.js";
import { release } from "../releases/release.js";
import { type ReleaseName, releaseNames } from "../releases/row.js";
import { defaultSettings } from "../settings.js";
import { connectContainer } from "./connect.js";
import { disconnectContainer } from "./disconnect.js";
import type { Attachment } from "./endpoint.js";
import { orderedAttachments } from "./order.js";
import { showEndpoint } from "./show.js";

await loadBuiltInPrograms();

function daemonOf(name: ReleaseName): Daemon {
  const program = async () => 0;
  const surroundings = { time: virtualTime(), programs: new Map([["sleep", program]]), upstream: noUplink };
  const options = { release: release(name), seed: 1, images: defaultImages, settings: defaultSettings };
  return newMachine(surroundings, options).daemon;
}

function create(daemon: Daemon, name: string, mode: string): Container {
  createContainer(daemon, { Image: "busybox", Cmd: ["sleep", "9"], HostConfig: { NetworkMode: mode } }, name);
  return findContainer(daemon, name);
}

function running(daemon: Daemon, name: string, mode: string): Container {
  const container = create(daemon, name, mode);
  startContainer(daemon, container);
  return container;
}

function shown(daemon: Daemon, container: Container, network: string) {
  const endpoint = container.endpoints.get(network);
  return endpoint && showEndpoint(daemon, container, network, endpoint);
}

function actions(daemon: Daemon): string[] {
  return daemon.events.past.map(({ Type, Action }) => `${Type} ${Action}`);
}

describe.each(releaseNames)("endpoints of %s", (name) => {
  it("keep the endpoint of a failed connect, without an address", () => {
    const daemon = daemonOf(name);
    createNetwork(daemon, { Name: "net", IPAM: { Config: [{ Subnet: "10.1.0.0/24" }] } });
    const container = running(daemon, "web", "bridge");
    const connect = () =>
      connectContainer(daemon, "net", {
        Container: "web",
        EndpointConfig: { IPAMConfig: { IPv4Address: "10.1.0.1" } },
      });
    expect(refusal(connect)).toBe("403 Address already in use");
    expect(shown(daemon, container, "net")).toMatchObject({ NetworkID: "", IPAddress: "", EndpointID: "" });
    expect(findContainerNetwork(daemon, "net").attached.size).toBe(0);
    expect(refusal(() => disconnectContainer(daemon, "net", { Container: "web" }))).toBe(
      `500 container ${container.id} is not connected to network net`,
    );
  });

  it("show what a link that cannot be read has left behind, and give the address back", () => {
    const daemon = daemonOf(name);
    createNetwork(daemon, { Name: "net", IPAM: { Config: [{ Subnet: "10.1.0.0/24" }] } });
    const container = running(daemon, "web", "bridge");
    const request = { Container: "web", EndpointConfig: { Links: ["a:b:c"] } };
    expect(refusal(() => connectContainer(daemon, "net", request))).toBe("500 bad format for links: a:b:c");
    const left = { IPAddress: "10.1.0.2", Gateway: "" };
    if (isSince(name, "29")) expect(container.endpoints.has("net")).toBe(false);
    else expect(shown(daemon, container, "net")).toMatchObject(left);
    connectContainer(daemon, "net", { Container: "web" });
    expect(shown(daemon, container, "net")).toMatchObject({ IPAddress: "10.1.0.2", Gateway: "10.1.0.1" });
  });

  it("leave a stopped container's endpoint as it was when it is connected again", () => {
    const daemon = daemonOf(name);
    createNetwork(daemon, { Name: "net" });
    const container = create(daemon, "web", "bridge");
    for (const alias of ["first", "second"]) {
      connectContainer(daemon, "net", { Container: "web", EndpointConfig: { Aliases: [alias] } });
      connectContainer(daemon, "later", { Container: "web", EndpointConfig: { Aliases: [alias] } });
    }
    expect(container.endpoints.get("net")?.aliases?.[0]).toBe("first");
    expect(container.endpoints.get("later")?.aliases).toEqual(["second"]);
  });

  it("attach all networks of a start, or none", () => {
    const daemon = daemonOf(name);
    createNetwork(daemon, { Name: "a-net" });
    const container = create(daemon, "web", "bridge");
    connectContainer(daemon, "a-net", { Container: "web" });
    connectContainer(daemon, "gone", { Container: "web" });
    const prefix = daemon.release.endpoints.startErrorPrefix;
    expect(refusal(() => startContainer(daemon, container))).toBe(`404 ${prefix}network gone not found`);
    expect([...daemon.networks.byId.values()].every((network) => network.attached.size === 0)).toBe(true);
    connectContainer(daemon, "a-net", { Container: "web" });
    disconnectContainer(daemon, "gone", { Container: "web" });
    startContainer(daemon, container);
    expect(
      Object.keys(
        showNetwork(daemon, findContainerNetwork(daemon, "a-net"), { containers: true }).Containers ?? {},
      ),
    ).toEqual([container.id]);
  });

  // Seen on all three: 20.10 renames what it can.
  it("are spoilt by a rename that fails", () => {
    const daemon = daemonOf(name);
    for (const Name of ["net", "other"]) createNetwork(daemon, { Name });
    createNetwork(daemon, { Name: "config", ConfigOnly: true });
    running(daemon, "web", "net");
    connectContainer(daemon, "other", { Container: "web" });
    const unfit = () => connectContainer(daemon, "config", { Container: "web" });
    expect(refusal(unfit)).toBe("403 cannot create endpoint on configuration-only network");
    const outcome = refusal(() => renameContainer(daemon, "web", "shop"));
    const shownNames = () =>
      ["net", "other"].map((network) => {
        const { Containers } = showNetwork(daemon, findContainerNetwork(daemon, network), {
          containers: true,
        });
        return Object.values(Containers ?? {})[0]?.Name;
      });
    if (name === "20.10") {
      expect([outcome, ...shownNames()]).toEqual(["no error", "shop", "shop"]);
      return;
    }
    expect(outcome).toBe("500 no endpoint attached to network config found");
    expect(shownNames()).toEqual(["/web", "/web"]);
    disconnectContainer(daemon, "other", { Container: "web" });
    connectContainer(daemon, "other", { Container: "web" });
    expect(shownNames()).toEqual(["/web", "web"]);
  });

  // Seen on all three.
  it("publish ports through the gateway, which on 20.10 may be left an internal one", () => {
    const daemon = daemonOf(name);
    createNetwork(daemon, { Name: "net" });
    for (const Name of ["before", "outer", "inner"]) createNetwork(daemon, { Name, Internal: true });
    const PortBindings = { "80/tcp": [{ HostIp: "127.0.0.1", HostPort: "8080" }] };
    createContainer(
      daemon,
      {
        Image: "busybox",
        Cmd: ["sleep", "9"],
        ExposedPorts: { "80/tcp": {} },
        HostConfig: { NetworkMode: "inner", PortBindings },
      },
      "web",
    );
    const container = findContainer(daemon, "web");
    startContainer(daemon, container);
    const ports = () => container.sandbox?.ports["80/tcp"];
    const portsAfter = (change: typeof connectContainer, network: string) => {
      change(daemon, network, { Container: "web" });
      return ports() && "published";
    };
    // 29 shows there that the port is exposed.
    const unpublished = isSince(name, "29") ? null : undefined;
    const internally = name === "20.10" ? "published" : unpublished;
    expect(ports()).toBe(unpublished);
    expect(portsAfter(connectContainer, "net")).toBe("published");
    expect(portsAfter(disconnectContainer, "net")).toBe(internally);
    expect(portsAfter(connectContainer, "before")).toBe(internally && null);
    expect(portsAfter(disconnectContainer, "before")).toBe(internally);
    expect(portsAfter(connectContainer, "outer")).toBe(internally);
    expect(portsAfter(disconnectContainer, "inner")).toBe(internally);
    expect(portsAfter(disconnectContainer, "outer")).toBeUndefined();
    expect(portsAfter(connectContainer, "inner")).toBe(unpublished);
  });

  it("know a container by all its names, and by the new one after a rename", () => {
    const daemon = daemonOf(name);
    createNetwork(daemon, { Name: "net" });
    const container = running(daemon, "web", "net");
    const names = () => [...findContainerNetwork(daemon, "net").names.keys()];
    expect(names()).toEqual(expect.arrayContaining(["web", container.id.slice(0, 12)]));
    renameContainer(daemon, "web", "Shop");
    expect(names()).toContain("shop");
    expect(names()).not.toContain("web");
  });
});

// Seen on 28.5 and 29, which binds routed ports last.
it.each(["28.5", "29"] as const)(
  "%s publishes in the families of a network, and holds no routed port",
  (release) => {
    const daemon = daemonOf(release);
    const mode = (family: string) => `com.docker.network.bridge.gateway_mode_${family}`;
    createNetwork(daemon, { Name: "six", EnableIPv4: false, EnableIPv6: true });
    createNetwork(daemon, { Name: "both", EnableIPv6: true });
    createNetwork(daemon, { Name: "routed", EnableIPv6: true, Options: { [mode("ipv4")]: "routed" } });
    const published = (Container: string, NetworkMode: string) => {
      const request = {
        Image: "busybox",
        Cmd: ["sleep", "9"],
        ExposedPorts: { "80/tcp": {}, "81/tcp": {} },
        HostConfig: {
          NetworkMode,
          PortBindings: {
            "80/tcp": [{ HostPort: "8080" }],
            "81/tcp": [{ HostIp: "127.0.0.1", HostPort: "8081" }],
          },
        },
      };
      createContainer(daemon, request, Container);
      const container = findContainer(daemon, Container);
      startContainer(daemon, container);
      return () => container.sandbox?.ports;
    };
    const six = published("one", "six");
    expect(six()).toEqual({ "80/tcp": [{ HostIp: "::", HostPort: "8080" }], "81/tcp": null });
    const EndpointConfig = { GwPriority: -1 };
    connectContainer(daemon, "both", { Container: "one", EndpointConfig });
    expect(six()?.["81/tcp"]).toEqual([{ HostIp: "127.0.0.1", HostPort: "8081" }]);
    disconnectContainer(daemon, "both", { Container: "one" });
    const routed = { HostIp: "0.0.0.0", HostPort: "" };
    disconnectContainer(daemon, "six", { Container: "one" });
    for (const name of ["two", "three"]) {
      const ports = published(name, "routed")();
      expect(ports?.["81/tcp"]).toEqual([routed]);
      const translated = { HostIp: "::", HostPort: "8080" };
      expect(ports?.["80/tcp"]).toEqual(release === "29" ? [translated, routed] : [routed, translated]);
      removeContainer(daemon, name, { force: true });
    }
  },
);

// Seen on all three.
it.each(releaseNames)("%s takes no interface that the kernel refuses", (name) => {
  const daemon = daemonOf(name);
  createNetwork(daemon, { Name: "net" });
  const connect = (address: string) => () =>
    connectContainer(daemon, "net", {
      Container: "web",
      EndpointConfig: { IPAMConfig: { LinkLocalIPs: ["169.254.7.7", address] } },
    });
  running(daemon, "web", "bridge");
  expect(refusal(connect("fe80::7"))).toMatch(
    /^500 failed to add interface (veth[0-9a-f]{7}) to sandbox: error setting interface "\1" link local IPs to \[169\.254\.7\.7\/16 fe80::7\/64\]: permission denied$/,
  );
  expect(findContainerNetwork(daemon, "net").attached.size).toBe(0);
  expect(refusal(connect("169.254.8.8"))).toBe("no error");

  const MacAddress = "01:00:5e:00:00:01";
  // 29 has the address of a container in the settings of its endpoint alone.
  createContainer(
    daemon,
    {
      Image: "busybox",
      Cmd: ["sleep", "9"],
      MacAddress,
      ...(isSince(name, "26.1") && { NetworkingConfig: { EndpointsConfig: { bridge: { MacAddress } } } }),
    },
    "many",
  );
  const many = findContainer(daemon, "many");
  expect(refusal(() => startContainer(daemon, many))).toMatch(
    /^500 .*error setting interface \\?"veth[0-9a-f]{7}\\?" MAC to \\?"01:00:5e:00:00:01\\?": cannot assign requested address/,
  );
  expect([many.state.status, many.state.exitCode]).toEqual(["created", 128]);
});

it("tells a disconnect twice up to 26.1", () => {
  const told = releaseNames.map((name) => {
    const daemon = daemonOf(name);
    createNetwork(daemon, { Name: "net" });
    running(daemon, "web", "net");
    disconnectContainer(daemon, "net", { Container: "web" });
    return actions(daemon).filter((action) => action === "network disconnect").length;
  });
  expect(told).toEqual([2, 2, 1, 1]);
});

it("orders networks by priority, then with a way out, then by name", () => {
  const daemon = daemonOf("28.5");
  const container = running(daemon, "web", "bridge");
  for (const Name of ["zoo", "Zoo", "inside", "first"]) {
    createNetwork(daemon, { Name, Internal: Name === "inside" });
    const EndpointConfig = { GwPriority: Name === "first" ? 1 : 0 };
    connectContainer(daemon, Name, { Container: "web", EndpointConfig });
  }
  const names = orderedAttachments(daemon, container).map(({ network }) => network.name);
  expect(names).toEqual(["first", "Zoo", "bridge", "zoo", "inside"]);
});

/** Computes what a network's indexes must hold, by walking through all containers. */
function scan(daemon: Daemon, network: Network) {
  const names = new Map<string, Set<Attachment>>();
  const addresses = new Map<string, Attachment>();
  const attached = new Map<string, Attachment>();
  for (const container of daemon.containers.byId.values()) {
    for (const { attachment } of container.endpoints.values()) {
      if (attachment?.network !== network) continue;
      attached.set(container.id, attachment);
      for (const address of [attachment.ipv4, attachment.ipv6])
        if (address) addresses.set(address, attachment);
      for (const each of attachment.names) {
        const key = each.toLowerCase();
        names.set(key, (names.get(key) ?? new Set()).add(attachment));
      }
    }
  }
  return { names, addresses, attached };
}

/** Counts the addresses of its subnets that a network takes for itself. */
function ownAddresses({ pools }: Network): number {
  return pools.v4.reduce((sum, pool) => sum + (pool.gateway ? 1 : 0) + pool.auxiliary.size, 0);
}

const networkNames = ["n1", "n2", "n3", "bridge"];
const containerNames = ["c1", "c2", "c3"];
const network = fc.constantFrom(...networkNames);
const container = fc.constantFrom(...containerNames);

const step = fc.oneof(
  fc.record({ do: fc.constant("createNetwork"), network, small: fc.boolean() }),
  fc.record({ do: fc.constant("removeNetwork"), network }),
  fc.record({ do: fc.constant("create"), container, network }),
  fc.record({ do: fc.constant("start"), container }),
  fc.record({ do: fc.constant("exit"), container }),
  fc.record({ do: fc.constant("remove"), container }),
  fc.record({ do: fc.constant("rename"), container, to: container }),
  fc.record({
    do: fc.constant("connect"),
    container,
    network,
    aliases: fc.array(fc.constantFrom("a", "A", "c1", "c2")),
    address: fc.option(fc.constantFrom("10.1.0.2", "10.1.0.3", "10.9.0.1", "zz"), { nil: "" }),
  }),
  fc.record({ do: fc.constant("disconnect"), container, network }),
);

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

function perform(daemon: Daemon, next: Step): void {
  const has = <K extends string>(key: K): string => (next as unknown as Record<K, string>)[key];
  switch (next.do) {
    case "createNetwork": {
      const { small } = next as { small: boolean };
      const bits = small ? 30 : 24;
      const Subnet = `10.${networkNames.indexOf(has("network")) + 1}.0.0/${bits}`;
      createNetwork(daemon, { Name: has("network"), IPAM: { Config: [{ Subnet }] } });
      break;
    }
    case "removeNetwork":
      removeNetwork(daemon, has("network"));
      break;
    case "create":
      create(daemon, has("container"), has("network"));
      break;
    case "start":
      startContainer(daemon, findContainer(daemon, has("container")));
      break;
    case "exit": {
      const found = findContainer(daemon, has("container"));
      if (found.state.status === "running") containerExited(daemon, found, 0);
      break;
    }
    case "remove":
      removeContainer(daemon, has("container"), { force: true });
      break;
    case "rename":
      renameContainer(daemon, has("container"), has("to"));
      break;
    case "connect": {
      const { aliases, address } = next as unknown as { aliases: string[]; address: string };
      connectContainer(daemon, has("network"), {
        Container: has("container"),
        EndpointConfig: { Aliases: aliases, IPAMConfig: address ? { IPv4Address: address } : null },
      });
      break;
    }
    case "disconnect":
      disconnectContainer(daemon, has("network"), { Container: has("container") });
      break;
  }
}

it.each(releaseNames)("keeps the indexes of networks equal to a scan, whatever fails (%s)", (name) => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const daemon = daemonOf(name);
      for (const next of steps) {
        refusal(() => perform(daemon, next));
        for (const each of daemon.networks.byId.values()) {
          const found = scan(daemon, each);
          const holders = [...each.names].map(([key, all]) => [key, new Set(all)] as const);
          expect(new Map(holders)).toEqual(found.names);
          for (const [key, all] of each.names) expect(all).toHaveLength(found.names.get(key)?.size ?? 0);
          expect(each.addresses).toEqual(found.addresses);
          expect(new Set(each.attached.keys())).toEqual(new Set(found.attached.keys()));
          for (const [id, attachment] of each.attached) expect(found.attached.get(id)).toBe(attachment);
          const taken = each.pools.v4.reduce((sum, pool) => sum + pool.addresses.taken, 0);
          // The network address and the broadcast address are taken, too, where the pool counts them.
          expect(taken - ownAddresses(each) - each.attached.size).toBeLessThanOrEqual(
            2 * each.pools.v4.length,
          );
        }
      }
      // When all containers are gone, no address is left taken.
      for (const each of [...daemon.containers.byId.values()])
        removeContainer(daemon, each.id, { force: true });
      for (const each of daemon.networks.byId.values()) {
        expect([each.names.size, each.addresses.size, each.attached.size]).toEqual([0, 0, 0]);
      }
    }),
    { numRuns: 60 },
  );
});

// Seen on all three.
describe.each(releaseNames)("interfaces of %s", (name) => {
  const seen = (daemon: Daemon, container: Container) => {
    const { networks } = showStats(daemon, container, { now: daemon.clock.now(), before: 0n });
    return networks ? Object.keys(networks) : "none";
  };

  it("get the next number, or on 28.5 the lowest free one", () => {
    const daemon = daemonOf(name);
    for (const Name of ["net", "other"]) createNetwork(daemon, { Name });
    const web = running(daemon, "web", "net");
    expect(seen(daemon, web)).toEqual(["eth0"]);
    disconnectContainer(daemon, "net", { Container: "web" });
    expect(seen(daemon, web)).toBe("none");
    connectContainer(daemon, "net", { Container: "web" });
    connectContainer(daemon, "other", { Container: "web" });
    disconnectContainer(daemon, "net", { Container: "web" });
    connectContainer(daemon, "bridge", { Container: "web" });
    expect(seen(daemon, web)).toEqual(isSince(name, "28.5") ? ["eth0", "eth1"] : ["eth2", "eth3"]);
    containerExited(daemon, web, 0);
    expect(seen(daemon, web)).toBe("none");
    startContainer(daemon, web);
    expect(seen(daemon, web)).toEqual(["eth0", "eth1"]);
  });

  it("are made anew when a link is removed", () => {
    const daemon = daemonOf(name);
    createNetwork(daemon, { Name: "net" });
    running(daemon, "db", "bridge");
    const HostConfig = { Links: ["db:mysql"] };
    createContainer(daemon, { Image: "busybox", Cmd: ["sleep", "9"], HostConfig }, "app");
    const app = findContainer(daemon, "app");
    startContainer(daemon, app);
    connectContainer(daemon, "net", { Container: "app" });
    removeContainer(daemon, "app/mysql", { link: true });
    expect(seen(daemon, app)).toEqual(isSince(name, "28.5") ? ["eth0", "eth1"] : ["eth2", "eth3"]);
  });

  it("are counted for those who share them, and not of the host", () => {
    const daemon = daemonOf(name);
    const web = running(daemon, "web", "bridge");
    const joined = running(daemon, "joined", "container:web");
    expect(seen(daemon, joined)).toEqual(["eth0"]);
    expect(seen(daemon, running(daemon, "plain", "host"))).toBe("none");
    expect(seen(daemon, running(daemon, "lonely", "none"))).toBe("none");
    containerExited(daemon, web, 0);
    expect(seen(daemon, joined)).toBe("none");
    startContainer(daemon, web);
    expect(seen(daemon, joined)).toEqual(["eth0"]);
    removeContainer(daemon, "web", { force: true });
    expect(seen(daemon, joined)).toBe("none");
  });
});
