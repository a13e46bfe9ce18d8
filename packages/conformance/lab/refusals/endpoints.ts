import type { Refusal } from "./refusal.js";

/** Refusals of connect and disconnect. */
export const endpointRefusals: readonly Refusal[] = [
  {
    request: ["POST /networks/alpha/connect", { Container: "running" }],
    says: "403 endpoint with name running already exists in network alpha",
  },
  { request: ["POST /networks/nope/connect", { Container: "running" }], says: "404 network nope not found" },
  { request: ["POST /networks/alpha/connect", { Container: "nope" }], says: "404 No such container: nope" },
  { request: ["POST /networks/nope/connect", { Container: "nope" }], says: "404 No such container: nope" },
  {
    request: ["POST /networks/alpha/connect", { Container: "" }],
    says: '400 invalid name or ID supplied: ""',
  },
  {
    request: ["POST /networks/alpha/connect", { Container: "hosted" }],
    says: "400 container sharing network namespace with another container or host cannot be connected to any other network",
  },
  {
    request: ["POST /networks/alpha/connect", { Container: "guest" }],
    says: "400 container sharing network namespace with another container or host cannot be connected to any other network",
  },
  {
    request: ["POST /networks/host/connect", { Container: "running" }],
    says: {
      "20.10": "400 container cannot be disconnected from host network or connected to host network",
      "26.1": "400 container cannot be disconnected from host network or connected to host network",
      "28.5": "400 cannot connect container to host network - container must be created in host network mode",
    },
  },
  {
    request: ["POST /networks/none/connect", { Container: "running" }],
    says: "400 container cannot be connected to multiple networks with one of the networks in private (none) mode",
  },
  {
    request: ["POST /networks/alpha/connect", { Container: "private" }],
    says: "400 container cannot be connected to multiple networks with one of the networks in private (none) mode",
  },
  {
    request: ["POST /networks/fixed/connect", { Container: "running", EndpointConfig: { NetworkID: "zzz" } }],
    says: "404 network zzz not found",
  },
  {
    request: ["POST /networks/bridge/connect", { Container: "running", EndpointConfig: { Aliases: ["a"] } }],
    says: {
      "20.10": "400 network-scoped alias is supported only for containers in user defined networks",
      "26.1":
        "400 invalid endpoint settings:\nnetwork-scoped alias is supported only for containers in user defined networks",
      "28.5":
        "400 invalid endpoint settings:\nnetwork-scoped alias is supported only for containers in user defined networks",
      "29": "400 invalid endpoint settings:\nnetwork-scoped aliases are only supported for user-defined networks",
    },
  },
  {
    request: [
      "POST /networks/bridge/connect",
      { Container: "running", EndpointConfig: { IPAMConfig: { IPv4Address: "172.17.0.9" } } },
    ],
    says: {
      "20.10": "400 user specified IP address is supported on user defined networks only",
      "26.1":
        "400 invalid endpoint settings:\n* user specified IP address is supported on user defined networks only\n* user specified IP address is supported only when connecting to networks with user configured subnets",
      "28.5":
        "400 invalid endpoint settings:\n* user specified IP address is supported on user defined networks only\n* user specified IP address is supported only when connecting to networks with user configured subnets",
      "29": "400 invalid endpoint settings:\nuser-specified IP address is supported on user-defined networks only",
    },
  },
  {
    request: [
      "POST /networks/instance/connect",
      { Container: "running", EndpointConfig: { IPAMConfig: { IPv4Address: "172.19.0.9" } } },
    ],
    says: {
      "20.10":
        "400 user specified IP address is supported only when connecting to networks with user configured subnets",
      "26.1":
        "400 invalid endpoint settings:\nuser specified IP address is supported only when connecting to networks with user configured subnets",
      "28.5":
        "400 invalid endpoint settings:\nuser specified IP address is supported only when connecting to networks with user configured subnets",
      "29": "400 invalid endpoint settings:\nno configured subnet contains IP address 172.19.0.9",
    },
  },
  {
    request: [
      "POST /networks/fixed/connect",
      { Container: "running", EndpointConfig: { IPAMConfig: { IPv4Address: "10.60.0.1" } } },
    ],
    says: "403 Address already in use",
  },
  {
    request: [
      "POST /networks/fixed/connect",
      { Container: "running", EndpointConfig: { IPAMConfig: { IPv4Address: "10.60.0.0" } } },
    ],
    says: "403 Address already in use",
  },
  {
    request: [
      "POST /networks/fixed/connect",
      { Container: "running", EndpointConfig: { IPAMConfig: { IPv4Address: "10.60.0.255" } } },
    ],
    says: "403 Address already in use",
  },
  {
    request: [
      "POST /networks/fixed/connect",
      { Container: "running", EndpointConfig: { IPAMConfig: { IPv4Address: "10.99.0.5" } } },
    ],
    says: {
      "20.10": "500 Invalid address 10.99.0.5: It does not belong to any of this network's subnets",
      "26.1":
        "400 invalid endpoint settings:\nno configured subnet or ip-range contain the IP address 10.99.0.5",
      "28.5":
        "400 invalid endpoint settings:\nno configured subnet or ip-range contain the IP address 10.99.0.5",
      "29": "400 invalid endpoint settings:\nno configured subnet contains IP address 10.99.0.5",
    },
  },
  {
    request: [
      "POST /networks/fixed/connect",
      { Container: "running", EndpointConfig: { IPAMConfig: { IPv4Address: "zz" } } },
    ],
    says: {
      "20.10": "500 Invalid IPv4 address: zz)",
      "26.1":
        "400 invalid endpoint settings:\n* invalid IPv4 address: zz\n* no configured subnet or ip-range contain the IP address zz",
      "28.5":
        "400 invalid endpoint settings:\n* invalid IPv4 address: zz\n* no configured subnet or ip-range contain the IP address zz",
      "29": '400 invalid JSON: ParseAddr("zz"): unable to parse IP',
    },
  },
  {
    request: [
      "POST /networks/fixed/connect",
      { Container: "running", EndpointConfig: { IPAMConfig: { IPv6Address: "fd00::9" } } },
    ],
    says: {
      "20.10":
        "400 user specified IP address is supported only when connecting to networks with user configured subnets",
      "26.1":
        "400 invalid endpoint settings:\nuser specified IP address is supported only when connecting to networks with user configured subnets",
      "28.5":
        "400 invalid endpoint settings:\nuser specified IP address is supported only when connecting to networks with user configured subnets",
      "29": "400 invalid endpoint settings:\nno configured subnet contains IP address fd00::9",
    },
  },
  {
    request: [
      "POST /networks/fixed/connect",
      { Container: "running", EndpointConfig: { IPAMConfig: { LinkLocalIPs: ["zz"] } } },
    ],
    says: {
      "20.10": "500 Invalid link-local IP address: [zz]",
      "26.1": "400 invalid endpoint settings:\ninvalid link-local IP address: zz",
      "28.5": "400 invalid endpoint settings:\ninvalid link-local IP address: zz",
      "29": '400 invalid JSON: ParseAddr("zz"): unable to parse IP',
    },
  },
  {
    request: ["POST /networks/fixed/connect", { Container: "running", EndpointConfig: { MacAddress: "zz" } }],
    says: {
      "20.10": null,
      "26.1": "400 invalid MAC address zz",
      "28.5": "400 invalid MAC address zz",
      "29": "400 invalid JSON: address zz: invalid MAC address",
    },
  },
  {
    request: ["POST /networks/fixed/connect", { Container: "running", EndpointConfig: { Links: ["a:b:c"] } }],
    says: "500 bad format for links: a:b:c",
  },
  {
    given: [
      [
        "POST /containers/create?name=xx",
        { Image: "busybox", Cmd: ["sleep", "1000000"], HostConfig: { NetworkMode: "fixed" } },
      ],
      ["POST /networks/bridge/connect", { Container: "xx", EndpointConfig: {} }],
    ],
    request: [
      "POST /networks/bridge/connect",
      { Container: "xx", EndpointConfig: { IPAMConfig: { IPv4Address: "172.17.0.9" } } },
    ],
    says: {
      "20.10": "400 user specified IP address is supported on user defined networks only",
      "26.1":
        "400 invalid endpoint settings:\n* user specified IP address is supported on user defined networks only\n* user specified IP address is supported only when connecting to networks with user configured subnets",
      "28.5":
        "400 invalid endpoint settings:\n* user specified IP address is supported on user defined networks only\n* user specified IP address is supported only when connecting to networks with user configured subnets",
      "29": "400 invalid endpoint settings:\nuser-specified IP address is supported on user-defined networks only",
    },
  },
  {
    given: [
      [
        "POST /containers/create?name=xx",
        { Image: "busybox", Cmd: ["sleep", "1000000"], HostConfig: { NetworkMode: "nope" } },
      ],
    ],
    request: ["POST /containers/xx/start"],
    says: {
      "20.10": "404 network nope not found",
      "26.1": "404 network nope not found",
      "28.5": "404 failed to set up container networking: network nope not found",
    },
  },
  {
    given: [
      [
        "POST /containers/create?name=xx",
        { Image: "busybox", Cmd: ["sleep", "1000000"], HostConfig: { NetworkMode: "fixed" } },
      ],
      ["POST /networks/nope/connect", { Container: "xx" }],
    ],
    request: ["POST /containers/xx/start"],
    says: {
      "20.10": "404 network nope not found",
      "26.1": "404 network nope not found",
      "28.5": "404 failed to set up container networking: network nope not found",
    },
  },
  {
    given: [
      ["POST /networks/create", { Name: "gone" }],
      [
        "POST /containers/create?name=xx",
        { Image: "busybox", Cmd: ["sleep", "1000000"], HostConfig: { NetworkMode: "gone" } },
      ],
      ["POST /containers/xx/start"],
      ["POST /containers/xx/kill"],
      ["POST /containers/xx/wait"],
      ["DELETE /networks/gone"],
    ],
    request: ["POST /containers/xx/start"],
    says: {
      "20.10": "404 network <gone> not found",
      "26.1": "404 network <gone> not found",
      "28.5": "404 failed to set up container networking: network <gone> not found",
    },
  },
  {
    given: [
      ["POST /networks/create", { Name: "gone" }],
      [
        "POST /containers/create?name=xx",
        { Image: "busybox", Cmd: ["sleep", "1000000"], HostConfig: { NetworkMode: "gone" } },
      ],
      ["DELETE /networks/gone"],
    ],
    request: ["POST /containers/xx/start"],
    says: {
      "20.10": "404 network gone not found",
      "26.1": "404 network gone not found",
      "28.5": "404 failed to set up container networking: network gone not found",
    },
  },
  {
    request: ["POST /networks/fixed/disconnect", { Container: "running" }],
    says: "500 container <running> is not connected to network fixed",
  },
  {
    request: ["POST /networks/fixed/disconnect", { Container: "created" }],
    says: "500 container <created> is not connected to the network fixed",
  },
  {
    request: ["POST /networks/fixed/disconnect", { Container: "exited" }],
    says: "500 container <exited> is not connected to the network fixed",
  },
  {
    request: ["POST /networks/nope/disconnect", { Container: "running" }],
    says: "404 network nope not found",
  },
  {
    request: ["POST /networks/nope/disconnect", { Container: "running", Force: true }],
    says: "500 container <running> is not connected to the network nope",
  },
  {
    request: ["POST /networks/alpha/disconnect", { Container: "nope" }],
    says: "404 No such container: nope",
  },
  {
    request: ["POST /networks/alpha/disconnect", { Container: "nope", Force: true }],
    says: "404 endpoint nope not found",
  },
  {
    request: ["POST /networks/alpha/disconnect", { Container: "" }],
    says: '400 invalid name or ID supplied: ""',
  },
  {
    request: ["POST /networks/host/disconnect", { Container: "hosted" }],
    says: {
      "20.10": "400 container cannot be disconnected from host network or connected to host network",
      "26.1": "400 container cannot be disconnected from host network or connected to host network",
      "28.5":
        "400 cannot disconnect container from host network - container was created in host network mode",
    },
  },
  {
    request: ["POST /networks/host/disconnect", { Container: "running" }],
    says: "500 container <running> is not connected to network host",
  },
  {
    request: ["POST /networks/alpha/disconnect", { Container: "guest" }],
    says: "500 container <guest> is not connected to network alpha",
  },
  {
    given: [
      [
        "POST /containers/create?name=xx",
        {
          Image: "busybox",
          Cmd: ["sleep", "1000000"],
          HostConfig: { NetworkMode: "fixed" },
          NetworkingConfig: { EndpointsConfig: { fixed: { MacAddress: "02:42:ac:10:2d:9d:01:02" } } },
        },
      ],
    ],
    request: ["POST /containers/xx/start"],
    says: {
      "20.10": null,
      "26.1": null,
      "28.5":
        "500 failed to set up container networking: failed to add interface <veth> to sandbox: failed to advertise addresses: MAC address changed, got 02:42:ac:10:2d:9d, expected 02:42:ac:10:2d:9d:01:02",
      "29": null,
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
          NetworkingConfig: {
            EndpointsConfig: {
              fixed: { MacAddress: "02:42:ac:10:2d:9d:01:02:02:42:ac:10:2d:9d:01:02:01:02:03:04" },
            },
          },
        },
      ],
    ],
    request: ["POST /containers/xx/start"],
    says: {
      "20.10": null,
      "26.1": null,
      "28.5":
        "500 failed to set up container networking: failed to add interface <veth> to sandbox: failed to advertise addresses: MAC address changed, got 02:42:ac:10:2d:9d, expected 02:42:ac:10:2d:9d:01:02:02:42:ac:10:2d:9d:01:02:01:02:03:04",
      "29": null,
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
          NetworkingConfig: { EndpointsConfig: { fixed: { MacAddress: "00:00:00:00:00:00:01:02" } } },
        },
      ],
    ],
    request: ["POST /containers/xx/start"],
    says: {
      "20.10": null,
      "26.1":
        '500 failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: error running hook #0: error running hook: exit status 1, stdout: , stderr: failed to add interface <veth> to sandbox: error setting interface "<veth>" MAC to "00:00:00:00:00:00:01:02": cannot assign requested address: unknown',
      "28.5":
        '500 failed to set up container networking: failed to add interface <veth> to sandbox: error setting interface "<veth>" MAC to "00:00:00:00:00:00:01:02": cannot assign requested address',
    },
  },
];
