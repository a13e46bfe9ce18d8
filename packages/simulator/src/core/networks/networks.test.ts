import { virtualTime } from "@dryharbor/kernel/host";
import type { NetworkCreateRequest } from "@dryharbor/sdk/port";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { refusal } from "../../../test/refusal.js";
import { answerOf } from "../../../test/since.js";
import { newMachine } from "../../machine.js";
import { networkCreate } from "../../requests/bodies/networks.js";
import { readValue } from "../../requests/body.js";
import type { Daemon } from "../daemon.js";
import { noUplink } from "../dns/upstream.js";
import { release } from "../releases/release.js";
import { type ReleaseName, releaseNames } from "../releases/row.js";
import { defaultSettings } from "../settings.js";
import { createNetwork } from "./create.js";
import { findNetwork, findNetworkToRemove } from "./find.js";
import { listNetworks } from "./list.js";
import { pruneNetworks } from "./prune.js";
import { removeNetwork } from "./remove.js";
import { showAnyNetwork } from "./show.js";

function daemonOf(name: ReleaseName): Daemon {
  const surroundings = { time: virtualTime(), programs: new Map(), upstream: noUplink };
  return newMachine(surroundings, { release: release(name), seed: 1, images: {}, settings: defaultSettings })
    .daemon;
}

const badOption = { "com.docker.network.bridge.enable_icc": "zz" };
const bad =
  'failed to parse com.docker.network.bridge.enable_icc value: zz (strconv.ParseBool: parsing "zz": invalid syntax)';
const manager =
  'This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to connect this node to swarm and try again.';

/** Requests with several mistakes, and the one that the engine reports. Seen on all three. */
const refusals: [
  what: string,
  request: NetworkCreateRequest,
  v20: string,
  v26?: string,
  v28?: string,
  v29?: string,
][] = [
  [
    "a predefined name and a bad subnet",
    { Name: "host", IPAM: { Config: [{ Subnet: "foo" }] } },
    "403 operation is not permitted on predefined host network ",
    "403 operation is not permitted on predefined host network ",
    "403 operation is not permitted on predefined host network ",
    `400 invalid JSON: netip.ParsePrefix("foo"): no '/'`,
  ],
  [
    "no name, looked for as a duplicate",
    { Name: "", CheckDuplicate: true },
    "409 network with name  already exists",
    "400 invalid name: ",
    "400 invalid name: name is empty",
  ],
  [
    "no name and a bad subnet",
    { Name: "", IPAM: { Config: [{ Subnet: "foo" }] } },
    "500 Invalid subnet foo : invalid CIDR address: foo",
    "400 invalid network config:\ninvalid subnet foo: invalid CIDR block notation",
    "400 invalid network config:\ninvalid subnet foo: invalid CIDR block notation",
    `400 invalid JSON: netip.ParsePrefix("foo"): no '/'`,
  ],
  [
    "a bad option and an overlapping subnet",
    { Name: "x", Options: badOption, IPAM: { Config: [{ Subnet: "172.17.0.0/16" }] } },
    "403 Pool overlaps with other one on this address space",
    "403 Pool overlaps with other one on this address space",
    `400 ${bad}`,
  ],
  [
    "a negative MTU and two subnets",
    {
      Name: "x",
      Options: { "com.docker.network.driver.mtu": "-1" },
      IPAM: { Config: [{ Subnet: "10.1.0.0/24" }, { Subnet: "10.2.0.0/24" }] },
    },
    "500 invalid MTU number: -1",
    "403 bridge driver doesn't support multiple subnets",
    "403 bridge driver doesn't support multiple subnets",
  ],
  [
    "an unknown configuration network and swarm scope",
    { Name: "x", ConfigFrom: { Network: "no" }, Scope: "swarm" },
    "403 cannot create a swarm scoped network when swarm is not active",
    "403 cannot create a swarm scoped network when swarm is not active",
    '404 configuration network "no" does not exist',
  ],
  [
    "overlay without a name",
    { Name: "", Driver: "overlay" },
    "500 invalid name: ",
    `403 ${manager}`,
    `403 ${manager}`,
  ],
  [
    "overlay of local scope",
    { Name: "x", Driver: "overlay", Scope: "local" },
    "403 cannot downgrade network scope for overlay networks",
    `403 ${manager}`,
    `403 ${manager}`,
  ],
  // 20.10 takes its pools from an address space of their own, before it finds that it cannot keep the
  // network.
  [
    "overlay where there is no IPv6 pool",
    { Name: "x", Driver: "overlay", EnableIPv6: true },
    "404 could not find an available, non-overlapping IPv6 address pool among the defaults to assign to the network",
    `403 ${manager}`,
    `403 ${manager}`,
  ],
  [
    "overlay with a range that is none",
    { Name: "x", Driver: "overlay", IPAM: { Config: [{ Subnet: "10.1.0.0/24", IPRange: "zz" }] } },
    '500 failed to parse pool request for address space "GlobalDefault" pool "10.1.0.0/24" subpool "zz": Invalid Address SubPool',
    `403 ${manager}`,
    `403 ${manager}`,
    `400 invalid JSON: netip.ParsePrefix("zz"): no '/'`,
  ],
  [
    "overlay with a subnet that a bridge has",
    { Name: "x", Driver: "overlay", IPAM: { Config: [{ Subnet: "172.17.0.0/16" }] } },
    `500 ${manager}`,
    `403 ${manager}`,
    `403 ${manager}`,
  ],
  [
    "overlay with an MTU that is no number",
    { Name: "x", Driver: "overlay", Options: { "com.docker.network.driver.mtu": "zz" } },
    '500 failed to parse zz: strconv.Atoi: parsing "zz": invalid syntax',
    `403 ${manager}`,
    `403 ${manager}`,
  ],
  [
    "overlay with the IPAM driver null",
    { Name: "x", Driver: "overlay", IPAM: { Driver: "null" } },
    "500 ipv4 pool is empty",
    `403 ${manager}`,
    `403 ${manager}`,
  ],
  ["an unknown driver", { Name: "x", Driver: "nope" }, ...same('404 plugin "nope" not found')],
  ["an unknown IPAM driver", { Name: "x", IPAM: { Driver: "nope" } }, ...same('404 plugin "nope" not found')],
  [
    "a second host",
    { Name: "x", Driver: "host" },
    ...same('403 only one instance of "host" network is allowed'),
  ],
];

function same(text: string): [string, string, string] {
  return [text, text, text];
}

describe.each(releaseNames)("networks of %s", (name) => {
  it.each(refusals)("refuses %s", (_what, request, ...texts) => {
    const daemon = daemonOf(name);
    const before = listNetworks(daemon);
    const read = () => readValue(daemon.release, networkCreate, request);
    expect(refusal(() => createNetwork(daemon, read()))).toBe(answerOf(texts, name));
    expect(listNetworks(daemon)).toEqual(before);
    expect(daemon.events.past).toEqual([]);
  });

  it("find by id, name, then prefix, and say what is ambiguous", () => {
    const daemon = daemonOf(name);
    const { Id } = createNetwork(daemon, { Name: "alpha" });
    expect(findNetwork(daemon, Id.slice(0, 8)).network.name).toBe("alpha");
    createNetwork(daemon, { Name: Id.slice(0, 8) });
    expect(findNetwork(daemon, Id.slice(0, 8)).network.name).toBe(Id.slice(0, 8));
    expect(refusal(() => findNetwork(daemon, ""))).toBe(
      "400 5 matches found based on ID prefix: network  is ambiguous",
    );
    expect(refusal(() => findNetworkToRemove(daemon, ""))).toBe(
      "400 network  is ambiguous (5 matches found based on ID prefix)",
    );
  });

  // Seen on all three: 20.10 accepts it, and all three accept an IPv6 gateway.
  it("send the containers of an internal network to no gateway", () => {
    const daemon = daemonOf(name);
    const v4 = { Subnet: "10.1.0.0/24" };
    const v6 = { Subnet: "fd00:1::/64", AuxiliaryAddresses: { DefaultGatewayIPv6: "fd00:1::9" } };
    const withGateway = { ...v4, AuxiliaryAddresses: { DefaultGatewayIPv4: "10.1.0.9" } };
    const internal = { Name: "inner", Internal: true };
    const refused = refusal(() => createNetwork(daemon, { ...internal, IPAM: { Config: [withGateway] } }));
    expect(refused).toBe(
      name === "20.10" ? "no error" : "400 no gateway can be set on an internal bridge network",
    );
    if (name === "20.10") removeNetwork(daemon, "inner");
    const both = { ...internal, EnableIPv6: true, IPAM: { Config: [v4, v6] } };
    expect(refusal(() => createNetwork(daemon, both))).toBe("no error");
  });

  it("give their subnet back when the driver refuses", () => {
    const daemon = daemonOf(name);
    const request = { Name: "x", IPAM: { Config: [{ Subnet: "10.1.0.0/24" }] } };
    const Options = { "com.docker.network.bridge.name": "lo" };
    expect(refusal(() => createNetwork(daemon, { ...request, Options }))).toBe(
      "500 existing interface lo is not a bridge",
    );
    expect(createNetwork(daemon, request).Warning).toBe("");
  });

  it("copy a configuration network, which goes without an event", () => {
    const daemon = daemonOf(name);
    const IPAM = { Config: [{ Subnet: "10.1.0.0/24" }] };
    createNetwork(daemon, { Name: "conf", ConfigOnly: true, Driver: "nope", Labels: { a: "1" }, IPAM });
    createNetwork(daemon, { Name: "net", ConfigFrom: { Network: "conf" } });
    expect(showAnyNetwork(daemon, findNetwork(daemon, "net"))).toMatchObject({
      Driver: "bridge",
      ConfigFrom: { Network: "conf" },
      Labels: { a: "1" },
      IPAM: { Config: [{ Subnet: "10.1.0.0/24" }] },
    });
    expect(refusal(() => removeNetwork(daemon, "conf"))).toBe(
      '403 error while removing network: configuration network "conf" is in use',
    );
    removeNetwork(daemon, "net");
    removeNetwork(daemon, "conf");
    const destroyed = daemon.events.past.filter(({ Action }) => Action === "destroy");
    expect(destroyed.map(({ Actor }) => Actor.Attributes.name)).toEqual(["net"]);
  });

  // Seen: each pair of the options of IPAM of a configuration network and of the network that copies it.
  it.each([
    [{}, undefined, null],
    [{}, {}, {}],
    [null, undefined, null],
    [null, {}, {}],
    [{ a: "b" }, undefined, { a: "b" }],
    [{ a: "b" }, {}, { a: "b" }],
  ])("copy the options of IPAM if there are some: %j, %j", (copied, own, shown) => {
    const daemon = daemonOf(name);
    createNetwork(daemon, { Name: "conf", ConfigOnly: true, IPAM: { Options: copied } });
    const IPAM = own && { Options: own };
    createNetwork(daemon, { Name: "net", ConfigFrom: { Network: "conf" }, ...(IPAM ? { IPAM } : {}) });
    expect(showAnyNetwork(daemon, findNetwork(daemon, "net")).IPAM.Options).toEqual(shown);
  });

  it("are back to what there was when all that were made are pruned", () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ name: fc.string({ maxLength: 3 }), internal: fc.boolean() })),
        (wanted) => {
          const daemon = daemonOf(name);
          const before = listNetworks(daemon);
          const made: string[] = [];
          for (const { name: Name, internal: Internal } of wanted) {
            if (refusal(() => createNetwork(daemon, { Name, Internal })) === "no error") made.push(Name);
          }
          const { NetworksDeleted } = pruneNetworks(daemon);
          expect(NetworksDeleted ?? []).toEqual(made);
          expect(listNetworks(daemon)).toEqual(before);
          for (const { addresses, names, attached } of daemon.networks.byId.values()) {
            expect([addresses.size, names.size, attached.size]).toEqual([0, 0, 0]);
          }
        },
      ),
      { numRuns: 50 },
    );
  });
});

it("lets two networks have one name on 20.10 only", () => {
  const daemon = daemonOf("20.10");
  const { Id } = createNetwork(daemon, { Name: "dup" });
  expect(createNetwork(daemon, { Name: "dup" }).Warning).toBe(
    `Network with name dup (id : ${Id}) already exists`,
  );
  expect(refusal(() => findNetwork(daemon, "dup"))).toBe(
    "400 2 matches found based on name: network dup is ambiguous",
  );
});

it("reads EnableIPv4 from API 1.48 on", () => {
  const daemon = daemonOf("28.5");
  const request = { Name: "x", EnableIPv4: false };
  expect(refusal(() => createNetwork(daemon, request))).toBe("400 IPv4 or IPv6 must be enabled");
  expect(refusal(() => createNetwork(daemon, request, "1.47"))).toBe("no error");
});

it("takes every user-defined network for dangling, attached or not", () => {
  const daemon = daemonOf("28.5");
  createNetwork(daemon, { Name: "x" });
  expect(listNetworks(daemon, { dangling: ["true"] }).map(({ Name }) => Name)).toEqual(["x"]);
  expect(listNetworks(daemon, { dangling: ["0"] })).toHaveLength(3);
});
