// The commands with streams, on a simulator: input, output, terminals, keys that detach, signals, exit codes.
import { createSimulator, type Simulator } from "@dryharbor/simulator";
import { expect, test } from "vitest";
import { dockerProgram } from "../program.js";

async function shell(simulator: Simulator, script: string): Promise<{ output: string; code: number }> {
  const running = await simulator.host.run(script, {
    programs: { docker: dockerProgram(simulator.engine) },
  });
  await running.end();
  let output = "";
  const decoder = new TextDecoder();
  for await (const { data } of running) output += decoder.decode(data, { stream: true });
  return { output, code: await running.exitCode };
}

test("input and output pass through pipes, and exit codes through run", async () => {
  await using simulator = createSimulator();
  expect(
    await shell(
      simulator,
      `printf 'b\\na\\n' | docker run --rm -i busybox sort | tr a-z A-Z
docker run --rm busybox sh -c 'exit 7'; echo $?
docker run --rm busybox nonesuch 2>/dev/null; echo $?
docker run --rm nope/nope:1 true 2>&1 | head -n 1`,
    ),
  ).toEqual({ output: "A\nB\n7\n127\nUnable to find image 'nope/nope:1' locally\n", code: 0 });
});

test("cp goes both ways, to a file, into a directory, and as an archive", async () => {
  await using simulator = createSimulator();
  const { output } = await shell(
    simulator,
    `docker run -d --name box busybox sleep 1000 > id
mkdir -p tree/sub; echo one > tree/sub/f; ln -s sub/f tree/link
docker cp tree box:/tmp/copy; docker exec box cat /tmp/copy/link
docker cp box:/tmp/copy back; cat back/sub/f; readlink back/link
docker cp box:/tmp/copy/sub/f - | tar -tf -
docker cp nothing box:/ 2>&1; docker cp box:/none . 2>&1
cp id box.txt; docker cp -q box.txt box:/tmp; docker exec box wc -c /tmp/box.txt`,
  );
  expect(output).toBe(
    "one\none\nsub/f\nf\n" +
      "lstat /root/nothing: no such file or directory\n" +
      "Error response from daemon: Could not find the file /none in container box\n" +
      "65 /tmp/box.txt\n",
  );
});

test("a terminal is raw, detaches by its keys, and is as before then", async () => {
  await using simulator = createSimulator();
  const running = await simulator.host.run(["sh"], {
    terminal: { rows: 30, columns: 90 },
    env: { PS1: "host$ " },
    programs: { docker: dockerProgram(simulator.engine) },
  });
  const chunks = running[Symbol.asyncIterator]();
  const decoder = new TextDecoder();
  const until = async (end: string): Promise<string> => {
    let shown = "";
    while (!shown.endsWith(end)) {
      const { done, value } = await chunks.next();
      if (done) throw new Error(`it ended after ${JSON.stringify(shown)}`);
      shown += decoder.decode(value.data, { stream: true });
    }
    return shown;
  };
  await until("host$ \x1b[6n");
  await running.write("docker run -it --name t busybox\r");
  await until("/ # \x1b[6n");
  await running.write("stty size\r");
  expect(await until("/ # \x1b[6n")).toContain("\r\n30 90\r\n");
  running.resize({ rows: 31, columns: 91 });
  await running.write("stty size\r");
  expect(await until("/ # \x1b[6n")).toContain("\r\n31 91\r\n");
  await running.write("\x10\x11");
  await until("host$ \x1b[6n");
  await running.write("docker exec -it --detach-keys ctrl-a t sh; stty | grep -c icanon; echo $?\r");
  await until("/ # \x1b[6n");
  await running.write("\x01");
  expect(await until("host$ \x1b[6n")).toContain("read escape sequence\r\n0\r\n1\r\n");
  await running.write("docker kill t\r");
  await until("host$ \x1b[6n");
});
