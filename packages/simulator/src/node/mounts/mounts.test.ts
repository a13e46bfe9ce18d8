import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UsageError } from "@dryharbor/sdk/port";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createSimulator, type Simulator } from "../../simulator.js";
import { serve } from "../serve.js";
import { openFolders } from "./mounts.js";

let above: string;
let html: string;

beforeEach(() => {
  above = realpathSync(mkdtempSync(join(tmpdir(), "mounts-")));
  html = join(above, "html");
  mkdirSync(html);
  writeFileSync(join(html, "index.html"), "hello\n");
  writeFileSync(join(above, "secret"), "secret\n");
});

afterEach(() => rmSync(above, { recursive: true }));

const host = "tcp://127.0.0.1:0";

async function run({ engine }: Simulator, bind: string, script: string): Promise<string> {
  const { Id } = await engine.containers.create({
    Image: "busybox",
    Cmd: ["sh", "-c", script],
    HostConfig: { Binds: [bind] },
    Tty: true,
  });
  await engine.containers.start(Id);
  await engine.containers.wait(Id);
  let output = "";
  for await (const { data } of await engine.containers.logs(Id)) output += new TextDecoder().decode(data);
  return output.replaceAll("\r", "");
}

it("lets containers read and write a folder of the machine", async () => {
  await using simulator = createSimulator();
  const served = await serve(simulator, { host, mounts: [html] });
  expect(await run(simulator, `${html}:/src`, "cd /src; cat index.html; echo two >two; mkdir d; ls -1")).toBe(
    "hello\nd\nindex.html\ntwo\n",
  );
  expect(readFileSync(join(html, "two"), "utf8")).toBe("two\n");
  expect(await run(simulator, `${html}:/src:ro`, "cat /src/two; echo no >/src/two; rm /src/two")).toBe(
    "two\nsh: line 0: can't create /src/two: Read-only file system\nrm: can't remove '/src/two': Read-only file system\n",
  );
  expect(await run(simulator, `${html}/made/here:/x`, "touch /x/y")).toBe("");
  expect(existsSync(join(html, "made/here/y"))).toBe(true);
  await served.close();
});

it("shows nothing else of the machine", async () => {
  await using simulator = createSimulator();
  const served = await serve(simulator, { host, mounts: [html] });
  symlinkSync(join(above, "secret"), join(html, "absolute"));
  symlinkSync("../secret", join(html, "relative"));
  symlinkSync(above, join(html, "up"));
  const script = "cd /src; cat absolute relative up/secret ../secret; ls -A /src/..|grep -c secret";
  expect(await run(simulator, `${html}:/src`, script)).toBe(
    "cat: can't open 'absolute': No such file or directory\ncat: can't open 'relative': No such file or directory\n" +
      "cat: can't open 'up/secret': No such file or directory\ncat: can't open '../secret': No such file or directory\n0\n",
  );
  expect(await run(simulator, `${above}:/all`, "ls /all")).toBe("html\n");
  // The source is looked up on the simulated host.
  expect(await run(simulator, `${html}/up:/all`, "ls /all")).toBe("html\n");
  expect(await run(simulator, `${above}/secret:/s`, "ls -d /s; ls /s; echo mine >/s/x")).toBe("/s\n");
  expect(readFileSync(join(above, "secret"), "utf8")).toBe("secret\n");
  await served.close();
});

it.runIf(process.platform === "linux")(
  "keeps a bound file that is replaced, until the next start",
  async () => {
    await using simulator = createSimulator();
    const { engine } = simulator;
    const served = await serve(simulator, { host, mounts: [above] });
    const { Id } = await engine.containers.create({
      Image: "busybox",
      Cmd: ["sleep", "100"],
      HostConfig: { Binds: [`${html}/index.html:/f`] },
    });
    const shown = async () => {
      const exec = await engine.exec.create(Id, { Cmd: ["cat", "/f"], AttachStdout: true });
      let output = "";
      for await (const { data } of await engine.exec.start(exec.Id)) output += new TextDecoder().decode(data);
      return output;
    };
    await engine.containers.start(Id);
    writeFileSync(join(html, "new"), "new\n");
    renameSync(join(html, "new"), join(html, "index.html"));
    expect(await shown()).toBe("hello\n");
    await engine.containers.restart(Id, { t: 0 });
    expect(await shown()).toBe("new\n");
    await served.close();
    expect(await shown()).toBe("");
  },
);

it("mounts folders before the containers of a snapshot start again", async () => {
  await using simulator = createSimulator({ hostMounts: openFolders([html]).drivers });
  writeFileSync(join(html, "run.sh"), "cat /src/index.html; sleep 100");
  const { Id } = await simulator.engine.containers.create({
    Image: "busybox",
    Cmd: ["sh", "/src/run.sh"],
    HostConfig: { Binds: [`${html}:/src`] },
  });
  await simulator.engine.containers.start(Id);
  const snapshot = simulator.snapshot();
  writeFileSync(join(html, "index.html"), "again\n");
  const folders = openFolders([html]);
  await using copy = createSimulator({ snapshot, hostMounts: folders.drivers });
  let output = "";
  for await (const { data } of await copy.engine.containers.logs(Id, { follow: true })) {
    output += new TextDecoder().decode(data);
    if (output.includes("again")) break;
  }
  expect(output).toContain("again\n");
});

it.each([
  ["nowhere", "there is no such folder"],
  ["secret", "it is no folder. Give the folder that it is in"],
])("refuses to mount %s", async (name, why) => {
  await using simulator = createSimulator();
  const mounting = serve(simulator, { host, mounts: [join(above, name)] });
  await expect(mounting).rejects.toThrow(UsageError);
  await expect(mounting).rejects.toThrow(`"${join(above, name)}" cannot be mounted: ${why}`);
});

it("refuses to mount the whole machine, also by another name", async () => {
  symlinkSync("/", join(above, "all"));
  for (const path of ["/", join(above, "all"), "/.."]) {
    expect(() => openFolders([path])).toThrow("containers could change every file of this machine");
  }
});

it("knows a folder by the path that is given and by its path without links", async () => {
  symlinkSync("html", join(above, "link"));
  await using simulator = createSimulator();
  const served = await serve(simulator, {
    host,
    mounts: [join(above, "link"), html, join(html, "..", "html")],
  });
  for (const path of ["link", "html"]) {
    expect(await run(simulator, `${join(above, path)}:/x`, "cat /x/index.html")).toBe("hello\n");
  }
  await expect(serve(simulator, { host, mounts: [html] })).rejects.toThrow(
    "a folder cannot be mounted twice",
  );
  await served.close();
  expect(await run(simulator, `${html}:/x`, "ls /x")).toBe("");
});
