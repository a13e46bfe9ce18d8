// A folder of the engine's host that both sides of a comparison have alike, which generated commands bind.

import { type Engine, run } from "@dryharbor/sdk/port";
import type { Command } from "../commands/command.js";
import { hostFolder, image } from "../generate/pools.js";

const above = hostFolder.slice(0, hostFolder.lastIndexOf("/"));
const name = hostFolder.slice(above.length + 1);

/** Makes the folder anew. It has a file, a directory with files, and links. */
const script = `
cd /host && rm -rf ${name} && mkdir -p ${name}/site/sub && cd ${name} && chmod 755 . site site/sub &&
echo hello >file && chmod 640 file && echo page >site/index.html && chmod 4644 site/index.html && chown 12:34 site/sub &&
ln -s index.html site/inside && ln -s site link && ln -s nowhere dangling && echo deep >site/sub/deep`;

/** Brings the folder to its first state, if any of the commands binds something of it. */
export async function prepareHost(engine: Engine, commands: readonly Command[]): Promise<void> {
  if (!commands.some(({ args }) => JSON.stringify(args).includes(hostFolder))) return;
  const { exitCode, stderr } = await run(
    engine,
    {
      Image: image,
      Entrypoint: ["sh", "-c", script],
      Cmd: [],
      HostConfig: { NetworkMode: "none", Binds: [`${above}:/host`] },
    },
    { remove: true },
  );
  if (exitCode !== 0) throw new Error(`the engine's host has no folder to bind: ${stderr}`);
}
