import {
  decodeMessage,
  encodeMessage,
  nameFromText,
  responseCodes,
  reverseName,
  standardQuery,
  typeNumbers,
} from "@dryharbor/kernel/dns-message";
import { virtualTime } from "@dryharbor/kernel/host";
import { loadBuiltInPrograms } from "@dryharbor/programs/image";
import type { ContainerCreateRequest, DnsQuery, EndpointConfig } from "@dryharbor/sdk/port";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { newMachine } from "../../machine.js";
import type { Container } from "../containers/container.js";
import { createContainer } from "../containers/create.js";
import { findContainer } from "../containers/find.js";
import { containerExited, pauseContainer, startContainer } from "../containers/lifecycle.js";
import { renameContainer } from "../containers/rename.js";
import type { Daemon } from "../daemon.js";
import { connectContainer } from "../endpoints/connect.js";
import { disconnectContainer } from "../endpoints/disconnect.js";
import { defaultImages } from "../images/default-images.js";
import { createNetwork } from "../networks/create.js";
import { release } from "../releases/release.js";
import { type ByRelease, cellOf, type ReleaseName, releaseNames } from "../releases/row.js";
import { defaultSettings } from "../settings.js";
import type { Reply } from "./question.js";
import { ask, resolve } from "./resolve.js";
import { reversedAddress } from "./reverse.js";
import { embeddedServer } from "./server.js";
import { noUplink, type Upstream, upstreamServers, type Zone } from "./upstream.js";

await loadBuiltInPrograms();

const zone: Zone = {
  "up.test": { A: ["192.0.2.53"], AAAA: ["2001:db8::53"] },
  "alias.up.test": { CNAME: "up.test" },
  "nodata.up.test": {},
  "servfail.up.test": { status: "SERVFAIL" },
  "refused.up.test": { status: "REFUSED" },
  "silent.up.test": { status: "SILENT" },
};
const server = "10.255.255.53";
const lab = upstreamServers([{ address: server, zone, place: "host" }]);

function daemonOf(name: ReleaseName, upstream: Upstream = lab): Daemon {
  const programs = new Map([["sleep", async () => 0]]);
  const settings = { ...defaultSettings, hostResolvConf: `nameserver ${server}\n` };
  const options = { release: release(name), seed: 1, images: defaultImages, settings };
  const { daemon } = newMachine({ time: virtualTime(), programs, upstream }, options);
  for (const [at, network] of ["back", "Front.Net", "inner", "six"].entries()) {
    const Config = [{ Subnet: `10.1.${at}.0/24` }, ...(network === "six" ? [{ Subnet: "fd00:1::/64" }] : [])];
    createNetwork(daemon, {
      Name: network,
      Internal: network === "inner",
      EnableIPv6: network === "six",
      IPAM: { Config },
    });
  }
  return daemon;
}

function run(
  daemon: Daemon,
  name: string,
  network: string,
  endpoint: EndpointConfig = {},
  more: Partial<ContainerCreateRequest> = {},
): Container {
  const request: ContainerCreateRequest = {
    Image: "busybox",
    Cmd: ["sleep", "9"],
    ...more,
    HostConfig: { NetworkMode: network, ...more.HostConfig },
    ...(Object.keys(endpoint).length > 0
      ? { NetworkingConfig: { EndpointsConfig: { [network]: endpoint } } }
      : {}),
  };
  const { Id } = createContainer(daemon, request, name);
  const container = findContainer(daemon, Id);
  startContainer(daemon, container);
  return container;
}

function stop(daemon: Daemon, container: Container): void {
  containerExited(daemon, container, 0);
}

/** The addresses of an answer, in order, or its status where it has none. */
function answer(daemon: Daemon, container: Container, name: string, type?: DnsQuery["type"]): string {
  const { status, records } = resolve(daemon, container, type ? { name, type } : { name });
  return records.length > 0 ? records.toSorted().join(" ") : status;
}

function asked(
  daemon: Daemon,
  container: Container,
  name: string,
  type: keyof typeof typeNumbers,
): Reply | undefined {
  return ask(daemon, container, { name, type: typeNumbers[type] }).reply;
}

describe.each(releaseNames)("names on %s", (releaseName) => {
  it("are a container's name, short id, host name and aliases, in any case", () => {
    const daemon = daemonOf(releaseName);
    const web = run(daemon, "web", "back", { Aliases: ["Alias", "do.tted"] }, { Hostname: "HostW" });
    const asker = run(daemon, "asker", "back");
    const short = web.id.slice(0, 12);
    for (const name of ["web", "WEB", "web.", "alias", "do.tted", "hostw", short]) {
      expect(answer(daemon, asker, name), name).toBe("10.1.0.2");
    }
    for (const name of [web.id.slice(0, 11), web.id.slice(0, 13), "dotted", "back", "HostW.dom"]) {
      expect(answer(daemon, asker, name), name).toBe("no-such-name");
    }
    expect(answer(daemon, web, "web")).toBe("10.1.0.2");
  });

  it("go with the name of their network, whose case counts", () => {
    const daemon = daemonOf(releaseName);
    const asker = run(daemon, "asker", "back");
    connectContainer(daemon, "Front.Net", { Container: "asker" });
    run(daemon, "web", "Front.Net", { Aliases: ["a.b"] });
    for (const name of ["web.Front.Net", "WEB.Front.Net", "a.b.Front.Net"]) {
      expect(answer(daemon, asker, name), name).toBe("10.1.1.3");
    }
    for (const name of ["web.front.net", "web.back", "web.Net", "web.Front"]) {
      expect(answer(daemon, asker, name), name).toBe("no-such-name");
    }
  });

  it("belong to their network", () => {
    const daemon = daemonOf(releaseName);
    const web = run(daemon, "web", "back");
    connectContainer(daemon, "Front.Net", { Container: "web", EndpointConfig: { Aliases: ["db"] } });
    const back = run(daemon, "one", "back");
    const front = run(daemon, "two", "Front.Net");
    expect(answer(daemon, back, "web")).toBe("10.1.0.2");
    expect(answer(daemon, front, "web")).toBe("10.1.1.2");
    expect(answer(daemon, front, "db")).toBe("10.1.1.2");
    expect(answer(daemon, back, "db")).toBe("no-such-name");
    // The container's own networks come in their order: Front.Net before back.
    expect(answer(daemon, web, "web")).toBe("10.1.1.2");
  });

  it("may have several holders, of whom those that run answer", () => {
    const daemon = daemonOf(releaseName);
    const asker = run(daemon, "asker", "back");
    const one = run(daemon, "one", "back", { Aliases: ["db"] });
    const two = run(daemon, "two", "back", { Aliases: ["DB"] });
    run(daemon, "db", "back");
    expect(answer(daemon, asker, "db")).toBe("10.1.0.3 10.1.0.4 10.1.0.5");
    pauseContainer(daemon, one);
    expect(answer(daemon, asker, "db")).toBe("10.1.0.3 10.1.0.4 10.1.0.5");
    stop(daemon, two);
    expect(answer(daemon, asker, "db")).toBe("10.1.0.3 10.1.0.5");
    disconnectContainer(daemon, "back", { Container: "one" });
    expect(answer(daemon, asker, "db")).toBe("10.1.0.5");
  });

  it("change with a rename, and so do reverse look-ups", () => {
    const daemon = daemonOf(releaseName);
    const web = run(daemon, "web", "back", { Aliases: ["alias"] });
    expect(answer(daemon, web, "10.1.0.2", "PTR")).toBe("web.back");
    renameContainer(daemon, "web", "renamed");
    expect(answer(daemon, web, "web")).toBe("no-such-name");
    expect(answer(daemon, web, "renamed")).toBe("10.1.0.2");
    expect(answer(daemon, web, "alias")).toBe("10.1.0.2");
    expect(answer(daemon, web, "10.1.0.2", "PTR")).toBe("renamed.back");
    expect(answer(daemon, web, "10.1.0.1", "PTR")).toBe("no-such-name");
  });

  it("that DNS cannot carry are no answer backwards", () => {
    const daemon = daemonOf(releaseName);
    const asker = run(daemon, "asker", "back");
    run(daemon, "a..b", "back");
    run(daemon, "x".repeat(64), "back");
    const failure = releaseName === "20.10" ? "no-reply" : "server-failure";
    expect(answer(daemon, asker, "10.1.0.3", "PTR")).toBe(failure);
    expect(answer(daemon, asker, "10.1.0.4", "PTR")).toBe(failure);
    createNetwork(daemon, { Name: "it's", IPAM: { Config: [{ Subnet: "10.2.0.0/24" }] } });
    connectContainer(daemon, "it's", { Container: "asker" });
    expect(answer(daemon, asker, "10.2.0.2", "PTR")).toBe("asker.it\\'s");
  });

  it("that links give are seen by the linking container alone, with their case, and hide others", () => {
    const daemon = daemonOf(releaseName);
    run(daemon, "web", "back");
    run(daemon, "db", "back");
    const Links = ["web:Link", "web:db", "ghost:gone", "web"];
    const asker = run(daemon, "asker", "back", { Links });
    expect(answer(daemon, asker, "Link")).toBe("10.1.0.2");
    expect(answer(daemon, asker, "Link.back")).toBe("10.1.0.2");
    expect(answer(daemon, asker, "link")).toBe("no-such-name");
    expect(answer(daemon, asker, "db")).toBe("10.1.0.2");
    expect(answer(daemon, asker, "DB")).toBe("10.1.0.3");
    expect(answer(daemon, asker, "gone")).toBe("no-such-name");
    expect(answer(daemon, run(daemon, "other", "back"), "Link")).toBe("no-such-name");
  });

  it("with characters that DNS tools escape never resolve", () => {
    const daemon = daemonOf(releaseName);
    const web = run(daemon, "web", "back", { Aliases: ["it's", "a b", "under_score"] });
    expect(answer(daemon, web, "it's")).toBe("no-such-name");
    expect(answer(daemon, web, "a b")).toBe("no-such-name");
    expect(answer(daemon, web, "under_score")).toBe("10.1.0.2");
  });

  it("answer by type: no data where there is none, forwarded where Docker knows nothing of the type", () => {
    const daemon = daemonOf(releaseName);
    const web = run(daemon, "web", "back");
    const noData = { code: responseCodes.noError, answers: [] };
    expect(asked(daemon, web, "web", "AAAA")).toEqual(noData);
    expect(asked(daemon, web, "web", "MX")).toEqual(noData);
    expect(asked(daemon, web, "web", "TXT")?.code).toBe(responseCodes.noSuchName);
    expect(asked(daemon, web, "WeB", "A")?.answers).toEqual([
      { owner: "WeB", type: typeNumbers.A, ttl: 600, data: "10.1.0.2" },
    ]);
    expect(asked(daemon, web, "web", "PTR")?.code).toBe(
      releaseName === "20.10" ? undefined : responseCodes.noSuchName,
    );
  });

  it("have IPv6 addresses, forwards and backwards", () => {
    const daemon = daemonOf(releaseName);
    const web = run(daemon, "web", "six");
    expect(answer(daemon, web, "web", "AAAA")).toBe("fd00:1::2");
    expect(answer(daemon, web, "fd00:1:0::2", "PTR")).toBe("web.six");
  });

  it("are looked for in the joined container's namespace, while it is there", () => {
    const daemon = daemonOf(releaseName);
    const web = run(daemon, "web", "back");
    const joined = run(daemon, "joined", "container:web");
    expect(answer(daemon, joined, "web")).toBe("10.1.0.2");
    expect(answer(daemon, web, "joined")).toBe("no-such-name");
    stop(daemon, web);
    expect(answer(daemon, joined, "up.test")).toBe("no-reply");
    startContainer(daemon, web);
    expect(answer(daemon, joined, "web")).toBe("no-reply");
  });

  it("are looked for in the namespace of whoever has the name at the start", () => {
    const daemon = daemonOf(releaseName);
    const request = { Image: "busybox", Cmd: ["sleep", "9"], HostConfig: { NetworkMode: "container:late" } };
    createContainer(daemon, request, "early");
    const late = run(daemon, "late", "back");
    const early = findContainer(daemon, "early");
    startContainer(daemon, early);
    expect(answer(daemon, early, "late")).toBe("10.1.0.2");
    // The chain goes on: a container that has joined an orphan is an orphan, too, whenever it was started.
    stop(daemon, late);
    startContainer(daemon, late);
    const third = run(daemon, "third", "container:early");
    expect(answer(daemon, third, "late")).toBe("no-reply");
    stop(daemon, early);
    startContainer(daemon, early);
    expect([answer(daemon, early, "late"), answer(daemon, third, "late")]).toEqual(["10.1.0.2", "no-reply"]);
  });

  it("are not answered on the default bridge, which asks outside", () => {
    const daemon = daemonOf(releaseName);
    const web = run(daemon, "web", "bridge");
    expect(answer(daemon, web, "web")).toBe("no-such-name");
    expect(answer(daemon, web, "refused.up.test")).toBe("refused");
    expect(answer(daemon, run(daemon, "alone", "none"), "up.test")).toBe("no-reply");
    expect(answer(daemon, run(daemon, "onhost", "host"), "up.test")).toBe("192.0.2.53");
  });

  it("that DNS cannot ask for are refused", () => {
    const daemon = daemonOf(releaseName);
    const web = run(daemon, "web", "back");
    expect(() => resolve(daemon, web, { name: "web", type: "PTR" })).toThrow("takes an IPv4 or IPv6 address");
    expect(() => resolve(daemon, web, { name: "a..b" })).toThrow("empty label");
    expect(() => resolve(daemon, web, { name: web.id })).toThrow("more than 63 bytes");
  });

  it("are found as by a search of everything", () => {
    const word = fc.constantFrom("web", "db", "Db", "x.y", "back", "a");
    const network = fc.constantFrom("back", "Front.Net");
    const holder = fc.record({
      aliases: fc.array(word, { maxLength: 3 }),
      networks: fc.uniqueArray(network),
    });
    fc.assert(
      fc.property(fc.array(holder, { minLength: 1, maxLength: 5 }), fc.array(word), (holders, words) => {
        const daemon = daemonOf(releaseName);
        const containers = holders.map(({ aliases, networks }, at) => {
          const container = run(daemon, `c${at}x`, "none");
          disconnectContainer(daemon, "none", { Container: `c${at}x` });
          for (const name of networks) {
            const EndpointConfig = { Aliases: aliases };
            connectContainer(daemon, name, { Container: container.id, EndpointConfig });
          }
          return { container, names: [`c${at}x`, ...aliases].map((name) => name.toLowerCase()), networks };
        });
        for (const { container, networks } of containers) {
          if (networks.length === 0) continue;
          for (const name of [...words, ...words.map((one) => `${one}.back`), "c0x"]) {
            const addresses = search(containers, networks, name);
            expect(answer(daemon, container, name), name).toBe(addresses ?? "no-such-name");
          }
        }
      }),
      { numRuns: 25 },
    );
  });
});

/**
 * The definition: splits the name at each dot, and takes the first of the asker's networks on which the host
 * is known.
 */
function search(
  holders: { container: Container; names: string[]; networks: string[] }[],
  networks: string[],
  name: string,
): string | undefined {
  const dots = [...name].flatMap((character, at) => (character === "." ? [at] : [])).reverse();
  const splits = [
    { host: name, network: undefined },
    ...dots.map((dot) => ({ host: name.slice(0, dot), network: name.slice(dot + 1) })),
  ];
  for (const { host, network } of splits) {
    for (const own of networks.toSorted()) {
      if (network !== undefined && network !== own) continue;
      const found = holders.filter(
        (one) => one.networks.includes(own) && one.names.includes(host.toLowerCase()),
      );
      if (found.length === 0) continue;
      const address = ({ container }: { container: Container }) =>
        container.endpoints.get(own)?.attachment?.ipv4 ?? "";
      return found.map(address).toSorted().join(" ");
    }
  }
  return undefined;
}

describe("between releases", () => {
  it("20.10 does not answer to a name that it made up, until it is renamed", () => {
    for (const name of releaseNames) {
      const daemon = daemonOf(name);
      const { Id } = createContainer(daemon, {
        Image: "busybox",
        Cmd: ["sleep", "9"],
        HostConfig: { NetworkMode: "back" },
        NetworkingConfig: { EndpointsConfig: { back: { Aliases: ["first"] } } },
      });
      const container = findContainer(daemon, Id);
      startContainer(daemon, container);
      const knows = name !== "20.10";
      expect(answer(daemon, container, container.name)).toBe(knows ? "10.1.0.2" : "no-such-name");
      const reverse = knows ? `${container.name}.back` : "first.back";
      expect(answer(daemon, container, "10.1.0.2", "PTR")).toBe(reverse);
      renameContainer(daemon, Id, "given");
      expect(answer(daemon, container, "10.1.0.2", "PTR")).toBe("given.back");
    }
  });

  it("28.5 stops at the first network that knows the name, the others go on for an IPv6 address", () => {
    for (const name of releaseNames) {
      const daemon = daemonOf(name);
      const web = run(daemon, "web", "back");
      connectContainer(daemon, "six", { Container: "web" });
      const asker = run(daemon, "asker", "six");
      // The container is linked on the network without IPv6 under the name that it has on the other network.
      connectContainer(daemon, "back", { Container: "asker", EndpointConfig: { Links: ["web:both"] } });
      connectContainer(daemon, "Front.Net", { Container: "asker" });
      expect(answer(daemon, asker, "both", "AAAA")).toBe("no-data");
      expect(answer(daemon, web, "web", "AAAA")).toBe("fd00:1::2");
    }
  });

  it("what comes of an upstream's failures", () => {
    const failures: ByRelease<Record<string, string>> = {
      "20.10": { servfail: "server-failure", refused: "refused", silent: "no-reply" },
      "26.1": { servfail: "server-failure", refused: "server-failure", silent: "server-failure" },
      "28.5": { servfail: "server-failure", refused: "server-failure", silent: "server-failure" },
    };
    for (const name of releaseNames) {
      const daemon = daemonOf(name);
      const web = run(daemon, "web", "back");
      for (const [host, status] of Object.entries(cellOf(failures, name))) {
        expect(answer(daemon, web, `${host}.up.test`), `${name} ${host}`).toBe(status);
      }
      expect(answer(daemon, web, "nodata.up.test")).toBe("no-data");
      expect(answer(daemon, web, "alias.up.test")).toBe("192.0.2.53");
    }
  });

  it("a second server is asked: by 20.10 also after NXDOMAIN", () => {
    for (const name of releaseNames) {
      const daemon = daemonOf(name);
      const ask = (Dns: string[], question: string, container: string) =>
        answer(daemon, run(daemon, container, "back", {}, { HostConfig: { Dns } }), question);
      expect(ask([server, "10.9.9.9"], "nope", "one")).toBe(name === "20.10" ? "no-reply" : "no-such-name");
      expect(ask(["10.9.9.9", server], "up.test", "two")).toBe("192.0.2.53");
      expect(ask(["10.9.9.7", "10.9.9.8", "10.9.9.9", server], "up.test", "four")).not.toBe("192.0.2.53");
      expect(ask(["127.0.0.1", server], "up.test", "loop")).toBe("192.0.2.53");
    }
  });

  it("on internal networks only: 20.10 still reaches the host's own addresses", () => {
    const away = upstreamServers([{ address: server, zone }]);
    for (const name of releaseNames) {
      const old = name === "20.10";
      const [near, far] = [daemonOf(name), daemonOf(name, away)];
      const nothing = old ? "no-reply" : "server-failure";
      expect(answer(near, run(near, "web", "inner"), "up.test")).toBe(old ? "192.0.2.53" : nothing);
      expect(answer(far, run(far, "web", "inner"), "up.test")).toBe(nothing);
      connectContainer(far, "back", { Container: "web" });
      expect(answer(far, findContainer(far, "web"), "up.test")).toBe("192.0.2.53");
    }
  });

  it("nobody outside: 20.10 is silent, the others say so", () => {
    for (const name of releaseNames) {
      const daemon = daemonOf(name, noUplink);
      const nothing = name === "20.10" ? "no-reply" : "server-failure";
      expect(answer(daemon, run(daemon, "web", "back"), "up.test")).toBe(nothing);
      expect(answer(daemon, run(daemon, "old", "bridge"), "up.test")).toBe("no-reply");
    }
  });

  it("a chosen ndots keeps names of one label in", () => {
    for (const name of releaseNames) {
      const daemon = daemonOf(name);
      const web = run(daemon, "web", "back", {}, { HostConfig: { DnsOptions: ["ndots:0"] } });
      expect(answer(daemon, web, "nope")).toBe("no-data");
      expect(answer(daemon, web, "nope.test")).toBe("no-such-name");
      expect(answer(daemon, web, "web")).toBe("10.1.0.2");
      const odd = run(daemon, "odd", "back", {}, { HostConfig: { DnsOptions: ["ndots:x"] } });
      // 20.10 does not start its resolver, so questions go straight to the host's server.
      expect(answer(daemon, odd, "web")).toBe(name === "20.10" ? "no-such-name" : "10.1.0.2");
    }
  });
});

describe("reverse names", () => {
  it("lead back to the address", () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (address) => {
        const name = reverseName(address);
        fc.pre(name !== undefined);
        const back = reversedAddress(`${nameFromText(name as string)}.`, false);
        expect(reverseName(back as string)).toBe(name);
      }),
    );
  });

  it("are read with their case", () => {
    expect(reversedAddress("2.1.51.10.IN-ADDR.ARPA.", false)).toBeUndefined();
    expect(reversedAddress("02.1.51.10.in-addr.arpa.", false)).toBe("");
    expect(reversedAddress("1.51.10.in-addr.arpa.", false)).toBe("");
    expect(reversedAddress("2.1.51.10.in-addr.arpa.in-addr.arpa.", true)).toBe("10.51.1.2");
    expect(reversedAddress("2.1.51.10.in-addr.arpa.in-addr.arpa.", false)).toBe("");
  });
});

// Seen with 30 addresses of an alias of five letters, and with a server that never answers.
describe.each(releaseNames)("messages of the embedded server on %s", (releaseName) => {
  const addresses = Array.from({ length: 30 }, (_, at) => `192.0.2.${at + 1}`);
  const upstream = upstreamServers([
    {
      address: server,
      zone: {
        big: { A: addresses },
        bigger: { A: [...addresses, ...addresses] },
        mute: { status: "SILENT" },
      },
    },
  ]);

  function exchange(name: string, transport: "udp" | "tcp", udpPayloadSize?: number, own = 0) {
    const daemon = daemonOf(releaseName, upstream);
    const asker = run(daemon, "asker", "back", {}, { HostConfig: { Dns: [server] } });
    for (let at = 0; at < own; at++) run(daemon, `one-${at}`, "back", { Aliases: ["own"] });
    const opt = { type: "OPT" as const, extendedCode: 0, version: 0, dnssecOk: false, options: [] };
    const additionals = udpPayloadSize === undefined ? [] : [{ ...opt, udpPayloadSize }];
    const query = encodeMessage({ ...standardQuery(name, "A", 7), additionals });
    const reply = embeddedServer(daemon, asker)(query, transport);
    return reply && { ...reply, length: reply.message.length, said: decodeMessage(reply.message) };
  }

  it("leave out of a datagram what does not fit", () => {
    const whole = 21 + 30 * 19;
    const reply = exchange("own", "udp", undefined, 30);
    if (releaseName === "20.10") {
      expect(reply).toMatchObject({ length: 21 + 25 * 19, said: { truncated: true } });
    } else expect(reply).toMatchObject({ length: 21 + 30 * 16, said: { truncated: false } });
    expect(exchange("own", "tcp", undefined, 30)).toMatchObject({
      length: whole,
      said: { truncated: false },
    });
    expect(exchange("own", "udp", 600, 30)).toMatchObject({ length: whole, said: { truncated: false } });
  });

  // Seen with dig, which asks with EDNS, and with a size of 513 bytes that 30 addresses and the record of EDNS exceed.
  it("relay what servers outside say, with short names and their record of EDNS", () => {
    expect(exchange("big", "udp")).toMatchObject({ length: 21 + 30 * 16, said: { additionals: [] } });
    expect(exchange("big", "udp", 1232)).toMatchObject({
      length: 21 + 30 * 16 + 11,
      said: { recursionAvailable: true, additionals: [{ type: "OPT", udpPayloadSize: 1232 }] },
    });
    expect(exchange("bigger", "udp", 513)).toMatchObject({ said: { truncated: true, answers: [] } });
  });

  it("offer no recursion where no server answers", () => {
    const reply = exchange("mute", "udp");
    if (releaseName !== "20.10") expect(reply).toMatchObject({ said: { recursionAvailable: false } });
  });

  it("come when the servers outside have had their time", () => {
    const reply = exchange("mute", "udp");
    if (releaseName === "20.10") expect(reply).toBeUndefined();
    else expect(reply).toMatchObject({ after: 4000, said: { code: responseCodes.serverFailure } });
    expect(exchange("nobody", "udp")?.after).toBe(0);
  });
});
