import type { ContainerCreateRequest, ExecCreateRequest } from "@dryharbor/sdk/port";
import { releaseNames } from "@dryharbor/simulator";
import { describe, expect, it } from "vitest";
import { labSimulator } from "../../lab/simulator.js";
import { type Command, command } from "../commands/command.js";
import { openSession } from "../observe/session.js";
import { compare, type Disagreement } from "./compare.js";
import { type UnmodelledInput, unmodelledInputs } from "./exclusions.js";

/** Commands that make a container on a network and a process in it, with or without the input. */
function commands(input?: UnmodelledInput): Command[] {
  const of = (part: UnmodelledInput["of"]) => (input?.of === part ? input.fields : {});
  const Options = of("network Options") as Record<string, string>;
  const request: ContainerCreateRequest = {
    Image: "busybox:latest",
    Cmd: ["sleep", "1000"],
    ...of("Config"),
    HostConfig: { NetworkMode: "alpha", ...of("HostConfig") },
    NetworkingConfig: { EndpointsConfig: { alpha: of("EndpointConfig") } },
  };
  const exec = { Cmd: ["env"], AttachStdout: true, ...of("exec") } as ExecCreateRequest;
  return [
    command("networks.create", { Name: "alpha", Options }),
    command("containers.create", request, { name: "web" }),
    command("containers.start", "web"),
    command("exec.create", "web", exec),
    command("exec.start", "{exec:exec}", {}),
    command("exec.inspect", "{exec:exec}"),
    command("containers.logs", "web"),
  ];
}

/** Returns where the engine with the input shows something else than the engine without it. */
async function differences(release: (typeof releaseNames)[number], input: UnmodelledInput) {
  const plain = await openSession(labSimulator(release));
  const other = await openSession(labSimulator(release));
  const found: Disagreement[] = [];
  const without = commands();
  for (const [index, step] of commands(input).entries()) {
    found.push(...compare(await plain.step(without[index]!), await other.step(step)).disagreements);
  }
  plain.close();
  other.close();
  return found;
}

/** Where the fields of an input are shown, by the part of the request that has them. */
const shown: Readonly<Record<UnmodelledInput["of"], RegExp>> = {
  Config: /^container web › Config › (\w+)/,
  HostConfig: /^(?:container web|list of containers › 0) › HostConfig › (\w+)/,
  EndpointConfig: /^container web › NetworkSettings › Networks › alpha › (\w+)/,
  "network Options": /^(?:network alpha|list of networks › 0) › Options › (.+)$/,
  exec: /^outcome › answer › ProcessConfig › (\w+)/,
};

describe.each(releaseNames)("%s takes what is not modelled", (release) => {
  it.each(unmodelledInputs)("$of $fields, and only shows it", async (input) => {
    const elsewhere = (await differences(release, input))
      .map(({ path }) => path.join(" › "))
      .filter((path) => {
        const field = shown[input.of].exec(path)?.[1] ?? "";
        return !Object.hasOwn(input.fields, field) && !(input.of === "exec" && field === "privileged");
      });
    expect(elsewhere).toEqual([]);
  });
});
