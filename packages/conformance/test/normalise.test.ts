import { expect, it } from "vitest";
import { normalise } from "../src/normalise/normalise.js";
import { normaliseOutcome } from "../src/normalise/outcome.js";
import { symbols } from "../src/normalise/symbols.js";

const web = "0123456789abcdef".repeat(4);

it("names ids, whole and cut short, wherever they stand", () => {
  const names = symbols();
  names.learnId(web, "web");
  const answer = { Id: web, [web]: { Name: `br-${web.slice(0, 12)}` }, message: `No such container: ${web}` };
  expect(normalise(answer, names)).toEqual({
    Id: "<web>",
    "<web>": { Name: "br-<web:12>" },
    message: "No such container: <web>",
  });
});

it("tells the second of a name from the first", () => {
  const names = symbols();
  names.learnId(web, "web");
  names.learnId(web.replace("0", "f"), "web");
  expect(names.text(web.replace("0", "f"))).toBe("<web 2>");
});

it("numbers times in order of appearance and leaves never as it is", () => {
  const times = [
    "2026-01-02T03:04:05.6Z",
    "2026-01-02T03:04:06Z",
    "2026-01-02T03:04:05.6Z",
    "0001-01-01T00:00:00Z",
  ];
  expect(normalise(times, symbols())).toEqual(["<time 1>", "<time 2>", "<time 1>", "0001-01-01T00:00:00Z"]);
});

it("names random hardware addresses and not those made of an IPv4 address", () => {
  const macs = ["6e:cf:00:01:02:03", "02:42:0a:1e:00:05", "02:42:4b:81:8e:cf", "02:42:ac:12:00:02"];
  expect(normalise(macs, symbols())).toEqual([
    "<mac 1>",
    "02:42:0a:1e:00:05",
    "<mac 2>",
    "02:42:ac:12:00:02",
  ]);
});

it("takes the host's own IPv6 prefix for a symbol, and not those that commands give", () => {
  expect(normalise(["fd12:3456:789a:1::/64", "fd00:30::2"], symbols())).toEqual([
    "<ula>:1::/64",
    "fd00:30::2",
  ]);
});

it("counts ephemeral ports by protocol and address", () => {
  const at = (HostIp: string, HostPort: string) => ({ HostIp, HostPort });
  const ports = {
    "80/tcp": [at("0.0.0.0", "32769"), at("::", "32768"), at("127.0.0.1", "32768")],
    "80/udp": [at("0.0.0.0", "32768")],
    "81/tcp": [at("0.0.0.0", "18080"), at("0.0.0.0", "32769"), at("0.0.0.0", "32770")],
  };
  expect(normalise(ports, symbols())).toEqual({
    "80/tcp": [
      at("0.0.0.0", "<tcp port of 0.0.0.0 1>"),
      at("::", "<tcp port of :: 1>"),
      at("127.0.0.1", "<tcp port of 127.0.0.1 1>"),
    ],
    "80/udp": [at("0.0.0.0", "<udp port of 0.0.0.0 1>")],
    "81/tcp": [
      at("0.0.0.0", "18080"),
      at("0.0.0.0", "<tcp port of 0.0.0.0 1>"),
      at("0.0.0.0", "<tcp port of 0.0.0.0 2>"),
    ],
  });
});

it("puts in order what a message lists by chance", () => {
  const message = 'has active endpoints (name:"b", name:"a")';
  expect(normalise(message, symbols())).toBe('has active endpoints (name:"a", name:"b")');
});

it("takes mounts in any order, and those that a client asked for in theirs", () => {
  const mounts = [{ Destination: "/y" }, { Destination: "/x" }];
  expect(normalise({ Mounts: mounts, HostConfig: { Mounts: mounts } }, symbols())).toEqual({
    Mounts: mounts.toReversed(),
    HostConfig: { Mounts: mounts },
  });
});

it("takes the size of a directory for that of its file system, and compares those of files", () => {
  const stat = { name: "x", size: 100, mode: 0o644, mtime: "2026-01-02T03:04:05Z", linkTarget: "" };
  const command = { call: "containers.statArchive", args: ["web", "/x"] } as const;
  const shown = (mode: number) => normaliseOutcome(command, { answer: { ...stat, mode } }, symbols());
  expect(shown(0o644)).toMatchObject({ answer: { size: 100 } });
  expect(shown(2 ** 31 + 0o755)).toMatchObject({ answer: { size: "<size of a directory>" } });
});
