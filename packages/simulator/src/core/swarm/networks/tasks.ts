import { engineError, type SwarmTask } from "@dryharbor/sdk/port";
import { formatTime } from "../../clock.js";
import type { Daemon } from "../../daemon.js";
import { acceptFilters, type FilterValues, matchesPrefix } from "../../filters/match.js";
import { byId } from "../find.js";
import { managedSwarm } from "../manager.js";
import { findNode } from "../nodes/nodes.js";
import { showMeta } from "../show.js";
import type { Swarm } from "../swarm.js";
import type { NetworkTask } from "./network-task.js";
import { allocatedOptions, shownIpamOptions } from "./show.js";
import type { SwarmNetwork } from "./swarm-network.js";

const accepted = ["name", "id", "label", "service", "node", "desired-state", "_up-to-date", "runtime"];

const states = [
  "new",
  "pending",
  "assigned",
  "accepted",
  "preparing",
  "ready",
  "starting",
  "running",
  "complete",
  "shutdown",
  "failed",
  "rejected",
  "remove",
  "orphaned",
];

/**
 * Answers `GET /tasks`. Without services, the only tasks are those that hold containers' places on networks.
 * They are shown only when the filter `runtime` asks for them.
 *
 * @throws 400, 404, 500, 503
 */
export function listTasks(daemon: Daemon, filters: FilterValues): SwarmTask[] {
  const swarm = managedSwarm(daemon);
  acceptFilters(daemon.release, filters, accepted);
  for (const service of filters.service ?? []) throw engineError(404, `service ${service} not found`);
  for (const node of filters.node ?? []) findNode(daemon, node);
  for (const state of filters["desired-state"] ?? []) {
    if (!states.includes(state)) throw engineError(500, `Invalid desired-state filter: '${state}'`);
  }
  const wantedState = filters["desired-state"] ?? [];
  const attachments = filters.runtime?.includes("attachment") ?? false;
  if (!attachments || filters.name || filters.label) return [];
  if (wantedState.length > 0 && !wantedState.includes("running")) return [];
  return byId(swarm.tasks)
    .filter(({ id }) => matchesPrefix(filters, "id", id))
    .map((task) => showTask(daemon, swarm, task));
}

/** Answers `GET /tasks/{id}`. @throws 404, 503 */
export function inspectTask(daemon: Daemon, ref: string): SwarmTask {
  const swarm = managedSwarm(daemon);
  const matching = [...swarm.tasks.values()].filter(({ id }) => id.startsWith(ref));
  const task = swarm.tasks.get(ref) ?? matching[0];
  if (!task) throw engineError(404, `task ${ref} not found`);
  return showTask(daemon, swarm, task);
}

function showTask(daemon: Daemon, swarm: Swarm, task: NetworkTask): SwarmTask {
  const network = swarm.networks.get(task.networkId);
  return {
    ID: task.id,
    ...showMeta(task),
    Labels: {},
    Spec: {
      NetworkAttachmentSpec: { ContainerID: task.containerId },
      Networks: [{ Target: task.networkId }],
      ForceUpdate: 0,
      Runtime: "attachment",
    },
    NodeID: swarm.node.id,
    Status: {
      Timestamp: formatTime(task.updated),
      State: "running",
      Message: "started",
      PortStatus: {},
    },
    DesiredState: "running",
    NetworksAttachments: network ? [showAttachment(network, task)] : [],
    ...(daemon.release.swarm.tasksHaveVolumes && { Volumes: null }),
  };
}

function showAttachment(network: SwarmNetwork, { addresses }: NetworkTask): object {
  return { Network: showSpec(network), ...(addresses.length > 0 && { Addresses: [...addresses] }) };
}

/** Returns a network as tasks show it. */
function showSpec(network: SwarmNetwork): object {
  const { labels, options, allocation } = network;
  const asksForSubnets = network.ipam.v4.length + network.ipam.v6.length > 0;
  return {
    ID: network.id,
    ...showMeta(network),
    Spec: {
      Name: network.name,
      Labels: { ...labels },
      DriverConfiguration: {
        Name: network.driver,
        ...(Object.keys(options).length > 0 && { Options: { ...options } }),
      },
      ...(network.enableIPv6 && { IPv6Enabled: true }),
      ...(network.internal && { Internal: true }),
      ...(network.attachable && { Attachable: true }),
      ...(network.ipamAsked && { IPAMOptions: showIpam(network, asksForSubnets) }),
      ...(network.configFrom !== "" && { ConfigFrom: { Network: network.configFrom } }),
      Scope: "swarm",
    },
    DriverState: { Name: network.driver, ...(allocation && { Options: allocatedOptions(network) }) },
    IPAMOptions: allocation ? showIpam(network, true) : { Driver: {} },
  };
}

function showIpam(network: SwarmNetwork, withSubnets: boolean): object {
  const Options = shownIpamOptions(network);
  // An allocation fills in the gateways that the request leaves out.
  const subnets = network.allocation?.shown ?? [...network.ipam.v4, ...network.ipam.v6];
  const Configs = subnets.map(({ Subnet, IPRange, Gateway }) => ({
    Subnet,
    ...(IPRange && { Range: IPRange }),
    ...(Gateway && { Gateway }),
  }));
  return {
    Driver: { Name: network.ipamDriver, ...(Options && { Options }) },
    ...(withSubnets && { Configs }),
  };
}
