// A test that copies files into containers and out of them with testcontainers.
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { GenericContainer } from "testcontainers";
import { show, stayAwake } from "./show.js";

const done = stayAwake();
const web = await new GenericContainer("busybox")
  .withCommand(["sleep", "1000"])
  .withCopyContentToContainer([{ content: "copied in", target: "/tmp/copied.txt", mode: 0o600 }])
  .withCopyFilesToContainer([
    { source: fileURLToPath(new URL("show.ts", import.meta.url)), target: "/tmp/show.ts" },
  ])
  .start();
show("copied", await web.exec(["cat", "/tmp/copied.txt"]));
show("a file", (await web.exec(["cat", "/tmp/show.ts"])).output.length);
await web.copyContentToContainer([{ content: "later", target: "/tmp/later.txt" }]);
show("later", (await web.exec(["cat", "later.txt"], { workingDir: "/tmp" })).output);
const archive = await web.copyArchiveFromContainer("/tmp/later.txt");
show("taken out", (await text(archive)).includes("later"));
await web.stop({ timeout: 0 });
done();
