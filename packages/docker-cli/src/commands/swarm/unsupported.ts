// Commands that change swarms, plugins and contexts. The port reads swarms and does not change them, so these commands
// go as far as an engine without a swarm lets them go: they check their words, ask, and print the refusal.
import type { ArgumentRule } from "../../command/arguments.js";
import { type Call, type Command, command } from "../../command/command.js";
import { CommandError } from "../../command/errors.js";
import { type Flag, list, toggle } from "../../command/flags.js";
import { contextNotFound } from "../../command/no-context.js";
import { isIn } from "../../releases.js";
import { unsupportedRows } from "./unsupported-rows.js";

/** The commands of a group that the port has no calls for. */
export function unsupportedIn(group: string): Command[] {
  return unsupportedRows
    .trim()
    .split("\n")
    .map((row) => row.split("|").map((cell) => cell.trim()))
    .filter(([path = ""]) => path.startsWith(`${group} `))
    .map(([path = "", usage = "", short = "", count = "", flags = ""]) =>
      command({
        name: path.slice(group.length + 1),
        short,
        usage: usage.replaceAll("¦", "|"),
        arguments: ruleOf(count),
        flags: Object.fromEntries(flags.split(" ").filter(Boolean).map(flagOf)),
        run: (call) => refuse(call as Call, group, path),
      }),
    );
}

function ruleOf(count: string): ArgumentRule {
  const [least = "0", most = least] = count.split("-");
  return count.endsWith("+")
    ? { least: Number.parseInt(count, 10) }
    : { least: Number(least), most: Number(most) };
}

function flagOf(text: string): [string, Flag<unknown>] {
  const [name = "", letter] = text.replace(/:$/, "").split("/");
  return [name, (text.endsWith(":") ? list(letter) : toggle(letter)) as Flag<unknown>];
}

async function refuse(call: Call, group: string, path: string): Promise<void> {
  const { engine, release, arguments: names } = call;
  const [name = ""] = names;
  if (group === "plugin" && /rm|enable|disable|set|push|upgrade/.test(path)) {
    throw new CommandError(
      release.name === "20.10" && path === "plugin rm"
        ? `Error: No such plugin: ${name}`
        : `Error response from daemon: plugin "${name}" not found`,
    );
  }
  if (path === "context use" && name === "default") {
    call.io.stdout("default\n");
    call.io.stderr('Current context is now "default"\n');
    return;
  }
  if (/^context (use|rm|update|export)$/.test(path)) throw contextNotFound(call, name);
  if (path === "swarm leave" || path === "swarm unlock") {
    const { Swarm } = await engine.system.info();
    if (Swarm.LocalNodeState === "inactive") {
      throw new CommandError(
        path === "swarm leave"
          ? "Error response from daemon: This node is not part of a swarm"
          : isIn(release, { since: "29" })
            ? "error: this node is not part of a swarm"
            : "Error: This node is not part of a swarm",
      );
    }
  } else if (group !== "plugin" && group !== "context" && !/^swarm (init|join)$/.test(path)) {
    // An engine that is no manager of a swarm refuses this as it refuses everything about swarms.
    await engine.nodes.list();
  }
  throw new CommandError(`docker ${path} is not carried out here: the engine's port has no call for it`);
}
