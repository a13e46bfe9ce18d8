import { FileError } from "@dryharbor/kernel";
import { applet } from "./applet.js";
import { fromBytes, toBytes } from "./byte-text.js";
import { wholeFile } from "./input-file.js";

const help = `base64 [-d] [-w COL] [FILE]

Base64 encode or decode FILE to standard output

	-d	Decode data
	-w COL	Wrap lines at COL (default 76, 0 disables)`;

/** `base64 [-d] [-w COL] [FILE]`: encodes or decodes Base64. */
export const base64 = applet(
  { help, options: { flags: "d", values: "w" } },
  async (process, { name, given, operands }) => {
    const [path = "-"] = operands;
    let data: Uint8Array;
    try {
      data = await wholeFile(process, path);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      process.stderr(`${name}: ${path}: ${error.message}\n`);
      return 1;
    }
    if (given.has("d")) {
      process.stdout(decoded(fromBytes(data)));
      return 0;
    }
    const width = Number(given.get("w")?.at(-1) ?? 76);
    const text = btoa(fromBytes(data));
    if (width === 0) process.stdout(text);
    else for (let at = 0; at < text.length; at += width) process.stdout(`${text.slice(at, at + width)}\n`);
    return 0;
  },
);

/** Decodes Base64. Ignores characters outside of its alphabet, and everything behind the padding. */
function decoded(text: string): Uint8Array {
  const letters = (text.split("=", 1)[0] as string).replace(/[^A-Za-z0-9+/]/g, "");
  // A single letter at the end has too few bits for a byte.
  return toBytes(atob(letters.length % 4 === 1 ? letters.slice(0, -1) : letters));
}
