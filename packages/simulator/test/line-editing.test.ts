// What the shell shows at a terminal when lines are edited, as a real BusyBox 1.35 was seen to show it.
import type { Program } from "@dryharbor/kernel";
import { expect, test } from "vitest";
import { createSimulator, type HostProcess, type Simulator } from "../src/index.js";

const docker: Program = Object.assign(async () => 0, {
  complete: async (args: readonly string[]) =>
    args.length === 1
      ? ["network", "node", "ps"]
      : args[0] === "ps"
        ? ["--filter=", "--all"]
        : args[0] === "run"
          ? ["redis:7", "web app"]
          : undefined,
});

async function shellIn(
  simulator: Simulator,
  size = { rows: 24, columns: 80 },
): Promise<{ shell: HostProcess; shown: () => Promise<string> }> {
  const { files } = simulator.host;
  for (const directory of ["/root/d/sub/inner", "/root/d/suite"]) files.makeDirectories(directory);
  for (const name of ["alpha", "alphabet", "beta file", "x.txt", "sub/one"])
    files.write(`/root/d/${name}`, "");
  const shell = await simulator.host.run(["sh"], {
    terminal: size,
    env: { PS1: "$ " },
    cwd: "/root/d",
    programs: { docker },
  });
  let text = "";
  const reading = async (): Promise<void> => {
    const decoder = new TextDecoder();
    for await (const { data } of shell) text += decoder.decode(data, { stream: true });
  };
  reading();
  const shown = async (): Promise<string> => {
    for (let quiet = 0, before = text; quiet < 5; quiet++) {
      await new Promise((resolve) => setTimeout(resolve, 0));
      if (text !== before) quiet = 0;
      before = text;
    }
    const all = text;
    text = "";
    return all;
  };
  while (!(await shown()).endsWith("\x1b[6n"));
  return { shell, shown };
}

type Steps = readonly (readonly [keys: string, shown: string])[];

async function play(steps: Steps, size?: { rows: number; columns: number }): Promise<void> {
  await using simulator = createSimulator();
  const { shell, shown } = await shellIn(simulator, size);
  for (const [keys, expected] of steps) {
    await shell.write(keys);
    expect([keys, await shown()]).toEqual([keys, expected]);
  }
}

test("moves by words, and removes them", () =>
  play([
    ["echo one two-three", "echo one two-three"],
    ["\x1bb", "\b\b\b\b\b"],
    ["\x1b[1;5D", "\b\b\b\b"],
    ["\x1bf", "two"],
    ["\x1b[1;5C", "-three"],
    ["\x1b[1;3D", "\b\b\b\b\b"],
    ["X", "Xthree\x1b[5D"],
    ["\x1b\x7f", "\bthree\x1b[J\x1b[5D"],
    ["\x1bd", "three\x1b[5Dhree\x1b[J\b\b\b\bree\x1b[J\b\b\bee\x1b[J\b\be\x1b[J\b\x1b[J"],
    ["\x1b[H\x0b", "\x1b[13D\x1b[J"],
  ]));

test("removes what is at, before and around the cursor", () =>
  play([
    ["abc\x02\x02X", "abc\b\bXbc\b\b"],
    ["\x04", "c\x1b[J\b"],
    ["\x15", "\r$ c\x1b[J\b"],
    ["\x0c", "\x1b[H\x1b[J\r$ c\x1b[J\b"],
    ["a\x14", "ac\b"],
    ["q\x19", "qc\b"],
    ["\x17", "\bc\x1b[J\b\bc\x1b[J\b"],
    ["\x03", "^C\r\n\r\n$ \x1b[6n"],
  ]));

test("keeps a history, and what was typed below it", () =>
  play([
    ["echo a\r", "echo a\r\na\r\n$ \x1b[6n"],
    ["echo bb\r", "echo bb\r\nbb\r\n$ \x1b[6n"],
    ["typ", "typ"],
    ["\x1b[A", "\r$ echo bb\x1b[J"],
    ["\x1b[A", "\r$ echo a\x1b[J"],
    ["\x1b[A", "\x07"],
    ["\x1b[B\x1b[B", "\r$ echo bb\x1b[J\r$ typ\x1b[J"],
    ["\x15history\r", "\r$ \x1b[Jhistory\r\n   0 echo a\r\n   1 echo bb\r\n   2 history\r\n$ \x1b[6n"],
  ]));

test("draws lines that are longer than the screen is wide", () =>
  play(
    [
      ["echo 123456789012345", "echo 1234567890123\r\r\n45"],
      ["67", "67"],
      ["\x01", "\r\x1b[1A\x1b[2C"],
      ["Z", "Zecho 123456789012\r\r\n34567\r\x1b[1A\x1b[3C"],
      ["\x05", "echo 123456789012\r\r\n34567"],
      ["\x7f\x7f\x7f", "\b\x1b[J\b\x1b[J\b\x1b[J"],
      ["\r", "\r\nsh: Zecho: not found\r\n$ \x1b[6n"],
      ["\x1b[A", "\r$ Zecho 123456789012\r\r\n34\x1b[J"],
      ["\x15", "\x1b[1A\r$ \x1b[J"],
    ],
    { rows: 10, columns: 20 },
  ));

test("completes files", () =>
  play([
    ["cat al", "cat al"],
    ["\t", "\x07\r$ cat alpha\x1b[J"],
    ["\t", "\r\nalpha     alphabet\r\n\r$ cat alpha\x1b[J"],
    ["b\t", "b\r$ cat alphabet \x1b[J"],
    ["\x15cat zz", "\r$ \x1b[Jcat zz"],
    ["\t", "\x07"],
    ["\t", ""],
    ["\x15ls su\t", "\r$ \x1b[Jls su\x07\r$ ls su\x1b[J"],
    ["b\t", "b\r$ ls sub/\x1b[J"],
    ["\t", "\x07"],
    ["\t", "\r\ninner/  one\r\n\r$ ls sub/\x1b[J"],
    ["\x15cd s\t", "\r$ \x1b[Jcd s\x07\r$ cd su\x1b[J"],
    ["\x15cat <al\t", "\r$ \x1b[Jcat <al\x07\r$ cat <alpha\x1b[J"],
    ["\x15cat beta\\ \t", "\r$ \x1b[Jcat beta\\ \r$ cat beta\\ file \x1b[J"],
    ["\x15cat 'be\t", "\r$ \x1b[Jcat 'be\r$ cat 'beta\\ file \x1b[J"],
    ["\x15ls --x=al\t", "\r$ \x1b[Jls --x=al\x07\r$ ls --x=alpha\x1b[J"],
    ["\x15cat alp x\x02\x02\t", "\r$ \x1b[Jcat alp x\b\b\x07\r$ cat alpha x\x1b[J\b\b"],
  ]));

test("completes programs", () =>
  play([
    ["fals\t", "fals\r$ false \x1b[J"],
    ["\x15cat x.txt; fals\t", "\r$ \x1b[Jcat x.txt; fals\r$ cat x.txt; false \x1b[J"],
    ["\x15cat $(fals\t", "\r$ \x1b[Jcat $(fals\r$ cat $(false \x1b[J"],
    ["\x15./s\t\t", "\r$ \x1b[J./s\x07\r$ ./su\x1b[J\r\nsub/    suite/\r\n\r$ ./su\x1b[J"],
  ]));

test("asks a program for its own arguments", () =>
  play([
    ["docker n\t\t", "docker n\x07\r$ docker n\x1b[J\r\nnetwork  node\r\n\r$ docker n\x1b[J"],
    ["e\t", "e\r$ docker network \x1b[J"],
    ["\x15docker ps --f\t", "\r$ \x1b[Jdocker ps --f\r$ docker ps --filter=\x1b[J"],
    ["\x15docker run r\t", "\r$ \x1b[Jdocker run r\r$ docker run redis:7 \x1b[J"],
    ["\x15docker run w\t", "\r$ \x1b[Jdocker run w\r$ docker run web\\ app \x1b[J"],
    ["\x15docker cp x\t", "\r$ \x1b[Jdocker cp x\r$ docker cp x.txt \x1b[J"],
  ]));
