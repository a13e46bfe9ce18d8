import { describe, expect, it } from "vitest";
import { ask as askSimulator } from "../../../test/ask.js";
import { cellOf } from "../../core/releases/row.js";
import { createSimulator, type ReleaseName, releaseNames, type Simulator } from "../../index.js";

async function send(simulator: Simulator, line: string, body = "") {
  const { status, body: answer } = await askSimulator(simulator, line, body);
  return { status, text: typeof answer === "string" ? answer.trim() : "" };
}

/** Asks an engine outside of a swarm. */
async function ask(release: ReleaseName, line: string, body = "") {
  const { status, text } = await send(createSimulator({ release }), line, body);
  return `${status} ${JSON.parse(text).message}`;
}

/**
 * Makes an engine in a swarm and a client for it. A call returns the answer's JSON, or status and message of
 * an error.
 */
async function swarm(release: ReleaseName, init: object = {}) {
  const simulator = createSimulator({ release });
  const call = async (line: string, body?: object) => {
    const { status, text } = await send(simulator, line, body === undefined ? "" : JSON.stringify(body));
    const answer = text === "" ? undefined : JSON.parse(text);
    return status < 400 ? answer : `${status} ${answer.message}`;
  };
  const node = await call("POST /swarm/init", { ListenAddr: "0.0.0.0:2377", ...init });
  return { simulator, call, node };
}

/** Runs a container. */
async function run(call: Client, name: string, network: string, more: object = {}) {
  const HostConfig = { NetworkMode: network };
  const created = await call(`POST /containers/create?name=${name}`, {
    Image: "busybox",
    Cmd: ["sleep", "1000"],
    HostConfig,
    ...more,
  });
  return (await call(`POST /containers/${name}/start`)) ?? created.Id;
}

type Client = Awaited<ReturnType<typeof swarm>>["call"];

const open = { Name: "open", Driver: "overlay", Attachable: true };

const noManager =
  '503 This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to connect this node to swarm and try again.';

// Answers of the three engines outside of a swarm.
describe("outside a swarm", () => {
  it.each(["/swarm/unlock", "/services/create", "/secrets/create", "/configs/create"])(
    "%s reads its body first",
    async (path) => {
      const all = async (body: string) =>
        Promise.all(releaseNames.map((release) => ask(release, `POST ${path}`, body)));
      expect(await all("")).toEqual([
        "400 got EOF while reading request body",
        noManager,
        noManager,
        noManager,
      ]);
      expect(await all("{")).toEqual([
        "400 unexpected EOF",
        "400 invalid JSON: unexpected EOF",
        "400 invalid JSON: unexpected EOF",
        "400 invalid JSON: unexpected EOF",
      ]);
      expect(await all("{} x")).toEqual([
        noManager,
        "400 unexpected content after JSON",
        "400 unexpected content after JSON",
        "400 unexpected content after JSON",
      ]);
    },
  );

  it.each([
    ["/swarm/update", "invalid swarm version 'x': strconv.ParseUint: parsing \"x\": invalid syntax"],
    ["/services/a/update", "invalid service version 'x': strconv.ParseUint: parsing \"x\": invalid syntax"],
    ["/nodes/a/update", "invalid node version 'x': strconv.ParseUint: parsing \"x\": invalid syntax"],
    ["/secrets/a/update", "invalid secret version"],
    ["/configs/a/update", "invalid config version"],
  ])("%s wants a version", async (path, message) => {
    expect(await ask("28.5", `POST ${path}?version=x`, "{}")).toBe(`400 ${message}`);
    expect(await ask("28.5", `POST ${path}?version=1`, "{}")).toBe(noManager);
  });

  it("a service's spec is decoded to the last field", async () => {
    const mode = '{"TaskTemplate":{"ContainerSpec":{"Secrets":[{"File":{"Mode":-1}}]}}}';
    expect(await ask("20.10", "POST /services/create", mode)).toBe(
      "400 json: cannot unmarshal number -1 into Go struct field SecretReferenceFileTarget.TaskTemplate.ContainerSpec.Secrets.File.Mode of type fs.FileMode",
    );
    const ratio = '{"UpdateConfig":{"MaxFailureRatio":1e50}}';
    expect(await ask("28.5", "POST /services/create", ratio)).toBe(
      "400 invalid JSON: json: cannot unmarshal number 1e50 into Go struct field ServiceSpec.UpdateConfig.MaxFailureRatio of type float32",
    );
  });

  it("what is no base64 is told with its place from 28.5 on", async () => {
    const data = (release: ReleaseName) => ask(release, "POST /secrets/create", '{"Data":"%%"}');
    expect(await data("26.1")).toBe("400 invalid JSON: illegal base64 data at input byte 0");
    const place = async (text: string) =>
      Number((await ask("26.1", "POST /secrets/create", JSON.stringify({ Data: text }))).split(" ").at(-1));
    expect(await Promise.all(["zz", "zzzzz", "zz=", "zz=x", "zz==x", "zzz=x", "z="].map(place))).toEqual([
      0, 4, 3, 2, 4, 4, 1,
    ]);
    expect(await data("28.5")).toBe(
      "400 invalid JSON: json: cannot unmarshal string into Go struct field SecretSpec.Data of type []uint8: illegal base64 data at input byte 0",
    );
  });
});

// 29 asks the swarm to count the addresses of its networks, and answers so where the swarm cannot. Seen on 29.7.2.
describe("in a swarm that counts addresses, 29", () => {
  const counts = (IPsInUse: number, DynamicIPsAvailable: number) => ({ IPsInUse, DynamicIPsAvailable });
  const status = (Subnets?: object) => ({ IPAM: Subnets ? { Subnets } : {} });

  it("shows those of a network that is not on the node, but not to older clients", async () => {
    const { call } = await swarm("29");
    const Config = [{ Subnet: "10.83.0.0/24" }, { Subnet: "10.82.0.0/24", IPRange: "10.82.0.16/28" }];
    await call("POST /networks/create", { ...open, IPAM: { Config } });
    const shown = await call("GET /networks/open");
    expect(shown.Status).toEqual(status({ "10.82.0.0/24": counts(3, 15), "10.83.0.0/24": counts(3, 253) }));
    expect(Object.keys(shown).slice(-3)).toEqual(["Labels", "Containers", "Status"]);
    expect(await call("GET /v1.51/networks/open")).not.toHaveProperty("Status");
    expect((await call("GET /networks?filters={%22name%22:[%22open%22]}"))[0]).not.toHaveProperty(
      "Containers",
    );
  });

  it("has none of a node's own network in the swarm, except by its whole id, from the node", async () => {
    const { call } = await swarm("29");
    const { Id } = await call("POST /networks/create", { ...open, Driver: "bridge", Scope: "swarm" });
    expect((await call("GET /networks/open")).Status).toEqual(status());
    await run(call, "web", "open");
    const own = status({ "172.19.0.0/16": counts(4, 65_532) });
    expect((await call("GET /networks/open")).Status).toEqual(status());
    expect((await call(`GET /networks/${Id.slice(0, 20)}`)).Status).toEqual(status());
    expect((await call(`GET /networks/${Id}`)).Status).toEqual(own);
    await leaveWaiting(call);
    expect((await call("GET /networks/open")).Status).toEqual(own);
    expect((await call("GET /networks/open?scope=swarm")).Status).toEqual(status());
  });

  it("finds no network by its name that is not on the node, while another waits for its subnets", async () => {
    const { call } = await swarm("29");
    const { Id } = await call("POST /networks/create", open);
    const { two } = await leaveWaiting(call);
    const missing = (ref: string) => `404 network ${ref} not found`;
    expect(await call("GET /networks/open")).toBe(missing("open"));
    expect(await call("GET /networks/two")).toBe(missing("two"));
    expect(await call("GET /networks/two?scope=swarm")).toBe(missing("two"));
    expect(await call(`GET /networks/${two}`)).toBe(missing(two));
    expect(await call(`GET /networks/${two.slice(0, 20)}`)).toBe(missing(two.slice(0, 20)));
    const found = { Id, Status: status({ "10.0.1.0/24": counts(3, 253) }) };
    for (const ref of [Id, Id.slice(0, 20), `${Id}?scope=swarm`, `${Id}?scope=local`, "open?scope=swarm"]) {
      expect(await call(`GET /networks/${ref}`)).toMatchObject(found);
    }
    expect(await call("GET /v1.51/networks/open")).toMatchObject({ Id });
    expect(await call(`GET /v1.51/networks/${two}`)).toMatchObject({ Driver: "" });
    expect(await call("GET /networks")).toContainEqual(expect.objectContaining({ Id: two }));
    await run(call, "web", "open");
    const used = status({ "10.0.1.0/24": counts(5, 251) });
    expect(await call("GET /networks/open")).toMatchObject({ Id, Status: used });
    await call("DELETE /containers/web?force=1");
    expect(await call("GET /networks/open")).toBe(missing("open"));
    expect(await call("DELETE /networks/open")).toBeUndefined();
    expect(await call("DELETE /networks/two")).toBeUndefined();
    expect(await call("GET /networks/one")).toMatchObject({ Name: "one" });
  });
});

/** Makes a network, and another that waits since its subnet overlaps. Returns their ids. */
async function leaveWaiting(call: Client): Promise<{ one: string; two: string }> {
  const IPAM = { Config: [{ Subnet: "10.80.0.0/16" }] };
  const { Id: one } = await call("POST /networks/create", { ...open, Name: "one", IPAM });
  const { Id: two } = await call("POST /networks/create", { ...open, Name: "two", IPAM });
  return { one, two };
}

// Answers of the three engines in a swarm of one node.
describe.each(releaseNames)("in a swarm, %s", (release) => {
  /** The containers of a network that is not on the node. */
  const nobody = cellOf<object | null>({ "20.10": null, "29": {} }, release);

  it("has no services, and refuses those that no engine takes in its words", async () => {
    const { call } = await swarm(release);
    const created = (spec: object) => call("POST /services/create", spec);
    const busybox = { ContainerSpec: { Image: "busybox" } };
    const rpc = "400 rpc error: code = InvalidArgument desc =";
    expect(await created({})).toBe("400 mismatched Runtime and *Spec fields");
    expect(await created({ TaskTemplate: { Runtime: "zz" } })).toBe("400 unsupported runtime");
    expect(await created({ TaskTemplate: busybox, Mode: { Global: {}, Replicated: {} } })).toBe(
      "400 must specify only one service mode",
    );
    expect(await created({ Name: "a b", TaskTemplate: busybox })).toBe(
      `${rpc} name must be valid as a DNS name component`,
    );
    expect(await created({ TaskTemplate: { ContainerSpec: {} } })).toBe(
      `${rpc} ContainerSpec: image reference must be provided`,
    );
    expect(await created({ TaskTemplate: busybox })).toBe(
      "501 the simulator does not serve POST /services/create",
    );
    expect(await call("POST /services/nope/update?version=1", {})).toBe(
      "400 mismatched Runtime and *Spec fields",
    );
    expect(await call("POST /services/nope/update?version=1", { TaskTemplate: busybox })).toBe(
      "404 service nope not found",
    );
  });

  it("has a leader, tokens and a certificate", async () => {
    const { call, node } = await swarm(release, { Spec: { Labels: { b: "2", a: "1" } } });
    const shown = await call("GET /swarm");
    expect(shown).toMatchObject({
      Version: { Index: 10 },
      Spec: { Name: "default", Labels: { a: "1", b: "2" }, Raft: { ElectionTick: 10, HeartbeatTick: 1 } },
      DefaultAddrPool: ["10.0.0.0/8"],
      SubnetSize: 24,
      DataPathPort: 4789,
    });
    expect(shown.JoinTokens.Worker).toMatch(/^SWMTKN-1-[0-9a-z]{50}-[0-9a-z]{25}$/);
    expect(await call("GET /nodes")).toMatchObject([
      { ID: node, Version: { Index: 9 }, Spec: { Role: "manager" }, ManagerStatus: { Leader: true } },
    ]);
    const { JoinTokens: _, ...cluster } = shown;
    expect((await call("GET /info")).Swarm).toMatchObject({
      NodeID: node,
      LocalNodeState: "active",
      ControlAvailable: true,
      Cluster: cluster,
    });
  });

  it.each([
    [
      { ListenAddr: "zz" },
      "400 listen address must be an IP address or network interface (with optional port number)",
    ],
    [
      { AdvertiseAddr: "0.0.0.0" },
      "400 advertise address must be a non-zero IP address or network interface (with optional port number)",
    ],
    [{ DataPathPort: 5 }, "500 Datapath port number is not in valid range (1024-49151) : 5"],
    [{ Availability: "zz" }, '500 invalid Availability: "zz"'],
    [
      { DefaultAddrPool: ["10.1.2.3/24"], SubnetSize: 20 },
      '500 invalid CIDR: "10.1.2.3/24". Subnet size is too small for pool: 20',
    ],
    [
      { ListenAddr: "1.2.3.4:2377" },
      "500 manager stopped: failed to listen on remote API address: listen tcp 1.2.3.4:2377: bind: cannot assign requested address",
    ],
    [{ Spec: { Name: "zz" } }, '400 swarm spec must be named "default"'],
  ])("is not made of %j", async (init, answer) => {
    const { call, node } = await swarm(release, init);
    expect(node).toBe(answer);
    expect(await call("GET /swarm")).toBe(noManager);
  });

  it("is updated as a whole, in its turn", async () => {
    const { call } = await swarm(release);
    const before = (await call("GET /swarm")).JoinTokens;
    expect(await call("POST /swarm/update?version=1", {})).toBe(
      "500 rpc error: code = Unknown desc = update out of sequence",
    );
    const spec = { EncryptionConfig: { AutoLockManagers: true } };
    expect(await call("POST /swarm/update?version=10&rotateWorkerToken=1", spec)).toBeUndefined();
    const { Spec, JoinTokens } = await call("GET /swarm");
    expect(Spec).toMatchObject({
      Orchestration: { TaskHistoryRetentionLimit: 0 },
      Dispatcher: {},
      CAConfig: {},
    });
    expect(JoinTokens.Worker).not.toBe(before.Worker);
    expect(JoinTokens.Manager).toBe(before.Manager);
    expect((await call("GET /swarm/unlockkey")).UnlockKey).toMatch(/^SWMKEY-1-[A-Za-z0-9+/]{43}$/);
  });

  it("is left by force only, and containers leave its networks", async () => {
    const { call } = await swarm(release);
    await call("POST /networks/create", open);
    await run(call, "web", "open");
    expect(await call("POST /swarm/leave")).toMatch(/^503 You are attempting to leave the swarm on a node/);
    expect(await call("POST /swarm/leave?force=1")).toBeUndefined();
    expect((await call("GET /containers/web/json")).NetworkSettings.Networks).toEqual({});
    expect(await call('GET /networks?filters={"driver":["overlay"]}')).toEqual([]);
    expect((await call("GET /networks/docker_gwbridge")).Containers).toEqual({});
    expect(await call("POST /swarm/leave?force=1")).toBe("503 This node is not part of a swarm");
  });

  it("gives addresses one after the other, and has a network here while somebody is on it", async () => {
    const { call, simulator } = await swarm(release);
    const { Id } = await call("POST /networks/create", { ...open, Labels: { over: "1" } });
    expect(Id).toMatch(/^[0-9a-z]{25}$/);
    const elsewhere = await call("GET /networks/open");
    expect(elsewhere).toMatchObject({
      Containers: nobody,
      Options: { [vxlan]: "4097" },
      Labels: { over: "1" },
    });
    const web = await run(call, "web", "open");
    const endpoint = { EndpointID: expect.any(String), IPv6Address: "" };
    const peer = { Name: expect.stringMatching(/^[0-9a-f]{12}$/), IP: "192.0.2.10" };
    expect(await call("GET /networks/open")).toMatchObject({
      Containers: {
        [web]: { ...endpoint, Name: "web", IPv4Address: "10.0.1.2/24", MacAddress: "02:42:0a:00:01:02" },
        "lb-open": { ...endpoint, Name: "open-endpoint", IPv4Address: "10.0.1.3/24" },
      },
      Peers: [peer],
    });
    const own = async () => (await call("GET /containers/web/json")).NetworkSettings.Networks.open;
    expect(await own()).toMatchObject({
      IPAMConfig: { IPv4Address: "10.0.1.2" },
      Gateway: "",
      NetworkID: Id,
    });
    await simulator.engine.containers.stop("web");
    expect(await own()).toMatchObject({ IPAMConfig: null, IPAddress: "" });
    expect(await call("GET /networks/open")).toEqual(elsewhere);
    await simulator.engine.containers.start("web");
    expect(await own()).toMatchObject({ IPAMConfig: { IPv4Address: "10.0.1.4" }, IPAddress: "10.0.1.4" });
  });

  it("reaches the outside over the gateway bridge while no other network leads there", async () => {
    const { call } = await swarm(release);
    await call("POST /networks/create", open);
    await call("POST /networks/create", { Name: "br" });
    const id = await run(call, "web", "open", {
      ExposedPorts: { "80/tcp": {} },
      HostConfig: { NetworkMode: "open", PortBindings: { "80/tcp": [{ HostPort: "8080" }] } },
    });
    const gateway = async () => (await call("GET /networks/docker_gwbridge")).Containers;
    const ports = async () => (await call("GET /containers/web/json")).NetworkSettings.Ports["80/tcp"];
    expect(Object.keys(await gateway())).toEqual([id, "ingress-sbox"]);
    expect((await gateway())[id].Name).toMatch(/^gateway_[0-9a-f]{12}$/);
    expect(await ports()).toHaveLength(2);
    await call("POST /networks/br/connect", { Container: "web" });
    expect(Object.keys(await gateway())).toEqual(["ingress-sbox"]);
    expect(await ports()).toHaveLength(2);
    await call("POST /networks/br/disconnect", { Container: "web" });
    expect(Object.keys(await gateway())).toEqual([id, "ingress-sbox"]);
    await call("DELETE /containers/web?force=1");
    expect(Object.keys(await gateway())).toEqual(["ingress-sbox"]);
  });

  it("refuses what is not attachable, not there, and taken", async () => {
    const { call } = await swarm(release);
    await call("POST /networks/create", { Name: "plain", Driver: "overlay" });
    await call("POST /networks/create", open);
    const prefix = cellOf({ "20.10": "", "28.5": "failed to set up container networking: " }, release);
    const refused =
      "Could not attach to network plain: rpc error: code = PermissionDenied desc = network plain";
    expect(await run(call, "a1", "plain")).toBe(`500 ${prefix}${refused} not manually attachable`);
    const missing =
      "Could not attach to network nope: rpc error: code = NotFound desc = network nope not found";
    expect(await run(call, "b1", "nope")).toBe(`500 ${prefix}${missing}`);
    await run(call, "c1", "open");
    expect(await call("POST /networks/open/connect", { Container: "c1" })).toBe(
      "409 c1 is already attached to network open",
    );
    expect(await call("DELETE /networks/open")).toMatch(
      /^400 rpc error: code = FailedPrecondition desc = network \w{25} is in use by task \w{25}$/,
    );
    expect(await call("POST /networks/prune")).toEqual({ NetworksDeleted: ["plain"] });
    expect(await call("DELETE /networks/docker_gwbridge")).toMatch(
      /^403 error while removing network: network/,
    );
  });

  it("finds a network of the swarm by its id whatever the scope is, but removes only those that it lists", async () => {
    const { call } = await swarm(release);
    const { Id } = await call("POST /networks/create", open);
    const { Id: bridge } = await call("GET /networks/bridge?scope=swarm");
    expect(bridge).toMatch(/^[0-9a-z]{25}$/);
    for (const id of [Id, bridge]) {
      for (const ref of [id, id.slice(0, 20)]) {
        expect(await call(`GET /networks/${ref}`)).toMatchObject({ Id: id, Scope: "swarm" });
        expect(await call(`GET /networks/${ref}?scope=local`)).toMatchObject({ Id: id });
      }
    }
    expect(await call("GET /networks/open?scope=local")).toBe("404 network open not found");
    expect(await call(`DELETE /networks/${bridge}`)).toBe(`404 network ${bridge} not found`);
  });

  it("filters the swarm's networks by name and by id", async () => {
    const { call } = await swarm(release);
    const { Id } = await call("POST /networks/create", open);
    const listed = async (filters: object) => {
      const networks = await call(`GET /networks?filters=${JSON.stringify(filters)}`);
      return networks.map(({ Name }: { Name: string }) => Name);
    };
    const found = cellOf<string[]>({ "20.10": [], "29": ["open"] }, release);
    expect(await listed({ name: ["open"] })).toEqual(["open"]);
    expect(await listed({ name: ["ope"] })).toEqual(found);
    expect(await listed({ name: ["^op.n$"] })).toEqual(found);
    expect(await listed({ id: [Id.slice(0, 9)] })).toEqual(["open"]);
    expect(await listed({ id: [Id.slice(4, 20)] })).toEqual(found);
  });

  it("takes an address that is asked for before the load balancer's", async () => {
    const { call } = await swarm(release);
    await call("POST /networks/create", { ...open, IPAM: { Config: [{ Subnet: "10.87.0.0/24" }] } });
    const EndpointsConfig = { open: { IPAMConfig: { IPv4Address: "10.87.0.2" } } };
    const web = await run(call, "web", "open", { NetworkingConfig: { EndpointsConfig } });
    expect((await call("GET /networks/open")).Containers).toMatchObject({
      [web]: { IPv4Address: "10.87.0.2/24" },
      "lb-open": { IPv4Address: "10.87.0.3/24" },
    });
  });

  it("refuses a container where no address is left for the load balancer", async () => {
    const { call } = await swarm(release);
    await call("POST /networks/create", { ...open, IPAM: { Config: [{ Subnet: "10.86.0.0/30" }] } });
    expect(await run(call, "web", "open")).toMatch(/^500 .*attaching to network failed, make sure/);
    expect((await call("GET /networks/open")).Containers).toEqual(nobody);
    expect(await call("DELETE /networks/open")).toBeUndefined();
  });

  it("has the node pick an IPv6 subnet where the swarm has none, if the release picks such", async () => {
    const { call, simulator } = await swarm(release);
    await call("POST /networks/create", { ...open, EnableIPv6: true });
    const web = await run(call, "web", "open");
    if (!cellOf({ "20.10": false, "28.5": true }, release)) {
      expect(web).toMatch(/^500 .*attaching to network failed, make sure/);
      return;
    }
    const { IPAM, Containers } = await call("GET /networks/open");
    const [, { Subnet, Gateway }] = IPAM.Config;
    expect(Subnet).toMatch(/^fd[0-9a-f:]+::\/64$/);
    const start = Subnet.slice(0, -"/64".length);
    expect(Gateway).toBe(`${start}1`);
    expect(Containers).toMatchObject({
      [web]: { IPv4Address: "10.0.1.2/24", IPv6Address: `${start}3/64` },
      "lb-open": { IPv4Address: "10.0.1.3/24", IPv6Address: `${start}2/64` },
    });
    const restored = createSimulator({ snapshot: simulator.snapshot() });
    const again = await send(restored, "GET /networks/open");
    expect(JSON.parse(again.text)).toMatchObject({ IPAM, Containers });
    await call("DELETE /containers/web?force=1");
    await call("POST /networks/create", { Name: "next", EnableIPv6: true });
    expect((await call("GET /networks/next")).IPAM.Config[1].Subnet).toBe(Subnet);
  });

  it("shows in tasks what was asked of IPAM, and what came of it", async () => {
    const { call } = await swarm(release);
    const IPAM = { Config: [{ Subnet: "10.88.0.0/24" }], Options: { z: "1" } };
    await call("POST /networks/create", { ...open, IPAM });
    await call("POST /networks/create", { ...open, Name: "own", Driver: "bridge", Scope: "swarm", IPAM });
    await call("POST /networks/create", { ...open, Name: "empty", IPAM: {} });
    await call("POST /networks/create", { ...open, Name: "plain" });
    for (const name of ["open", "own", "empty", "plain"]) await run(call, name, name);
    const Options = { "com.docker.network.ipam.serial": "true", z: "1" };
    expect((await call("GET /networks/open")).IPAM.Options).toEqual(Options);
    expect((await call("GET /networks/own")).IPAM).toMatchObject({ Config: [{ Subnet: "172.19.0.0/16" }] });
    const tasks = await call('GET /tasks?filters={"runtime":["attachment"]}');
    interface Task {
      NetworksAttachments: [
        { Network: { Spec: { Name: string; IPAMOptions?: object }; IPAMOptions: object } },
      ];
    }
    const shown = Object.fromEntries(
      tasks.map(({ NetworksAttachments: [{ Network }] }: Task) => [
        Network.Spec.Name,
        [Network.Spec.IPAMOptions, Network.IPAMOptions],
      ]),
    );
    const Driver = { Name: "default" };
    const given = {
      Driver: { ...Driver, Options },
      Configs: [{ Subnet: "10.88.0.0/24", Gateway: "10.88.0.1" }],
    };
    const picked = (subnet: string) => ({
      Driver,
      Configs: [{ Subnet: `10.0.${subnet}.0/24`, Gateway: `10.0.${subnet}.1` }],
    });
    expect(shown).toEqual({
      open: [given, given],
      own: [{ Driver: { ...Driver, Options }, Configs: [{ Subnet: "10.88.0.0/24" }] }, { Driver: {} }],
      empty: [{ Driver }, picked("1")],
      plain: [undefined, picked("2")],
    });
  });

  it("leaves a network without subnets that overlaps another, until it can have them", async () => {
    const { call } = await swarm(release);
    const IPAM = { Config: [{ Subnet: "10.80.0.0/16" }] };
    await call("POST /networks/create", { ...open, Name: "one", IPAM });
    await call("POST /networks/create", { ...open, Name: "two", IPAM });
    const waiting = { Driver: "", IPAM: { Driver: "", Config: null } };
    const version = cellOf({ "20.10": "v1.41", "29": "v1.51" }, release);
    expect(await call(`GET /${version}/networks/two`)).toMatchObject(waiting);
    await call("DELETE /networks/one");
    expect(await call("GET /networks/two")).toMatchObject({
      Driver: "overlay",
      IPAM: { Config: [{ Subnet: "10.80.0.0/16", Gateway: "10.80.0.1" }] },
    });
  });

  it("shows subnets of both families in the order in which they were asked for", async () => {
    const { call } = await swarm(release);
    const Config = [{ Subnet: "fd00:1::/64" }, { Subnet: "10.95.0.0/24" }];
    await call("POST /networks/create", { ...open, EnableIPv6: true, IPAM: { Config } });
    const { IPAM, Options } = await call("GET /v1.41/networks/open");
    const allocated = [
      [
        { Subnet: "fd00:1::/64", Gateway: "fd00:1::1" },
        { Subnet: "10.95.0.0/24", Gateway: "10.95.0.1" },
      ],
      "4097,4098",
    ];
    // Seen on 28.5 and 29: such a network never gets its subnets.
    const expected = cellOf<unknown>({ "20.10": allocated, "28.5": [null, undefined] }, release);
    expect([IPAM.Config, Options?.[vxlan]]).toEqual(expected);
  });

  it("has networks of each node's own drivers, too", async () => {
    const { call } = await swarm(release);
    await call("POST /networks/create", { Name: "own", Driver: "bridge", Scope: "swarm", Attachable: true });
    expect(await call("GET /networks/own")).toMatchObject({
      Driver: "bridge",
      IPAM: { Driver: "", Config: [] },
    });
    const web = await run(call, "web", "own");
    expect(await call("GET /networks/own")).toMatchObject({
      Scope: "swarm",
      IPAM: { Config: [{ Subnet: "172.19.0.0/16", Gateway: "172.19.0.1" }] },
      Containers: { [web]: { Name: "web", IPv4Address: "172.19.0.2/16" } },
    });
    const own = (await call("GET /containers/web/json")).NetworkSettings.Networks.own;
    expect(own).toMatchObject({ IPAMConfig: {}, Gateway: "172.19.0.1" });
    expect(Object.keys((await call("GET /networks/docker_gwbridge")).Containers)).toEqual(["ingress-sbox"]);
    await call("DELETE /containers/web?force=1");
    expect(await call("GET /networks/own")).toMatchObject({ Containers: nobody });
    expect(await call("DELETE /networks/own")).toBeUndefined();
  });

  it("keeps secrets and configs", async () => {
    const { call } = await swarm(release);
    expect(await call("POST /secrets/create", { Name: "-a", Data: "YQ==" })).toMatch(
      /^400 .*invalid name, only 64/,
    );
    expect(await call("POST /secrets/create", { Name: "s" })).toMatch(
      /^400 .*secret data must be larger than 0/,
    );
    const { ID } = await call("POST /secrets/create", { Name: "s", Data: "YQ==", Labels: { x: "y" } });
    expect(await call("POST /secrets/create", { Name: "S", Data: "YQ==" })).toBe(
      "409 rpc error: code = AlreadyExists desc = secret S already exists",
    );
    const { Version, ...shown } = await call("GET /secrets/s");
    expect(shown).toMatchObject({ ID, Spec: { Name: "s", Labels: { x: "y" } } });
    expect(shown.Spec).not.toHaveProperty("Data");
    const update = `POST /secrets/s/update?version=${Version.Index}`;
    expect(await call(update, { Name: "s", Data: "Yg==" })).toMatch(
      /^400 .*only updates to Labels are allowed/,
    );
    expect(await call(update, { Name: "s", Labels: { x: "z" } })).toBeUndefined();
    expect(await call('GET /secrets?filters={"label":["x=z"]}')).toMatchObject([{ ID }]);
    expect(await call("DELETE /secrets/s")).toBeUndefined();
    await call("POST /configs/create", { Name: "c", Data: "YQ==" });
    expect(await call("GET /configs/c")).toMatchObject({ Spec: { Name: "c", Labels: {}, Data: "YQ==" } });
  });

  it("goes on from a snapshot as if nothing had been", async () => {
    const { call, simulator } = await swarm(release);
    await call("POST /networks/create", open);
    await run(call, "web", "open");
    await call("POST /secrets/create", { Name: "s", Data: "YQ==" });
    const snapshot = JSON.parse(JSON.stringify(simulator.snapshot()));
    const restored = createSimulator({ snapshot });
    const next = async (of: Simulator) => {
      const answers = [];
      for (const [line, body] of [
        ["GET /swarm"],
        ["GET /nodes"],
        ["GET /secrets"],
        ["GET /networks"],
        ["GET /networks/open"],
        ["GET /networks/docker_gwbridge"],
        ['GET /tasks?filters={"runtime":["attachment"]}'],
        ["POST /networks/create", '{"Name":"more","Driver":"overlay"}'],
        ["POST /containers/create?name=db", '{"Image":"busybox","Cmd":["sleep","9"]}'],
        ["POST /containers/db/start"],
        ["POST /networks/open/connect", '{"Container":"db"}'],
        ["GET /networks/open"],
        ["DELETE /containers/web?force=1"],
        ["DELETE /containers/db?force=1"],
        ["DELETE /networks/open"],
      ] as const) {
        answers.push(
          (await send(of, line, body)).text.replace(/"(Created|CreatedAt|UpdatedAt)":"[^"]*"/g, ""),
        );
      }
      return answers;
    };
    expect(await next(restored)).toEqual(await next(simulator));
  });
});

const vxlan = "com.docker.network.driver.overlay.vxlanid_list";
