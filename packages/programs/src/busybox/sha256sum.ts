import { FileError, sha256 } from "@dryharbor/kernel";
import { applet } from "./applet.js";
import { wholeFile } from "./input-file.js";

const help = `sha256sum [-c[sw]] [FILE]...

Print or check SHA256 checksums

	-c	Check sums against list in FILEs
	-s	Don't output anything, status code shows success
	-w	Warn about improperly formatted checksum lines`;

/** `sha256sum [-c] [FILE]...`: prints or checks SHA-256 checksums. */
export const sha256sum = applet(
  { help, options: { flags: "csw" } },
  async (process, { name, given, operands }) => {
    let code = 0;
    const sumOf = async (path: string): Promise<string | undefined> => {
      try {
        const digest = sha256(await wholeFile(process, path));
        return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        process.stderr(`${name}: can't open '${path}': ${error.message}\n`);
        code = 1;
        return undefined;
      }
    };
    for (const path of operands.length > 0 ? operands : ["-"]) {
      if (!given.has("c")) {
        const sum = await sumOf(path);
        if (sum !== undefined) process.stdout(`${sum}  ${path}\n`);
        continue;
      }
      const lines = new TextDecoder().decode(await wholeFile(process, path)).split("\n");
      let count = 0;
      let failures = 0;
      for (const line of lines) {
        const [, wanted, file] = /^([0-9a-f]{64}) [ *](.+)$/.exec(line) ?? [];
        if (wanted === undefined || file === undefined) continue;
        count++;
        const holds = (await sumOf(file)) === wanted;
        if (!holds) failures++;
        if (!given.has("s")) process.stdout(`${file}: ${holds ? "OK" : "FAILED"}\n`);
      }
      if (failures > 0) {
        code = 1;
        if (!given.has("s")) {
          process.stderr(`${name}: WARNING: ${failures} of ${count} computed checksums did NOT match\n`);
        }
      }
    }
    return code;
  },
);
