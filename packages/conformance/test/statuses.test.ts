import { everyCall } from "@dryharbor/sdk/calls";
import { dockerEngine } from "@dryharbor/sdk/docker";
import { releaseNames } from "@dryharbor/simulator";
import { agent } from "@dryharbor/simulator/node";
import Docker from "dockerode";
import { expect, it } from "vitest";
import { labMachine } from "../lab/simulator.js";
import { ids } from "../src/commands/ids.js";
import { openWaits } from "../src/commands/open-waits.js";
import { perform } from "../src/commands/perform.js";
import { generateSequence } from "../src/index.js";

/** A pattern for the targets of each route. */
const patterns = everyCall.map(({ name, call }) => {
  const [method = "", path = ""] = call.route.split(" ");
  const source = path.replaceAll(/[.]/g, "\\.").replaceAll(/\{\w+\}/g, "[^?]+");
  return { name, call, method, path: new RegExp(`^${source}(\\?|$)`) };
});

it.each(releaseNames)("%s answers with statuses that are declared, and no others", async (release) => {
  const simulator = labMachine(release);
  const undeclared = new Set<string>();
  const handle: typeof simulator.handle = async (request) => {
    const answer = await simulator.handle(request);
    const of = patterns.filter(({ method, path }) => method === request.method && path.test(request.target));
    // Several calls may share a route, and where a name may be any word, a path may match several routes.
    const declared = of.flatMap(({ call }) => [...call.answer.statuses, ...call.errors]);
    if (!declared.includes(answer.status)) undeclared.add(`${of.map(({ name }) => name)}: ${answer.status}`);
    return answer;
  };
  const options = { protocol: "http", host: "simulator", agent: agent({ ...simulator, handle }) } as const;
  const engine = dockerEngine({ docker: new Docker(options) });
  const known = ids();
  const waits = openWaits(engine);
  for (let round = 0; round < 20; round++) {
    for (const command of generateSequence(7, round)) await perform(engine, known, waits, command);
  }
  waits.close();
  await engine.close();
  await simulator.close();
  expect([...undeclared]).toEqual([]);
});
