import { collectOutput, type Engine, type EngineError, type HostConfig } from "@dryharbor/sdk/port";
import { describe, expect, it } from "vitest";
import { createSimulator, type ImageDefinitions } from "../../index.js";
import { cellOf, releaseNames } from "../releases/row.js";

const images: ImageDefinitions = { busybox: { config: { Env: ["PATH=/bin"] }, origin: "imported" } };

/** Returns the output of a script in a container with these mounts. */
async function run(engine: Engine, host: HostConfig, script: string): Promise<string> {
  const { Id } = await engine.containers.create({
    Image: "busybox",
    Cmd: ["sh", "-c", `exec 2>&1; ${script}`],
    HostConfig: host,
  });
  await engine.containers.start(Id);
  await engine.containers.wait(Id);
  const { stdout } = await collectOutput(await engine.containers.logs(Id));
  await engine.containers.remove(Id, { force: true });
  return stdout;
}

const binds = (...Binds: string[]): HostConfig => ({ Binds });

// Recorded from the three engines.
describe.each(releaseNames)("what %s mounts", (release) => {
  const given = () => createSimulator({ release, images });

  it("is shared by those who mount the volume, and goes with it", async () => {
    await using simulator = given();
    const { engine, fetch } = simulator;
    expect(await run(engine, binds("data:/data"), "ls /data; echo hi > /data/x")).toBe("");
    expect(await run(engine, binds("data:/more"), "cat /more/x")).toBe("hi\n");
    const copy = createSimulator({ snapshot: simulator.snapshot() });
    expect(await run(copy.engine, binds("data:/more"), "cat /more/x")).toBe("hi\n");
    await fetch(new Request("http://simulator/volumes/data", { method: "DELETE" }));
    expect(await run(engine, binds("data:/data"), "ls /data")).toBe("");
  });

  it("begins with the image's files, unless there is something or nobody wants them", async () => {
    await using simulator = given();
    const { engine } = simulator;
    const list = "ls -ln /w | tail -n +2 | cut -c 1-46";
    expect(await run(engine, binds("www:/www"), "cat /www/index.html; echo new > /www/index.html")).toBe(
      "ok\n",
    );
    expect(await run(engine, binds("www:/w"), "cat /w/index.html")).toBe("new\n");
    expect(await run(engine, binds("www:/w"), list)).toMatch(/^-rw-r--r-- {4}1 0 {8}0 {16}4 /);
    expect(await run(engine, binds("none:/www:nocopy"), "ls /www")).toBe("");
    expect(await run(engine, binds("perm:/tmp"), "ls -ld /tmp | cut -c 1-10")).toBe("drwxrwxrwt\n");
    expect(await run(engine, binds("perm:/q"), "ls -ld /q | cut -c 1-10")).toBe("drwxrwxrwt\n");
  });

  it("is not written where it is for reading only, and not moved", async () => {
    await using simulator = given();
    const { engine } = simulator;
    await run(engine, binds("data:/data"), "echo hi > /data/x");
    const script =
      "cat /data/x; echo no > /data/x; rm /data/x; mkdir /data/d; touch /data/x; touch /data/n; chmod 1 /data/x; " +
      "mv /data/x /data/y; ln -s a /data/l; cp /etc/passwd /data/p; rmdir /data; rm -r /data; mv /data /dd";
    expect(await run(engine, binds("data:/data:ro"), script)).toBe(
      [
        "hi",
        "sh: line 0: can't create /data/x: Read-only file system",
        "rm: can't remove '/data/x': Read-only file system",
        "mkdir: can't create directory '/data/d': Read-only file system",
        "touch: /data/x: Read-only file system",
        "touch: /data/n: Read-only file system",
        "chmod: /data/x: Read-only file system",
        "mv: can't rename '/data/x': Read-only file system",
        "ln: /data/l: Read-only file system",
        "cp: can't create '/data/p': Read-only file system",
        "rmdir: '/data': Device or resource busy",
        "rm: can't remove '/data/x': Read-only file system",
        "mv: can't rename '/data': Device or resource busy\n",
      ].join("\n"),
    );
    const readOnlyRoot = { ...binds("data:/data"), ReadonlyRootfs: true };
    expect(await run(engine, readOnlyRoot, "echo 1 > /data/y; ls /data; echo 2 > /x")).toBe(
      "x\ny\nsh: line 0: can't create /x: Read-only file system\n",
    );
  });

  it("is where symbolic links lead, and in one another", async () => {
    await using simulator = given();
    const { engine } = simulator;
    await run(engine, binds("deep:/a/b/c"), "echo 1 > /a/b/c/f; echo 2 > /a/b/g");
    expect(await run(engine, binds("deep:/sbin/q"), "ls /bin/q /sbin/q")).toBe("/bin/q:\nf\n\n/sbin/q:\nf\n");
    expect(await run(engine, binds("deep:/data/sub/dir", "data:/data"), "ls -R /data")).toBe(
      "/data:\nsub\n\n/data/sub:\ndir\n\n/data/sub/dir:\nf\n",
    );
    expect(await run(engine, binds("data:/data"), "ls -R /data")).toBe(
      "/data:\nsub\n\n/data/sub:\ndir\n\n/data/sub/dir:\n",
    );
  });

  it("comes from another container", async () => {
    await using simulator = given();
    const { engine } = simulator;
    const { Id } = await engine.containers.create({
      Image: "busybox",
      Cmd: ["sh", "-c", "echo other > /other/o"],
      Volumes: { "/other": {} },
    });
    await engine.containers.start(Id);
    await engine.containers.wait(Id);
    expect(await run(engine, { VolumesFrom: [Id] }, "cat /other/o")).toBe("other\n");
    expect(await run(engine, { VolumesFrom: [`${Id}:ro`] }, "echo > /other/o")).toBe(
      "sh: line 0: can't create /other/o: Read-only file system\n",
    );
  });

  it("is empty as tmpfs each time", async () => {
    await using simulator = given();
    const { engine } = simulator;
    const tmpfs = (path: string, options = ""): HostConfig => ({ Tmpfs: { [path]: options } });
    const mode = (path: string) => `ls -ldn ${path} | cut -c 1-33`;
    expect(await run(engine, tmpfs("/www"), `ls /www; ${mode("/www")}; echo 1 > /www/a; ls /www`)).toMatch(
      /^drwxr-xr-x.*\na\n$/,
    );
    expect(await run(engine, tmpfs("/new"), mode("/new"))).toMatch(/^drwxrwxrwt /);
    expect(await run(engine, tmpfs("/new", "mode=700"), mode("/new"))).toMatch(/^drwx------ /);
    expect(await run(engine, tmpfs("/new", "uid=5,gid=6"), mode("/new"))).toMatch(/ 5 +6/);
    expect(await run(engine, tmpfs("/new", "ro"), "echo > /new/x")).toBe(
      "sh: line 0: can't create /new/x: Read-only file system\n",
    );
    const { Id } = await engine.containers.create({
      Image: "busybox",
      Cmd: ["sh", "-c", "ls /new; echo 1 > /new/x; ls /new"],
      HostConfig: tmpfs("/new"),
    });
    for (let count = 0; count < 2; count++) {
      await engine.containers.start(Id);
      await engine.containers.wait(Id);
    }
    expect((await collectOutput(await engine.containers.logs(Id))).stdout).toBe("x\nx\n");
  });

  it("is in archives, and in no export or diff", async () => {
    await using simulator = given();
    const { engine, fetch } = simulator;
    const { Id } = await engine.containers.create({
      Image: "busybox",
      Cmd: ["sh", "-c", "echo 1 > /data/x; echo 2 > /new/y"],
      HostConfig: { ...binds("data:/data"), Tmpfs: { "/new": "" } },
    });
    await engine.containers.start(Id);
    await engine.containers.wait(Id);
    const ask = (path: string) => fetch(new Request(`http://simulator${path}`));
    expect(await (await ask(`/containers/${Id}/changes`)).json()).toEqual([
      { Path: "/data", Kind: 1 },
      { Path: "/new", Kind: 1 },
    ]);
    expect((await ask(`/containers/${Id}/archive?path=/data/x`)).status).toBe(200);
    expect((await ask(`/containers/${Id}/archive?path=/new/y`)).status).toBe(404);
    const names = await (await ask(`/containers/${Id}/export`)).text();
    expect(names).toContain("data/\0");
    expect(names).not.toContain("data/x");
    const usage = (await (await ask("/system/df")).json()) as { Volumes: object[] };
    expect(usage.Volumes).toMatchObject([{ Name: "data", UsageData: { RefCount: 1, Size: 2 } }]);
  });

  it("is refused over files", async () => {
    await using simulator = given();
    const { engine } = simulator;
    const create = (Volumes: Record<string, Record<string, never>>, Binds: string[]) =>
      engine.containers.create({ Image: "busybox", Cmd: ["true"], Volumes, HostConfig: { Binds } });
    await expect(create({ "/etc/passwd": {} }, [])).rejects.toMatchObject({
      status: 500,
      message: expect.stringMatching(
        /^cannot mount volume over existing file, file exists \/\S+(\/merged|overlayfs\/\w+)\/etc\/passwd$/,
      ),
    });
    const early = cellOf({ "20.10": "refused", "29": "taken" }, release);
    const outcome = await create({}, ["data:/etc/passwd"]).then(
      () => "taken",
      (error: EngineError) => {
        expect(error.message).toMatch(/^source \/\S+\/merged\/etc\/passwd is not directory$/);
        return "refused";
      },
    );
    expect(outcome).toBe(early);
    await run(engine, binds("data:/data"), "echo > /data/x");
    const { Id } = await create({}, ["data:/etc/passwd"]);
    await expect(engine.containers.start(Id)).rejects.toMatchObject({
      status: 400,
      message: expect.stringContaining('_data" to rootfs at "/etc/passwd": '),
    });
    expect((await engine.containers.inspect(Id)).State.ExitCode).toBe(127);
  });

  it.runIf(release !== "20.10")("can be a directory in a volume", async () => {
    await using simulator = given();
    const { engine } = simulator;
    await run(engine, binds("data:/data"), "mkdir -p /data/in/side; echo s > /data/in/side/f");
    const mount = (Subpath: string): HostConfig => ({
      Mounts: [{ Type: "volume", Source: "data", Target: "/s", VolumeOptions: { Subpath } }],
    });
    expect(await run(engine, mount("in/side"), "cat /s/f")).toBe("s\n");
    const path = "/var/lib/docker/volumes/data/_data/nope";
    await expect(run(engine, mount("nope"), "true")).rejects.toMatchObject({
      status: 404,
      message: `cannot access path ${path}: lstat ${path}: no such file or directory`,
    });
  });
});
