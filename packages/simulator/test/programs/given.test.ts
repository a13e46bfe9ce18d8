import type { Program } from "@dryharbor/kernel";
import { builtInPrograms } from "@dryharbor/programs";
import { collectOutput, run } from "@dryharbor/sdk/port";
import { describe, expect, it } from "vitest";
import { createSimulator, type SimulatorOptions } from "../../src/simulator.js";

const shout: Program = async ({ argv, stdout }) => {
  stdout(`${argv.slice(1).join(" ").toUpperCase()}\n`);
  return 0;
};

async function said(programs: SimulatorOptions["programs"], Cmd: string[]): Promise<string> {
  const { engine } = createSimulator({ ...(programs && { programs }) });
  await run(engine, { Image: "busybox", Cmd }, { name: "said", detach: true });
  await engine.containers.wait("said");
  const { stdout, stderr } = await collectOutput(await engine.containers.logs("said"));
  return stdout + stderr;
}

describe("the programs of a simulator", () => {
  it("are the built-in ones and those of a record", async () => {
    expect(await said({ shout }, ["sh", "-c", "shout hello; echo there"])).toBe("HELLO\nthere\n");
  });

  it("are exactly those of an array", async () => {
    const mine = new Map([["shout", shout]]);
    expect(await said([mine], ["shout", "hello"])).toBe("HELLO\n");
    expect(await said([mine], ["sh"])).toBe(
      "sh: the simulator has no such program; give one to createSimulator({ programs })\n",
    );
    expect(await said([builtInPrograms, mine], ["sh", "-c", "shout hello"])).toBe("HELLO\n");
  });
});
