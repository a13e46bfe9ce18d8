import { readFileSync } from "node:fs";
import { collectOutput } from "@dryharbor/sdk/port";
import { afterAll, expect, it } from "vitest";
import { createSimulator } from "../../src/index.js";

interface Recorded {
  readonly image: string;
  readonly shell: string;
  readonly script: string;
  readonly output: string;
}

const recorded: readonly Recorded[] = JSON.parse(
  readFileSync(new URL("../traces/accounts.json", import.meta.url), "utf8"),
);

const simulator = createSimulator();
const { engine } = simulator;
afterAll(() => simulator.close());

// A BusyBox of git with the settings of Alpine, and the package passwd of Debian 12, ran the scripts over the files of
// these images, in a mount namespace.
it.each(recorded)(
  "users and groups come and go in $image as they did",
  async ({ image, shell, script, output }) => {
    await engine.images.pull(image);
    const { Id } = await engine.containers.create({ Image: image, Entrypoint: [shell, "-c"], Cmd: [script] });
    await engine.containers.start(Id);
    await engine.containers.wait(Id);
    const printed = await collectOutput(await engine.containers.logs(Id));
    expect(printed.stdout + printed.stderr).toBe(output);
  },
);

it("a user that a build makes runs the container", async () => {
  const { Id } = await engine.containers.create({
    Image: "alpine",
    Cmd: ["sh", "-c", "addgroup -S app && adduser -S -G app app && su app -s /bin/sh -c 'id; echo $HOME'"],
  });
  await engine.containers.start(Id);
  await engine.containers.wait(Id);
  const { stdout } = await collectOutput(await engine.containers.logs(Id));
  expect(stdout).toBe("uid=100(app) gid=101(app) groups=101(app)\n/home/app\n");
});
