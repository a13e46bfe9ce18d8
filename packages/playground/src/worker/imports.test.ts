import { readFile } from "node:fs/promises";
import { dockerProgram } from "@dryharbor/docker-cli/program";
import { type Topology, topology } from "@dryharbor/sdk/topology";
import { createSimulator, type Simulator, virtualTime } from "@dryharbor/simulator";
import { afterEach, describe, expect, it } from "vitest";
import { exported } from "./exports.js";
import { carriedBy } from "./imports.js";

// What is imported is made by docker itself on the simulator. `traces` has what docker network inspect and docker inspect
// have printed on a real engine, without the fields that tell of its disk.

const open: Simulator[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((simulator) => simulator.close()));
});

/** Carries a script out on a fresh host, where time passes at once: `docker stop` alone would take ten seconds. */
async function host(script: string, file?: string): Promise<Simulator> {
  const time = virtualTime();
  const simulator = createSimulator({ time });
  open.push(simulator);
  if (file !== undefined) simulator.host.files.write("/root/compose.yaml", file);
  const process = await simulator.host.run(script, {
    programs: { docker: dockerProgram(simulator.engine, { release: simulator.release }) },
    cwd: "/root",
  });
  await process.end();
  const ended = (async () => {
    for await (const _ of process);
    return true;
  })();
  while (!(await Promise.race([ended, time.advance(100)])));
  return simulator;
}

/** What the picture shows of it: names, addresses, aliases, links and ports. */
function seen({ networks, containers }: Topology, hasLinks = true): unknown {
  return {
    networks: networks
      .filter(({ name }) => !["bridge", "host", "none"].includes(name))
      .map(({ name, driver, internal, subnets }) => ({ name, driver, internal, subnets }))
      .sort((one, other) => (one.name < other.name ? -1 : 1)),
    containers: containers
      .map(({ name, state, sharesNetworkOf, endpoints, ports }) => ({
        name,
        state,
        sharesNetworkOf,
        endpoints: endpoints.map(({ network, ipv4, ipv6, aliases, links }) => ({
          network,
          ipv4,
          ipv6,
          aliases: aliases.filter((alias) => alias !== name && !/^[0-9a-f]{12}$/.test(alias)),
          ...(hasLinks && { links }),
        })),
        ports,
      }))
      .sort((one, other) => (one.name < other.name ? -1 : 1)),
  };
}

const trace = new URL("traces/inspected-28.5.json", import.meta.url);

describe("an import", () => {
  it("makes what docker inspect has printed on a real engine", async () => {
    const { text } = await carriedBy(await readFile(trace, "utf8"));
    const simulator = await host(text);
    const { containers } = seen(await topology(simulator.engine)) as { containers: { name: string }[] };
    expect(Object.fromEntries(containers.map(({ name, ...rest }) => [name, rest]))).toMatchObject({
      web: { state: "running", endpoints: [{ network: "frontend", ipv4: "172.18.0.2", aliases: ["www"] }] },
      db: {
        endpoints: [
          { network: "backend", ipv4: "10.9.0.50", aliases: ["database"] },
          { network: "frontend", ipv4: "172.18.0.3", aliases: ["front-db"], links: [{ alias: "w" }] },
        ],
      },
      linked: { endpoints: [{ network: "bridge", links: [{ alias: "o", target: "old" }] }] },
      paused1: { state: "paused", endpoints: [{ ipv4: "172.18.0.4" }] },
      side: { sharesNetworkOf: "web" },
      gone: { state: "exited" },
    });
  });

  it("finds the networks that only containers tell of, and the containers that only networks tell of", async () => {
    const all = JSON.parse(await readFile(trace, "utf8")) as object[];
    const containers = all.filter((each) => "Config" in each && !JSON.stringify(each).includes("fd00"));
    expect((await carriedBy(JSON.stringify(containers))).text).toContain(
      "docker network create --subnet 172.18.0.0/16 --gateway 172.18.0.1 frontend\n",
    );
    const networks = all.filter((each) => !("Config" in each));
    expect((await carriedBy(JSON.stringify(networks))).text).toContain(
      "docker run -d --name web --network frontend --ip 172.18.0.2 busybox sleep infinity\n",
    );
  });

  it("says what is wrong with what it cannot read", async () => {
    const wrong = async (text: string) => carriedBy(text).catch(({ message }: Error) => message);
    expect(await wrong(" ")).toContain("nothing to read");
    expect(await wrong("hello")).toContain("neither a compose file nor");
    expect(await wrong('[{"Name": "a",\n}]')).toContain(
      "damaged: something is missing or too much in lines 1 to 2",
    );
    expect(await wrong('[{"Name": "a"')).toContain("Copy all of it");
    expect(await wrong('[{"Name": "a"}]')).toContain("No network and no container");
  });
});

describe("an export", () => {
  it.for(["docker", "compose"] as const)("makes the same again: %s", async (format) => {
    const script = `docker network create --subnet 10.1.0.0/24 --ip-range 10.1.0.128/25 --label a=b front
docker network create --internal back
docker run -d --name web --network front --network-alias www -p 8080:80 -p 127.0.0.1::53/udp -e 'A=it'"'"'s $HOME' nginx
docker run -d -it --name db --network back -v data:/data -w /data --restart always --hostname store busybox
docker network connect --alias cellar --ip 10.1.0.7 --link web:w front db
docker run -d --name side --network container:web --entrypoint sleep busybox 1000
docker run -d --name alone --network none busybox sleep 1000`;
    const simulator = await host(script);
    const text = await exported(simulator.engine, format);
    const again = format === "docker" ? await host(text) : await host("docker compose up -d", text);
    const [one, other] = [await topology(simulator.engine), await topology(again.engine)];
    // Compose gives each link more names, on each network.
    const hasLinks = format === "docker";
    expect(seen(other, hasLinks)).toEqual(seen(one, hasLinks));
    const linked = other.containers.find(({ name }) => name === "db")?.endpoints;
    expect(linked?.find(({ network }) => network === "front")?.links).toContainEqual({
      alias: "w",
      target: "web",
    });
    const { Config } = await again.engine.containers.inspect("web");
    expect(Config.Env).toContain("A=it's $HOME");
  });
});
