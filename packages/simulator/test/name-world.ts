import type { ContainerConfig, EndpointConfig, HostConfig } from "@dryharbor/sdk";
import type { Container } from "../src/core/containers/container.js";
import { newContainer } from "../src/core/containers/new.js";
import { containerTable } from "../src/core/containers/table.js";
import type { Daemon } from "../src/core/daemon.js";
import { noUplink, type Upstream } from "../src/core/dns/upstream.js";
import type { Attachment, Endpoint } from "../src/core/endpoints/endpoint.js";
import {
  newSandboxFiles,
  writeFilesAtStart,
  writeFilesOnConnect,
  writeFilesOnDisconnect,
} from "../src/core/files/sandbox.js";
import { newId, shortId } from "../src/core/id.js";
import type { Network } from "../src/core/networks/network.js";
import { networkTable } from "../src/core/networks/table.js";
import { seededRandom } from "../src/core/random.js";
import { type Release, release } from "../src/core/releases/release.js";
import type { ReleaseName } from "../src/core/releases/row.js";
import type { DaemonSettings } from "../src/core/settings.js";

/** Just enough of a daemon to look names up and to read files, with every address given by hand. */
export interface NameWorld {
  readonly daemon: Daemon;
  network(name: string, more?: Partial<Network>): Network;
  container(name: string, more?: ContainerGiven): Container;
  attach(container: Container, network: Network, addresses: string, config?: EndpointConfig): Attachment;
  detach(attachment: Attachment): void;
  /** Writes the files of a container whose networks are attached. */
  start(container: Container): void;
  /** What it answers to everywhere. */
  rename(container: Container, name: string): void;
}

export interface ContainerGiven {
  id?: string;
  config?: Partial<ContainerConfig>;
  hostConfig?: HostConfig;
  links?: Container["links"];
  nameGenerated?: boolean;
}

export interface WorldGiven {
  upstream?: Upstream;
  settings?: Partial<DaemonSettings>;
}

export function nameWorld(name: ReleaseName, given: WorldGiven = {}): NameWorld {
  const random = seededRandom(1);
  const rules: Release = release(name);
  const settings: DaemonSettings = {
    hostname: "host",
    hostId: "host",
    defaultAddressPools: [],
    hostSubnets: [],
    dns: [],
    dnsOptions: [],
    dnsSearch: [],
    hostResolvConf: "nameserver 10.255.255.53\n",
    hostHosts: "127.0.0.1 localhost\n::1 localhost\n",
    dataRoot: "/var/lib/docker",
    ...given.settings,
  };
  const daemon = {
    release: rules,
    settings,
    random,
    upstream: given.upstream ?? noUplink,
    networks: networkTable(),
    containers: containerTable(),
  } as unknown as Daemon;

  function index(attachment: Attachment, names: readonly string[]): void {
    for (const old of attachment.names) attachment.network.names.delete(old.toLowerCase());
    attachment.names = names;
    for (const other of attachment.network.attached.values()) {
      for (const key of other.names.map((own) => own.toLowerCase())) {
        const holders = attachment.network.names.get(key) ?? new Set();
        attachment.network.names.set(key, holders.add(other));
      }
    }
  }

  function namesOf(container: Container, network: Network, aliases: readonly string[]): string[] {
    if (network.predefined) return [];
    const own = container.nameGenerated && name === "20.10" ? [] : [container.name];
    return [...new Set([...own, ...aliases, shortId(container.id), container.config.Hostname])];
  }

  const world: NameWorld = {
    daemon,
    network(networkName, more = {}) {
      const network = {
        id: newId(random),
        name: networkName,
        driver: "bridge",
        enableIPv4: true,
        enableIPv6: false,
        internal: false,
        predefined: false,
        pools: { v4: [], v6: [] },
        attached: new Map(),
        names: new Map(),
        addresses: new Map(),
        ...more,
      } as unknown as Network;
      daemon.networks.add(network);
      return network;
    },
    container(containerName, more = {}) {
      const id = more.id ?? newId(random);
      const container = newContainer({
        id,
        name: containerName,
        nameGenerated: more.nameGenerated ?? false,
        created: 0n,
        config: { Image: "busybox", Hostname: shortId(id), ...more.config },
        hostConfig: { NetworkMode: "default", ...more.hostConfig },
        imageId: "",
        path: "sleep",
        args: ["1000"],
        endpoints: new Map(),
        links: more.links ?? null,
      });
      container.state.status = "running";
      container.sandbox = { id, ports: {}, publishedThrough: null, files: newSandboxFiles() };
      daemon.containers.add(container);
      for (const { alias, target } of container.links ?? []) {
        daemon.containers.addLinkName(`${containerName}/${alias}`, target);
      }
      return container;
    },
    attach(container, network, addresses, config = {}) {
      const endpoint: Endpoint = {
        ipamConfig: null,
        links: config.Links ?? null,
        aliases: config.Aliases ?? null,
        macAddress: "",
        driverOpts: null,
        gwPriority: 0,
        networkId: network.id,
        dnsNames: null,
        attachment: null,
        leftover: null,
      };
      const [ipv4 = "", ipv6 = ""] = addresses.split(" ");
      const attachment: Attachment = {
        id: newId(random),
        network,
        container,
        endpoint,
        mac: "",
        ipv4: ipv4 === "-" ? "" : ipv4,
        ipv6,
        names: [],
      };
      endpoint.attachment = attachment;
      container.endpoints.set(network.name, endpoint);
      network.attached.set(container.id, attachment);
      for (const address of [attachment.ipv4, attachment.ipv6].filter(Boolean)) {
        network.addresses.set(address, attachment);
      }
      index(attachment, namesOf(container, network, endpoint.aliases ?? []));
      if (container.sandbox?.files.hosts.length) writeFilesOnConnect(daemon, attachment);
      return attachment;
    },
    detach(attachment) {
      const { container, network, endpoint } = attachment;
      writeFilesOnDisconnect(daemon, attachment);
      network.attached.delete(container.id);
      for (const address of [attachment.ipv4, attachment.ipv6]) network.addresses.delete(address);
      index(attachment, []);
      endpoint.attachment = null;
      container.endpoints.delete(network.name);
    },
    start(container) {
      const attachments = [...container.endpoints.values()].flatMap(({ attachment }) => attachment ?? []);
      writeFilesAtStart(daemon, container, attachments);
    },
    rename(container, to) {
      daemon.containers.rename(container, to);
      container.nameGenerated = false;
      for (const { attachment } of container.endpoints.values()) {
        if (!attachment) continue;
        index(attachment, namesOf(container, attachment.network, attachment.endpoint.aliases ?? []));
      }
    },
  };
  return world;
}
