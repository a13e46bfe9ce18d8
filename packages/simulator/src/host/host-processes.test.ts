// Processes of the simulated host: what they see, and how they begin and end.
import type { Program } from "@dryharbor/kernel";
import { virtualTime } from "@dryharbor/kernel/host";
import { collectOutput } from "@dryharbor/sdk/port";
import { expect, test } from "vitest";
import { createSimulator, type HostProcess, type Simulator } from "../index.js";

async function output(
  simulator: Simulator,
  command: string | [string, ...string[]],
  options = {},
): Promise<{ stdout: string; stderr: string; code: number }> {
  const running = await simulator.host.run(command, options);
  await running.end();
  return { ...(await collectOutput(running)), code: await running.exitCode };
}

/** Reads what a terminal shows until it ends with a text. */
async function until(running: HostProcess, text: string): Promise<string> {
  let shown = "";
  const decoder = new TextDecoder();
  const chunks = running[Symbol.asyncIterator]();
  while (!shown.endsWith(text)) {
    const { done, value } = await chunks.next();
    if (done) throw new Error(`the terminal ended after ${JSON.stringify(shown)}`);
    shown += decoder.decode(value.data, { stream: true });
  }
  return shown;
}

test("a command line is a shell's, with pipes, exit code and the host's files", async () => {
  await using simulator = createSimulator();
  simulator.host.files.write("/root/a", "one\ntwo\n");
  expect(await output(simulator, "cat a | wc -l; echo no >&2; echo b > b; exit 3")).toEqual({
    stdout: "2\n",
    stderr: "no\n",
    code: 3,
  });
  expect(new TextDecoder().decode(simulator.host.files.read("/root/b"))).toBe("b\n");
});

test("words are a program and its arguments, which no shell reads", async () => {
  await using simulator = createSimulator();
  expect(await output(simulator, ["echo", "$HOME", "|"])).toMatchObject({ stdout: "$HOME |\n", code: 0 });
  await expect(simulator.host.run(["no-such"])).rejects.toThrow(
    'the simulated host has no program "no-such"',
  );
});

test("the host is called docker, and knows its name", async () => {
  await using simulator = createSimulator();
  expect(await output(simulator, "hostname; id -un; pwd; getent hosts docker")).toMatchObject({
    stdout: "docker\nroot\n/root\n127.0.0.1       localhost docker\n",
  });
});

test("its name server is asked for other names", async () => {
  await using simulator = createSimulator();
  expect(await output(simulator, "nslookup nobody.example | tail -n 2; ping nobody.example")).toMatchObject({
    stdout: "** server can't find nobody.example: NXDOMAIN\n\n",
    stderr: "ping: bad address 'nobody.example'\n",
  });
});

test("published ports and containers are reached from it", async () => {
  await using simulator = createSimulator();
  const { engine } = simulator;
  const { Id } = await engine.containers.create(
    {
      Image: "busybox",
      Cmd: ["httpd", "-f", "-h", "/etc"],
      ExposedPorts: { "80/tcp": {} },
      HostConfig: { PortBindings: { "80/tcp": [{ HostPort: "3000" }] } },
    },
    { name: "web" },
  );
  await engine.containers.start(Id);
  const { IPAddress } = (await engine.containers.inspect(Id)).NetworkSettings.Networks.bridge!;
  expect(
    await output(simulator, `curl -s docker:3000/hostname; wget -qO- ${IPAddress}/hostname`),
  ).toMatchObject({
    stdout: `${Id.slice(0, 12)}\n${Id.slice(0, 12)}\n`,
    code: 0,
  });
  expect((await output(simulator, `ping -c 1 -w 1 ${IPAddress}`)).stdout).toContain("1 packets received");
});

test("programs are given by name, and found as files", async () => {
  await using simulator = createSimulator();
  const docker: Program = async ({ argv, stdout, env }) => {
    stdout(`${argv.slice(1).join(" ")} ${env.WHO}\n`);
    return 7;
  };
  const options = { programs: { docker }, env: { WHO: "me" } };
  expect(await output(simulator, "which docker; docker ps -a; echo $?", options)).toMatchObject({
    stdout: "/usr/bin/docker\nps -a me\n7\n",
  });
  expect(await output(simulator, "docker")).toMatchObject({ code: 127 });
  expect(simulator.host.files.exists("/bin/docker")).toBe(false);
  expect(simulator.host.files.exists("/bin/wget")).toBe(true);
});

test("a terminal has a size, echoes, and sends signals", async () => {
  await using simulator = createSimulator();
  const shell = await simulator.host.run(["sh"], { terminal: { rows: 24, columns: 80 } });
  const prompt = "root@docker:~# \x1b[6n";
  await until(shell, prompt);
  await shell.write("stty size\r");
  expect(await until(shell, prompt)).toBe(`stty size\r\n24 80\r\n${prompt}`);
  shell.resize({ rows: 10, columns: 100 });
  await shell.write("stty size\r");
  expect(await until(shell, prompt)).toContain("10 100\r\n");
  await shell.write("sleep 1000\r");
  await until(shell, "sleep 1000\r\n");
  await new Promise((resolve) => setTimeout(resolve, 0));
  await shell.write("\x03");
  expect(await until(shell, prompt)).toBe(`^C\r\n${prompt}`);
  await shell.write("\x04");
  expect(await shell.exitCode).toBe(130);
});

test("whoever lets go of a terminal hangs up", async () => {
  await using simulator = createSimulator();
  const shell = await simulator.host.run(["sleep", "1000"], { terminal: { rows: 24, columns: 80 } });
  shell.close();
  expect(await shell.exitCode).toBe(129);
});

test("a signal ends a process, and the simulator's end all of them", async () => {
  const simulator = createSimulator({ time: virtualTime() });
  const one = await simulator.host.run(["sleep", "1000"]);
  one.kill("SIGINT");
  expect(await one.exitCode).toBe(130);
  expect(() => one.kill("SIGNONE")).toThrow('there is no signal "SIGNONE"');
  const other = await simulator.host.run("sleep 1000; echo never");
  await simulator.close();
  expect(await other.exitCode).toBe(137);
  await expect(simulator.host.run("true")).rejects.toThrow("this engine is closed");
});

test("all share one PID namespace, which begins with init", async () => {
  await using simulator = createSimulator();
  await simulator.host.run(["sleep", "1000"]);
  expect((await output(simulator, "ps -o pid,args")).stdout).toBe(
    "PID   COMMAND\n    1 /sbin/init\n 1001 sleep 1000\n 1002 ps -o pid,args\n",
  );
});

test("a snapshot has the host's files, and none of its processes", async () => {
  await using simulator = createSimulator();
  await output(simulator, "echo kept > /srv/file");
  await simulator.host.run(["sleep", "1000"]);
  await using restored = createSimulator({ snapshot: simulator.snapshot() });
  const { stdout } = await output(restored, "cat /srv/file; ps | grep -c [s]leep");
  expect(stdout).toBe("kept\n0\n");
});
