import { spawn, spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const command = fileURLToPath(new URL("../../../tools/dryharbor.mjs", import.meta.url));

describe("dryharbor learn, as a filter", () => {
  let directory: string;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "dryharbor-learn-"));
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));

  function learn(
    args: readonly string[],
    lines: readonly string[] = [],
  ): Promise<{ code: number | null; text: string }> {
    const env = { ...process.env, XDG_CONFIG_HOME: directory, COLUMNS: "60" };
    const program = spawn(process.execPath, [command, "learn", ...args], {
      env,
      stdio: ["pipe", "pipe", "pipe"],
    });
    let text = "";
    for (const stream of [program.stdout, program.stderr]) {
      stream.setEncoding("utf8").on("data", (piece: string) => {
        text += piece;
      });
    }
    program.stdin.end(lines.map((line) => `${line}\n`).join(""));
    return new Promise((resolve) => program.once("close", (code) => resolve({ code, text })));
  }

  it("plays a level, and keeps what is solved", async () => {
    const lines = [
      "docker network create harbor",
      "undo",
      "docker network create harbor",
      "show goal",
      "docker run -d --name boat --network harbor alpine sleep 3600",
      "docker network create pier && docker network connect pier boat",
      "levels",
    ];
    const { code, text } = await learn(["--level", "first-steps"], lines);
    expect(code).toBe(0);
    expect(text).toContain("Taken back: `docker network create harbor`");
    expect(text).toContain("✗ there is no network pier yet");
    expect(text).toMatch(/^ boat ─+● 172\.18\.0\.2 ─\+● 172\.19\.0\.2$/m);
    expect(text).toContain("✓ Solved with 3 commands.");
    expect(text).toContain("✓  1  How this works");
    expect(text).not.toContain("\x1b");
    expect(
      Math.max(
        ...text
          .split("\n")
          .filter((line) => !line.startsWith("$ "))
          .map((line) => line.length),
      ),
    ).toBeLessThan(65);

    const kept = await readFile(join(directory, "dryharbor", "progress.json"), "utf8");
    expect(JSON.parse(kept)).toEqual({ version: 1, solved: { "first-steps": { commands: 3 } } });
    expect((await learn(["--list"])).text).toContain("✓  1  How this works");
  });

  it("refuses what it does not know", async () => {
    const { code, text } = await learn(["--level", "none-such"]);
    expect(text).toBe('dryharbor: there is no level "none-such": see dryharbor learn --list\n');
    expect(code).toBe(2);
  });
});

const hasScript = spawnSync("script", ["--version"]).status === 0;

describe.skipIf(!hasScript)("dryharbor learn, at a terminal (needs the program `script`)", () => {
  it("gives keys to a command that reads them, and Tab completes", async () => {
    const directory = await mkdtemp(join(tmpdir(), "dryharbor-learn-"));
    const line = `'${process.execPath}' '${command}' learn --level first-steps`;
    const env = { ...process.env, XDG_CONFIG_HOME: directory, TERM: "xterm" };
    const program = spawn("script", ["-qec", line, "/dev/null"], {
      env,
      stdio: ["pipe", "pipe", "inherit"],
    });
    // What is typed when something is shown.
    const turns = [
      ["$ ", "cat > not"],
      ["cat > not", "e\r"],
      ["e\r", "to me"],
      ["to me", "\r\x04"],
      ["$ ", "cat no\t"],
      ["note ", "\r"],
      ["$ ", "\x04"],
    ];
    let shown = "";
    let read = 0;
    program.stdout.setEncoding("utf8").on("data", (piece: string) => {
      shown += piece;
      const text = stripVTControlCharacters(shown);
      for (let turn = turns[0]; turn; turn = turns[0]) {
        const at = text.indexOf(turn[0]!, read);
        if (at < 0) return;
        read = at + turn[0]!.length;
        turns.shift();
        program.stdin.write(turn[1]!);
      }
    });
    const code = await new Promise((resolve) => program.once("close", resolve));
    expect(turns).toEqual([]);
    expect(code).toBe(0);
    expect(shown.replaceAll("\r", "")).toMatch(/cat note \n+to me\n/);
    await rm(directory, { recursive: true, force: true });
  });
});
