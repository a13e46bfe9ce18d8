import type { ProcessContext, Program } from "@dryharbor/kernel";
import { type ByteText, byteText, fromBytes, toBytes } from "../../../busybox/byte-text.js";
import { version } from "../engine/version.js";
import { splitWords } from "../protocol/words.js";
import { Performer, sendsWithoutEnd } from "./commands.js";
import type { OutputMode } from "./format.js";
import { Interactive } from "./interactive.js";
import { type ModeCall, measureLatency, pipeInput, scanKeys, showStatistics } from "./modes.js";
import { type CliMode, type CliOptions, readOptions } from "./options.js";
import { ServerClosed, Session } from "./session.js";
import { usage } from "./usage.js";

const modes: Readonly<Record<Exclude<CliMode, "commands">, (call: ModeCall) => Promise<number>>> = {
  scan: scanKeys,
  stat: showStatistics,
  latency: measureLatency,
  pipe: pipeInput,
};

/** `redis-cli`: sends commands to a Redis server and shows the replies. */
export const redisCli: Program = async (process) => {
  const options = readOptions(process.argv.slice(1).map(byteText), process.env);
  if ("print" in options) {
    process.stdout(options.print === "version" ? `redis-cli ${version}\n` : usage);
    return 0;
  }
  if ("problem" in options) {
    process.stderr(toBytes(`${options.problem}\n`));
    return 1;
  }
  if (options.password !== undefined && options.warnsOfPassword) {
    process.stderr(
      "Warning: Using a password with '-a' or '-u' option on the command line interface may not be safe.\n",
    );
  }
  const isTerminal = process.descriptors.get(1)?.terminal !== undefined;
  const output = options.output ?? (isTerminal ? "standard" : "raw");
  try {
    return await run(process, options, output);
  } catch (error) {
    if (!(error instanceof ServerClosed)) throw error;
    process.stderr(`Error: ${error.message}\n`);
    return 1;
  }
};

async function run(process: ProcessContext, options: CliOptions, output: OutputMode): Promise<number> {
  const session = new Session(process, options);
  const { mode, command } = options;
  if (mode !== "commands") {
    return (await session.connect()) ? modes[mode]({ process, options, session, output }) : 1;
  }
  const performer = new Performer(process, options, session, output);
  if (command.length === 0) {
    const input = process.descriptors.get(0);
    return new Interactive(process, performer, input?.terminal && input).run();
  }
  const words = await commandOf(process, options);
  if (!words) {
    process.stdout("Invalid quoted string\n");
    return 1;
  }
  if (!(await session.connect())) return 1;
  const outcome = await performer.repeat(words, options.repeat, false);
  if (outcome === "ok" && sendsWithoutEnd(words)) return performer.showAll(words);
  const isFailure = outcome === "no connection" || (outcome === "error reply" && options.failsWithErrors);
  session.disconnect();
  return isFailure ? 1 : 0;
}

/** Returns the words of the command, with standard input where it is asked for. */
async function commandOf(
  { stdin }: ProcessContext,
  { command, takesInput, inputTag, hasQuotedArguments }: CliOptions,
): Promise<readonly ByteText[] | undefined> {
  let words = command;
  if (hasQuotedArguments) {
    const read = command.map((word) => (/^["']/.test(word) ? splitWords(word)?.[0] : word));
    if (!read.every((word) => word !== undefined)) return undefined;
    words = read;
  }
  if (!takesInput && inputTag === undefined) return words;
  let input = "";
  for await (const data of stdin) input += fromBytes(data);
  return takesInput ? [...words, input] : words.map((word) => (word === inputTag ? input : word));
}
