import { disposable, parity } from "@dryharbor/conformance";
import { type CommandIo, dockerCommand } from "@dryharbor/docker-cli";
import { dockerProgram } from "@dryharbor/docker-cli/program";
import type { ProcessContext, Program } from "@dryharbor/kernel";
import { virtualTime } from "@dryharbor/kernel/host";
import { Session, simulatorMachine } from "@dryharbor/lessons";
import { findLevel } from "@dryharbor/lessons/content";
import { type Engine, NotFoundError, openEngine, run } from "@dryharbor/sdk";
import { dockerEngine } from "@dryharbor/sdk/docker";
import { topology } from "@dryharbor/sdk/topology";
import { createSimulator, type Simulator, type SimulatorOptions } from "@dryharbor/simulator";
import { agent, type Served, serve } from "@dryharbor/simulator/node";
import Docker from "dockerode";

const countdown: Program = async ({ argv, stdout, sleep }: ProcessContext) => {
  for (let left = Number(argv[1] ?? 3); left > 0; left--) {
    stdout(`${left}\n`);
    await sleep(1000);
  }
  return 0;
};
const options: SimulatorOptions = { release: "28.5", seed: 7, programs: { countdown }, time: virtualTime() };

export async function uses(host: string): Promise<string[]> {
  const simulator: Simulator = createSimulator(options);
  const engine: Engine = simulator.engine;
  const { Id } = await engine.networks.create({ Name: "backend" });
  const { IPAM } = await engine.networks.inspect(Id);
  const subnets: (string | undefined)[] = (IPAM.Config ?? []).map(({ Subnet }) => Subnet);
  await run(engine, { Image: "busybox", Cmd: ["true"] }, { name: "web", detach: true });
  const answer = await engine.dns.resolve("web", { name: "redis" });
  const records: readonly string[] = answer.status === "found" ? answer.records : [];
  const served: Served = await serve(simulator, { host });
  await served.close();
  await using real = dockerEngine({ docker: new Docker() });
  await using named = await openEngine("simulator:29");
  for await (const event of real.events())
    return [event.Type, ...records, ...subnets.flatMap((each) => each ?? [])];
  const failure: unknown = await named.networks.inspect("nowhere").catch((error: unknown) => error);
  if (failure instanceof NotFoundError) throw new Error(`${failure.status}: ${failure.message}`);
  // @ts-expect-error a network has a name
  await engine.networks.create({ Labels: {} });
  return (await topology(engine)).networks.map(({ name }) => name);
}

export async function usesTheRest(simulator: Simulator, io: CommandIo): Promise<number> {
  const docker = dockerCommand(simulator.engine);
  await docker("network ls", io);
  const { exitCode } = await docker(["network", "ls"]);
  agent(simulator).destroy();
  await Session.open({
    level: findLevel("first-steps")!,
    find: findLevel,
    open: () => simulatorMachine(simulator, { docker: dockerProgram(simulator.engine) }),
  });
  await parity({
    reference: disposable(() => createSimulator().engine),
    subject: disposable(() => createSimulator().engine),
    commands: 5,
    seed: 7,
    shrinkMilliseconds: 0,
    enough: 1,
  });
  return exitCode;
}
