import { FileError, type OpenFile } from "@dryharbor/kernel";
import { applet } from "./applet.js";
import { openOutput } from "./output-file.js";

const help = `tee [-ai] [FILE]...

Copy stdin to each FILE, and also to stdout

	-a	Append to the given FILEs, don't overwrite
	-i	Ignore interrupt signals (SIGINT)`;

/** `tee [-ai] [FILE]...`: copies standard input to files and to standard output. */
export const tee = applet({ help, options: { flags: "ai" } }, async (process, { name, given, operands }) => {
  const files: OpenFile[] = [];
  let code = 0;
  for (const path of operands) {
    try {
      files.push(openOutput(process, path, given.has("a")));
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      process.stderr(`${name}: ${path}: ${error.message}\n`);
      code = 1;
    }
  }
  for await (const chunk of process.stdin) {
    process.stdout(chunk);
    for (const file of files) process.write(file, chunk);
    await process.caughtUp();
  }
  return code;
});
