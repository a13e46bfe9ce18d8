import { base64Bytes, base64 as encoded } from "../core/base64.js";
import { FileError } from "../core/filesystem/error.js";
import { applet } from "./applet.js";
import { wholeFile } from "./input-file.js";

const help = `base64 [-d] [-w COL] [FILE]

Base64 encode or decode FILE to standard output

	-d	Decode data
	-w COL	Wrap lines at COL (default 76, 0 disables)`;

/** `base64 [-d] [-w COL] [FILE]` */
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
      // What is no letter of it is passed over.
      const text = new TextDecoder().decode(data).replace(/[^A-Za-z0-9+/=]/g, "");
      process.stdout(base64Bytes(text));
      return 0;
    }
    const width = Number(given.get("w")?.at(-1) ?? 76);
    const text = encoded(data);
    if (width === 0) process.stdout(text);
    else for (let at = 0; at < text.length; at += width) process.stdout(`${text.slice(at, at + width)}\n`);
    return 0;
  },
);
