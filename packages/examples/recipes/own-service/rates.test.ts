import { collectOutput, type Engine, run } from "@dryharbor/sdk";
import { test } from "@dryharbor/simulator/vitest";
import { expect } from "vitest";
import { ratesImage } from "./rates.js";

test.override({ simulatorOptions: { images: { busybox: {}, rates: ratesImage } } });

/** Asks the service from another container, with the shell and the nc that BusyBox has. */
async function ask(engine: Engine, cargo: string): Promise<string> {
  const Cmd = ["sh", "-c", `echo ${cargo} | nc rates 7000`];
  const HostConfig = { NetworkMode: "port" };
  const { stdout, stderr } = await run(engine, { Image: "busybox", Cmd, HostConfig }, { remove: true });
  return stdout + stderr;
}

test("other containers reach it by its name", async ({ engine }) => {
  await engine.networks.create({ Name: "port" });
  await run(engine, { Image: "rates", HostConfig: { NetworkMode: "port" } }, { name: "rates", detach: true });
  expect(await ask(engine, "tea")).toBe("3\n");
  expect(await ask(engine, "whales")).toBe("unknown\n");

  await engine.containers.stop("rates");
  const { State } = await engine.containers.inspect("rates");
  expect(State).toMatchObject({ Status: "exited", ExitCode: 0 });
  expect((await collectOutput(await engine.containers.logs("rates"))).stdout).toBe(
    "rates are told at port 7000\n",
  );
  expect(await ask(engine, "tea")).toContain("bad address");
});
