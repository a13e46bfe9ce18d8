// The state in other forms: as a compose file, as docker commands, and as pictures. Each holds what lessons are about:
// networks with their subnets, containers with their commands, addresses, aliases, links and ports.
import type { Engine } from "@dryharbor/sdk/port";
import { mermaid, svg, topology } from "@dryharbor/sdk/topology";
import type { ExportFormat } from "../protocol.js";
import { composeFile } from "./compose-file.js";
import { describedContainers, describedNetworks, inspect } from "./described.js";
import { dockerCommands } from "./docker-commands.js";

/** Writes the state of an engine down. */
export async function exported(engine: Engine, format: ExportFormat): Promise<string> {
  if (format === "mermaid") return mermaid(await topology(engine));
  if (format === "svg") return svg(await topology(engine), { id: "exported" });
  const inspected = await inspect(engine);
  const [networks, containers] = [describedNetworks(inspected), describedContainers(inspected)];
  return format === "compose" ? composeFile(networks, containers) : dockerCommands(networks, containers);
}
