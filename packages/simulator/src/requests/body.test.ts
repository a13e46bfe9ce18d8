import { describe, expect, it } from "vitest";
import { refusal } from "../../test/refusal.js";
import { release } from "../core/releases/release.js";
import { type ReleaseName, releaseNames } from "../core/releases/row.js";
import { commitConfig, containerCreate, containerUpdate } from "./bodies/containers.js";
import { execCreate } from "./bodies/exec.js";
import { networkCreate } from "./bodies/networks.js";
import { type Body, readBody } from "./body.js";

function read<T>(name: ReleaseName, body: Body<T>, text: string | Uint8Array): T {
  return readBody(release(name), body, typeof text === "string" ? new TextEncoder().encode(text) : text);
}

// The answers of the four engines to exactly these bodies.
const refusals: readonly [Body<unknown>, string, v20: string, v26: string, v28: string, v29: string][] = [
  [
    networkCreate,
    '{"IPAM":{"Config":[{"Subnet":5}]}}',
    "400 json: cannot unmarshal number into Go struct field IPAMConfig.IPAM.Config.Subnet of type string",
    "400 invalid JSON: json: cannot unmarshal number into Go struct field IPAMConfig.NetworkCreate.IPAM.Config.Subnet of type string",
    "400 invalid JSON: json: cannot unmarshal number into Go struct field CreateRequest.IPAM.Config.0.Subnet of type string",
    "400 invalid JSON: json: cannot unmarshal number into Go struct field IPAMConfig.IPAM.Config.Subnet of type netip.Prefix",
  ],
  [
    networkCreate,
    '{"IPAM":{"Config":[[]]}}',
    "400 json: cannot unmarshal array into Go struct field IPAM.IPAM.Config of type network.IPAMConfig",
    "400 invalid JSON: json: cannot unmarshal array into Go struct field IPAM.NetworkCreate.IPAM.Config of type network.IPAMConfig",
    "400 invalid JSON: json: cannot unmarshal array into CreateRequest.IPAM.Config.0 of type network.IPAMConfig",
    "400 invalid JSON: json: cannot unmarshal array into Go struct field IPAM.IPAM.Config of type network.IPAMConfig",
  ],
  [
    networkCreate,
    '{"Options":{"a":5}}',
    "400 json: cannot unmarshal number into Go struct field NetworkCreateRequest.Options of type string",
    "400 invalid JSON: json: cannot unmarshal number into Go struct field NetworkCreateRequest.NetworkCreate.Options of type string",
    "400 invalid JSON: json: cannot unmarshal number into Go struct field CreateRequest.Options.a of type string",
    "400 invalid JSON: json: cannot unmarshal number into Go struct field CreateRequest.Options of type string",
  ],
  [
    networkCreate,
    '{"Name":"\\q"}',
    "400 invalid character 'q' in string escape code",
    "400 invalid JSON: invalid character 'q' in string escape code",
    "400 invalid JSON: invalid escape sequence `\\q` in string",
    "400 invalid JSON: invalid character 'q' in string escape code",
  ],
  [
    networkCreate,
    '{"Name":tru}',
    "400 invalid character '}' in literal true (expecting 'e')",
    "400 invalid JSON: invalid character '}' in literal true (expecting 'e')",
    "400 invalid JSON: invalid character '}' in literal true (expecting 'e')",
    "400 invalid JSON: invalid character '}' in literal true (expecting 'e')",
  ],
  [
    networkCreate,
    "{} x",
    "no error",
    "400 unexpected content after JSON",
    "400 unexpected content after JSON",
    "400 unexpected content after JSON",
  ],
  [
    networkCreate,
    "",
    "400 got EOF while reading request body",
    "400 invalid JSON: got EOF while reading request body",
    "400 invalid JSON: got EOF while reading request body",
    "400 invalid JSON: got EOF while reading request body",
  ],
  [
    containerCreate,
    " ",
    "500 EOF",
    "400 invalid JSON: got EOF while reading request body",
    "400 invalid JSON: got EOF while reading request body",
    "400 invalid JSON: EOF",
  ],
  // A commit takes a body without JSON.
  [
    commitConfig,
    "",
    "no error",
    "no error",
    "no error",
    "400 invalid JSON: got EOF while reading request body",
  ],
  [
    commitConfig,
    " ",
    "no error",
    "no error",
    "no error",
    "400 invalid JSON: got EOF while reading request body",
  ],
  [
    containerCreate,
    '{"HostConfig":{"Memory":1.5}}',
    "500 json: cannot unmarshal number 1.5 into Go struct field HostConfig.HostConfig.Memory of type int64",
    "400 invalid JSON: json: cannot unmarshal number 1.5 into Go struct field HostConfig.HostConfig.Resources.Memory of type int64",
    "400 invalid JSON: json: cannot unmarshal number 1.5 into Go struct field .HostConfig.Memory of type int64",
    "400 invalid JSON: json: cannot unmarshal number 1.5 into Go struct field HostConfig.HostConfig.Resources.Memory of type int64",
  ],
  [
    // A command decodes itself. Until 26.1 its error ends the decoding, and the wrong image is not reported.
    containerCreate,
    '{"Image":5,"Cmd":7}',
    "500 json: cannot unmarshal number into Go struct field ContainerConfigWrapper.Cmd of type string",
    "400 invalid JSON: json: cannot unmarshal number into Go struct field ContainerConfigWrapper.Config.Cmd of type string",
    "400 invalid JSON: json: cannot unmarshal number into Go struct field .Image of type string",
    "400 invalid JSON: json: cannot unmarshal number into Go struct field CreateRequest.Config.Image of type string",
  ],
  [
    containerCreate,
    '{"Cmd":[5]}',
    "500 json: cannot unmarshal array into Go struct field ContainerConfigWrapper.Cmd of type string",
    "400 invalid JSON: json: cannot unmarshal array into Go struct field ContainerConfigWrapper.Config.Cmd of type string",
    "400 invalid JSON: json: cannot unmarshal array into Go value of type string",
    "400 invalid JSON: json: cannot unmarshal number into Go struct field CreateRequest.Config.Cmd of type string",
  ],
  [
    containerCreate,
    '{"ExposedPorts":{"80":5}}',
    "500 json: cannot unmarshal number into Go struct field ContainerConfigWrapper.ExposedPorts of type struct {}",
    "400 invalid JSON: json: cannot unmarshal number into Go struct field ContainerConfigWrapper.Config.ExposedPorts of type struct {}",
    "400 invalid JSON: json: cannot unmarshal number into .ExposedPorts.80 of type struct {}",
    "400 invalid JSON: json: cannot unmarshal number into Go struct field CreateRequest.Config.ExposedPorts of type struct {}",
  ],
  [
    containerCreate,
    "[]",
    "500 json: cannot unmarshal array into Go value of type runconfig.ContainerConfigWrapper",
    "400 invalid JSON: json: cannot unmarshal array into Go value of type runconfig.ContainerConfigWrapper",
    "400 invalid JSON: json: cannot unmarshal array into Go value of type container.CreateRequest",
    "400 invalid JSON: json: cannot unmarshal array into Go value of type container.CreateRequest",
  ],
  [
    containerUpdate,
    '{"Memory":"5"}',
    "500 json: cannot unmarshal string into Go struct field UpdateConfig.Memory of type int64",
    "400 invalid JSON: json: cannot unmarshal string into Go struct field UpdateConfig.Resources.Memory of type int64",
    "400 invalid JSON: json: cannot unmarshal string into Go struct field UpdateConfig.Memory of type int64",
    "400 invalid JSON: json: cannot unmarshal string into Go struct field UpdateConfig.Resources.Memory of type int64",
  ],
  [
    execCreate,
    '{"Cmd":5}',
    "400 json: cannot unmarshal number into Go struct field ExecConfig.Cmd of type []string",
    "400 invalid JSON: json: cannot unmarshal number into Go struct field ExecConfig.Cmd of type []string",
    "400 invalid JSON: json: cannot unmarshal number into Go struct field ExecOptions.Cmd of type []string",
    "400 invalid JSON: json: cannot unmarshal number into Go struct field ExecCreateRequest.Cmd of type []string",
  ],
];

describe.each(releaseNames)("%s refuses a body in its own words", (name) => {
  it.each(refusals)("%#: %o %s", (body, text, ...answers) => {
    expect(refusal(() => read(name, body, text))).toBe(answers[releaseNames.indexOf(name)]);
  });
});

// The answers of 29.7.2 to exactly these bodies.
describe("29 reads texts that are addresses, ports and the like while it reads the body", () => {
  it.each<[Body<unknown>, string, string]>([
    [networkCreate, '{"IPAM":{"Config":[{"Subnet":"foo"}]}}', `netip.ParsePrefix("foo"): no '/'`],
    [networkCreate, '{"Name":5,"IPAM":{"Config":[{"Subnet":"10.1"}]}}', `netip.ParsePrefix("10.1"): no '/'`],
    [
      networkCreate,
      '{"IPAM":{"Config":[{"Gateway":[]}]}}',
      "json: cannot unmarshal array into Go struct field IPAMConfig.IPAM.Config.Gateway of type netip.Addr",
    ],
    [
      networkCreate,
      '{"IPAM":{"Config":[{"AuxiliaryAddresses":{"a":"x"}}]}}',
      'ParseAddr("x"): unable to parse IP',
    ],
    [
      networkCreate,
      '{"IPAM":{"Config":[{"AuxiliaryAddresses":{"a":5}}]}}',
      "json: cannot unmarshal number into Go struct field IPAMConfig.IPAM.Config.AuxiliaryAddresses of type netip.Addr",
    ],
    [containerCreate, '{"ExposedPorts":{"zz":{}}}', "invalid port 'zz': invalid syntax"],
    [
      containerCreate,
      '{"ExposedPorts":5}',
      "json: cannot unmarshal number into Go struct field CreateRequest.Config.ExposedPorts of type map[network.Port]struct {}",
    ],
    [
      containerCreate,
      '{"HostConfig":{"PortBindings":{"80/tcp":[{"HostIp":"zz"}]}}}',
      'ParseAddr("zz"): unable to parse IP',
    ],
    [
      containerCreate,
      '{"HostConfig":{"PortBindings":{"80/tcp":[{"HostIp":5}]}}}',
      "json: cannot unmarshal number into Go struct field PortBinding.HostConfig.PortBindings.HostIp of type netip.Addr",
    ],
    [
      containerCreate,
      '{"HostConfig":{"PortBindings":{"80/tcp":5}}}',
      "json: cannot unmarshal number into Go struct field HostConfig.HostConfig.PortBindings of type []network.PortBinding",
    ],
    [
      containerCreate,
      '{"HostConfig":{"PortBindings":[]}}',
      "json: cannot unmarshal array into Go struct field HostConfig.HostConfig.PortBindings of type map[network.Port][]network.PortBinding",
    ],
    [
      containerCreate,
      '{"HostConfig":{"Dns":[null,5]}}',
      "json: cannot unmarshal number into Go struct field HostConfig.HostConfig.Dns of type netip.Addr",
    ],
    [
      containerCreate,
      '{"Cmd":"abc","Image":5}',
      "json: cannot unmarshal string into Go struct field CreateRequest.Config.Cmd of type []string",
    ],
    [
      commitConfig,
      '{"Cmd":5}',
      "json: cannot unmarshal number into Go struct field commitRequest.Config.Cmd of type []string",
    ],
    [commitConfig, "[]", "json: cannot unmarshal array into Go value of type container.commitRequest"],
  ])("%o %s", (body, text, answer) => {
    expect(refusal(() => read("29", body, text))).toBe(`400 invalid JSON: ${answer}`);
  });

  it("keeps them as Go writes them", () => {
    const text =
      '{"IPAM":{"Config":[{"Subnet":"FD00:0::/64","Gateway":null,"AuxiliaryAddresses":{"a":"fe80::1%eth0"}}]}}';
    expect(read("29", networkCreate, text).IPAM?.Config).toEqual([
      { Subnet: "fd00::/64", Gateway: "", AuxiliaryAddresses: { a: "fe80::1%eth0" } },
    ]);
    const ports = '{"ExposedPorts":{"080":{},"53/UDP":{}},"MacAddress":"nonsense"}';
    expect(read("29", containerCreate, ports)).toEqual({
      ExposedPorts: { "80/tcp": {}, "53/udp": {} },
      MacAddress: "",
    });
  });
});

describe("what decoding makes of a body", () => {
  it("takes keys of any case, the last of two, and adds maps up", () => {
    const text = '{"NAME":"a","name":"b","Labels":{"x":"1"},"labels":{"y":"2"},"Unknown":1}';
    expect(read("28.5", networkCreate, text)).toEqual({ Name: "b", Labels: { x: "1", y: "2" } });
  });

  it("replaces what is no UTF-8, byte by byte, and half a pair", () => {
    const before = new TextEncoder().encode('{"Name":"a');
    const after = new TextEncoder().encode('\\ud800b"}');
    const bytes = Uint8Array.from([...before, 0xe2, 0x82, ...after]);
    expect(read("26.1", networkCreate, bytes)).toEqual({ Name: "a\ufffd\ufffd\ufffdb" });
  });

  it("has a struct without fields for a null in a list", () => {
    const text = '{"IPAM":{"Config":[{"Subnet":"10.2.0.0/24"},null]}}';
    expect(read("28.5", networkCreate, text).IPAM?.Config).toEqual([{ Subnet: "10.2.0.0/24" }, {}]);
  });

  it("keeps a key that JavaScript has a use for", () => {
    const { Labels } = read("28.5", networkCreate, '{"Labels":{"__proto__":"x"}}');
    expect(Object.entries(Labels ?? {})).toEqual([["__proto__", "x"]]);
  });

  it("takes a host's side outside of HostConfig until 26.1", () => {
    const text = '{"Image":"a","Memory":7000000,"HostConfig":{"CpuShares":2}}';
    expect(read("26.1", containerCreate, text).HostConfig).toEqual({ Memory: 7000000, CpuShares: 2 });
    expect(read("28.5", containerCreate, text).HostConfig).toEqual({ CpuShares: 2 });
  });

  it("goes 10,000 deep and no deeper", () => {
    const deep = (depth: number) => `{"x":${"[".repeat(depth)}${"]".repeat(depth)}}`;
    expect(refusal(() => read("28.5", networkCreate, deep(9_999)))).toBe("no error");
    expect(refusal(() => read("28.5", networkCreate, deep(10_000)))).toBe(
      "400 invalid JSON: exceeded max depth",
    );
  });
});
