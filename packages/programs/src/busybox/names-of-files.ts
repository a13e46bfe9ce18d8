// `link` and `unlink`: one name more or less for a file, as the system calls do it.
import { FileError } from "@dryharbor/kernel";
import { applet, BadUsage, Died } from "./applet.js";

/** `link FILE LINK`: gives a file another name. */
export const link = applet(
  { help: "link FILE LINK\n\nCreate hard LINK to FILE", options: { flags: "" } },
  async ({ files }, { operands: [source, target, ...more] }) => {
    if (source === undefined || target === undefined || more.length > 0) throw new BadUsage();
    return done(() => files.link(source, target), `can't create hardlink '${target}' to '${source}'`);
  },
);

/** `unlink FILE`: takes a name from a file. */
export const unlink = applet(
  { help: "unlink FILE\n\nDelete FILE by calling unlink()", options: { flags: "" } },
  async ({ files }, { operands: [path, ...more] }) => {
    if (path === undefined || more.length > 0) throw new BadUsage();
    return done(() => files.unlink(path), `can't remove file '${path}'`);
  },
);

/** @throws {Died} */
function done(change: () => void, problem: string): number {
  try {
    change();
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    throw new Died(`${problem}: ${error.message}`);
  }
  return 0;
}
