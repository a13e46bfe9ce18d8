import { parseCIDR } from "@dryharbor/kernel/host";
import type { EndpointConfig } from "@dryharbor/sdk/port";
import { describe, expect, it } from "vitest";
import { refusal } from "../../../test/refusal.js";
import { release } from "../releases/release.js";
import { type ByRelease, cellOf, releaseNames } from "../releases/row.js";
import { type EndpointNetwork, validateEndpoint, validateEndpointsOnCreate } from "./endpoint-settings.js";
import type { Pool } from "./pool.js";

const pool = { subnet: parseCIDR("10.1.0.0/24"), automatic: false } as Pool;
const configured: EndpointNetwork = { config: [{ Subnet: "10.1.0.0/24" }], pools: { v4: [pool], v6: [] } };

describe("the settings of an endpoint", () => {
  const later = (text: string) => ({ "26.1": text, "28.5": text });
  const cases: [EndpointConfig, boolean, ByRelease<string>][] = [
    [{ IPAMConfig: { IPv4Address: "10.1.0.9" } }, true, { "20.10": "no error", ...later("no error") }],
    [
      { IPAMConfig: { IPv4Address: "zz" } },
      true,
      {
        "20.10": "no error",
        ...later(
          "400 invalid endpoint settings:\n* invalid IPv4 address: zz\n* no configured subnet or ip-range contain the IP address zz",
        ),
        // 29 refuses it while it reads JSON.
        "29": "400 invalid endpoint settings:\n* invalid IPv4 address: zz\n* no configured subnet contains IP address zz",
      },
    ],
    [
      { IPAMConfig: { IPv6Address: "fd00::5" } },
      true,
      {
        "20.10":
          "400 user specified IP address is supported only when connecting to networks with user configured subnets",
        ...later(
          "400 invalid endpoint settings:\nuser specified IP address is supported only when connecting to networks with user configured subnets",
        ),
        "29": "400 invalid endpoint settings:\nno configured subnet contains IP address fd00::5",
      },
    ],
    [
      { Aliases: ["db"] },
      false,
      {
        "20.10": "400 network-scoped alias is supported only for containers in user defined networks",
        ...later(
          "400 invalid endpoint settings:\nnetwork-scoped alias is supported only for containers in user defined networks",
        ),
        "29": "400 invalid endpoint settings:\nnetwork-scoped aliases are only supported for user-defined networks",
      },
    ],
    [
      { MacAddress: "zz", Aliases: ["db"] },
      false,
      {
        "20.10": "400 network-scoped alias is supported only for containers in user defined networks",
        ...later("400 invalid MAC address zz"),
      },
    ],
    [
      { DriverOpts: { "com.docker.network.endpoint.sysctls": "net.ipv4.conf.IFNAME.log_martians=1,net.x" } },
      true,
      {
        "20.10": "no error",
        "26.1": "no error",
        "28.5":
          "400 invalid endpoint settings:\nunrecognised network interface sysctl 'net.x'; represent 'net.X.Y.ethN.Z=V' as 'net.X.Y.IFNAME.Z=V', 'X' must be 'ipv4', 'ipv6' or 'mpls'",
      },
    ],
  ];

  it.each(cases)("%j on connect", (settings, userDefined, expected) => {
    for (const name of releaseNames) {
      expect(refusal(() => validateEndpoint(release(name), settings, userDefined, configured))).toBe(
        cellOf(expected, name),
      );
    }
  });

  it("name the network on create, and are not held against one that does not exist yet", () => {
    const settings = { IPAMConfig: { IPv4Address: "fd00::5", LinkLocalIPs: ["zz"] } };
    const endpoints = [{ networkName: "n", settings, userDefined: true, network: undefined }];
    expect(refusal(() => validateEndpointsOnCreate(release("28.5"), endpoints))).toBe(
      "400 invalid config for network n: invalid endpoint settings:\n* invalid IPv4 address: fd00::5\n* invalid link-local IP address: zz",
    );
    expect(refusal(() => validateEndpointsOnCreate(release("20.10"), endpoints))).toBe(
      "400 invalid IPv4 address: fd00::5",
    );
  });
});
