import type { Version } from "@dryharbor/sdk/port";
import { none } from "../command/arguments.js";
import { command } from "../command/command.js";
import { messageOf, olderOf } from "../command/dispatch.js";
import { CommandError } from "../command/errors.js";
import { text } from "../command/flags.js";
import { alignColumns } from "../format/columns.js";
import { executionIn } from "../format/table.js";
import { ansiTime, nanosecondsOf } from "../format/time.js";
import type { Release } from "../releases.js";
import { declareTypes } from "../templates/declare-types.js";
import { executeTemplate } from "../templates/execute.js";
import { templateFunctions } from "../templates/functions.js";
import { parseTemplate, TemplateError } from "../templates/parse-template.js";

const types = `
platform = struct 29:client.PlatformInfo { Name string }
component = types.ComponentVersion 29:system.ComponentVersion { Name string; Version string; Details? map[string]string }
client = system.clientVersion {
  26.1- Platform *platform; 26.1+ Platform? *platform; Version string; APIVersion:ApiVersion string; DefaultAPIVersion string
  GitCommit string; GoVersion string; Os string; Arch string; BuildTime? string; Context string; 26.1- Experimental? bool
}
server = types.Version 29:system.serverVersion {
  Platform? platform; 29- Components? []component; Version string; APIVersion:ApiVersion string; MinAPIVersion? string
  29+ Os string; 29+ Arch string; 29+ Components? []component; 29- GitCommit string; 29+ GitCommit? string
  29- GoVersion string; 29+ GoVersion? string; 29- Os string; 29- Arch string; KernelVersion? string; Experimental? bool
  BuildTime? string
}
versions = system.versionInfo { Client client; Server *server }
`;

interface Versions {
  readonly Client: Readonly<Record<string, unknown>>;
  readonly Server: Version | null;
}

export const version = command({
  name: "version",
  short: "Show the Docker version information",
  usage: "[OPTIONS]",
  arguments: none,
  heading: "Common Commands",
  flags: { format: text("f"), kubeconfig: text(undefined, { until: "26.1" }) },
  async run({ engine, io, flags, release, session }) {
    let problem: unknown;
    let server: Version | null = null;
    const own =
      flags.format === ""
        ? undefined
        : parsed(flags.format === "json" && release.jsonFormat ? "{{json .}}" : flags.format);
    try {
      server = await engine.system.version();
    } catch (error) {
      problem = error;
    }
    const versions: Versions = {
      Client: clientOf(release, server),
      Server: server && withReadableTimes(server),
    };
    if (own) {
      const type = declareTypes(types, release).versions!;
      try {
        io.stdout(`${executeTemplate(own, { type, value: versions }, executionIn(release))}\n`);
      } catch (error) {
        if (!(error instanceof TemplateError)) throw error;
        io.stdout(`${error.written}\n`);
        throw new CommandError(error.message);
      }
    } else {
      io.stdout(`${alignColumns(versionText(versions, release), { least: 20, padding: 1 })}\n`);
    }
    if (problem !== undefined) throw new CommandError(messageOf(problem, session));
  },
});

function parsed(format: string) {
  try {
    return parseTemplate("version", format, (name) => templateFunctions.has(name));
  } catch (error) {
    if (error instanceof TemplateError)
      throw new CommandError(`template parsing error: ${error.message}`, 64);
    throw error;
  }
}

function clientOf(release: Release, server: Version | null): Record<string, unknown> {
  const apiVersion = server ? olderOf(server.ApiVersion, release.apiVersion) : release.apiVersion;
  return {
    ...(release.name === "20.10" && { Platform: { Name: "" } }),
    Version: release.version,
    ApiVersion: apiVersion,
    DefaultAPIVersion: release.apiVersion,
    GitCommit: release.commit,
    GoVersion: release.goVersion,
    Os: "linux",
    Arch: server?.Arch ?? "amd64",
    BuildTime: release.built,
    Context: "default",
    ...(release.name === "20.10" && { Experimental: true }),
  };
}

/** What is printed without `--format`, before columns are lined up. */
function versionText({ Client, Server }: Versions, release: Release): string {
  const { ApiVersion, DefaultAPIVersion } = Client as { ApiVersion: string; DefaultAPIVersion: string };
  const downgraded = ApiVersion === DefaultAPIVersion ? "" : ` (downgraded from ${DefaultAPIVersion})`;
  const lines = [
    "Client:",
    ` Version:\t${Client.Version}`,
    ` API version:\t${ApiVersion}${downgraded}`,
    ` Go version:\t${Client.GoVersion}`,
    ` Git commit:\t${Client.GitCommit}`,
    ` Built:\t${Client.BuildTime}`,
    ` OS/Arch:\t${Client.Os}/${Client.Arch}`,
    ` Context:\t${Client.Context}`,
    ...(release.name === "20.10" ? [` Experimental:\t${Client.Experimental}`] : []),
  ];
  if (!Server) return lines.join("\n");
  lines.push("", `Server:${Server.Platform?.Name ? ` ${Server.Platform.Name}` : ""}`);
  for (const { Name, Version, Details } of Server.Components ?? []) {
    lines.push(` ${Name}:`, `  Version:\t${Version}`);
    const details = Details ?? {};
    if (Name === "Engine") {
      const minimum = details.MinAPIVersion ? ` (minimum version ${details.MinAPIVersion})` : "";
      lines.push(
        `  API version:\t${details.ApiVersion}${minimum}`,
        `  Go version:\t${details.GoVersion}`,
        `  Git commit:\t${details.GitCommit}`,
        `  Built:\t${details.BuildTime}`,
        `  OS/Arch:\t${details.Os}/${details.Arch}`,
        `  Experimental:\t${details.Experimental}`,
      );
    } else {
      for (const [key, value] of Object.entries(details).sort(([a], [b]) => (a < b ? -1 : 1))) {
        lines.push(`  ${key}:\t${value}`);
      }
    }
  }
  return lines.join("\n");
}

/** The engine's answer with the time of its build for people, which `docker version` shows in all formats. */
function withReadableTimes(server: Version): Version {
  const components = server.Components?.map(({ Details, ...component }) => ({
    ...component,
    ...(Details && {
      Details: Details.BuildTime ? { ...Details, BuildTime: readableTime(Details.BuildTime) } : Details,
    }),
  }));
  return { ...server, Components: components ?? server.Components };
}

/** A build's time for people; what is no time stays as it is. */
function readableTime(time: string): string {
  return /^\d{4}-/.test(time) ? ansiTime(nanosecondsOf(time)) : time;
}
