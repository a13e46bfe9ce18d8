// Files that a test which uses testcontainers puts into containers and takes out of them.
import { text } from "node:stream/consumers";
import { GenericContainer } from "testcontainers";
import { show } from "./show.js";

const web = await new GenericContainer("busybox")
  .withCommand(["sleep", "1000"])
  .withCopyContentToContainer([{ content: "copied in", target: "/tmp/copied.txt", mode: 0o600 }])
  .withCopyFilesToContainer([{ source: "show.ts", target: "/tmp/show.ts" }])
  .start();
show("copied", await web.exec(["cat", "/tmp/copied.txt"]));
show("a file", (await web.exec(["cat", "/tmp/show.ts"])).output.length);
await web.copyContentToContainer([{ content: "later", target: "/tmp/later.txt" }]);
show("later", (await web.exec(["cat", "later.txt"], { workingDir: "/tmp" })).output);
const archive = await web.copyArchiveFromContainer("/tmp/later.txt");
show("taken out", (await text(archive)).includes("later"));
await web.stop({ timeout: 0 });
