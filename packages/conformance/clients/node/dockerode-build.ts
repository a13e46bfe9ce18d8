// A program that builds images with dockerode.
import { mkdtemp, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Docker from "dockerode";
import { attempt, show } from "./show.js";

const docker = new Docker();
const context = await mkdtemp(join(tmpdir(), "context-"));

async function write(name: string, text: string): Promise<void> {
  await writeFile(join(context, name), text);
  await utimes(join(context, name), 1_700_000_000, 1_700_000_000);
}

interface Line {
  readonly stream?: string;
}

/** Builds the context, and returns its progress. Output of programs comes in pieces of any length. */
async function build(options: Docker.ImageBuildOptions, src: string[]): Promise<object> {
  const stream = await docker.buildImage({ context, src }, options);
  const lines = await new Promise<Line[]>((resolve, reject) => {
    docker.modem.followProgress(stream, (error, all) => (error ? reject(error) : resolve(all)));
  });
  return {
    output: lines.map((line) => line.stream ?? "").join(""),
    others: lines.filter((line) => line.stream === undefined),
  };
}

await write(
  "Dockerfile",
  "FROM busybox\nARG WHO\nCOPY note /note\nRUN cat /note; echo $WHO\nCMD cat /note\n",
);
await write("note", "noted\n");
await write("Bad", "FROM busybox\nRUN exit 5\n");
await write("Wrong", "FROM busybox\nWHAT\n");
const built = { t: "ode", buildargs: { WHO: "me" }, labels: { made: "here" } };
show("built", await build(built, ["Dockerfile", "note"]));
show("built again", await build({ ...built, q: true }, ["Dockerfile", "note"]));
const { Config, RepoTags } = await docker.getImage("ode").inspect();
show("image", { RepoTags, Labels: Config.Labels, Cmd: Config.Cmd });
show(
  "history",
  (await docker.getImage("ode").history())
    .map(({ CreatedBy }: { CreatedBy: string }) => CreatedBy)
    .slice(0, 4),
);
await attempt("fails", () => build({ dockerfile: "Bad", forcerm: true }, ["Bad"]));
await attempt("is not read", () => build({ dockerfile: "Wrong" }, ["Wrong"]));
await attempt("is not there", () => build({ dockerfile: "Nope" }, ["Dockerfile"]));
await docker.getImage("ode").remove({ force: true });
await docker.pruneImages();
await rm(context, { recursive: true });
