import type { HostEntry } from "@dryharbor/kernel";
import { type DnsRecord, responseCodes } from "@dryharbor/kernel/dns-message";
import { describe, expect, it } from "vitest";
import { type Machine, machine, type NameServer, type Reply } from "../../../test/libc/machine.js";
import { glibc } from "./lookup.js";

const a = (name: string, address: string): DnsRecord => ({ name, class: 1, ttl: 60, type: "A", address });
const aaaa = (name: string, address: string): DnsRecord => ({
  name,
  class: 1,
  ttl: 60,
  type: "AAAA",
  address,
});

/** A name server that knows one name. */
const knows =
  (known: string, address = "10.0.0.9"): NameServer =>
  (name, type) => {
    if (name !== known) return { code: responseCodes.noSuchName };
    return { answers: type === "A" ? [a(name, address)] : [] };
  };

const silent: NameServer = () => "silent";

async function lookedUp(given: Machine, name: string, family?: 4 | 6) {
  const { host, asked, ended } = machine(given);
  const { result, seconds } = await ended(glibc.lookUp(host, name, { family }));
  const said = typeof result === "string" ? result : result.addresses.join(" ");
  return { said, seconds, asked, entry: result as HostEntry };
}

// The times and outcomes were seen on 28.5 with the lab's BusyBox, which has glibc 2.42.
describe("a lookup", () => {
  const resolvConf = (text: string) => ({ "/etc/resolv.conf": text });

  it.each([
    ["127.0.0.1", "127.0.0.1"],
    ["127.1", "127.0.0.1"],
    ["0x7f.1", "127.0.0.1"],
    ["017700000001", "127.0.0.1"],
    ["0", "0.0.0.0"],
    ["FD00::0:1", "fd00::1"],
    ["fe80::1%eth0", "fe80::1"],
  ])("of %j asks nobody", async (name, address) => {
    expect(await lookedUp({}, name)).toMatchObject({ said: address, asked: [] });
  });

  it.each(["1.2.3.4.5", "300.1.1.1", "1.2.3.08", "::1%lo"])("of %j asks for a name", async (name) => {
    expect((await lookedUp({}, name)).said).toBe("EAI_AGAIN");
  });

  it("of an address of the other family fails", async () => {
    expect((await lookedUp({}, "::1", 4)).said).toBe("EAI_ADDRFAMILY");
  });

  const hosts =
    "10.0.0.1 aa bb\n10.0.0.3 aa\nfd00::1 aa\n::1 only6 cc\n10.0.0.4 dd.x.test DD # ee\n 10.1.1.1\tff\nbad aa\n";

  it.each([
    ["aa", undefined, "10.0.0.1"],
    ["aa", 4, "10.0.0.1"],
    ["aa", 6, "fd00::1"],
    ["bb", undefined, "10.0.0.1"],
    ["BB", undefined, "10.0.0.1"],
    ["only6", undefined, "::1"],
    ["only6", 4, "127.0.0.1"],
    ["ff", undefined, "10.1.1.1"],
    ["ee", undefined, "EAI_AGAIN"],
    ["bb", 6, "EAI_AGAIN"],
    ["aa.", undefined, "EAI_AGAIN"],
    ["localhost", undefined, "EAI_AGAIN"],
  ] as const)("of %j (%s) in /etc/hosts gives %s", async (name, family, said) => {
    const sources = { fd: "fd00::2", "10.": "10.0.0.2" };
    expect((await lookedUp({ files: { "/etc/hosts": hosts }, sources }, name, family)).said).toBe(said);
  });

  it.each([
    [undefined, "::1 127.0.0.1"],
    [4, "127.0.0.1 127.0.0.1"],
    [6, "::1"],
  ] as const)("takes all lines of /etc/hosts where /etc/host.conf says so (%s)", async (family, said) => {
    const files = { "/etc/hosts": "127.0.0.1 x\n::1 x\n", "/etc/host.conf": "multi on\n" };
    const sources = { "::1": "::1", "127.": "127.0.0.1" };
    expect((await lookedUp({ files, sources }, "x", family)).said).toBe(said);
  });

  it("in /etc/hosts gives the canonical name and the aliases", async () => {
    const { entry } = await lookedUp({ files: { "/etc/hosts": hosts } }, "dd");
    expect(entry).toEqual({ name: "dd.x.test", aliases: ["DD"], addresses: ["10.0.0.4"] });
  });

  it("asks the name server for both families at once", async () => {
    const servers = { "10.9.9.9": knows("web") };
    expect(await lookedUp({ files: resolvConf("nameserver 10.9.9.9\n"), servers }, "web")).toMatchObject({
      said: "10.0.0.9",
      seconds: 0,
      asked: ["0 10.9.9.9 web A", "0 10.9.9.9 web AAAA"],
    });
  });

  it("follows aliases to the canonical name", async () => {
    const servers = {
      "10.9.9.9": (name: string, type: string) => ({
        answers: [
          { name, class: 1, ttl: 60, type: "CNAME" as const, target: "db.x" },
          ...(type === "A" ? [a("db.x", "10.0.0.9"), a("other.x", "10.0.0.8")] : []),
        ],
      }),
    };
    const { entry } = await lookedUp({ files: resolvConf("nameserver 10.9.9.9"), servers }, "web.x");
    expect(entry).toEqual({ name: "db.x", aliases: ["web.x"], addresses: ["10.0.0.9"] });
  });

  it("asks over TCP after a truncated reply", async () => {
    const servers = { "10.9.9.9": (name: string) => ({ truncated: true, answers: [a(name, "10.0.0.9")] }) };
    const found = await lookedUp({ files: resolvConf("nameserver 10.9.9.9"), servers }, "big", 4);
    expect(found).toMatchObject({ said: "10.0.0.9", asked: ["0 10.9.9.9 big A", "0 10.9.9.9/tcp big A"] });
  });

  it("waits five seconds for a server that is silent, and asks it twice", async () => {
    const servers = { "10.9.9.9": silent };
    expect(await lookedUp({ files: resolvConf("nameserver 10.9.9.9"), servers }, "web", 4)).toMatchObject({
      said: "EAI_AGAIN",
      seconds: 10,
      asked: ["0 10.9.9.9 web A", "5 10.9.9.9 web A"],
    });
  });

  it("asks the next server after one that is silent", async () => {
    const files = resolvConf("nameserver 10.9.9.9\nnameserver 10.8.8.8\noptions timeout:1 attempts:3");
    const servers = { "10.9.9.9": silent, "10.8.8.8": knows("web") };
    expect(await lookedUp({ files, servers }, "web", 4)).toMatchObject({
      said: "10.0.0.9",
      asked: ["0 10.9.9.9 web A", "1 10.8.8.8 web A"],
    });
  });

  it.each([
    ["refused", 0],
    ["unreachable", 0],
    [{ code: responseCodes.serverFailure }, 0],
    [{ code: responseCodes.refused }, 0],
  ] as const)("asks every server twice where all are %j", async (reply, seconds) => {
    const files = resolvConf("nameserver 10.9.9.9\nnameserver 10.8.8.8");
    const servers = { "10.9.9.9": () => reply, "10.8.8.8": () => reply };
    const found = await lookedUp({ files, servers }, "web.x", 4);
    expect(found).toMatchObject({ said: "EAI_AGAIN", seconds });
    expect(found.asked.map((line) => line.split(" ")[1])).toEqual([
      "10.9.9.9",
      "10.8.8.8",
      "10.9.9.9",
      "10.8.8.8",
    ]);
  });

  it("asks 127.0.0.1 where no server is named", async () => {
    expect((await lookedUp({}, "web", 4)).asked).toEqual(["0 127.0.0.1 web A", "0 127.0.0.1 web A"]);
  });

  it("asks again in other ways where one of two questions is not answered", async () => {
    const servers = {
      "10.9.9.9": (name: string, type: string): Reply =>
        type === "A" ? { answers: [a(name, "10.0.0.9")] } : "silent",
    };
    const found = await lookedUp({ files: resolvConf("nameserver 10.9.9.9"), servers }, "web");
    expect(found).toMatchObject({ said: "10.0.0.9", seconds: 15 });
  });

  const searching = resolvConf("nameserver 10.9.9.9\nsearch a.test b.test\n");
  it.each([
    ["web", "web.b.test", ["web.a.test", "web.b.test"]],
    ["web", "web", ["web.a.test", "web.b.test", "web"]],
    ["web.x", "web.x", ["web.x"]],
    ["web.x", "web.x.b.test", ["web.x", "web.x.a.test", "web.x.b.test"]],
    ["web.", "web", ["web"]],
    ["web.", "web.a.test", ["web"]],
  ])("of %j searches for %j", async (name, known, asked) => {
    const found = await lookedUp({ files: searching, servers: { "10.9.9.9": knows(known) } }, name, 4);
    expect(found.asked.map((line) => line.split(" ")[2])).toEqual(asked);
    expect(found.said).toBe(asked.at(-1) === known ? "10.0.0.9" : "EAI_NONAME");
  });

  it("counts dots as ndots says", async () => {
    const files = resolvConf("nameserver 10.9.9.9\nsearch a.test\noptions ndots:2");
    const found = await lookedUp({ files, servers: { "10.9.9.9": knows("nothing") } }, "web.x", 4);
    expect(found.asked.map((line) => line.split(" ")[2])).toEqual(["web.x.a.test", "web.x"]);
  });

  it("searches the domain of the host name where no other is named", async () => {
    const given = {
      files: resolvConf("nameserver 10.9.9.9"),
      servers: { "10.9.9.9": knows("web.my.test") },
      hostname: "me.my.test",
    };
    expect((await lookedUp(given, "web", 4)).said).toBe("10.0.0.9");
  });

  it("goes on searching after a server failure, and not after silence", async () => {
    const failing = { "10.9.9.9": () => ({ code: responseCodes.serverFailure }) };
    const names = ({ asked }: { asked: string[] }) => [...new Set(asked.map((line) => line.split(" ")[2]))];
    expect(names(await lookedUp({ files: searching, servers: failing }, "web", 4))).toEqual([
      "web.a.test",
      "web.b.test",
      "web",
    ]);
    const found = await lookedUp({ files: searching, servers: { "10.9.9.9": silent } }, "web", 4);
    expect(names(found)).toEqual(["web.a.test", "web"]);
    expect(found.seconds).toBe(20);
  });

  it.each([
    [{ code: responseCodes.noSuchName }, "EAI_NONAME"],
    [{}, "EAI_NODATA"],
    [{ code: responseCodes.formatError }, "EAI_NONAME"],
    [{ code: responseCodes.refused, questions: [] }, "EAI_AGAIN"],
  ])("answered with %j fails", async (reply, said) => {
    const given = { files: resolvConf("nameserver 10.9.9.9"), servers: { "10.9.9.9": () => reply } };
    expect((await lookedUp(given, "web.x", 4)).said).toBe(said);
  });

  it("of a name that DNS cannot carry asks nobody", async () => {
    expect(await lookedUp({}, "f".repeat(64))).toMatchObject({ said: "EAI_NONAME", asked: [] });
  });

  it("puts first what can be reached, IPv6, and what is near", async () => {
    const answers = [a("web", "10.7.0.1"), a("web", "10.0.0.77"), a("web", "10.0.0.3")];
    const servers = {
      "10.9.9.9": (_: string, type: string) => ({
        answers: type === "A" ? answers : [aaaa("web", "fd00::9")],
      }),
    };
    const files = resolvConf("nameserver 10.9.9.9");
    const only4 = { "10.": "10.0.0.2" };
    expect((await lookedUp({ files, servers, sources: only4 }, "web")).said).toBe(
      "10.7.0.1 10.0.0.77 10.0.0.3 fd00::9",
    );
    expect((await lookedUp({ files, servers, sources: { ...only4, fd: "fd00::2" } }, "web")).said).toBe(
      "fd00::9 10.0.0.3 10.0.0.77 10.7.0.1",
    );
  });
});

describe("a reverse lookup", () => {
  const reversed = async (given: Machine, address: string) => {
    const { host, ended } = machine(given);
    return (await ended(glibc.reverse(host, address))).result;
  };

  it("finds the name in /etc/hosts", async () => {
    const files = { "/etc/hosts": "::1 ip6\n10.0.0.9 web.x web\n" };
    expect(await reversed({ files }, "10.0.0.9")).toEqual({
      name: "web.x",
      aliases: ["web"],
      addresses: ["10.0.0.9"],
    });
  });

  it("finds the name in DNS, or nothing", async () => {
    const given = {
      files: { "/etc/resolv.conf": "nameserver 10.9.9.9" },
      servers: {
        "10.9.9.9": (name: string): Reply =>
          name === "9.0.0.10.in-addr.arpa"
            ? { answers: [{ name, class: 1, ttl: 60, type: "PTR", target: "web.n1" }] }
            : { code: responseCodes.noSuchName },
      },
    };
    expect(await reversed(given, "10.0.0.9")).toMatchObject({ name: "web.n1" });
    expect(await reversed(given, "10.0.0.8")).toBeUndefined();
  });
});
