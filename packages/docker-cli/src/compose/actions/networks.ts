// The networks of a project: found, made, made anew where they have changed, and removed.

import {
  ConflictError,
  type ContainerSummary,
  type NetworkInspect,
  NotFoundError,
} from "@dryharbor/sdk/port";
import { ComposeError } from "../model/error.js";
import { networkHash } from "../model/hash.js";
import type { NetworkConfig, Project } from "../model/project.js";
import { tell } from "../progress/progress.js";
import { listContainers } from "./containers.js";
import type { ComposeContext } from "./context.js";
import { composeVersion, label } from "./labels.js";
import { stopServices } from "./stop.js";

/** Makes sure that all networks are there. Returns their ids by their keys in the file. */
export async function ensureNetworks(
  context: ComposeContext,
  project: Project,
): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for (const [key, network] of project.networks) {
    ids.set(
      key,
      network.external ? await findExternal(context, network) : await ensure(context, project, key, network),
    );
  }
  return ids;
}

async function ensure(
  context: ComposeContext,
  project: Project,
  key: string,
  network: NetworkConfig,
): Promise<string> {
  try {
    return await findOrCreate(context, project, key, network);
  } catch (error) {
    // Somebody else may have made it in the meantime.
    if (error instanceof ConflictError) return findOrCreate(context, project, key, network);
    throw error;
  }
}

async function findOrCreate(
  context: ComposeContext,
  project: Project,
  key: string,
  network: NetworkConfig,
): Promise<string> {
  const { engine, warn } = context;
  const name = network.name ?? "";
  let detached: ContainerSummary[] = [];
  const found = await inspectOrNothing(context, name);
  if (found && (found.Name === name || found.Id === name)) {
    const labels = found.Labels ?? {};
    const owner = labels[label.project];
    if (owner === undefined) {
      warn(
        `a network with name ${name} exists but was not created by compose.\nSet \`external: true\` to use an existing network`,
      );
    } else if (owner !== project.name) {
      warn(
        `a network with name ${name} exists but was not created for project "${project.name}".\nSet \`external: true\` to use an existing network`,
      );
    }
    if ((labels[label.network] ?? "") !== key) {
      throw new ComposeError(
        `network ${name} was found but has incorrect label ${label.network} set to "${labels[label.network] ?? ""}" (expected: "${key}")`,
      );
    }
    const hash = labels[label.configHash] ?? "";
    if (hash === "" || hash === networkHash(network)) return found.Id;
    detached = await removeChanged(context, project, key, name);
  }
  const namesakes = (await engine.networks.list({ filters: { name: [name] } })).filter(
    (each) => each.Name === name,
  );
  const own = namesakes.find(
    ({ Labels }) => Labels?.[label.project] === project.name && Labels?.[label.network] === key,
  );
  if (own) return own.Id;
  const [other] = namesakes;
  if (other) {
    warn(
      `a network with name ${name} exists but was not created by compose.\nSet \`external: true\` to use an existing network`,
    );
    return other.Id;
  }
  return create(context, project, key, network, detached);
}

const inspectOrNothing = async (
  { engine }: ComposeContext,
  name: string,
): Promise<NetworkInspect | undefined> => {
  try {
    return await engine.networks.inspect(name);
  } catch {
    // What is not there, or not the only one, is looked for in the list.
    return undefined;
  }
};

async function create(
  { engine, progress }: ComposeContext,
  project: Project,
  key: string,
  network: NetworkConfig,
  detached: readonly ContainerSummary[],
): Promise<string> {
  const name = network.name ?? "";
  const id = `Network ${name}`;
  const pools = network.ipam?.config ?? [];
  const text = (map: ReadonlyMap<string, string> | undefined) => Object.fromEntries(map ?? []);
  tell(progress, id, "working", "Creating");
  try {
    const { Id } = await engine.networks.create({
      Name: name,
      Driver: network.driver ?? "",
      Scope: "",
      ...(network.enable_ipv4 === undefined ? {} : { EnableIPv4: network.enable_ipv4 }),
      ...(network.enable_ipv6 === undefined ? {} : { EnableIPv6: network.enable_ipv6 }),
      IPAM:
        network.ipam?.driver || pools.length > 0
          ? {
              Driver: network.ipam?.driver ?? "",
              Options: null,
              Config:
                pools.length > 0
                  ? pools.map(({ subnet, ip_range, gateway, aux_addresses }) => ({
                      ...(subnet ? { Subnet: subnet } : {}),
                      ...(ip_range ? { IPRange: ip_range } : {}),
                      ...(gateway ? { Gateway: gateway } : {}),
                      ...(aux_addresses?.size ? { AuxiliaryAddresses: text(aux_addresses) } : {}),
                    }))
                  : null,
            }
          : null,
      Internal: network.internal ?? false,
      Attachable: network.attachable ?? false,
      Ingress: false,
      ConfigOnly: false,
      ConfigFrom: null,
      Options: network.driver_opts ? text(network.driver_opts) : null,
      Labels: {
        ...text(network.labels),
        [label.network]: key,
        [label.project]: project.name,
        [label.version]: composeVersion,
        [label.configHash]: networkHash(network),
      },
    });
    tell(progress, id, "done", "Created");
    for (const { Id: container } of detached) await engine.networks.connect(name, { Container: container });
    return Id;
  } catch (error) {
    tell(progress, id, "error", "Error");
    throw prefixed(error, `failed to create network ${name}: `);
  }
}

/** The same error, whose message says what was being done. */
export function prefixed(error: unknown, prefix: string): unknown {
  if (error instanceof Error && "status" in error) {
    return new ComposeError(`${prefix}Error response from daemon: ${error.message}`);
  }
  return error;
}

/** Removes a network that has changed, once those that are attached to it have been stopped. */
async function removeChanged(
  context: ComposeContext,
  project: Project,
  key: string,
  name: string,
): Promise<ContainerSummary[]> {
  const services = [...project.services].flatMap(([service, { networks }]) =>
    networks?.has(key) ? [service] : [],
  );
  await stopServices(context, project.name, { services, project });
  const containers = await listContainers(context, project.name, { oneOff: "exclude", all: true, services });
  for (const { Id } of containers)
    await context.engine.networks.disconnect(name, { Container: Id, Force: true });
  await context.engine.networks.remove(name);
  tell(context.progress, `Network ${name}`, "done", "Removed");
  return containers;
}

async function findExternal({ engine }: ComposeContext, network: NetworkConfig): Promise<string> {
  const name = network.name ?? "";
  let found = await engine.networks.list({ filters: { name: [name] } });
  if (found.length === 0) {
    try {
      found = [await engine.networks.inspect(name)];
    } catch (error) {
      if (!(error instanceof NotFoundError)) throw error;
    }
  }
  const [first, ...others] = found.filter(({ Name, Id }) => Name === name || Id === name);
  if (others.length > 0) {
    throw new ComposeError(
      `multiple networks with name "${name}" were found. Use network ID as \`name\` to avoid ambiguity`,
    );
  }
  if (first) return first.Id;
  const { Swarm } = await engine.system.info();
  // A node does not know the networks of other nodes before it needs them.
  if (Swarm.LocalNodeState !== "inactive" && Swarm.LocalNodeState !== "locked") return "swarm";
  throw new ComposeError(`network ${name} declared as external, but could not be found`);
}

/** Removes a network, unless it is still in use. */
export async function removeNetwork(
  context: ComposeContext,
  projectName: string,
  key: string,
  name: string,
): Promise<void> {
  const { engine, progress } = context;
  const networks = await engine.networks.list({
    filters: { label: [`${label.project}=${projectName}`, `${label.network}=${key}`] },
  });
  if (networks.length === 0) return;
  const id = `Network ${name}`;
  tell(progress, id, "working", "Removing");
  let found = 0;
  for (const { Id } of networks.filter(({ Name }) => Name === name)) {
    try {
      const { Containers } = await engine.networks.inspect(Id);
      if (Object.keys(Containers ?? {}).length > 0) {
        tell(progress, id, "warning", "Resource is still in use");
        found++;
        continue;
      }
      await engine.networks.remove(Id);
      tell(progress, id, "done", "Removed");
      found++;
    } catch (error) {
      if (error instanceof NotFoundError) continue;
      tell(progress, id, "error", "Error");
      throw prefixed(error, `failed to remove network ${name}: `);
    }
  }
  if (found === 0) tell(progress, id, "warning", "No resource found to remove");
}
