import type { Refusal } from "./refusal.js";

const pluginSearch = "an unknown driver is looked for as a plugin, 15 s long";

/** Refusals about networks: create, inspect, list, remove, prune. */
export const networkRefusals: readonly Refusal[] = [
  {
    request: ["POST /networks/create", { Name: "" }],
    says: {
      "20.10": "500 invalid name: ",
      "26.1": "400 invalid name: ",
      "28.5": "400 invalid name: name is empty",
    },
  },
  {
    request: ["POST /networks/create", { Name: "  " }],
    says: {
      "20.10": "500 invalid name:   ",
      "26.1": "400 invalid name:   ",
      "28.5": "400 invalid name: name is empty",
    },
  },
  {
    request: ["POST /networks/create", { Name: "bridge" }],
    says: "403 operation is not permitted on predefined bridge network ",
  },
  {
    request: ["POST /networks/create", { Name: "host" }],
    says: "403 operation is not permitted on predefined host network ",
  },
  {
    request: ["POST /networks/create", { Name: "none" }],
    says: "403 operation is not permitted on predefined none network ",
  },
  {
    request: ["POST /networks/create", { Name: "default" }],
    says: "403 operation is not permitted on predefined default network ",
  },
  {
    request: ["POST /networks/create", { Name: "bridge", CheckDuplicate: true }],
    says: "403 operation is not permitted on predefined bridge network ",
  },
  {
    request: ["POST /networks/create", { Name: "alpha" }],
    says: {
      "20.10": null,
      "26.1": "409 network with name alpha already exists",
      "28.5": "409 network with name alpha already exists",
    },
  },
  {
    request: ["POST /networks/create", { Name: "alpha", CheckDuplicate: true }],
    says: "409 network with name alpha already exists",
  },
  {
    request: ["POST /networks/create", { Name: "x", Driver: "nope" }],
    says: '404 plugin "nope" not found',
    seldom: pluginSearch,
  },
  {
    request: ["POST /networks/create", { Name: "x", Driver: "Bridge" }],
    says: '404 plugin "Bridge" not found',
    seldom: pluginSearch,
  },
  {
    request: ["POST /networks/create", { Name: "x", Driver: "none" }],
    says: '404 plugin "none" not found',
    seldom: pluginSearch,
  },
  {
    request: ["POST /networks/create", { Name: "x", Driver: "default" }],
    says: '404 plugin "default" not found',
    seldom: pluginSearch,
  },
  {
    request: ["POST /networks/create", { Name: "x", Driver: "nat" }],
    says: '404 plugin "nat" not found',
    seldom: pluginSearch,
  },
  {
    request: ["POST /networks/create", { Name: "x", IPAM: { Driver: "nodriver" } }],
    says: '404 plugin "nodriver" not found',
    seldom: pluginSearch,
  },
  {
    request: ["POST /networks/create", { Name: "x", Driver: "host" }],
    says: '403 only one instance of "host" network is allowed',
  },
  {
    request: ["POST /networks/create", { Name: "x", Driver: "null" }],
    says: '403 only one instance of "null" network is allowed',
  },
  {
    request: ["POST /networks/create", { Name: "x", Driver: "overlay" }],
    says: {
      "20.10":
        '500 This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to connect this node to swarm and try again.',
      "26.1":
        '403 This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to connect this node to swarm and try again.',
      "28.5":
        '403 This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to connect this node to swarm and try again.',
    },
  },
  {
    request: ["POST /networks/create", { Name: "x", IPAM: { Driver: "null" } }],
    says: {
      "20.10": "500 ipv4 pool is empty",
      "26.1": "400 ipv4 pool is empty",
      "28.5": "400 ipv4 pool is empty",
    },
  },
  {
    request: ["POST /networks/create", { Name: "x", Scope: "swarm" }],
    says: "403 cannot create a swarm scoped network when swarm is not active",
  },
  {
    request: ["POST /networks/create", { Name: "x", Scope: "global" }],
    says: {
      "20.10":
        '500 This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to connect this node to swarm and try again.',
      "26.1": null,
      "28.5": null,
    },
  },
  {
    request: ["POST /networks/create", { Name: "x", Scope: "bogus" }],
    says: {
      "20.10":
        '500 This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to connect this node to swarm and try again.',
      "26.1": null,
      "28.5": null,
    },
  },
  {
    request: ["POST /networks/create", { Name: "x", Ingress: true }],
    says: "403 Ingress network can only be global scope network",
  },
  {
    request: ["POST /networks/create", { Name: "x", EnableIPv4: false }],
    says: { "20.10": null, "26.1": null, "28.5": "400 IPv4 or IPv6 must be enabled" },
  },
  {
    request: ["POST /networks/create", { Name: "x", Options: { "com.docker.network.enable_ipv4": "false" } }],
    says: { "20.10": null, "26.1": null, "28.5": "400 IPv4 or IPv6 must be enabled" },
  },
  {
    request: [
      "POST /networks/create",
      { Name: "x", IPAM: { Config: [{ Subnet: "10.70.0.0/24" }, { Subnet: "10.71.0.0/24" }] } },
    ],
    says: "403 bridge driver doesn't support multiple subnets",
  },
  {
    request: [
      "POST /networks/create",
      { Name: "x", Options: { "com.docker.network.bridge.enable_icc": "zz" } },
    ],
    says: {
      "20.10":
        '500 failed to parse com.docker.network.bridge.enable_icc value: zz (strconv.ParseBool: parsing "zz": invalid syntax)',
      "26.1":
        '400 failed to parse com.docker.network.bridge.enable_icc value: zz (strconv.ParseBool: parsing "zz": invalid syntax)',
      "28.5":
        '400 failed to parse com.docker.network.bridge.enable_icc value: zz (strconv.ParseBool: parsing "zz": invalid syntax)',
    },
  },
  {
    request: [
      "POST /networks/create",
      { Name: "x", Options: { "com.docker.network.bridge.enable_ip_masquerade": "zz" } },
    ],
    says: {
      "20.10":
        '500 failed to parse com.docker.network.bridge.enable_ip_masquerade value: zz (strconv.ParseBool: parsing "zz": invalid syntax)',
      "26.1":
        '400 failed to parse com.docker.network.bridge.enable_ip_masquerade value: zz (strconv.ParseBool: parsing "zz": invalid syntax)',
      "28.5":
        '400 failed to parse com.docker.network.bridge.enable_ip_masquerade value: zz (strconv.ParseBool: parsing "zz": invalid syntax)',
    },
  },
  {
    request: ["POST /networks/create", { Name: "x", Options: { "com.docker.network.driver.mtu": "zz" } }],
    says: {
      "20.10":
        '500 failed to parse com.docker.network.driver.mtu value: zz (strconv.Atoi: parsing "zz": invalid syntax)',
      "26.1":
        '400 failed to parse com.docker.network.driver.mtu value: zz (strconv.Atoi: parsing "zz": invalid syntax)',
      "28.5":
        '400 failed to parse com.docker.network.driver.mtu value: zz (strconv.Atoi: parsing "zz": invalid syntax)',
    },
  },
  {
    request: ["POST /networks/create", { Name: "x", Options: { "com.docker.network.driver.mtu": "-1" } }],
    says: {
      "20.10": "500 invalid MTU number: -1",
      "26.1": "400 invalid MTU number: -1",
      "28.5": "400 invalid MTU number: -1",
    },
  },
  {
    request: [
      "POST /networks/create",
      { Name: "x", Options: { "com.docker.network.bridge.host_binding_ipv4": "zz" } },
    ],
    says: {
      "20.10": "500 failed to parse com.docker.network.bridge.host_binding_ipv4 value: zz (nil ip)",
      "26.1": "400 failed to parse com.docker.network.bridge.host_binding_ipv4 value: zz (nil ip)",
      "28.5": "400 failed to parse com.docker.network.bridge.host_binding_ipv4 value: zz (nil ip)",
    },
  },
  {
    request: [
      "POST /networks/create",
      { Name: "x", Options: { "com.docker.network.bridge.name": "br-foo" } },
    ],
    says: "403 cannot create network <id> (br-foo): conflicts with network <named> (br-foo): networks have same bridge name",
  },
  {
    request: [
      "POST /networks/create",
      { Name: "x", Options: { "com.docker.network.bridge.name": "br-sixteen-chars" } },
    ],
    says: {
      "20.10": "500 failed to check bridge interface existence: numerical result out of range",
      "26.1": "500 numerical result out of range",
      "28.5": "500 numerical result out of range",
    },
  },
  {
    request: ["POST /networks/create", { Name: "x", Options: { "com.docker.network.bridge.name": "a/b" } }],
    says: "500 invalid argument",
  },
  {
    request: ["POST /networks/create", { Name: "x", ConfigFrom: { Network: "nope" } }],
    says: '404 configuration network "nope" does not exist',
  },
  {
    request: ["POST /networks/create", { Name: "x", ConfigFrom: { Network: "alpha" } }],
    says: '404 configuration network "alpha" does not exist',
  },
  {
    request: [
      "POST /networks/create",
      { Name: "x", ConfigFrom: { Network: "template" }, Options: { a: "b" } },
    ],
    says: "403 network driver options are not supported if the network depends on a configuration network",
  },
  {
    request: [
      "POST /networks/create",
      { Name: "x", ConfigFrom: { Network: "template" }, IPAM: { Config: [{ Subnet: "10.72.0.0/24" }] } },
    ],
    says: {
      "20.10":
        "403 user specified configurations are not supported if the network depends on a configuration network",
      "29": "403 user-specified configurations are not supported if the network depends on a configuration network",
    },
  },
  {
    request: [
      "POST /networks/create",
      { Name: "x", ConfigFrom: { Network: "template" }, Labels: { a: "b" } },
    ],
    says: {
      "20.10":
        "403 user specified configurations are not supported if the network depends on a configuration network",
      "29": "403 user-specified configurations are not supported if the network depends on a configuration network",
    },
  },
  {
    request: ["POST /networks/create", { Name: "x", ConfigOnly: true, ConfigFrom: { Network: "template" } }],
    says: "403 a configuration network cannot depend on another configuration network",
  },
  {
    request: ["DELETE /networks/template"],
    says: '403 error while removing network: configuration network "template" is in use',
  },
  {
    given: [
      [
        "POST /containers/create?name=xx",
        { Image: "busybox", Cmd: ["sleep", "1000000"], HostConfig: { NetworkMode: "template" } },
      ],
    ],
    request: ["POST /containers/xx/start"],
    says: {
      "20.10": "403 cannot create endpoint on configuration-only network",
      "26.1": "403 cannot create endpoint on configuration-only network",
      "28.5":
        "403 failed to set up container networking: cannot create endpoint on configuration-only network",
    },
  },
  { request: ["GET /networks/nope"], says: "404 network nope not found" },
  {
    given: [
      ["POST /networks/create", { Name: "alpha" }],
      ["POST /networks/create", { Name: "alpha" }],
    ],
    request: ["GET /networks/alpha"],
    says: {
      "20.10": "400 3 matches found based on name: network alpha is ambiguous",
      "26.1": null,
      "28.5": null,
    },
  },
  {
    given: [
      ["POST /networks/create", { Name: "alpha" }],
      ["POST /networks/create", { Name: "alpha" }],
    ],
    request: ["DELETE /networks/alpha"],
    says: {
      "20.10": "400 network alpha is ambiguous (3 matches found based on name)",
      "26.1": "403 error while removing network: network alpha id <alpha> has active endpoints",
      "28.5":
        '403 error while removing network: network alpha has active endpoints (name:"running" id:"<short id>")',
    },
  },
  {
    request: ["GET /networks/alpha?verbose=zz"],
    says: '400 invalid value for verbose: zz: strconv.ParseBool: parsing "zz": invalid syntax',
  },
  { request: ["GET /networks/alpha?scope=swarm"], says: "404 network alpha not found" },
  { request: ["GET /networks/a/b"], says: "404 network a/b not found" },
  { request: ["GET /networks/alpha/"], says: "404 network alpha/ not found" },
  { request: ["GET /networks/create"], says: "404 network create not found" },
  { request: ["DELETE /networks/"], says: "400 network  is ambiguous (9 matches found based on ID prefix)" },
  { request: ["DELETE /networks/nope"], says: "404 network nope not found" },
  { request: ["DELETE /networks/bridge"], says: "403 bridge is a pre-defined network and cannot be removed" },
  {
    request: ["DELETE /networks/alpha"],
    says: {
      "20.10": "403 error while removing network: network alpha id <alpha> has active endpoints",
      "26.1": "403 error while removing network: network alpha id <alpha> has active endpoints",
      "28.5":
        '403 error while removing network: network alpha has active endpoints (name:"running" id:"<short id>")',
    },
  },
  {
    request: [`GET /networks?filters=${encodeURIComponent('{"type":["bad"]}')}`],
    says: "500 invalid filter: 'type'='bad'",
  },
  {
    request: [`GET /networks?filters=${encodeURIComponent('{"dangling":["zz"]}')}`],
    says: '400 invalid value for filter \'dangling\', must be "true" (or "1"), or "false" (or "0")',
  },
  {
    request: [`GET /networks?filters=${encodeURIComponent('{"dangling":["true","false"]}')}`],
    says: '400 got more than one value for filter key "dangling"',
  },
  {
    request: [`GET /networks?filters=${encodeURIComponent('{"bogus":["x"]}')}`],
    says: {
      "20.10": "400 Invalid filter 'bogus'",
      "26.1": "400 invalid filter 'bogus'",
      "28.5": "400 invalid filter 'bogus'",
    },
  },
  {
    request: [`GET /networks?filters=${encodeURIComponent('{"idOrName":["x"]}')}`],
    says: {
      "20.10": "400 Invalid filter 'idOrName'",
      "26.1": "400 invalid filter 'idOrName'",
      "28.5": "400 invalid filter 'idOrName'",
    },
  },
  {
    request: [`GET /networks?filters=${encodeURIComponent('{"attachable":["x"]}')}`],
    says: {
      "20.10": "400 Invalid filter 'attachable'",
      "26.1": "400 invalid filter 'attachable'",
      "28.5": "400 invalid filter 'attachable'",
    },
  },
  {
    request: [`GET /networks?filters=${encodeURIComponent('{"label!":["x"]}')}`],
    says: {
      "20.10": "400 Invalid filter 'label!'",
      "26.1": "400 invalid filter 'label!'",
      "28.5": "400 invalid filter 'label!'",
    },
  },
  {
    request: [`GET /networks?filters=${encodeURIComponent("{")}`],
    says: {
      "20.10": "500 unexpected end of JSON input",
      "26.1": "400 invalid filter",
      "28.5": "400 invalid filter",
    },
  },
  {
    request: [`GET /networks?filters=${encodeURIComponent("[]")}`],
    says: {
      "20.10": "500 json: cannot unmarshal array into Go value of type map[string]map[string]bool",
      "26.1": "400 invalid filter",
      "28.5": "400 invalid filter",
    },
  },
  {
    request: [`GET /networks?filters=${encodeURIComponent("x")}`],
    says: {
      "20.10": "500 invalid character 'x' looking for beginning of value",
      "26.1": "400 invalid filter",
      "28.5": "400 invalid filter",
    },
  },
  {
    request: [`GET /networks?filters=${encodeURIComponent('{"name":5}')}`],
    says: {
      "20.10": "500 json: cannot unmarshal number into Go value of type map[string]bool",
      "26.1": "400 invalid filter",
      "28.5": "400 invalid filter",
    },
  },
  {
    request: [`POST /networks/prune?filters=${encodeURIComponent('{"name":["x"]}')}`],
    says: {
      "20.10": "400 Invalid filter 'name'",
      "26.1": "400 invalid filter 'name'",
      "28.5": "400 invalid filter 'name'",
    },
  },
  {
    request: [`POST /networks/prune?filters=${encodeURIComponent('{"until":["zz"]}')}`],
    says: {
      "20.10": '500 failed to parse value as time or duration: "zz"',
      "26.1": '400 failed to parse value as time or duration: "zz"',
      "28.5": '400 failed to parse value as time or duration: "zz"',
      "29": '400 failed to parse value as time or duration: invalid seconds "zz": invalid syntax',
    },
  },
  {
    request: [`POST /networks/prune?filters=${encodeURIComponent('{"until":["1h","2h"]}')}`],
    says: {
      "20.10": "500 more than one until filter specified",
      "26.1": "400 more than one until filter specified",
      "28.5": "400 more than one until filter specified",
    },
  },
];
