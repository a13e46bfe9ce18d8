import fc from "fast-check";
import type { Topology, TopologyContainer, TopologyNetwork } from "../../src/topology.js";

/** Any text, with all that is special to a terminal, to XML, to HTML, to Markdown or to Mermaid. */
const name = fc.oneof(
  fc.string({ unit: "binary", minLength: 1, maxLength: 8 }),
  fc.string({
    unit: fc.constantFrom(
      ..."<>&\"'`#;%{}[]()|\\-=.~*_ \n\r\t\0\x07\x1b漢😀\u0301\u202e\u2028é1ax".split(/(?:)/u),
    ),
    minLength: 1,
    maxLength: 10,
  }),
  fc.constantFrom(
    "end",
    "</style>",
    "]]>",
    "<!--",
    "--> x",
    "1. list",
    "- item",
    "#quot;",
    "&amp;",
    "%%{init}%%",
  ),
);

const address = fc.tuple(fc.nat(255), fc.nat(255)).map(([a, b]) => `10.0.${a}.${b}`);

function networkOf(id: string) {
  return fc.record<TopologyNetwork>({
    id: fc.constant(id),
    name,
    driver: fc.oneof(fc.constantFrom("bridge", "null"), name),
    internal: fc.boolean(),
    subnets: fc.array(
      fc.record(
        { subnet: fc.constantFrom("10.0.0.0/16", "fd00::/64"), gateway: address },
        { requiredKeys: ["subnet"] },
      ),
      { maxLength: 2 },
    ),
  });
}

function containerOf(id: string, networks: readonly TopologyNetwork[]) {
  const endpoint = fc.record(
    {
      ipv4: address,
      ipv6: fc.constantFrom("fd00::2", "fd00::3"),
      aliases: fc.array(name, { maxLength: 2 }),
      links: fc.array(fc.record({ target: name, alias: name }), { maxLength: 2 }),
    },
    { requiredKeys: ["aliases", "links"] },
  );
  const port = fc.record({
    port: fc.integer({ min: 1, max: 65_535 }),
    protocol: fc.constantFrom("tcp", "udp"),
    published: fc.array(
      fc.record({
        address: fc.constantFrom("0.0.0.0", "::", "127.0.0.1"),
        port: fc.integer({ min: 1, max: 65_535 }),
      }),
      { maxLength: 2 },
    ),
  });
  return fc
    .tuple(
      fc.record(
        {
          name,
          image: name,
          state: fc.constantFrom<TopologyContainer["state"]>(
            "running",
            "running",
            "paused",
            "created",
            "exited",
          ),
          health: fc.constantFrom<"healthy" | "unhealthy">("healthy", "unhealthy"),
          sharesNetworkOf: name,
          ports: fc.uniqueArray(port, {
            maxLength: 3,
            selector: ({ port, protocol }) => `${port}/${protocol}`,
          }),
        },
        { requiredKeys: ["name", "image", "state", "ports"] },
      ),
      fc.subarray([...networks]),
      fc.array(endpoint, { minLength: networks.length, maxLength: networks.length }),
    )
    .map(
      ([own, joined, endpoints]): TopologyContainer => ({
        id,
        ...own,
        ...(own.state === "exited" && { exitCode: 0 }),
        endpoints: joined.map(({ id, name }, index) => ({
          network: name,
          networkId: id,
          ...endpoints[index]!,
        })),
      }),
    );
}

/** Topologies that refer to themselves correctly and have all the names that there can be. */
export const topologies: fc.Arbitrary<Topology> = fc
  .subarray(["n1", "n2", "n3", "n4"])
  .chain((ids) => fc.tuple(...ids.map(networkOf)))
  .map((networks) => [...new Map(networks.map((network) => [network.name, network])).values()])
  .chain((networks) =>
    fc
      .subarray(["c1", "c2", "c3", "c4"])
      .chain((ids) => fc.tuple(...ids.map((id) => containerOf(id, networks))))
      .map((containers) => ({ networks, containers })),
  );
