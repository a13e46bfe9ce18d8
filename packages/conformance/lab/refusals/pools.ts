import type { Refusal } from "./refusal.js";

const keepsPool = "28.5 does not give the pool back.";

/** Subnets that are written as IPv4-mapped IPv6 addresses. */
const mapped: readonly Refusal[] = [
  {
    request: [
      "POST /networks/create",
      { Name: "x", EnableIPv6: true, IPAM: { Config: [{ Subnet: "::ffff:10.102.0.0/112" }] } },
    ],
    says: {
      "20.10":
        "404 could not find an available, non-overlapping IPv6 address pool among the defaults to assign to the network",
      "26.1":
        "404 could not find an available, non-overlapping IPv6 address pool among the defaults to assign to the network",
      "28.5":
        "500 failed to allocate gateway (): cannot find address pool for poolID:::ffff:10.102.0.0/112/invalid Prefix",
      "29": null,
    },
    seldom: keepsPool,
  },
  {
    request: [
      "POST /networks/create",
      { Name: "x", IPAM: { Config: [{ Subnet: "::ffff:10.102.0.0/112" }] } },
    ],
    says: {
      "20.10":
        "500 Failed to Setup IP tables: Unable to enable SKIP DNAT rule:  (iptables failed: ip6tables --wait -t nat -I DOCKER -i br-<short id> -j RETURN: ip6tables: No chain/target/match by that name.\n (exit status 1))",
      "26.1": "500 failed to add IPv4 address 10.102.0.1/16 to bridge: invalid argument",
      "28.5":
        "500 failed to allocate gateway (): cannot find address pool for poolID:::ffff:10.102.0.0/112/invalid Prefix",
      "29": null,
    },
    seldom: keepsPool,
  },
  {
    request: [
      "POST /networks/create",
      {
        Name: "x",
        IPAM: { Config: [{ Subnet: "::ffff:10.102.0.7/112", IPRange: "::ffff:10.102.1.0/120" }] },
      },
    ],
    says: {
      "20.10":
        "500 Failed to Setup IP tables: Unable to enable SKIP DNAT rule:  (iptables failed: ip6tables --wait -t nat -I DOCKER -i br-<short id> -j RETURN: ip6tables: No chain/target/match by that name.\n (exit status 1))",
      "26.1": "500 failed to add IPv4 address 10.102.1.0/16 to bridge: invalid argument",
      "28.5":
        "500 failed to allocate gateway (): cannot find address pool for poolID:::ffff:10.102.0.0/112/::ffff:10.102.1.0/120",
      "29": null,
    },
    seldom: keepsPool,
  },
  {
    request: [
      "POST /networks/create",
      { Name: "x", IPAM: { Config: [{ Subnet: "::ffff:10.102.0.0/112", Gateway: "::ffff:10.102.0.9" }] } },
    ],
    says: {
      "20.10":
        "500 Failed to Setup IP tables: Unable to enable SKIP DNAT rule:  (iptables failed: ip6tables --wait -t nat -I DOCKER -i br-<short id> -j RETURN: ip6tables: No chain/target/match by that name.\n (exit status 1))",
      "26.1": "500 failed to allocate gateway (::ffff:10.102.0.9): requested address is out of range",
      "28.5":
        "500 failed to allocate gateway (::ffff:10.102.0.9): cannot find address pool for poolID:::ffff:10.102.0.0/112/invalid Prefix",
      "29": null,
    },
    seldom: keepsPool,
  },
  {
    request: [
      "POST /networks/create",
      { Name: "x", Internal: true, IPAM: { Config: [{ Subnet: "::ffff:10.135.1.0/120" }] } },
    ],
    says: {
      "20.10":
        "500 Failed to Setup IP tables: Unable to enable DROP INCOMING rule:  (iptables failed: ip6tables --wait -I DOCKER-ISOLATION-STAGE-1 -i br-<short id> ! -d a87:100::/120 -j DROP: ip6tables: No chain/target/match by that name.\n (exit status 1))",
      "26.1": "500 failed to add IPv4 address 10.135.1.1/24 to bridge: invalid argument",
      "28.5":
        "500 failed to allocate gateway (): cannot find address pool for poolID:::ffff:10.135.1.0/120/invalid Prefix",
      "29": null,
    },
    seldom: keepsPool,
  },
];

const leak = "a release leaks the subnet, for as long as it runs";

/** Refusals about subnets, ranges, gateways and addresses. */
export const poolRefusals: readonly Refusal[] = [
  {
    request: ["POST /networks/create", { Name: "x", IPAM: { Config: [{ Subnet: "10.1.0.0" }] } }],
    says: {
      "20.10": "500 Invalid subnet 10.1.0.0 : invalid CIDR address: 10.1.0.0",
      "26.1": "400 invalid network config:\ninvalid subnet 10.1.0.0: invalid CIDR block notation",
      "28.5": "400 invalid network config:\ninvalid subnet 10.1.0.0: invalid CIDR block notation",
      "29": "400 invalid JSON: netip.ParsePrefix(\"10.1.0.0\"): no '/'",
    },
  },
  {
    request: ["POST /networks/create", { Name: "x", IPAM: { Config: [{ Subnet: "foo" }] } }],
    says: {
      "20.10": "500 Invalid subnet foo : invalid CIDR address: foo",
      "26.1": "400 invalid network config:\ninvalid subnet foo: invalid CIDR block notation",
      "28.5": "400 invalid network config:\ninvalid subnet foo: invalid CIDR block notation",
      "29": "400 invalid JSON: netip.ParsePrefix(\"foo\"): no '/'",
    },
  },
  {
    request: ["POST /networks/create", { Name: "x", IPAM: { Config: [{ Subnet: "10.1.0.0/33" }] } }],
    says: {
      "20.10": "500 Invalid subnet 10.1.0.0/33 : invalid CIDR address: 10.1.0.0/33",
      "26.1": "400 invalid network config:\ninvalid subnet 10.1.0.0/33: invalid CIDR block notation",
      "28.5": "400 invalid network config:\ninvalid subnet 10.1.0.0/33: invalid CIDR block notation",
      "29": '400 invalid JSON: netip.ParsePrefix("10.1.0.0/33"): prefix length out of range',
    },
  },
  {
    request: ["POST /networks/create", { Name: "x", IPAM: { Config: [{ Subnet: "010.001.0.0/16" }] } }],
    says: {
      "20.10": "500 Invalid subnet 010.001.0.0/16 : invalid CIDR address: 010.001.0.0/16",
      "26.1": "400 invalid network config:\ninvalid subnet 010.001.0.0/16: invalid CIDR block notation",
      "28.5": "400 invalid network config:\ninvalid subnet 010.001.0.0/16: invalid CIDR block notation",
      "29": '400 invalid JSON: netip.ParsePrefix("010.001.0.0/16"): ParseAddr("010.001.0.0"): IPv4 field has octet with leading zero',
    },
  },
  {
    request: ["POST /networks/create", { Name: "x", IPAM: { Config: [{}] } }],
    says: {
      "20.10": "500 Invalid subnet  : invalid CIDR address: ",
      "26.1": "400 invalid network config:\ninvalid subnet : invalid CIDR block notation",
      "28.5": "400 invalid network config:\ninvalid subnet : invalid CIDR block notation",
      "29": null,
    },
  },
  {
    request: ["POST /networks/create", { Name: "x", IPAM: { Config: [{ Gateway: "10.1.0.1" }] } }],
    says: {
      "20.10": "500 Invalid subnet  : invalid CIDR address: ",
      "26.1": "400 invalid network config:\ninvalid subnet : invalid CIDR block notation",
      "28.5": "400 invalid network config:\ninvalid subnet : invalid CIDR block notation",
      "29": "400 invalid network config:\ninvalid gateway 10.1.0.1: parent subnet invalid Prefix doesn't contain this address",
    },
  },
  {
    request: ["POST /networks/create", { Name: "x", IPAM: { Config: [{ IPRange: "10.1.0.0/25" }] } }],
    says: {
      "20.10": "500 Invalid subnet  : invalid CIDR address: ",
      "26.1": "400 invalid network config:\ninvalid subnet : invalid CIDR block notation",
      "28.5": "400 invalid network config:\ninvalid subnet : invalid CIDR block notation",
      "29": "400 invalid network config:\ninvalid ip-range 10.1.0.0/25: parent subnet invalid Prefix doesn't contain ip-range",
    },
  },
  {
    request: ["POST /networks/create", { Name: "x", IPAM: { Config: [{ Subnet: "10.80.0.5/24" }] } }],
    says: {
      "20.10": null,
      "26.1": "400 invalid network config:\ninvalid subnet 10.80.0.5/24: it should be 10.80.0.0/24",
      "28.5": "400 invalid network config:\ninvalid subnet 10.80.0.5/24: it should be 10.80.0.0/24",
    },
  },
  {
    request: [
      "POST /networks/create",
      { Name: "x", IPAM: { Config: [{ Subnet: "10.80.0.0/16", IPRange: "10.80.2.3/24" }] } },
    ],
    says: {
      "20.10": null,
      "26.1": "400 invalid network config:\ninvalid ip-range 10.80.2.3/24: it should be 10.80.2.0/24",
      "28.5": "400 invalid network config:\ninvalid ip-range 10.80.2.3/24: it should be 10.80.2.0/24",
    },
  },
  {
    request: [
      "POST /networks/create",
      { Name: "x", IPAM: { Config: [{ Subnet: "10.81.0.0/24", IPRange: "10.2.0.0/25" }] } },
    ],
    says: {
      "20.10": null,
      "26.1":
        "400 invalid network config:\ninvalid ip-range 10.2.0.0/25: parent subnet 10.81.0.0/24 doesn't contain ip-range",
      "28.5":
        "400 invalid network config:\ninvalid ip-range 10.2.0.0/25: parent subnet 10.81.0.0/24 doesn't contain ip-range",
    },
  },
  {
    request: [
      "POST /networks/create",
      { Name: "x", IPAM: { Config: [{ Subnet: "10.82.0.0/24", IPRange: "10.82.0.0/16" }] } },
    ],
    says: {
      "20.10": null,
      "26.1":
        "400 invalid network config:\ninvalid ip-range 10.82.0.0/16: CIDR block is bigger than its parent subnet 10.82.0.0/24",
      "28.5":
        "400 invalid network config:\ninvalid ip-range 10.82.0.0/16: CIDR block is bigger than its parent subnet 10.82.0.0/24",
    },
  },
  {
    request: [
      "POST /networks/create",
      { Name: "x", IPAM: { Config: [{ Subnet: "10.83.0.0/24", IPRange: "zz" }] } },
    ],
    says: {
      "20.10":
        '500 failed to parse pool request for address space "LocalDefault" pool "10.83.0.0/24" subpool "zz": Invalid Address SubPool',
      "26.1": "400 invalid network config:\ninvalid ip-range zz: invalid CIDR block notation",
      "28.5": "400 invalid network config:\ninvalid ip-range zz: invalid CIDR block notation",
      "29": "400 invalid JSON: netip.ParsePrefix(\"zz\"): no '/'",
    },
  },
  {
    request: [
      "POST /networks/create",
      { Name: "x", IPAM: { Config: [{ Subnet: "10.83.0.0/24", IPRange: "10.83.0.0" }] } },
    ],
    says: {
      "20.10":
        '500 failed to parse pool request for address space "LocalDefault" pool "10.83.0.0/24" subpool "10.83.0.0": Invalid Address SubPool',
      "26.1": "400 invalid network config:\ninvalid ip-range 10.83.0.0: invalid CIDR block notation",
      "28.5": "400 invalid network config:\ninvalid ip-range 10.83.0.0: invalid CIDR block notation",
      "29": "400 invalid JSON: netip.ParsePrefix(\"10.83.0.0\"): no '/'",
    },
  },
  {
    request: [
      "POST /networks/create",
      { Name: "x", IPAM: { Config: [{ Subnet: "10.83.0.0/24", IPRange: "fd00::/64" }] } },
    ],
    says: {
      "20.10":
        '500 failed to parse pool request for address space "LocalDefault" pool "10.83.0.0/24" subpool "fd00::/64": failed to compute range\'s lowest ip address: cannot compute host portion ip address because ip and mask are not compatible: (net.IP{0xfd, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0}, net.IPMask{0xff, 0xff, 0xff, 0x0})',
      "26.1": "400 invalid network config:\ninvalid ip-range fd00::/64: parent subnet is an IPv4 block",
      "28.5": "400 invalid network config:\ninvalid ip-range fd00::/64: parent subnet is an IPv4 block",
    },
  },
  {
    request: [
      "POST /networks/create",
      { Name: "x", IPAM: { Config: [{ Subnet: "10.84.0.0/24", Gateway: "zz" }] } },
    ],
    says: {
      "20.10": "500 invalid gateway address zz in Ipam configuration",
      "26.1": "400 invalid network config:\ninvalid gateway zz: invalid address",
      "28.5": "400 invalid network config:\ninvalid gateway zz: invalid address",
      "29": '400 invalid JSON: ParseAddr("zz"): unable to parse IP',
    },
  },
  {
    request: [
      "POST /networks/create",
      { Name: "x", IPAM: { Config: [{ Subnet: "10.84.0.0/24", Gateway: "10.84.0.1/24" }] } },
    ],
    says: {
      "20.10": "500 invalid gateway address 10.84.0.1/24 in Ipam configuration",
      "26.1": "400 invalid network config:\ninvalid gateway 10.84.0.1/24: invalid address",
      "28.5": "400 invalid network config:\ninvalid gateway 10.84.0.1/24: invalid address",
      "29": '400 invalid JSON: ParseAddr("10.84.0.1/24"): unexpected character (at "/24")',
    },
  },
  {
    request: [
      "POST /networks/create",
      { Name: "x", IPAM: { Config: [{ Subnet: "10.84.0.0/24", Gateway: "10.2.0.1" }] } },
    ],
    says: {
      "20.10": "500 failed to allocate gateway (10.2.0.1): Requested address is out of range",
      "26.1":
        "400 invalid network config:\ninvalid gateway 10.2.0.1: parent subnet 10.84.0.0/24 doesn't contain this address",
      "28.5":
        "400 invalid network config:\ninvalid gateway 10.2.0.1: parent subnet 10.84.0.0/24 doesn't contain this address",
    },
  },
  {
    request: [
      "POST /networks/create",
      { Name: "x", IPAM: { Config: [{ Subnet: "10.84.0.0/24", Gateway: "fd00::1" }] } },
    ],
    says: {
      "20.10": "500 failed to allocate gateway (fd00::1): Requested address is out of range",
      "26.1": "400 invalid network config:\ninvalid gateway fd00::1: parent subnet is an IPv4 block",
      "28.5": "400 invalid network config:\ninvalid gateway fd00::1: parent subnet is an IPv4 block",
    },
  },
  {
    request: [
      "POST /networks/create",
      { Name: "x", IPAM: { Config: [{ Subnet: "10.84.0.0/24", Gateway: "10.84.0.0" }] } },
    ],
    says: "500 failed to allocate gateway (10.84.0.0): Address already in use",
  },
  {
    request: [
      "POST /networks/create",
      { Name: "x", IPAM: { Config: [{ Subnet: "10.84.0.0/24", Gateway: "10.84.0.255" }] } },
    ],
    says: "500 failed to allocate gateway (10.84.0.255): Address already in use",
  },
  {
    request: [
      "POST /networks/create",
      { Name: "x", IPAM: { Config: [{ Subnet: "10.85.0.0/24", AuxiliaryAddresses: { a: "zz" } }] } },
    ],
    says: {
      "20.10": "500 non parsable secondary ip address (a:zz) passed for network x",
      "26.1": "400 invalid network config:\ninvalid auxiliary address a: invalid address",
      "28.5": "400 invalid network config:\ninvalid auxiliary address a: invalid address",
      "29": '400 invalid JSON: ParseAddr("zz"): unable to parse IP',
    },
    seldom: leak,
  },
  {
    request: [
      "POST /networks/create",
      { Name: "x", IPAM: { Config: [{ Subnet: "10.86.0.0/24", AuxiliaryAddresses: { a: "10.9.0.1" } }] } },
    ],
    says: {
      "20.10": "403 auxiliary address: (a:10.9.0.1) must belong to the master pool: 10.86.0.0/24",
      "26.1":
        "400 invalid network config:\ninvalid auxiliary address a: parent subnet 10.86.0.0/24 doesn't contain this address",
      "28.5":
        "400 invalid network config:\ninvalid auxiliary address a: parent subnet 10.86.0.0/24 doesn't contain this address",
    },
    seldom: leak,
  },
  {
    request: [
      "POST /networks/create",
      { Name: "x", IPAM: { Config: [{ Subnet: "10.87.0.0/24", AuxiliaryAddresses: { a: "10.87.0.1" } }] } },
    ],
    says: "500 failed to allocate secondary ip address (a:10.87.0.1): Address already in use",
  },
  {
    request: [
      "POST /networks/create",
      {
        Name: "x",
        IPAM: {
          Config: [{ Subnet: "10.88.0.0/24", Gateway: "10.88.0.9", AuxiliaryAddresses: { a: "10.88.0.9" } }],
        },
      },
    ],
    says: "500 failed to allocate secondary ip address (a:10.88.0.9): Address already in use",
  },
  {
    request: [
      "POST /networks/create",
      { Name: "x", IPAM: { Config: [{ Subnet: "10.90.0.0/24" }, { Subnet: "10.90.0.0/24" }] } },
    ],
    says: {
      "20.10": "403 Pool overlaps with other one on this address space",
      "26.1": "403 Pool overlaps with other one on this address space",
      "28.5": "403 invalid pool request: Pool overlaps with other one on this address space",
    },
    seldom: leak,
  },
  {
    request: ["POST /networks/create", { Name: "x", IPAM: { Config: [{ Subnet: "foo", Gateway: "zz" }] } }],
    says: {
      "20.10": "500 Invalid subnet foo : invalid CIDR address: foo",
      "26.1": "400 invalid network config:\ninvalid subnet foo: invalid CIDR block notation",
      "28.5": "400 invalid network config:\ninvalid subnet foo: invalid CIDR block notation",
      "29": "400 invalid JSON: netip.ParsePrefix(\"foo\"): no '/'",
    },
  },
  {
    request: [
      "POST /networks/create",
      {
        Name: "x",
        IPAM: { Config: [{ Subnet: "10.91.0.5/24", IPRange: "10.2.0.0/25", Gateway: "10.2.0.1" }] },
      },
    ],
    says: {
      "20.10": "500 failed to allocate gateway (10.2.0.1): Requested address is out of range",
      "26.1":
        "400 invalid network config:\n* invalid subnet 10.91.0.5/24: it should be 10.91.0.0/24\n* invalid ip-range 10.2.0.0/25: parent subnet 10.91.0.5/24 doesn't contain ip-range\n* invalid gateway 10.2.0.1: parent subnet 10.91.0.5/24 doesn't contain this address",
      "28.5":
        "400 invalid network config:\n* invalid subnet 10.91.0.5/24: it should be 10.91.0.0/24\n* invalid ip-range 10.2.0.0/25: parent subnet 10.91.0.5/24 doesn't contain ip-range\n* invalid gateway 10.2.0.1: parent subnet 10.91.0.5/24 doesn't contain this address",
    },
  },
  {
    request: ["POST /networks/create", { Name: "x", IPAM: { Config: [{ Subnet: "10.60.0.0/24" }] } }],
    says: {
      "20.10": "403 Pool overlaps with other one on this address space",
      "26.1": "403 Pool overlaps with other one on this address space",
      "28.5": "403 invalid pool request: Pool overlaps with other one on this address space",
    },
  },
  {
    request: ["POST /networks/create", { Name: "x", IPAM: { Config: [{ Subnet: "10.60.0.128/25" }] } }],
    says: {
      "20.10": "403 Pool overlaps with other one on this address space",
      "26.1": "403 Pool overlaps with other one on this address space",
      "28.5": "403 invalid pool request: Pool overlaps with other one on this address space",
    },
  },
  {
    request: ["POST /networks/create", { Name: "x", IPAM: { Config: [{ Subnet: "10.0.0.0/8" }] } }],
    says: {
      "20.10": "403 Pool overlaps with other one on this address space",
      "26.1": "403 Pool overlaps with other one on this address space",
      "28.5": "403 invalid pool request: Pool overlaps with other one on this address space",
    },
  },
  {
    request: ["POST /networks/create", { Name: "x", IPAM: { Config: [{ Subnet: "172.17.0.0/16" }] } }],
    says: {
      "20.10": "403 Pool overlaps with other one on this address space",
      "26.1": "403 Pool overlaps with other one on this address space",
      "28.5": "403 invalid pool request: Pool overlaps with other one on this address space",
    },
  },
  {
    request: ["POST /networks/create", { Name: "x", IPAM: { Config: [{ Subnet: "0.0.0.0/0" }] } }],
    says: {
      "20.10": "403 Pool overlaps with other one on this address space",
      "26.1": "403 Pool overlaps with other one on this address space",
      "28.5": "403 invalid pool request: Pool overlaps with other one on this address space",
      "29": null,
    },
  },
  {
    request: [
      "POST /networks/create",
      { Name: "x", IPAM: { Config: [{ Subnet: "10.60.0.0/24" }] }, Internal: true },
    ],
    says: {
      "20.10": "403 Pool overlaps with other one on this address space",
      "26.1": "403 Pool overlaps with other one on this address space",
      "28.5": "403 invalid pool request: Pool overlaps with other one on this address space",
    },
  },
  {
    request: [
      "POST /networks/create",
      { Name: "x", IPAM: { Config: [{ Subnet: "10.60.0.0/24", IPRange: "10.60.0.0/25" }] } },
    ],
    says: "403 cannot create network <id> (br-<short id>): conflicts with network <fixed> (br-<fixed, short>): networks have overlapping IPv4",
  },
  {
    request: ["POST /networks/create", { Name: "x", IPAM: { Config: [{ Subnet: "10.92.0.0/31" }] } }],
    says: {
      "20.10": "500 failed to allocate gateway (): No available addresses on this pool",
      "26.1": null,
      "28.5": null,
    },
  },
  {
    request: ["POST /networks/create", { Name: "x", IPAM: { Config: [{ Subnet: "10.92.0.0/32" }] } }],
    says: {
      "20.10": "500 failed to allocate gateway (): No available addresses on this pool",
      "26.1": null,
      "28.5": null,
    },
  },
  {
    request: ["POST /networks/create", { Name: "x", EnableIPv6: true }],
    says: {
      "20.10":
        "404 could not find an available, non-overlapping IPv6 address pool among the defaults to assign to the network",
      "26.1":
        "404 could not find an available, non-overlapping IPv6 address pool among the defaults to assign to the network",
      "28.5": null,
    },
  },
  {
    request: ["POST /networks/full/connect", { Container: "running" }],
    says: "500 no available IPv4 addresses on this network's address pools: full (<full>)",
  },
  {
    given: [
      [
        "POST /containers/create?name=xx",
        { Image: "busybox", Cmd: ["sleep", "1000000"], HostConfig: { NetworkMode: "full" } },
      ],
    ],
    request: ["POST /containers/xx/start"],
    says: {
      "20.10": "500 no available IPv4 addresses on this network's address pools: full (<full>)",
      "26.1": "500 no available IPv4 addresses on this network's address pools: full (<full>)",
      "28.5":
        "500 failed to set up container networking: no available IPv4 addresses on this network's address pools: full (<full>)",
    },
  },
  {
    given: [
      [
        "POST /containers/create?name=xx",
        {
          Image: "busybox",
          Cmd: ["sleep", "1000000"],
          HostConfig: { NetworkMode: "fixed" },
          NetworkingConfig: { EndpointsConfig: { fixed: { IPAMConfig: { IPv4Address: "10.60.0.1" } } } },
        },
      ],
    ],
    request: ["POST /containers/xx/start"],
    says: {
      "20.10": "403 Address already in use",
      "26.1": "403 Address already in use",
      "28.5": "403 failed to set up container networking: Address already in use",
    },
  },
  {
    // The default pools have thirty subnets beside the default bridge's, and the world uses three.
    given: Array.from({ length: 27 }, (_, index) => ["POST /networks/create", { Name: `auto-${index}` }]),
    request: ["POST /networks/create", { Name: "x" }],
    says: {
      "20.10":
        "404 could not find an available, non-overlapping IPv4 address pool among the defaults to assign to the network",
      "26.1":
        "404 could not find an available, non-overlapping IPv4 address pool among the defaults to assign to the network",
      "28.5": "400 all predefined address pools have been fully subnetted",
    },
  },
  ...mapped,
];
