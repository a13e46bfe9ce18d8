import { type ParseArgsConfig, parseArgs } from "node:util";

/**
 * Reads the arguments of a program of this folder. Where there is nothing more to do, since help was asked for or an option
 * is unknown, it says so and returns `undefined`.
 */
export function readArguments<const Options extends NonNullable<ParseArgsConfig["options"]>>(
  usage: string,
  options: Options,
): ReturnType<typeof parseArgs<{ options: Options }>>["values"] | undefined {
  // `pnpm parity -- --engine X` hands the `--` on.
  const args = process.argv.slice(2).filter((argument) => argument !== "--");
  if (args.includes("--help") || args.includes("-h")) {
    console.log(usage);
    return undefined;
  }
  try {
    return parseArgs<{ options: Options; args: string[] }>({ args, options }).values;
  } catch (error) {
    console.error(
      `${(error as Error).message.replace(/\. To specify a positional argument.*/s, "")}\n\n${usage}`,
    );
    process.exitCode = 2;
    return undefined;
  }
}
