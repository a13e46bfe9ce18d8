import type { ProcessContext } from "@dryharbor/kernel";
import { BadUsage, Died } from "./applet.js";
import {
  checkNumber,
  command,
  type IpOptions,
  keyword,
  readSelection,
  refuse,
  type Words,
} from "./ip-arguments.js";

/** The rules that every namespace has, with the tables that they look into. */
const rules = {
  4: [
    [0, "local"],
    [32_766, "main"],
    [32_767, "default"],
  ],
  6: [
    [0, "local"],
    [32_766, "main"],
  ],
} as const;

/** The exit code when arguments are ignored. */
const ignored = 255;

/** `ip rule`: prints which routing tables are looked into. */
export function ipRule(process: ProcessContext, { family }: IpOptions, words: Words): number {
  const first = words.take();
  const asked = first === undefined ? "show" : command(["add", "delete", "list", "show"] as const, first);
  if (asked === "add" || asked === "delete") return modify(family, words);
  if (!words.isEmpty) {
    process.stderr("ip: ignoring all arguments\n");
    return ignored;
  }
  for (const [priority, table] of rules[family === 6 ? 6 : 4]) {
    process.stdout(`${priority}:\tfrom all lookup ${table} \n`);
  }
  return 0;
}

const selectors = [
  ...["from", "to", "preference", "order", "priority", "tos", "fwmark", "realms", "table", "lookup"],
  ...["suppress_prefixlength", "suppress_ifgroup", "dev", "iif", "nat", "map-to", "type", "help"],
] as const;

const tables = /^(local|main|default|unspec|\d+)$/;

function modify(family: IpOptions["family"], words: Words): number {
  for (let word = words.take(); word !== undefined; word = words.take()) {
    const selector = keyword(selectors, word);
    if (selector === undefined) throw new Died(`invalid argument '${word}' to 'ip'`);
    if (selector === "help") throw new BadUsage();
    const value = words.value();
    if (selector === "from" || selector === "to") readSelection(value, family);
    else if (selector === "preference" || selector === "order" || selector === "priority") {
      checkNumber(value, "preference");
    } else if ((selector === "table" || selector === "lookup") && !tables.test(value)) {
      throw new Died(`invalid argument '${value}' to 'table ID'`);
    }
  }
  return refuse();
}
