import type { Program } from "@dryharbor/kernel";
import { banner } from "./applet.js";
import { busyboxApplets } from "./applets.js";
import { findProgram } from "./find-program.js";

/** `busybox PROGRAM [ARG]...`: runs one of BusyBox's programs by its name. */
export const busybox: Program = async (process) => {
  const [, name, ...args] = process.argv;
  const { env, cwd } = process;
  if (name === "--list") {
    process.stdout(
      busyboxApplets.toSpliced(busyboxApplets.indexOf("bzcat"), 0, "busybox").join("\n").concat("\n"),
    );
    return 0;
  }
  if (name === undefined || name === "--help") {
    process.stdout(`${banner}\n\nUsage: busybox [function [arguments]...]\n`);
    return 0;
  }
  const program = busyboxApplets.includes(name) ? findProgram(process, name) : undefined;
  if (!program) {
    process.stderr(`${name}: applet not found\n`);
    return 127;
  }
  return process.become(program, { argv: [name, ...args], env, cwd });
};
