// `dryharbor shell` as a program: with a script on standard input, and at a real terminal.
import { spawn, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));
const command = [
  process.execPath,
  "--conditions=@dryharbor/source",
  "--import",
  import.meta.resolve("tsx"),
  main,
  "shell",
];

async function run(
  [program = "", ...args]: readonly string[],
  input: string,
  ends: string,
): Promise<{ output: string; code: number | null }> {
  const child = spawn(program, args, { stdio: ["pipe", "pipe", "inherit"] });
  let output = "";
  child.stdout.on("data", (data: Buffer) => {
    output += data.toString();
    // A terminal is typed at when it shows that it is ready.
    if (output.includes(ends)) child.stdin.end(input);
  });
  if (ends === "") child.stdin.end(input);
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  return { output, code };
}

test("a script on standard input runs, and its exit code is the command's", async () => {
  const script =
    "docker network create backend > id; docker network ls --format '{{.Name}}' | sort; exit 3\n";
  expect(await run(command, script, "")).toEqual({ output: "backend\nbridge\nhost\nnone\n", code: 3 });
});

const hasScript = spawnSync("script", ["--version"]).status === 0;

test.skipIf(!hasScript)(
  "at a terminal there is a prompt, and the terminal is as before at the end (needs the program `script`)",
  async () => {
    const line = `${command.map((word) => `'${word}'`).join(" ")}; echo "ended $?"; stty -a | grep -c ' icanon'`;
    const typed = "docker run --rm -t busybox echo hello\rexit 4\r";
    const { output } = await run(["script", "-qec", line, "/dev/null"], typed, "root@docker:~# ");
    // Node's raw mode leaves the terminal a carriage return of its own before each line end.
    const lines = output.replaceAll("\r", "");
    expect(lines).toContain("\nhello\n");
    expect(lines).toContain("ended 4\n1\n");
  },
);
