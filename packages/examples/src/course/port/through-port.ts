// Carries out the commands of the course through the port, where there is no docker command. What containers print is
// to the letter. What the docker command writes of its own is made here as far as the course uses it.
import { EngineError, UsageError } from "@dryharbor/sdk";
import type { Classroom, Seen, Step } from "../lesson.js";
import type { Perform } from "../teach.js";
import { runContainer, runInside } from "./containers.js";
import {
  connectNetwork,
  createNetwork,
  disconnectNetwork,
  inspectNetwork,
  listNetworks,
} from "./networks.js";
import { type Option, readWords, type Words } from "./words.js";

/** One command of docker. The step has what is typed into it. */
export type Command = (room: Classroom, words: Words, step: Step) => Promise<Partial<Seen>>;

/** What the course knows of docker: the words that name a command, its options, and what it does. */
const commands: readonly {
  readonly name: string;
  readonly options: readonly Option[];
  readonly act: Command;
}[] = [
  { name: "network create", options: [valued("--subnet")], act: createNetwork },
  { name: "network connect", options: [valued("--alias"), valued("--link")], act: connectNetwork },
  { name: "network disconnect", options: [], act: disconnectNetwork },
  { name: "network ls", options: [], act: listNetworks },
  { name: "network inspect", options: [], act: inspectNetwork },
  {
    name: "network rm",
    options: [],
    act: async ({ engine }, { rest: [network] }) => {
      await engine.networks.remove(network!);
      return { stdout: `${network}\n` };
    },
  },
  {
    name: "run",
    options: [
      switched("-d", "--detach"),
      switched("-i", "--interactive"),
      switched("-t", "--tty"),
      switched("--rm"),
      valued("--name"),
      valued("--net", "--network"),
      valued("--link"),
      valued("-p", "--publish"),
    ],
    act: runContainer,
  },
  { name: "exec", options: [], act: runInside },
  {
    name: "start",
    options: [],
    act: async ({ engine }, { rest: [container] }) => {
      await engine.containers.start(container!);
      return { stdout: `${container}\n` };
    },
  },
  {
    name: "stop",
    options: [valued("-t", "--time", "--timeout")],
    act: async ({ engine }, { options, rest: [container] }) => {
      const seconds = options.get("-t")?.at(-1);
      await engine.containers.stop(container!, seconds === undefined ? {} : { t: Number(seconds) });
      return { stdout: `${container}\n` };
    },
  },
];

function valued(...names: string[]): Option {
  return { names, valued: true };
}

function switched(...names: string[]): Option {
  return { names, valued: false };
}

/** Carries out steps through the port of the classroom's engine. */
export function throughPort(room: Classroom): Perform {
  return async (step) => {
    const [program, ...words] = step.command.split(" ");
    if (program === "curl") return page(room, words[0]!);
    const found = commands.find(
      ({ name }) => program === "docker" && `${words.join(" ")} `.startsWith(`${name} `),
    );
    if (!found) throw new UsageError(`the course does not know this command: ${step.command}`);
    const given = readWords(words.slice(found.name.split(" ").length), found.options);
    try {
      return { stdout: "", stderr: "", exitCode: 0, ...(await found.act(room, given, step)) };
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      return refusal(found.name, error);
    }
  };
}

async function page({ fetch }: Classroom, address: string): Promise<Seen> {
  return { stdout: await (await fetch(`http://${address}/`)).text(), stderr: "", exitCode: 0 };
}

/** What docker says where the engine refuses. */
function refusal(command: string, { message }: EngineError): Seen {
  const said = `Error response from daemon: ${message}\n`;
  if (command !== "run") return { stdout: "", stderr: said, exitCode: 1 };
  return {
    stdout: "",
    stderr: `docker: ${said}\nRun 'docker run --help' for more information\n`,
    exitCode: 125,
  };
}
