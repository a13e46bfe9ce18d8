import { collectOutput, type Engine, type HostConfig } from "@dryharbor/sdk/port";
import { describe, expect, it } from "vitest";
import { createSimulator, type Simulator } from "../../index.js";
import { cellOf, releaseNames } from "../releases/row.js";

const binds = (...Binds: string[]): HostConfig => ({ Binds });

/** Returns the output of a script in a container with these mounts, or the error of its start. */
async function run(engine: Engine, host: HostConfig, script: string): Promise<string> {
  const { Id } = await engine.containers.create({
    Image: "busybox",
    Cmd: ["sh", "-c", `exec 2>&1; ${script}`],
    HostConfig: host,
  });
  try {
    await engine.containers.start(Id);
  } catch (error) {
    return String((error as Error).message)
      .replaceAll(Id, "ID")
      .replaceAll(/[0-9a-f]{64}/g, "ID");
  }
  await engine.containers.wait(Id);
  const { stdout } = await collectOutput(await engine.containers.logs(Id));
  await engine.containers.remove(Id, { force: true });
  return stdout;
}

/** The files with which the engines were asked. */
async function withFiles(simulator: Simulator): Promise<Simulator> {
  const { files } = simulator.host;
  files.makeDirectories("/srv/d/sub");
  files.write("/srv/f", "content\n");
  files.chmod("/srv/f", 0o640);
  files.chown("/srv/f", 1000, 1000);
  files.write("/srv/d/in", "in\n");
  files.chown("/srv/d", 7, 8);
  files.chmod("/srv/d", 0o1770);
  files.symlink("f", "/srv/l");
  files.symlink("d", "/srv/ld");
  files.symlink("nowhere", "/srv/dangling");
  files.symlink("/srv/f", "/srv/abs");
  return simulator;
}

const began = {
  "20.10":
    "failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: ",
  "26.1":
    "failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: ",
  "28.5":
    "failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: ",
} as const;
const advice =
  ": Are you trying to mount a directory onto a file (or vice-versa)? Check if the specified host path exists and is the expected type";

// Recorded from the three engines.
describe.each(releaseNames)("a bind on %s", (release) => {
  const given = () => withFiles(createSimulator({ release }));

  it("shows the host's files, as they are", async () => {
    await using simulator = await given();
    const { engine } = simulator;
    const list = "ls -lan /x | tail -n +3 | awk '{print $1, $3, $4, $9, $10, $11}'";
    expect(await run(engine, binds("/srv:/x"), list)).toBe(
      [
        "drwxr-xr-x 0 0 ..  ",
        "lrwxrwxrwx 0 0 abs -> /srv/f",
        "drwxrwx--T 7 8 d  ",
        "lrwxrwxrwx 0 0 dangling -> nowhere",
        "-rw-r----- 1000 1000 f  ",
        "lrwxrwxrwx 0 0 l -> f",
        "lrwxrwxrwx 0 0 ld -> d",
        "",
      ].join("\n"),
    );
    expect(await run(engine, binds("/srv/ld:/x"), "ls /x")).toBe("in\nsub\n");
    expect(await run(engine, binds("/srv/l:/x/y/z"), "cat /x/y/z; cat /srv/f")).toBe(
      "content\ncat: can't open '/srv/f': No such file or directory\n",
    );
  });

  it("is written through, and what is in it is changed for all", async () => {
    await using simulator = await given();
    const { engine, host } = simulator;
    const script =
      "ls /x; rm /x; mv /x /y; echo more >>/x; cat /x; chmod 600 /x; chown 5 /x; ls -lan /x | cut -c 1-20; wc -c </x";
    expect(await run(engine, binds("/srv/f:/x"), script)).toBe(
      "/x\nrm: can't remove '/x': Device or resource busy\nmv: can't rename '/x': Device or resource busy\n" +
        "content\nmore\n-rw-------    1 5   \n13\n",
    );
    expect(new TextDecoder().decode(host.files.read("/srv/f"))).toBe("content\nmore\n");
    expect(host.files.stat("/srv/f")).toMatchObject({ mode: 0o600, uid: 5 });
  });

  it("is not written where it is for reading only", async () => {
    await using simulator = await given();
    const { engine } = simulator;
    const script = "cat /etc/passwd; echo a >/etc/passwd; rm /etc/passwd; chmod 777 /etc/passwd";
    expect(await run(engine, binds("/srv/f:/etc/passwd:ro"), script)).toBe(
      "content\nsh: line 0: can't create /etc/passwd: Read-only file system\n" +
        "rm: can't remove '/etc/passwd': Device or resource busy\nchmod: /etc/passwd: Read-only file system\n",
    );
    expect(
      await run(engine, binds("/srv:/x:ro", "/srv/d:/x/d:rw"), "echo 1 >/x/d/rw; echo 1 >/x/no; ls /x/d"),
    ).toBe("sh: line 0: can't create /x/no: Read-only file system\nin\nrw\nsub\n");
  });

  it("makes a missing directory with a source of Binds, and refuses one of Mounts", async () => {
    await using simulator = await given();
    const { engine, host } = simulator;
    const { Id } = await engine.containers.create({ Image: "busybox", HostConfig: binds("/new/a/b:/x") });
    expect(host.files.exists("/new")).toBe(false);
    await engine.containers.start(Id);
    expect(host.files.stat("/new/a/b")).toMatchObject({ mode: 0o755, uid: 0 });
    const mount = (Source: string, BindOptions = {}): HostConfig => ({
      Mounts: [{ Type: "bind", Source, Target: "/x", BindOptions }],
    });
    const create = (host: HostConfig) => engine.containers.create({ Image: "busybox", HostConfig: host });
    const missing = 'invalid mount config for type "bind": bind source path does not exist: ';
    await expect(create(mount("/srv/../nothere/./b/"))).rejects.toMatchObject({
      status: 400,
      message: `${missing}/srv/../nothere/./b/`,
    });
    await expect(create(mount("/srv/f/q"))).rejects.toMatchObject({
      status: 400,
      message: 'invalid mount config for type "bind": stat /srv/f/q: not a directory',
    });
    if (release === "20.10") {
      await expect(create(mount("/made", { CreateMountpoint: true }))).rejects.toThrow(missing);
    } else {
      const made = await create(mount("/made", { CreateMountpoint: true }));
      await engine.containers.start(made.Id);
      expect(host.files.isDirectory("/made")).toBe(true);
    }
    host.files.mkdir("/srv/g");
    const gone = await create(mount("/srv/g"));
    host.files.rmdir("/srv/g");
    await expect(engine.containers.start(gone.Id)).rejects.toMatchObject({
      status: 400,
      message: `${missing}/srv/g`,
    });
    expect((await engine.containers.inspect(gone.Id)).State).toMatchObject({ ExitCode: 0, Error: "" });
  });

  it("refuses what cannot be mounted", async () => {
    await using simulator = await given();
    const { engine } = simulator;
    const files = cellOf({ "20.10": "overlay2/ID/merged", "29": "rootfs/overlayfs/ID" }, release);
    const root = `/var/lib/docker/${files}`;
    const inInit = (text: string) => `${cellOf(began, release)}error during container init: ${text}`;
    const unknown = cellOf({ "20.10": ": unknown", "28.5": "" }, release);
    const mounting = (source: string, destination: string) =>
      inInit(`error mounting "${source}" to rootfs at "${destination}": `);

    expect(await run(engine, binds("/srv/dangling:/y"), "")).toBe(
      "error while creating mount source path '/srv/dangling': mkdir /srv/dangling: file exists",
    );
    expect(await run(engine, binds("/srv/f/x:/y"), "")).toBe(
      cellOf(
        {
          "20.10": `${mounting("/srv/f/x", "/y")}stat /srv/f/x: not a directory`,
          "26.1": `${mounting("/srv/f/x", "/y")}create mount destination for /y mount: bind mount source stat: stat /srv/f/x: not a directory`,
          "28.5": inInit("failed to fulfil mount request: open /srv/f/x: not a directory"),
        },
        release,
      ) +
        unknown +
        advice,
    );
    const fd14 = "dstFd=/proc/thread-self/fd/14, flags=MS_BIND|MS_REC";
    expect(await run(engine, binds("/srv/f:/etc:ro"), "")).toBe(
      mounting("/srv/f", "/etc") +
        cellOf(
          {
            "20.10": "mount /srv/f:/etc (via /proc/self/fd/6), flags: 0x5001",
            "26.1": "mount /srv/f:/etc (via /proc/self/fd/6), flags: 0x5000",
            "28.5": `mount src=/srv/f, dst=/etc, ${fd14}`,
          },
          release,
        ) +
        `: not a directory${unknown}${advice}`,
    );
    expect(await run(engine, binds("/srv/d:/etc/passwd"), "")).toBe(
      mounting("/srv/d", "/etc/passwd") +
        cellOf(
          {
            "20.10": "mount /srv/d:/etc/passwd (via /proc/self/fd/6), flags: 0x5000",
            "26.1": `create mount destination for /etc/passwd mount: cannot mkdir in ${root}/etc/passwd`,
            "28.5": `mount src=/srv/d, dst=/etc/passwd, ${fd14}`,
          },
          release,
        ) +
        `: not a directory${unknown}${advice}`,
    );
    expect(await run(engine, binds("/srv/f:/etc/passwd/x"), "")).toBe(
      mounting("/srv/f", "/etc/passwd/x") +
        cellOf(
          {
            "20.10": `open o_path procfd: open ${root}/etc/passwd/x`,
            "26.1": `create mount destination for /etc/passwd/x mount: make parent dir of file bind-mount: cannot mkdir in ${root}/etc/passwd`,
            "28.5":
              "create mountpoint for /etc/passwd/x mount: lookup mountpoint target: securejoin.OpenInRoot /etc/passwd/x: openat2 /etc/passwd/x",
          },
          release,
        ) +
        `: not a directory${unknown}${advice}`,
    );
    expect(await run(engine, binds("/srv/d:/x:ro", "/srv/f:/x/deep/file"), "")).toBe(
      mounting("/srv/f", "/x/deep/file") +
        cellOf(
          {
            "20.10": `mkdir ${root}/x/deep`,
            "26.1": `create mount destination for /x/deep/file mount: make parent dir of file bind-mount: mkdirat ${root}/x/deep`,
            "28.5": `create mountpoint for /x/deep/file mount: make mountpoint "/x/deep/file": mkdirat ${root}/x/deep`,
          },
          release,
        ) +
        `: read-only file system${unknown}`,
    );
    expect(await run(engine, binds("/srv/d:/proc/x"), "")).toBe(
      mounting("/srv/d", "/proc/x") +
        cellOf(
          {
            "20.10": `"${root}/proc/x" cannot be mounted because it is inside /proc: unknown`,
            "26.1": `create mount destination for /proc/x mount: check proc-safety of /proc/x mount: "${root}/proc/x" cannot be mounted because it is inside /proc: unknown`,
            "28.5": `create mountpoint for /proc/x mount: make mountpoint "/proc/x": mkdirat ${root}/proc/x: no such file or directory`,
          },
          release,
        ),
    );
    const { Id } = await engine.containers.create({ Image: "busybox", HostConfig: binds("/srv/d:/proc") });
    await expect(engine.containers.start(Id)).rejects.toMatchObject({ status: 500 });
    expect((await engine.containers.inspect(Id)).State.ExitCode).toBe(128);
  });

  it("goes into others, which get what it is mounted on", async () => {
    await using simulator = await given();
    const { engine, host } = simulator;
    const nested = binds("/srv/f:/x/d/sub/file", "/srv/d:/x/d2:ro", "/srv:/x");
    expect(
      await run(
        engine,
        nested,
        "ls -R /x/d /x/d2; cat /x/d/sub/file; echo a>/x/d2/zz; echo b >/x/d/zz; cat /x/d2/zz",
      ),
    ).toBe(
      "/x/d:\nin\nsub\n\n/x/d/sub:\nfile\n\n/x/d2:\nin\nsub\n\n/x/d2/sub:\nfile\ncontent\n" +
        "sh: line 0: can't create /x/d2/zz: Read-only file system\nb\n",
    );
    expect(host.files.list("/srv")).toContain("d2");
    expect(host.files.stat("/srv/d/sub/file")).toMatchObject({
      size: 0,
      mode: release === "20.10" ? 0o755 : 0o644,
    });
    expect(await run(engine, binds("vol:/x", "/srv:/x/in"), "ls /x /x/in | head -n 4")).toBe(
      "/x:\nin\n\n/x/in:\n",
    );
    expect(await run(engine, binds("/srv:/etc"), "ls /etc/hosts /etc/f; wc -l </etc/hosts")).toMatch(
      /^\/etc\/f\n\/etc\/hosts\n[1-9]\n$/,
    );
    expect(host.files.stat("/srv/hosts").size).toBe(0);
    expect(await run(engine, binds("/srv/f:/etc/hosts"), "cat /etc/hosts")).toBe("content\n");
  });

  it("holds what is removed from the host", async () => {
    await using simulator = await given();
    const { engine, host } = simulator;
    const { Id } = await engine.containers.create({
      Image: "busybox",
      Cmd: [
        "sh",
        "-c",
        "exec 2>&1; cat >/dev/null; ls -lan /f | cut -c 1-15; ls /x; cat /f; echo a >/x/n; echo b >/f; cat /f",
      ],
      OpenStdin: true,
      StdinOnce: true,
      HostConfig: binds("/srv/d:/x", "/srv/f:/f"),
    });
    const attached = await engine.containers.attach(Id, {
      stdin: true,
      stdout: true,
      stderr: true,
      stream: true,
    });
    await engine.containers.start(Id);
    host.files.remove("/srv/d");
    host.files.remove("/srv/f");
    host.files.mkdir("/srv/d");
    host.files.write("/srv/d/new", "");
    host.files.write("/srv/f", "newer\n");
    await attached.end();
    await engine.containers.wait(Id);
    const { stdout } = await collectOutput(await engine.containers.logs(Id));
    expect(stdout).toBe(
      "-rw-r-----    0\ncontent\nsh: line 0: can't create /x/n: nonexistent directory\nb\n",
    );
    expect(new TextDecoder().decode(host.files.read("/srv/f"))).toBe("newer\n");
  });

  it("mounts the host's root with what is mounted there", async () => {
    await using simulator = await given();
    const { engine } = simulator;
    await run(engine, binds("data:/data"), "echo kept >/data/x");
    const script =
      "ls -l /h/bin /h/run/docker.sock | cut -c 1-10; cat /h/etc/hostname /h/proc/sys/kernel/hostname; ls -d /h/sys/class/net /h/dev/null; " +
      "ls /h/var/lib/docker/volumes; cat /h/var/lib/docker/volumes/data/_data/x; echo a >/h/tmp/zz";
    expect(await run(engine, binds("/:/h:ro"), script)).toBe(
      "lrwxrwxrwx\nsrw-rw----\ndocker\ndocker\n/h/dev/null\n/h/sys/class/net\ndata\nkept\n" +
        "sh: line 0: can't create /h/tmp/zz: Read-only file system\n",
    );
    expect(
      await run(engine, binds("/var/run/docker.sock:/var/run/docker.sock"), "cat /var/run/docker.sock"),
    ).toBe("cat: can't open '/var/run/docker.sock': No such device or address\n");
    expect(await run(engine, binds("/dev/null:/n"), "echo a >/n; cat /n; ls -l /n | cut -c 1-10")).toBe(
      "crw-rw-rw-\n",
    );
  });

  it("is copied from and to, with the container running or not", async () => {
    await using simulator = await given();
    const { engine, fetch, host } = simulator;
    const { Id } = await engine.containers.create({ Image: "busybox", HostConfig: binds("/later/on:/x") });
    const status = async (path: string) =>
      (await fetch(new Request(`http://d/containers/${Id}/archive?path=${path}`))).status;
    expect(await status("/x")).toBe(200);
    expect(host.files.isDirectory("/later/on")).toBe(true);
    host.files.write("/later/on/hello", "hi\n");
    expect(await status("/x/hello")).toBe(200);
    const changes = await fetch(new Request(`http://d/containers/${Id}/changes`));
    expect(await changes.json()).toEqual([{ Path: "/x", Kind: 1 }]);
  });

  it("is in a snapshot, with the host's files", async () => {
    await using simulator = await given();
    await run(simulator.engine, binds("/srv:/x"), "echo hi >/x/hi");
    await using copy = createSimulator({ snapshot: simulator.snapshot() });
    expect(await run(copy.engine, binds("/srv:/x"), "cat /x/hi; ls -ld /x/d | cut -c 1-10")).toBe(
      "hi\ndrwxrwx--T\n",
    );
  });
});
