import { describe, expect, it } from "vitest";
import { cellOf, createSimulator, releaseNames } from "../../index.js";

const busybox = { Image: "busybox", Cmd: ["sleep", "1000"] };

/** Publishes port 81 at host port 8080 of these addresses; tells how the start ends. */
async function published(release: (typeof releaseNames)[number], protocol: string, addresses: string[]) {
  await using simulator = createSimulator({ release });
  const { containers } = simulator.engine;
  const port = `81/${protocol}`;
  const bindings = addresses.map((HostIp) => ({ HostIp, HostPort: "8080" }));
  await containers.create(
    { ...busybox, ExposedPorts: { [port]: {} }, HostConfig: { PortBindings: { [port]: bindings } } },
    { name: "web" },
  );
  try {
    await containers.start("web");
    return "published";
  } catch (error) {
    return (error as Error).message.replace(/.*endpoint web \(\w+\): /, "");
  }
}

// Asked of 28.5 and 29.
describe.each(releaseNames.slice(2))("one port of a container at addresses of %s that clash", (release) => {
  const cell = (v28: string, v29: string) => cellOf({ "20.10": "", "28.5": v28, "29": v29 }, release);

  it("is refused where one address stands for the other", async () => {
    const refusal = (address: string, protocol = "tcp") =>
      cell(
        "failed to listen on TCP socket: address already in use",
        `failed to bind host port ${address}:8080/${protocol}: address already in use`,
      );
    expect(await published(release, "tcp", ["", "127.0.0.2"])).toBe(refusal("127.0.0.2"));
    expect(await published(release, "tcp", ["127.0.0.2", ""])).toBe(refusal("127.0.0.2"));
    expect(await published(release, "tcp", ["::1", ""])).toBe(refusal("[::1]"));
    expect(await published(release, "tcp", ["127.0.0.2", "127.0.0.2"])).toBe(refusal("127.0.0.2"));
    expect(await published(release, "udp", ["0.0.0.0", "127.0.0.2"])).toBe(
      cell("published", "failed to bind host port 127.0.0.2:8080/udp: address already in use"),
    );
  });

  it("is published where none does", async () => {
    expect(await published(release, "tcp", ["127.0.0.3", "127.0.0.2"])).toBe("published");
    expect(await published(release, "tcp", ["::", "127.0.0.2"])).toBe("published");
  });
});
