// `dryharbor import` as a program: a compose file and an engine become a state that a shell goes on from.
import { spawn } from "node:child_process";
import { access, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createSimulator } from "@dryharbor/simulator";
import { serve } from "@dryharbor/simulator/node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const command = fileURLToPath(new URL("../../../tools/dryharbor.mjs", import.meta.url));
const file = `services:
  web:
    image: busybox
    command: sleep 1000
    networks: { front: { aliases: [www] } }
  db: { image: busybox, command: sleep 1000, networks: [front] }
networks: { front: {} }
`;

describe("dryharbor import", () => {
  let directory: string;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "dryharbor-import-"));
    await writeFile(join(directory, "compose.yaml"), file);
    await writeFile(join(directory, "broken.yaml"), "services: [");
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));

  const dryharbor = async (...args: string[]) => {
    const program = spawn(process.execPath, [command, ...args], {
      cwd: directory,
      stdio: ["ignore", "pipe", "pipe"],
    });
    const text = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"] as const)
      program[name].setEncoding("utf8").on("data", (piece: string) => {
        text[name] += piece;
      });
    const code = await new Promise((resolve) => program.once("close", resolve));
    return { code, ...text };
  };
  const shell = (state: string, line: string) => dryharbor("shell", "--state", state, "-c", line);

  it("makes what a compose file has", async () => {
    const { code, stdout } = await dryharbor("import", "--from", "compose.yaml", "-o", "compose.state");
    expect(code).toBe(0);
    expect(stdout).toContain("compose.state holds Docker 29 with 1 network and 2 containers.");
    const { stdout: names } = await shell(
      "compose.state",
      "docker ps --format '{{.Names}}' | sort; docker compose ls -q",
    );
    const project = directory.slice(directory.lastIndexOf("/") + 1).toLowerCase();
    expect(names).toBe(`${project}-db-1\n${project}-web-1\n${project}\n`);
  });

  it("makes what an engine has, and tells what it lacks", async () => {
    await using simulator = createSimulator({ release: "26.1" });
    const { engine } = simulator;
    await engine.networks.create({ Name: "backend" });
    await engine.volumes.create({ Name: "data" });
    await engine.containers.create(
      {
        Image: "busybox",
        Cmd: ["sleep", "1000"],
        HostConfig: { NetworkMode: "backend", Binds: ["data:/data"] },
      },
      { name: "db" },
    );
    await engine.containers.start("db");
    const served = await serve(simulator, { host: `unix://${directory}/docker.sock` });
    const { code, stdout } = await dryharbor("import", "--from", served.host, "-o", "engine.state");
    await served.close();
    expect(stdout).toContain("engine.state holds Docker 26.1 with 1 network and 1 container.");
    expect(stdout).toContain("Not as on the engine:\n- The data of the volume data is not read.\n");
    expect(code).toBe(0);
    const { stdout: shown } = await shell("engine.state", "docker exec db hostname -i; docker volume ls -q");
    expect(shown).toBe("172.18.0.2\ndata\n");
  });

  it("says what is wrong, and leaves nothing", async () => {
    const cases: [args: string[], code: number, says: string][] = [
      [[], 2, "import needs a file for the state"],
      [["compose.yaml"], 2, "try dryharbor import --from compose.yaml"],
      [["--from", "nope.yaml", "-o", "x"], 2, "there is no file"],
      [["--from", "broken.yaml", "-o", "x"], 1, "did not find expected ',' or ']'"],
      [["--from", "unix:///nowhere.sock", "-o", "x"], 1, "no Docker Engine answered"],
      [["--from", "compose.yaml", "-o", "compose.yaml"], 2, "compose.yaml is there already"],
      [["--from", "compose.yaml", "--release", "1.0", "-o", "x"], 2, 'plays no release "1.0"'],
    ];
    const ends = await Promise.all(cases.map(([args]) => dryharbor("import", ...args)));
    for (const [index, [args, code, says]] of cases.entries())
      expect(ends[index], args.join(" ")).toMatchObject({ code, stderr: expect.stringContaining(says) });
    await expect(access(join(directory, "x"))).rejects.toThrow("ENOENT");
  });
});
