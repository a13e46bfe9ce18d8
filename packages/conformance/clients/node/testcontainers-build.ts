// A test that runs containers of images which testcontainers builds.
import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { GenericContainer } from "testcontainers";
import { attempt, show, stayAwake } from "./show.js";

const done = stayAwake();
const context = await mkdtemp(join(tmpdir(), "context-"));
await writeFile(
  join(context, "Dockerfile"),
  "FROM busybox AS base\nARG WHO=nobody\nENV WHO=$WHO\nCOPY note.txt /note.txt\nFROM base AS extra\nRUN echo more >> /note.txt\n",
);
await writeFile(join(context, "note.txt"), "noted\n");
await cp(join(context, "Dockerfile"), join(context, "Bad"));
await writeFile(join(context, "Bad"), "FROM busybox\nRUN exit 5\n");

const plain = await GenericContainer.fromDockerfile(context)
  .withBuildArgs({ WHO: "me" })
  .build("plain", { deleteOnExit: false });
const one = await plain.withCommand(["sleep", "1000"]).start();
show("note", await one.exec(["cat", "/note.txt"]));
show("argument", (await one.exec(["sh", "-c", "echo $WHO"])).output);
await one.stop({ timeout: 0 });

const target = await GenericContainer.fromDockerfile(context)
  .withTarget("base")
  .withCache(false)
  .build("target", { deleteOnExit: false });
const two = await target.withCommand(["sleep", "1000"]).start();
show("of the target", (await two.exec(["cat", "/note.txt"])).output);
await two.stop({ timeout: 0 });

await attempt("fails", () =>
  GenericContainer.fromDockerfile(context, "Bad").build("bad", { deleteOnExit: false }),
);
await rm(context, { recursive: true });
done();
