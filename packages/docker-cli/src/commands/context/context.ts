// `docker context`: there is the context `default`, which is the engine that the command was made for.
import { none } from "../../command/arguments.js";
import { type Call, command, group } from "../../command/command.js";
import { text, toggle } from "../../command/flags.js";
import { contextNotFound } from "../../command/no-context.js";
import { inspectEach } from "../../format/inspect.js";
import { type Columns, formatRows, listFormat } from "../../format/table.js";
import { rawMapType } from "../../templates/types.js";
import { unsupportedIn } from "../swarm/unsupported.js";

interface Context {
  readonly host: string;
}

const columns: Columns<Context> = {
  name: "*formatter.clientContextContext",
  columns: {
    Current: ["", () => "true"],
    Name: ["NAME", () => "default"],
    Description: ["DESCRIPTION", () => "Current DOCKER_HOST based configuration"],
    DockerEndpoint: ["DOCKER ENDPOINT", ({ host }) => host],
    KubernetesEndpoint: ["KUBERNETES ENDPOINT", () => "", { until: "26.1" }],
    StackOrchestrator: ["ORCHESTRATOR", () => "swarm", { until: "26.1" }],
    Error: ["ERROR", () => "", { since: "26.1" }],
  },
};

const contextLs = command({
  name: "ls",
  aliases: ["list"],
  short: "List contexts",
  usage: "[OPTIONS]",
  arguments: none,
  flags: { format: text(), quiet: toggle("q") },
  async run({ flags, io, release, session }) {
    const last = release.name === "20.10" ? "{{.KubernetesEndpoint}}\t{{.StackOrchestrator}}" : "{{.Error}}";
    const table = `table {{.Name}}{{if .Current}} *{{end}}\t{{.Description}}\t{{.DockerEndpoint}}\t${last}`;
    if (flags.quiet) io.stdout("default\n");
    else
      io.stdout(
        formatRows(
          columns,
          [{ host: session.host }],
          listFormat(flags.format, "", false, { table, quiet: table }),
          release,
        ),
      );
    if (io.env.DOCKER_HOST) {
      io.stderr(
        "Warning: DOCKER_HOST environment variable overrides the active context. To use a context, either set the global --context flag, or unset DOCKER_HOST environment variable.\n",
      );
    }
  },
});

const contextShow = command({
  name: "show",
  short: "Print the name of the current context",
  usage: "",
  arguments: none,
  since: "26.1",
  async run({ io }) {
    io.stdout("default\n");
  },
});

const contextInspect = command({
  name: "inspect",
  short: "Display detailed information on one or more contexts",
  usage: "[OPTIONS] [CONTEXT] [CONTEXT...]",
  arguments: { least: 0 },
  flags: { format: text("f") },
  run: (call) =>
    inspectEach(
      call,
      call.arguments.length > 0 ? call.arguments : ["default"],
      call.flags.format,
      async (name) => {
        if (name !== "default") throw contextNotFound(call as Pick<Call, "release" | "session">, name);
        return { raw: defaultContext(call.session.host), type: rawMapType };
      },
    ),
});

function defaultContext(host: string): object {
  return {
    Name: "default",
    Metadata: {},
    Endpoints: { docker: { Host: host, SkipTLSVerify: false } },
    TLSMaterial: {},
    Storage: { MetadataPath: "<IN MEMORY>", TLSPath: "<IN MEMORY>" },
  };
}

export const context = group(
  "context",
  "Manage contexts",
  [contextLs, contextShow, contextInspect, ...unsupportedIn("context")],
  { heading: "Management Commands" },
);
