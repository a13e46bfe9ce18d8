// Hand-written sequences of commands for cases that the generator does not reach. `parity --record` records
// them on real engines beside the generated sequences, and the replay test compares the simulator with them.

import { type Command, command } from "../src/commands/command.js";
import { refusedContainers, refusedLimits, refusedLogs } from "./refused.js";

function run(name: string, network: string, aliases: string[] = [], address?: string): Command[] {
  const endpoint = {
    Aliases: aliases,
    ...(address === undefined ? {} : { IPAMConfig: { IPv4Address: address } }),
  };
  return [
    command(
      "containers.create",
      {
        Image: "busybox:latest",
        Cmd: ["sleep", "1000"],
        HostConfig: { NetworkMode: network },
        NetworkingConfig: { EndpointsConfig: { [network]: endpoint } },
      },
      { name },
    ),
    command("containers.start", name),
  ];
}

const stop = (name: string) => command("containers.stop", name, { t: 0 });

/**
 * Uses up the default pools: 30 networks fit and the next does not. Subnets that are given back are given out
 * again in each release's own order.
 */
function everyDefaultPool(): Command[] {
  const create = (index: number) => command("networks.create", { Name: `pool${index}` });
  return [
    ...Array.from({ length: 32 }, (_, index) => create(index)),
    command("networks.remove", "pool5"),
    command("networks.remove", "pool3"),
    create(5),
    command("networks.create", { Name: "given", IPAM: { Config: [{ Subnet: "172.20.5.0/24" }] } }),
    create(3),
    command("networks.prune"),
    create(0),
  ];
}

/**
 * Fills a /29, which has room for five containers. The sixth cannot start, keeps its place, and starts when
 * there is room.
 */
function fullSubnet(): Command[] {
  return [
    command("networks.create", { Name: "small", IPAM: { Config: [{ Subnet: "10.30.0.0/29" }] } }),
    ...["web0", "web1", "web2", "web3", "web4", "web5"].flatMap((name) => run(name, "small")),
    stop("web2"),
    command("containers.start", "web5"),
    command("containers.start", "web2"),
  ];
}

/** A container gets the lowest free address. A static address is free while its holder is stopped. */
function addressesComeBack(): Command[] {
  return [
    command("networks.create", { Name: "alpha", IPAM: { Config: [{ Subnet: "10.30.0.0/24" }] } }),
    ...["web0", "web1", "web2", "web3"].flatMap((name) => run(name, "alpha")),
    stop("web1"),
    stop("web0"),
    ...run("late", "alpha"),
    command("containers.start", "web1"),
    command("containers.start", "web0"),
    ...run("fixed", "alpha", [], "10.30.0.9"),
    stop("fixed"),
    ...run("thief", "alpha", [], "10.30.0.9"),
    command("containers.start", "fixed"),
    command("containers.remove", "thief", { force: true }),
    command("containers.start", "fixed"),
  ];
}

/** Drivers that do not exist. A real engine looks for a plugin for 15 seconds. */
function unknownDrivers(): Command[] {
  return [
    command("networks.create", { Name: "alpha", Driver: "no-such-driver" }),
    command("networks.create", { Name: "alpha", IPAM: { Driver: "no-such-driver" } }),
    command("networks.create", { Name: "alpha", Driver: "no-such-driver", ConfigOnly: true }),
  ];
}

/** Subnets that 20.10 leaks, so that no other sequence may use them. */
function leakyPools(): Command[] {
  const auxiliary = (third: number, router: string) =>
    command("networks.create", {
      Name: "alpha",
      IPAM: { Config: [{ Subnet: `10.98.${third}.0/24`, AuxiliaryAddresses: { router } }] },
    });
  return [auxiliary(1, "10.99.0.1"), auxiliary(2, "zz"), auxiliary(3, "10.98.3.7")];
}

/** One alias on three networks, whose holders come, pause, stop and go. */
function aliasOfManyHolders(): Command[] {
  return [
    ...["alpha", "beta", "Zeta"].map((Name) => command("networks.create", { Name })),
    ...run("web", "alpha", ["db"]),
    ...run("redis", "beta", ["db", "web"]),
    ...run("app", "Zeta", ["DB"]),
    command("networks.connect", "beta", { Container: "web", EndpointConfig: { Aliases: ["db"] } }),
    command("networks.connect", "Zeta", { Container: "redis", EndpointConfig: { Links: ["app:db"] } }),
    command("networks.connect", "alpha", { Container: "app", EndpointConfig: { Aliases: ["db"] } }),
    command("containers.pause", "web"),
    command("containers.rename", "redis", "cache"),
    stop("app"),
    command("containers.unpause", "web"),
    command("networks.disconnect", "beta", { Container: "web" }),
    command("containers.start", "app"),
    command("networks.connect", "beta", { Container: "web" }),
    command("containers.remove", "cache", { force: true }),
  ];
}

/** The sequences. Each is too long, too slow on a real engine or too specific for the generator. */
export const scenarios: readonly (readonly Command[])[] = [
  everyDefaultPool(),
  fullSubnet(),
  addressesComeBack(),
  unknownDrivers(),
  leakyPools(),
  aliasOfManyHolders(),
  refusedLimits(),
  refusedContainers(),
  refusedLogs(),
];
