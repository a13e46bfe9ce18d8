import { formatPrefix, overlaps, type Prefix, parsePrefix } from "@dryharbor/kernel/host";
import { EngineError, type IPAMPoolConfig } from "@dryharbor/sdk/port";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { refusal } from "../../../test/refusal.js";
import { isSince } from "../../../test/since.js";
import { release } from "../releases/release.js";
import { type ByRelease, cellOf, type ReleaseName, releaseNames } from "../releases/row.js";
import type { IpamSettings } from "./default-pools.js";
import {
  type AllocatedPools,
  addressPlace,
  allocateAddresses,
  allocatePools,
  claimAddresses,
  createIpam,
  defaultBridgeConfig,
  type EndpointAddresses,
  type Ipam,
  overlappingFamily,
  readIpamConfig,
  releaseAddresses,
  releasePools,
  restorePools,
  saveIpam,
  savePools,
} from "./ipam.js";

const settings: IpamSettings = {
  hostId: "4a21f1e0-9dac-401a-8db9-c6e60893c548",
  defaultAddressPools: [],
  hostSubnets: [],
};

function ipamOf(name: ReleaseName, changed: Partial<IpamSettings> = {}): Ipam {
  return createIpam(release(name), { ...settings, ...changed });
}

function take(ipam: Ipam, config: IPAMPoolConfig[] = [], enableIPv6 = false): AllocatedPools {
  return allocatePools(ipam, {
    networkName: "n",
    scope: "local",
    ipamDriver: "default",
    enableIPv4: true,
    enableIPv6,
    config: readIpamConfig(ipam.release, config, enableIPv6),
  });
}

function subnet({ shown }: AllocatedPools): string | undefined {
  return shown?.[0]?.Subnet;
}

describe("default pools", () => {
  it.each(releaseNames)("%s has 31, the default bridge's first", (name) => {
    const ipam = ipamOf(name);
    const bridge = allocatePools(ipam, {
      networkName: "bridge",
      scope: "local",
      ipamDriver: "default",
      enableIPv4: true,
      enableIPv6: false,
      config: defaultBridgeConfig(ipam),
    });
    expect(subnet(bridge)).toBe("172.17.0.0/16");
    const subnets = Array.from({ length: 30 }, () => subnet(take(ipam)));
    expect([subnets[0], subnets[13], subnets[14], subnets[29]]).toEqual([
      "172.18.0.0/16",
      "172.31.0.0/16",
      "192.168.0.0/20",
      "192.168.240.0/20",
    ]);
    expect(refusal(() => take(ipam))).toMatch(
      /^40[04] (could not find an available|all predefined address pools)/,
    );
  });

  it("rotate until 26.1: a freed one comes back after all others", () => {
    const ipam = ipamOf("26.1");
    for (let i = 0; i < 31; i++) releasePools(ipam, "local", take(ipam).pools);
    expect(subnet(take(ipam))).toBe("172.17.0.0/16");
  });

  it("rotate to the very first, not to the next, after a search that went round", () => {
    const ipam = ipamOf("26.1");
    const taken = Array.from({ length: 31 }, () => take(ipam));
    releasePools(ipam, "local", (taken[3] as AllocatedPools).pools);
    releasePools(ipam, "local", (taken[30] as AllocatedPools).pools);
    const last = take(ipam);
    expect(subnet(last)).toBe("172.20.0.0/16");
    releasePools(ipam, "local", last.pools);
    expect(subnet(take(ipam))).toBe("192.168.240.0/20");
  });

  it("are the lowest free on 28.5", () => {
    const ipam = ipamOf("28.5");
    const taken = Array.from({ length: 5 }, () => take(ipam));
    releasePools(ipam, "local", (taken[3] as AllocatedPools).pools);
    releasePools(ipam, "local", (taken[1] as AllocatedPools).pools);
    expect([take(ipam), take(ipam), take(ipam)].map(subnet)).toEqual([
      "172.18.0.0/16",
      "172.20.0.0/16",
      "172.22.0.0/16",
    ]);
  });

  it.each(releaseNames)("%s leaves out those that a user's subnet or a host interface overlaps", (name) => {
    const ipam = ipamOf(name, { hostSubnets: ["172.18.5.0/24"] });
    take(ipam, [{ Subnet: "172.19.200.0/24" }]);
    take(ipam, [{ Subnet: "172.20.0.0/14" }]);
    expect([take(ipam), take(ipam)].map(subnet)).toEqual(["172.17.0.0/16", "172.24.0.0/16"]);
  });

  it("are the lowest free on 28.5 after any creates and removes", () => {
    const explicit = fc.constantFrom(
      ...[
        "172.18.5.0/24",
        "172.20.0.0/14",
        "172.16.0.0/12",
        "192.168.0.0/18",
        "192.168.16.0/28",
        "10.0.0.0/8",
      ],
    );
    const candidates = [
      ...Array.from({ length: 15 }, (_, i) => `172.${17 + i}.0.0/16`),
      ...Array.from({ length: 16 }, (_, i) => `192.168.${16 * i}.0/20`),
    ].map((text) => parsePrefix(text) as Prefix);
    const step = fc.oneof(fc.record({ create: fc.option(explicit) }), fc.record({ remove: fc.nat(40) }));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
        const ipam = ipamOf("28.5", { hostSubnets: ["172.19.3.0/24"] });
        const kept: AllocatedPools[] = [];
        const inUse = () => [
          parsePrefix("172.19.3.0/24") as Prefix,
          ...kept.flatMap(({ pools }) => pools.v4[0]!.subnet),
        ];
        for (const step of steps) {
          if ("remove" in step) {
            const [removed] = kept.splice(step.remove % (kept.length + 1), 1);
            if (removed) releasePools(ipam, "local", removed.pools);
          } else if (step.create) {
            const asked = parsePrefix(step.create) as Prefix;
            const overlapped = inUse()
              .slice(1)
              .some((other) => overlaps(other, asked));
            const attempt = () => kept.push(take(ipam, [{ Subnet: step.create as string }]));
            expect(refusal(attempt) === "no error").toBe(!overlapped);
          } else {
            const free = candidates.find((candidate) => !inUse().some((other) => overlaps(other, candidate)));
            expect(refusal(() => kept.push(take(ipam))) === "no error").toBe(free !== undefined);
            if (free) expect(subnet(kept.at(-1) as AllocatedPools)).toBe(formatPrefix(free));
          }
        }
      }),
    );
  });

  it("derive IPv6 ones from the host's id on 28.5", () => {
    // A real engine with this host id picks this subnet.
    const ipam = ipamOf("28.5");
    const [first, second] = [take(ipam, [], true), take(ipam, [], true)];
    expect(first.shown).toEqual([
      { Subnet: "172.17.0.0/16", Gateway: "172.17.0.1" },
      { Subnet: "fdef:a940:8a95::/64", Gateway: "fdef:a940:8a95::1" },
    ]);
    expect(second.shown?.[1]?.Subnet).toBe("fdef:a940:8a95:1::/64");
    expect(refusal(() => take(ipamOf("26.1"), [], true))).toMatch(
      /^404 could not find an available, non-overlapping IPv6/,
    );
  });

  it.each(releaseNames)("%s takes those of its settings", (name) => {
    const ipam = ipamOf(name, {
      defaultAddressPools: [
        { base: "10.20.0.0/15", size: 16 },
        { base: "10.9.0.0/24", size: 28 },
      ],
    });
    const subnets = Array.from({ length: 3 }, () => subnet(take(ipam)));
    expect(subnets).toEqual(
      isSince(name, "28.5")
        ? ["10.9.0.0/28", "10.9.0.16/28", "10.9.0.32/28"]
        : ["10.20.0.0/16", "10.21.0.0/16", "10.9.0.0/28"],
    );
  });
});

describe("a network's pools", () => {
  const prefixes = fc.constantFrom(
    ...[
      "10.1.0.0/16",
      "10.1.0.0/24",
      "10.1.0.0/25",
      "10.1.0.128/25",
      "10.1.0.0/29",
      "10.1.0.4/30",
      "10.1.2.0/31",
    ],
    ...["172.18.5.0/24", "172.20.0.0/14", "192.168.0.0/18", "fd00::/64", "fd00::/120", "fd00:0:0:1::/64"],
  );
  const addresses = fc.constantFrom(
    "10.1.0.1",
    "10.1.0.0",
    "10.1.0.5",
    "10.1.0.129",
    "172.18.5.7",
    "fd00::1",
    "fd00::5",
  );
  const entry: fc.Arbitrary<IPAMPoolConfig> = fc.record(
    {
      Subnet: prefixes,
      Gateway: addresses,
      AuxiliaryAddresses: fc.dictionary(fc.constantFrom("a", "b"), addresses, { maxKeys: 2 }),
    },
    { requiredKeys: ["Subnet"] },
  );
  const ranged: fc.Arbitrary<IPAMPoolConfig> = fc
    .tuple(
      entry,
      fc.option(fc.constantFrom("10.1.0.0/29", "10.1.0.128/26", "fd00::/122"), { nil: undefined }),
    )
    .map(([entry, IPRange]) => (IPRange ? { ...entry, IPRange } : entry));
  const step = fc.record({
    config: fc.array(ranged, { maxLength: 2 }),
    enableIPv6: fc.boolean(),
    remove: fc.option(fc.nat(20), { nil: undefined }),
  });

  it.each(releaseNames)("%s: never overlap, but for those with ranges", (name) => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const ipam = ipamOf(name);
        const kept: AllocatedPools[] = [];
        for (const { config, enableIPv6, remove } of steps) {
          try {
            const taken = take(ipam, config, enableIPv6);
            for (const other of kept) {
              if (!taken.mayOverlap) expect(overlappingFamily(taken.pools, other.pools)).toBeUndefined();
            }
            kept.push(taken);
          } catch (error) {
            if (!(error instanceof EngineError)) throw error;
          }
          if (remove !== undefined && kept.length > 0) {
            const [removed] = kept.splice(remove % kept.length, 1);
            releasePools(ipam, "local", (removed as AllocatedPools).pools);
          }
        }
      }),
    );
  });

  it.each(releaseNames)("%s: a refused create leaves no trace", (name) => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const ipam = ipamOf(name);
        const kept: AllocatedPools[] = [];
        const takenAddresses = () =>
          kept.flatMap(({ pools }) => [...pools.v4, ...pools.v6].map((pool) => pool.addresses.taken));
        for (const { config, enableIPv6, remove } of steps) {
          const before = takenAddresses();
          try {
            kept.push(take(ipam, config, enableIPv6));
          } catch (error) {
            if (!(error instanceof EngineError)) throw error;
            expect(takenAddresses()).toEqual(before);
          }
          if (remove !== undefined && kept.length > 0) {
            const [removed] = kept.splice(remove % kept.length, 1);
            releasePools(ipam, "local", (removed as AllocatedPools).pools);
          }
        }
        for (const { pools } of kept) releasePools(ipam, "local", pools);
        take(ipam, [{ Subnet: "0.0.0.0/0" }, { Subnet: "::/0" }], true);
      }),
    );
  });

  it.each(releaseNames)("%s: come out of a snapshot as they went in", (name) => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        const ipam = ipamOf(name);
        const kept: [AllocatedPools, EndpointAddresses][] = [];
        for (const { config, enableIPv6 } of steps) {
          try {
            const taken = take(ipam, config, enableIPv6);
            kept.push([
              taken,
              allocateAddresses(ipam.release, { id: "1", name: "n", pools: taken.pools }, null),
            ]);
          } catch (error) {
            if (!(error instanceof EngineError)) throw error;
          }
        }
        const saved = JSON.stringify({
          ipam: saveIpam(ipam),
          pools: kept.map(([{ pools }]) => savePools(pools)),
        });
        const snapshot = JSON.parse(saved);
        const restored = createIpam(release(name), settings, snapshot.ipam);
        // A snapshot's networks are restored first, and their endpoints after them.
        const pools = kept.map((_, at) => restorePools(restored, "local", snapshot.pools[at]));
        for (const [at, [, addresses]] of kept.entries()) {
          claimAddresses(restored.release, pools[at] as AllocatedPools["pools"], addresses);
        }
        for (const [at, [original]] of kept.entries()) {
          expect(JSON.stringify(savePools(pools[at] as AllocatedPools["pools"]))).toBe(
            JSON.stringify(savePools(original.pools)),
          );
          expect(pools[at]?.v4.map((pool) => pool.addresses.taken)).toEqual(
            original.pools.v4.map((pool) => pool.addresses.taken),
          );
        }
        expect(refusal(() => take(restored))).toBe(refusal(() => take(ipam)));
        expect(saveIpam(restored)).toEqual(saveIpam(ipam));
      }),
    );
  });
});

describe("a network create", () => {
  const cases: [string, IPAMPoolConfig[], ByRelease<string>][] = [
    [
      "no subnet",
      [{ Gateway: "10.1.0.1" }],
      {
        "20.10": "500 Invalid subnet  : invalid CIDR address: ",
        "26.1": "400 invalid network config:\ninvalid subnet : invalid CIDR block notation",
        "28.5": "400 invalid network config:\ninvalid subnet : invalid CIDR block notation",
        "29": "400 invalid network config:\ninvalid gateway 10.1.0.1: parent subnet invalid Prefix doesn't contain this address",
      },
    ],
    [
      "host bits and a gateway elsewhere",
      [{ Subnet: "10.1.0.5/24", Gateway: "10.2.0.1" }],
      {
        "20.10": "500 failed to allocate gateway (10.2.0.1): Requested address is out of range",
        "26.1":
          "400 invalid network config:\n* invalid subnet 10.1.0.5/24: it should be 10.1.0.0/24\n* invalid gateway 10.2.0.1: parent subnet 10.1.0.5/24 doesn't contain this address",
        "28.5":
          "400 invalid network config:\n* invalid subnet 10.1.0.5/24: it should be 10.1.0.0/24\n* invalid gateway 10.2.0.1: parent subnet 10.1.0.5/24 doesn't contain this address",
      },
    ],
    [
      "the broadcast address as gateway",
      [{ Subnet: "10.1.0.0/24", Gateway: "10.1.0.255" }],
      {
        "20.10": "500 failed to allocate gateway (10.1.0.255): Address already in use",
        "26.1": "500 failed to allocate gateway (10.1.0.255): Address already in use",
        "28.5": "500 failed to allocate gateway (10.1.0.255): Address already in use",
      },
    ],
    [
      "an auxiliary address where the gateway is",
      [{ Subnet: "10.1.0.0/24", AuxiliaryAddresses: { a: "10.1.0.1" } }],
      {
        "20.10": "500 failed to allocate secondary ip address (a:10.1.0.1): Address already in use",
        "26.1": "500 failed to allocate secondary ip address (a:10.1.0.1): Address already in use",
        "28.5": "500 failed to allocate secondary ip address (a:10.1.0.1): Address already in use",
      },
    ],
    [
      "a subnet twice",
      [{ Subnet: "10.1.0.0/24" }, { Subnet: "10.1.0.0/24" }],
      {
        "20.10": "403 Pool overlaps with other one on this address space",
        "26.1": "403 Pool overlaps with other one on this address space",
        "28.5": "403 invalid pool request: Pool overlaps with other one on this address space",
      },
    ],
    [
      "a subnet of two addresses",
      [{ Subnet: "10.1.0.0/31" }],
      {
        "20.10": "500 failed to allocate gateway (): No available addresses on this pool",
        "26.1": "no error",
        "28.5": "no error",
      },
    ],
  ];

  it.each(cases)("with %s", (_, config, expected) => {
    for (const name of releaseNames) {
      expect(`${name} ${refusal(() => take(ipamOf(name), config))}`).toBe(
        `${name} ${cellOf(expected, name)}`,
      );
    }
  });

  it("shows what was asked for as it was asked, and what was picked with its gateway", () => {
    const config = [
      { Subnet: "FD00:1::/64", Gateway: "", AuxiliaryAddresses: { b: "fd00:1::b", a: "fd00:1::a" } },
    ];
    const asked = '{"Subnet":"FD00:1::/64","AuxiliaryAddresses":{"a":"fd00:1::a","b":"fd00:1::b"}}';
    const picked = '{"Subnet":"172.17.0.0/16","Gateway":"172.17.0.1"}';
    expect(JSON.stringify(take(ipamOf("20.10"), config, true).shown)).toBe(`[${picked},${asked}]`);
    expect(JSON.stringify(take(ipamOf("26.1"), config, true).shown)).toBe(`[${asked},${picked}]`);
  });
});

describe("an endpoint's addresses", () => {
  const network = (pools: AllocatedPools["pools"]) => ({ id: "1".repeat(64), name: "w", pools });

  it.each(releaseNames)("%s: are the lowest free after any releases", (name) => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.nat(30), { nil: undefined }), { maxLength: 60 }), (releases) => {
        const ipam = ipamOf(name);
        const { pools } = take(ipam, [
          { Subnet: "10.1.0.0/27", Gateway: "10.1.0.3", AuxiliaryAddresses: { a: "10.1.0.6" } },
        ]);
        const held = new Set<number>();
        const reserved = new Set([0, 3, 6, 31]);
        for (const released of releases) {
          if (released !== undefined && held.delete(released)) {
            releaseAddresses(ipam.release, pools, { ipv4: `10.1.0.${released}`, ipv6: "" });
          } else {
            let lowest = 0;
            while (held.has(lowest) || reserved.has(lowest)) lowest++;
            const outcome = refusal(() =>
              expect(allocateAddresses(ipam.release, network(pools), null).ipv4).toBe(`10.1.0.${lowest}`),
            );
            expect(outcome).toBe(
              lowest < 32
                ? "no error"
                : `500 no available IPv4 addresses on this network's address pools: w (${"1".repeat(64)})`,
            );
            if (lowest < 32) held.add(lowest);
          }
        }
      }),
    );
  });

  it("come from the range, its first and last address included", () => {
    const ipam = ipamOf("28.5");
    const { pools } = take(ipam, [{ Subnet: "10.22.0.0/16", IPRange: "10.22.5.0/29" }]);
    const addresses = Array.from(
      { length: 7 },
      () => allocateAddresses(ipam.release, network(pools), null).ipv4,
    );
    expect(addressPlace(pools, "10.22.5.1")).toEqual({ gateway: "10.22.5.0", prefixLength: 16 });
    expect([addresses[0], addresses[6]]).toEqual(["10.22.5.1", "10.22.5.7"]);
    expect(refusal(() => allocateAddresses(ipam.release, network(pools), null))).toMatch(
      /^500 no available IPv4/,
    );
  });

  it("are of no family where one of them cannot be had", () => {
    const ipam = ipamOf("28.5");
    const { pools } = take(ipam, [{ Subnet: "10.1.0.0/24" }, { Subnet: "fd00::/64" }], true);
    const wanted = { IPv6Address: "fd00::1" };
    expect(refusal(() => allocateAddresses(ipam.release, network(pools), wanted))).toBe(
      "403 Address already in use",
    );
    expect(allocateAddresses(ipam.release, network(pools), null)).toEqual({
      ipv4: "10.1.0.2",
      ipv6: "fd00::2",
    });
  });

  it("keep only the low half of the host part in a large IPv6 subnet until 26.1", () => {
    for (const [name, address] of [
      ["26.1", "fd00:1::5"],
      ["28.5", "fd00:1:0:7::5"],
    ] as const) {
      const ipam = ipamOf(name);
      const { pools } = take(ipam, [{ Subnet: "fd00:1::/48" }], true);
      expect(allocateAddresses(ipam.release, network(pools), { IPv6Address: "fd00:1:0:7::5" }).ipv6).toBe(
        address,
      );
    }
  });

  it("say a gateway of the network's own choice", () => {
    const { pools } = take(ipamOf("28.5"), [
      { Subnet: "10.1.0.0/24", AuxiliaryAddresses: { DefaultGatewayIPv4: "10.1.0.9" } },
    ]);
    expect(addressPlace(pools, "10.1.0.2")).toEqual({ gateway: "10.1.0.9", prefixLength: 24 });
  });
});
