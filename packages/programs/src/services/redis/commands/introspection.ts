// `COMMAND`: what the server tells of its commands.
import type { Call, Command, Handler } from "../engine/command.js";
import { CommandError, syntaxError } from "../engine/command-error.js";
import { globTest } from "../engine/glob.js";
import { map, type Reply, setReply, status } from "../protocol/reply.js";

function found({ redis }: Call, name: string): Command | undefined {
  const [word = "", sub] = name.toLowerCase().split("|");
  const command = redis.commands.get(word);
  return sub === undefined ? command : command?.subcommands.get(sub);
}

function describe(command: Command): Reply {
  const [first, last, step] = command.keys;
  return [
    command.name,
    command.arity,
    setReply(command.flags.map(status)),
    first,
    last,
    step,
    setReply(command.categories.map((category) => status(`@${category}`))),
    setReply(command.tips),
    setReply(
      command.keySpecs.map(({ flags, beginSearch, findKeys }) =>
        map([
          ["flags", setReply(flags.map(status))],
          ["begin_search", search(beginSearch)],
          ["find_keys", search(findKeys)],
        ]),
      ),
    ),
    setReply([...command.subcommands.values()].map(describe)),
  ];
}

function search({ type, spec }: Command["keySpecs"][number]["beginSearch"]): Reply {
  return map([
    ["type", type],
    ["spec", map(Object.entries(spec))],
  ]);
}

function documented(command: Command): Reply {
  const subcommands = [...command.subcommands.values()];
  return map([
    ["group", command.group],
    ...(subcommands.length === 0
      ? []
      : [["subcommands", map(subcommands.map((each) => [each.name, documented(each)]))] as const]),
  ]);
}

/** The places of the keys among the words of a command, the name included. */
function keyPlaces({ keys: [first, last, step] }: Command, words: readonly string[]): number[] {
  if (first === 0) return [];
  const end = last < 0 ? words.length + last : last;
  const places: number[] = [];
  for (let at = first; at <= end; at += step) places.push(at);
  return places;
}

function keysOf(call: Call): Reply {
  const { args } = call;
  const [word = ""] = args;
  const command = found(call, word);
  if (!command) throw new CommandError("ERR Invalid command specified");
  const places = keyPlaces(command, args);
  if (places.length === 0) throw new CommandError("ERR The command has no key arguments");
  const isEnough = command.arity > 0 ? args.length === command.arity : args.length >= -command.arity;
  if (!isEnough) throw new CommandError("ERR Invalid number of arguments specified for command");
  return places.map((at) => args[at] ?? "");
}

function list({ redis, args }: Call): Reply {
  const [option, kind = "", filter = "", ...others] = args;
  const names = [...redis.commands.values()];
  if (option === undefined) return names.map(({ name }) => name);
  if (option.toUpperCase() !== "FILTERBY" || others.length > 0 || filter === "")
    throw new CommandError(syntaxError);
  switch (kind.toUpperCase()) {
    case "MODULE":
      return [];
    case "ACLCAT":
      return names.filter(({ categories }) => categories.includes(filter)).map(({ name }) => name);
    case "PATTERN":
      return names.map(({ name }) => name).filter(globTest(filter));
    default:
      throw new CommandError(syntaxError);
  }
}

function info(call: Call): Reply {
  if (call.args.length === 0) return [...call.redis.commands.values()].map(describe);
  return call.args.map((name) => {
    const command = found(call, name);
    return command ? describe(command) : null;
  });
}

export const introspectionCommands: Readonly<Record<string, Handler>> = {
  command: info,
  "command|info": info,
  "command|count": ({ redis }) => redis.commands.size,
  "command|list": list,
  "command|getkeys": keysOf,
  "command|docs"(call) {
    const commands =
      call.args.length === 0
        ? [...call.redis.commands.values()]
        : call.args.flatMap((name) => found(call, name) ?? []);
    return map(commands.map((command) => [command.name, documented(command)]));
  },
};
