import { dockerCommand } from "@dryharbor/docker-cli";
import { run } from "@dryharbor/sdk";
import { createSimulator } from "@dryharbor/simulator";

const { engine } = createSimulator();
const docker = dockerCommand(engine);
await docker("network create backend");
const { stdout: output } = await run(engine, { Image: "busybox", Cmd: ["awk", "BEGIN { print 6 * 7 }"] });
const { stdout } = await docker("network ls --format {{.Name}}");
document.querySelector("#told").textContent = `${stdout}${output}`;
document.title = "ready";
