import { applet } from "./applet.js";
import { processName } from "./process-name.js";

const help = `pidof [NAME]...

List PIDs of all processes with names that match NAMEs`;

/** `pidof NAME...`: prints the PIDs of processes by name. */
export const pidof = applet({ help, options: { flags: "" } }, async (process, { operands }) => {
  const found = process
    .processes()
    .filter((info) => operands.includes(processName(info)))
    .map(({ pid }) => pid)
    .reverse();
  if (found.length > 0) process.stdout(`${found.join(" ")}\n`);
  return found.length > 0 ? 0 : 1;
});
