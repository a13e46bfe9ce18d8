import { describe, expect, it } from "vitest";
import { hostPorts } from "./host-ports.js";

const ephemeral = { first: 0, last: 0 };
const exactly = (port: number) => ({ first: port, last: port });

describe("hostPorts", () => {
  it("gives out ephemeral ports one after the other, by address and protocol", () => {
    const ports = hostPorts();
    const take = (address: string, protocol = "tcp") => ports.take([address], protocol, ephemeral, false);
    expect([take("0.0.0.0"), take("0.0.0.0"), take("::"), take("0.0.0.0", "udp")]).toEqual([
      32768, 32769, 32768, 32768,
    ]);
    ports.free("0.0.0.0", "tcp", 32768);
    expect(take("0.0.0.0")).toBe(32770);
  });

  it("comes back to freed ports after the last one", () => {
    const ports = hostPorts({ "tcp 0.0.0.0 32768-60999": 60998 });
    expect(ports.take(["0.0.0.0"], "tcp", ephemeral, false)).toBe(60999);
    expect(ports.take(["0.0.0.0"], "tcp", ephemeral, false)).toBe(32768);
  });

  it("keeps a cursor per range, and says when a range is used up", () => {
    const ports = hostPorts();
    const take = () => ports.take(["0.0.0.0"], "tcp", { first: 8000, last: 8001 }, false);
    expect([take(), take(), take()]).toEqual([8000, 8001, { kind: "exhausted" }]);
    ports.free("0.0.0.0", "tcp", 8000);
    expect(take()).toBe(8000);
  });

  it("sees what is held at other addresses only where asked to", () => {
    const ports = hostPorts();
    ports.take(["127.0.0.1"], "tcp", exactly(80), true);
    expect(ports.take(["0.0.0.0", "::"], "tcp", exactly(80), true)).toEqual({
      kind: "taken",
      address: "127.0.0.1",
      port: 80,
    });
    expect(ports.take(["127.0.0.2"], "tcp", exactly(80), true)).toBe(80);
    expect(ports.take(["0.0.0.0"], "tcp", exactly(80), false)).toBe(80);
    expect(ports.blocked("0.0.0.0", "tcp", 80)).toBe(true);
    expect(ports.blocked("0.0.0.0", "udp", 80)).toBe(false);
  });
});
