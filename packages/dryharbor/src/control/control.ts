// `dryharbor control`: each route of the control API as a command of its own.
import { text } from "node:stream/consumers";
import { UsageError } from "@dryharbor/sdk/port";
import { addressOf, controlRoutes, readArguments, readTls, suggestion } from "@dryharbor/simulator/command";
import { type CommandLine, commandLineOf, requestOf } from "./command-line.js";
import { type ControlAnswer, send } from "./send.js";

const usage = (): string => `dryharbor control: control an engine that dryharbor serve --control serves

  export DRYHARBOR_CONTROL=tcp://127.0.0.1:2376
  dryharbor serve --host unix:///tmp/docker.sock --control $DRYHARBOR_CONTROL &
  dryharbor control snapshots save deployed
  dryharbor control faults add '{ "call": "networks.connect", "drop": "before" }'
  dryharbor control reset --snapshot deployed

${allCommands().join("\n")}

  --control ADDRESS    where the control listens (default: DRYHARBOR_CONTROL of the environment)
  --tlsverify          speak TLS, with --tlscacert, --tlscert and --tlskey, as with dryharbor serve
  -h, --help           show this help; after a command, what it does

A JSON argument may be - to read it from standard input. Prints the answer as JSON, or as the text that was asked for.
Ends with 1 where the control refuses, and says why.`;

const commands: readonly CommandLine[] = controlRoutes.map(commandLineOf);

function allCommands(): string[] {
  const width = Math.max(...commands.map(({ synopsis }) => synopsis.length));
  return commands.map(({ synopsis, route }) =>
    synopsis.length > 46
      ? `  ${synopsis}\n  ${" ".repeat(Math.min(width, 46))}  ${route.summary}`
      : `  ${synopsis.padEnd(Math.min(width, 46))}  ${route.summary}`,
  );
}

const common = {
  control: { type: "string" },
  tlsverify: { type: "boolean" },
  tlscacert: { type: "string" },
  tlscert: { type: "string" },
  tlskey: { type: "string" },
  help: { type: "boolean", short: "h" },
} as const;

/** Sends one request to the control API. @returns the exit code */
export async function controlCommand(args: readonly string[]): Promise<number> {
  const command = chosen(args);
  const { values, positionals } = readArguments(args, { ...common, ...command?.options });
  if (values.help) {
    console.log(command ? helpOf(command) : usage());
    return 0;
  }
  if (!command) throw unknown(positionals);
  const given = positionals.slice(command.words.length);
  const request = await requestOf(command, given, values, () => text(process.stdin));
  const address = values.control ?? process.env.DRYHARBOR_CONTROL;
  if (address === undefined || address === "") {
    throw new UsageError(
      "control needs to know where the control listens: give --control tcp://127.0.0.1:port, or set DRYHARBOR_CONTROL",
    );
  }
  const tls = readTls(values);
  return print(await send(addressOf(address), request, tls));
}

/** Returns the command whose words come first. Options that all commands have may stand before them. */
function chosen(args: readonly string[]): CommandLine | undefined {
  let first = 0;
  while (args[first]?.startsWith("-")) {
    const name = args[first]!.slice(2);
    const takesNext = Object.hasOwn(common, name) && common[name as keyof typeof common].type === "string";
    first += takesNext ? 2 : 1;
  }
  const rest = args.slice(first);
  const fits = commands.filter(({ words }) => words.every((word, at) => rest[at] === word));
  return fits.toSorted((one, other) => other.words.length - one.words.length)[0];
}

function unknown(positionals: readonly string[]): UsageError {
  const [first] = positionals;
  if (first === undefined) return new UsageError("no command was given: see dryharbor control --help");
  const under = commands
    .filter(({ words }) => words[0] === first)
    .map(({ words }) => words.slice(1).join(" "));
  if (under.length > 0) {
    const second = positionals[1];
    return new UsageError(
      second === undefined
        ? `control ${first} needs one of ${under.join(", ")}`
        : `unknown command "${first} ${second}"${suggestion(second, under)}`,
    );
  }
  const known = [...new Set(commands.map(({ words }) => words[0]!))];
  return new UsageError(`unknown command "${first}"${suggestion(first, known)}`);
}

function helpOf({ synopsis, route }: CommandLine): string {
  const { body } = route;
  const example = body ? `\n\nThe body that it sends is such as\n  ${JSON.stringify(body.example)}` : "";
  return `dryharbor control ${synopsis}\n\n${route.summary}. It is ${route.method} ${route.path}.${example}`;
}

/** Prints an answer. @returns the exit code */
function print({ status, type, body }: ControlAnswer): number {
  if (status >= 400) {
    console.error(`dryharbor: ${detailOf(body)}`);
    return 1;
  }
  if (body === "") return 0;
  console.log(
    type.startsWith("application/json") ? JSON.stringify(JSON.parse(body), undefined, 2) : body.trimEnd(),
  );
  return 0;
}

function detailOf(body: string): string {
  try {
    const { detail } = JSON.parse(body) as { readonly detail?: unknown };
    if (typeof detail === "string") return detail;
  } catch {
    // It is none of the control's problems.
  }
  return `what answers there is no control of dryharbor: ${body.slice(0, 200).trim() || "it says nothing"}`;
}
