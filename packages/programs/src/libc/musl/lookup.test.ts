import type { HostEntry } from "@dryharbor/kernel";
import { type DnsRecord, responseCodes } from "@dryharbor/kernel/dns-message";
import { describe, expect, it } from "vitest";
import { type Machine, machine, type NameServer } from "../../../test/libc/machine.js";
import { musl } from "./lookup.js";

const a = (name: string, address: string): DnsRecord => ({ name, class: 1, ttl: 60, type: "A", address });
const aaaa = (name: string, address: string): DnsRecord => ({
  name,
  class: 1,
  ttl: 60,
  type: "AAAA",
  address,
});

/** A name server that knows one name in IPv4. */
const knows =
  (known: string, address = "10.0.0.9"): NameServer =>
  (name, type) => {
    if (name !== known) return { code: responseCodes.noSuchName };
    return { answers: type === "A" ? [a(name, address)] : [] };
  };

const silent: NameServer = () => "silent";
const failing: NameServer = () => ({ code: responseCodes.serverFailure });

async function lookedUp(given: Machine, name: string, family?: 4 | 6) {
  const { host, asked, ended } = machine(given);
  const { result, seconds } = await ended(musl.lookUp(host, name, { family }));
  const said = typeof result === "string" ? result : [result.name, ...result.addresses].join(" ");
  return { said, seconds, asked, entry: result as HostEntry };
}

const resolvConf = (text: string) => ({ "/etc/resolv.conf": text });
const one = resolvConf("nameserver 10.0.0.1\n");

// What is asked, when, and what comes of it was seen with musl 1.2.5 and scripted name servers.
describe("a lookup by musl", () => {
  it("asks for both families at once", async () => {
    const { said, asked } = await lookedUp({ files: one, servers: { "10.0.0.1": knows("web") } }, "web");
    expect(said).toBe("web 10.0.0.9");
    expect(asked).toEqual(["0 10.0.0.1 web A", "0 10.0.0.1 web AAAA"]);
  });

  it("asks all servers at once, and takes the first answer", async () => {
    const late =
      (address: string, after: number): NameServer =>
      (name, type) => ({
        answers: type === "A" ? [a(name, address)] : [],
        after,
      });
    const { said, seconds, asked } = await lookedUp(
      {
        files: resolvConf("nameserver 10.0.0.1\nnameserver 10.0.0.2\nnameserver 10.0.0.3\n"),
        servers: {
          "10.0.0.1": silent,
          "10.0.0.2": late("10.0.0.22", 300),
          "10.0.0.3": late("10.0.0.33", 600),
        },
      },
      "web",
    );
    expect(said).toBe("web 10.0.0.22");
    expect(seconds).toBe(0.3);
    expect(asked).toEqual([
      ...["0 10.0.0.1 web A", "0 10.0.0.2 web A", "0 10.0.0.3 web A"],
      ...["0 10.0.0.1 web AAAA", "0 10.0.0.2 web AAAA", "0 10.0.0.3 web AAAA"],
    ]);
  });

  it("believes the first server that knows no such name, whatever others know", async () => {
    const knowing: NameServer = (name, type) => ({
      answers: type === "A" ? [a(name, "10.0.0.9")] : [],
      after: 300,
    });
    const servers = { "10.0.0.1": knows("other"), "10.0.0.2": knowing };
    const { said, seconds } = await lookedUp(
      { files: resolvConf("nameserver 10.0.0.1\nnameserver 10.0.0.2\n"), servers },
      "web",
    );
    expect([said, seconds]).toEqual(["EAI_NONAME", 0]);
  });

  it("does not count a refusal", async () => {
    const knowing: NameServer = (name, type) => ({
      answers: type === "A" ? [a(name, "10.0.0.9")] : [],
      after: 300,
    });
    const servers = { "10.0.0.1": () => ({ code: responseCodes.refused }), "10.0.0.2": knowing };
    const { said } = await lookedUp(
      { files: resolvConf("nameserver 10.0.0.1\nnameserver 10.0.0.2\n"), servers },
      "web",
    );
    expect(said).toBe("web 10.0.0.9");
  });

  it("asks a server that fails again at once, twice a question, and anew after each interval", async () => {
    const { said, seconds, asked } = await lookedUp(
      {
        files: resolvConf("nameserver 10.0.0.1\noptions timeout:1 attempts:2\n"),
        servers: { "10.0.0.1": failing },
      },
      "web",
    );
    expect([said, seconds]).toEqual(["EAI_AGAIN", 1]);
    const round = (at: number) => Array.from({ length: 6 }, (_, each) => `${at} ${each % 2 ? "AAAA" : "A"}`);
    const seen = asked.map((line) => line.replace("10.0.0.1 web ", ""));
    expect(seen.toSorted()).toEqual([...round(0), ...round(0.5)].toSorted());
  });

  it("gives up after the timeout, however many attempts there are", async () => {
    const { said, seconds, asked } = await lookedUp(
      {
        files: resolvConf("nameserver 10.0.0.1\noptions timeout:2 attempts:2 rotate\n"),
        servers: { "10.0.0.1": silent },
      },
      "web",
    );
    expect([said, seconds]).toEqual(["EAI_AGAIN", 2]);
    expect(asked).toEqual([
      "0 10.0.0.1 web A",
      "0 10.0.0.1 web AAAA",
      "1 10.0.0.1 web A",
      "1 10.0.0.1 web AAAA",
    ]);
  });

  it("is not told that nobody listens", async () => {
    const { said, seconds } = await lookedUp({ files: one }, "web");
    expect([said, seconds]).toEqual(["EAI_AGAIN", 5]);
  });

  it("asks only for what is missing again", async () => {
    const half: NameServer = (name, type) => (type === "A" ? { answers: [a(name, "10.0.0.9")] } : "silent");
    const { said, asked } = await lookedUp(
      { files: resolvConf("nameserver 10.0.0.1\noptions timeout:2\n"), servers: { "10.0.0.1": half } },
      "web",
    );
    expect(said).toBe("EAI_AGAIN");
    expect(asked).toEqual(["0 10.0.0.1 web A", "0 10.0.0.1 web AAAA", "1 10.0.0.1 web AAAA"]);
  });

  it("takes a name as missing when one of the two answers says so", async () => {
    const half: NameServer = (name, type) =>
      type === "A" ? { answers: [a(name, "10.0.0.9")] } : { code: responseCodes.noSuchName };
    expect((await lookedUp({ files: one, servers: { "10.0.0.1": half } }, "web")).said).toBe("EAI_NONAME");
  });

  it("asks over TCP where an answer is cut off", async () => {
    const long: NameServer = (name, type) =>
      type === "A" ? { answers: [a(name, "10.0.0.9")], truncated: true } : { answers: [] };
    const { said, asked } = await lookedUp({ files: one, servers: { "10.0.0.1": long } }, "web");
    expect(said).toBe("web 10.0.0.9");
    expect(asked).toEqual(["0 10.0.0.1 web A", "0 10.0.0.1 web AAAA", "0 10.0.0.1/tcp web A"]);
  });

  const searching = (text: string) => resolvConf(`nameserver 10.0.0.1\n${text}\n`);
  const names = (asked: readonly string[]) =>
    asked.filter((line) => line.endsWith(" A")).map((line) => line.split(" ")[2]);

  it.each([
    ["web", "search one two", ["web.one"], "web.one 10.0.0.9"],
    ["nosuch", "search one two", ["nosuch.one", "nosuch.two", "nosuch"], "EAI_NONAME"],
    ["web.one", "search one two", ["web.one"], "web.one 10.0.0.9"],
    ["web.one", "search one\noptions ndots:2", ["web.one.one", "web.one"], "web.one 10.0.0.9"],
    ["web.one.", "search one two\noptions ndots:9", ["web.one"], "web.one 10.0.0.9"],
    ["web", "search one\ndomain two", ["web.two", "web"], "EAI_NONAME"],
    ["web..", "search one", [], "EAI_NONAME"],
    ["", "search one", [], "EAI_NONAME"],
  ])("of %j with %j asks for %j", async (name, text, expected, outcome) => {
    const { said, asked } = await lookedUp(
      { files: searching(text), servers: { "10.0.0.1": knows("web.one") } },
      name,
    );
    expect(names(asked)).toEqual(expected);
    expect(said).toBe(outcome);
  });

  it("stops the search where a name has no address, and where nobody answers", async () => {
    const files = searching("search one two\noptions timeout:1");
    const empty = await lookedUp({ files, servers: { "10.0.0.1": () => ({ answers: [] }) } }, "web");
    expect([empty.said, names(empty.asked)]).toEqual(["EAI_NODATA", ["web.one"]]);
    const mute = await lookedUp({ files, servers: { "10.0.0.1": silent } }, "web");
    expect([mute.said, new Set(names(mute.asked))]).toEqual(["EAI_AGAIN", new Set(["web.one"])]);
  });

  it("does not search the domain of the host's own name", async () => {
    const { asked } = await lookedUp(
      { files: one, servers: { "10.0.0.1": knows("x") }, hostname: "me.example.org" },
      "web",
    );
    expect(names(asked)).toEqual(["web"]);
  });

  it("reads all lines of /etc/hosts, and compares names with their case", async () => {
    const files = { "/etc/hosts": "10.1.1.1 two three # no\n::1 one\nfd00::9 two\n10.1.1.2 two\nbad two\n" };
    expect((await lookedUp({ files }, "two", 4)).said).toBe("two 10.1.1.1 10.1.1.2");
    expect((await lookedUp({ files }, "three")).entry).toMatchObject({ name: "two", aliases: ["three"] });
    expect((await lookedUp({ files }, "one", 4)).said).toBe("EAI_NODATA");
    expect((await lookedUp({ files }, "TWO")).said).toBe("EAI_AGAIN");
    expect((await lookedUp({ files }, "no")).said).toBe("EAI_AGAIN");
  });

  it("follows aliases to the canonical name", async () => {
    const server: NameServer = (name, type) => ({
      answers: [
        { name, class: 1, ttl: 60, type: "CNAME", target: "real.test" },
        ...(type === "A" ? [a("real.test", "10.0.0.9")] : []),
      ],
    });
    const { entry } = await lookedUp({ files: one, servers: { "10.0.0.1": server } }, "alias.test");
    expect(entry).toEqual({ name: "real.test", aliases: ["alias.test"], addresses: ["10.0.0.9"] });
  });

  it.each([
    // An IPv4 address is better than a unique local one, and than one that cannot be reached.
    [{ "": "10.0.0.2", fd: "fd00::2" }, "fd00::9", ["10.0.0.9", "fd00::9"]],
    [{ "": "10.0.0.2" }, "2001:db8::9", ["10.0.0.9", "2001:db8::9"]],
    [{ "2": "2001:db8::2", "": "10.0.0.2" }, "2001:db8::9", ["2001:db8::9", "10.0.0.9"]],
  ])("from %j puts %s in its place", async (sources, six, expected) => {
    const server: NameServer = (name, type) => ({
      answers: [type === "A" ? a(name, "10.0.0.9") : aaaa(name, six)],
    });
    const found = (address: string) => (address.includes(":") ? sources : { "": "10.0.0.2" });
    const reachable = Object.fromEntries(
      Object.entries(found(six)).map(([prefix, source]) => [prefix === "" ? "10." : prefix, source]),
    );
    const { entry } = await lookedUp(
      { files: one, servers: { "10.0.0.1": server }, sources: reachable },
      "web",
    );
    expect(entry.addresses).toEqual(expected);
  });

  it.each([
    ["127.1", undefined, "127.1 127.0.0.1"],
    ["127.1", 6, "EAI_NODATA"],
    ["::1", 4, "EAI_NODATA"],
  ] as const)("of the address %s in family %s asks nobody", async (name, family, expected) => {
    const { said, asked } = await lookedUp({}, name, family);
    expect([said, asked]).toEqual([expected, []]);
  });

  it("finds the name of an address in /etc/hosts, and with the name servers", async () => {
    const server: NameServer = (name) => ({
      answers: [{ name, class: 1, ttl: 60, type: "PTR", target: "web.test" }],
    });
    const files = { ...one, "/etc/hosts": "10.1.1.1 two three\n" };
    const { host, ended } = machine({ files, servers: { "10.0.0.1": server } });
    expect((await ended(musl.reverse(host, "10.1.1.1"))).result).toMatchObject({ name: "two" });
    expect((await ended(musl.reverse(host, "10.0.0.9"))).result).toMatchObject({ name: "web.test" });
  });
});
