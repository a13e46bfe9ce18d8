import type { Program } from "@dryharbor/kernel";
import { banner } from "./applet.js";
import { busyboxApplets } from "./applets.js";
import { appletsIn } from "./binary.js";

/** `busybox PROGRAM [ARG]...`: runs one of BusyBox's programs by its name. */
export const busybox: Program = async (process) => {
  const [, name, ...args] = process.argv;
  const { env, cwd } = process;
  const said = appletsIn(process.files) ?? "any";
  const applets = said === "any" ? busyboxApplets : said;
  if (name === "--list") {
    const names = [...applets, "busybox"].sort((one, other) => (one < other ? -1 : 1));
    process.stdout(`${names.join("\n")}\n`);
    return 0;
  }
  if (name === undefined || name === "--help") {
    process.stdout(`${banner}\n\nUsage: busybox [function [arguments]...]\n`);
    return 0;
  }
  const program = applets.includes(name) ? process.programs.get(name) : undefined;
  if (!program) {
    process.stderr(`${name}: applet not found\n`);
    return 127;
  }
  return process.become(program, { argv: [name, ...args], env, cwd });
};
