import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { screenOf } from "../src/course/screen.js";

const run = promisify(execFile);
const file = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Runs `pnpm start`. It is no terminal, so what it prints is plain. */
function start(...options: string[]) {
  return run(process.execPath, [file("../../../tools/run.mjs"), file("../src/course/main.ts"), ...options]);
}

describe("start", () => {
  it("shows commands, what they print, what holds, and the topology as it changes", async () => {
    const { stdout, stderr } = await start("--engine", "simulator:26.1", "--until", "1");
    expect(stderr).toBe("");
    expect(stdout.replace(/[0-9a-f]{64}/g, "<id>")).toBe(`\
The Docker Networks course, on simulator:26.1 (26.1.5)

1. Create a network ────────────────────────────────────────────────────────────
A network of one's own gives its containers addresses of one subnet, and names.

$ docker network create backend-network
<id>
✓ it prints an id of 64 digits
✓ it is a bridge, with a subnet from the default pools
✓ nobody is on backend-network

         +backend-network
          bridge
          172.18.0.0/16
 gateway +● 172.18.0.1

$ docker run -d --name=redis --net=backend-network redis
<id>
✓ it prints an id of 64 digits
✓ redis runs
✓ redis is on backend-network, and nobody else

             backend-network
             bridge
             172.18.0.0/16
 gateway ────● 172.18.0.1
+redis ─────+● 172.18.0.2
   6379/tcp  │

6 checks held, 0 did not
`);
  });

  it.each([
    [["--engine", "simulator:9"], 'the simulator plays no release "9"'],
    [["--until", "none"], '--until takes the number of a lesson, 1 to 6, not "none"'],
    [["--nonsense"], "--nonsense"],
  ])("refuses %j", async (options, why) => {
    await expect(start(...options)).rejects.toMatchObject({ code: 2, stderr: expect.stringContaining(why) });
  });
});

describe("the screen", () => {
  it.each([
    ["a terminal", { isTTY: true, columns: 100 }, {}, { colour: true, width: 100 }],
    ["a narrow one", { isTTY: true, columns: 20 }, {}, { colour: true, width: 20 }],
    [
      "one whose user wants no colours",
      { isTTY: true, columns: 100 },
      { NO_COLOR: "1" },
      { colour: false, width: 100 },
    ],
    [
      "one where NO_COLOR is empty",
      { isTTY: true, columns: 100 },
      { NO_COLOR: "" },
      { colour: true, width: 100 },
    ],
    ["one that cannot", { isTTY: true, columns: 100 }, { TERM: "dumb" }, { colour: false, width: 100 }],
    ["a file", {}, {}, { colour: false, width: 80 }],
    ["a file, for a width", {}, { COLUMNS: "60" }, { colour: false, width: 60 }],
  ])("of %s", (_, stream, environment, screen) => {
    expect(screenOf(stream, environment)).toEqual(screen);
  });
});
