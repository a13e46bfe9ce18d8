import type { Info } from "@dryharbor/sdk/port";
import { none } from "../../command/arguments.js";
import { command } from "../../command/command.js";
import { messageOf } from "../../command/dispatch.js";
import { CommandError } from "../../command/errors.js";
import { text } from "../../command/flags.js";
import { executionIn } from "../../format/table.js";
import { isIn, type Release } from "../../releases.js";
import { executeTemplate } from "../../templates/execute.js";
import { templateFunctions } from "../../templates/functions.js";
import { parseTemplate, TemplateError } from "../../templates/parse-template.js";
import { infoText } from "./info-text.js";
import { infoType } from "./info-type.js";

export const systemInfo = command({
  name: "info",
  short: "Display system-wide information",
  usage: "[OPTIONS]",
  arguments: none,
  flags: { format: text("f") },
  async run({ engine, io, flags, release, session }) {
    const template = parsed(flags.format === "json" && release.jsonFormat ? "{{json .}}" : flags.format);
    let info: Info | undefined;
    let problem = "";
    try {
      info = await engine.system.info();
    } catch (error) {
      problem = messageOf(error, session);
    }
    const client = clientInfo(release);
    if (!template) {
      const { out, warnings } = infoText(info, client, release, problem);
      io.stdout(out);
      if (warnings.length > 0) io.stderr(warnings.map((warning) => `${warning}\n`).join(""));
      if (problem !== "") {
        const says = isIn(release, { since: "28.5" });
        // 26.1 tells it on standard error, where 20.10 has it among what it prints.
        const before = release.name === "26.1" ? `ERROR: ${problem}\n` : "";
        throw new CommandError(says ? problem : `${before}errors pretty printing info`);
      }
      return;
    }
    const value = { ...info, ClientInfo: client, ...(problem !== "" && { ServerErrors: [problem] }) };
    try {
      io.stdout(`${executeTemplate(template, { type: infoType(release), value }, executionIn(release))}\n`);
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
      io.stdout(`${error.written}\n`);
      throw new CommandError(error.message);
    }
    if (problem !== "" && isIn(release, { since: "28.5" })) throw new CommandError(problem);
  },
});

function parsed(format: string) {
  if (format === "") return undefined;
  try {
    return parseTemplate("", format, (name) => templateFunctions.has(name));
  } catch (error) {
    if (error instanceof TemplateError)
      throw new CommandError(`template parsing error: ${error.message}`, 64);
    throw error;
  }
}

function clientInfo(release: Release): Record<string, unknown> {
  return {
    Debug: false,
    ...(release.name !== "20.10" && {
      Version: release.version,
      ...(isIn(release, { since: "28.5" }) && { DefaultAPIVersion: release.apiVersion }),
      GitCommit: release.commit,
      GoVersion: release.goVersion,
      Os: "linux",
      Arch: "amd64",
      BuildTime: release.built,
    }),
    Context: "default",
    Plugins: [],
    Warnings: null,
  };
}
