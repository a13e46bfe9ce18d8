import { host } from "../core/system/host.js";
import { applet } from "./applet.js";

const help = `arch

Print system architecture`;

/** `arch`: the machine. */
export const arch = applet({ help }, async (process) => {
  process.stdout(`${host.machine}\n`);
  return 0;
});
