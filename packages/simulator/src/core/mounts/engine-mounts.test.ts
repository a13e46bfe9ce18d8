import { type TarEntry, tarOf } from "@dryharbor/kernel/tar";
import type { HostConfig } from "@dryharbor/sdk/port";
import { describe, expect, it } from "vitest";
import { tarEntry } from "../../../test/tar-entry.js";
import { createSimulator } from "../../index.js";
import { cellOf, releaseNames } from "../releases/row.js";

const binds = (...Binds: string[]): HostConfig => ({ Binds });

/** A simulator on whose host are a file and a directory with files. */
function given(release: (typeof releaseNames)[number]) {
  const simulator = createSimulator({ release });
  const { engine, host } = simulator;
  host.files.makeDirectories("/srv/d/f");
  host.files.makeDirectories("/srv/d/g");
  host.files.write("/srv/f", "a\n");
  host.files.write("/srv/d/b", "b\n");
  const create = async (HostConfig: HostConfig) =>
    (await engine.containers.create({ Image: "busybox", Cmd: ["true"], HostConfig })).Id;
  /** Returns how a call failed, with a short form of ids. */
  const failure = async (call: Promise<unknown>): Promise<string> => {
    const error = await call.then(
      () => ({ status: 200, message: "" }),
      (error: { status: number; message: string }) => error,
    );
    const message = error.message
      .replaceAll(/[0-9a-f]{64}/g, "ID")
      .replaceAll(/[^\s":]*(overlay2\/ID\/merged|rootfs\/overlayfs\/ID)/g, "C");
    return `${error.status} ${message}`.trim();
  };
  const put = (id: string, path: string, ...entries: Partial<TarEntry>[]) =>
    failure(engine.containers.putArchive(id, path, tarOf(entries.map((entry) => tarEntry(entry)))));
  return { simulator, engine, create, failure, put };
}

// Recorded from the four engines.
describe.each(releaseNames)("what %s mounts to read or write an archive", (release) => {
  it("is refused where its place is of another kind, below a file, or in what is read-only", async () => {
    const { simulator, engine, create, failure, put } = given(release);
    await using _ = simulator;
    const rows: [HostConfig, string, string, string, v29?: string][] = [
      [
        binds("/srv/f:/etc"),
        "mount /srv/f:C/etc, flags: 0x5000: not a directory",
        "openat etc: is a directory",
        "openat etc: is a directory",
      ],
      [
        binds("/srv/d:/etc/passwd:ro"),
        "mount /srv/d:C/etc/passwd, flags: 0x5001: not a directory",
        "mkdir etc/passwd: not a directory",
        "mkdirat etc/passwd: file exists",
      ],
      [
        binds("/srv/f:/etc/passwd/x"),
        "lstat C/etc/passwd/x: not a directory",
        'resolve mount destination "/etc/passwd/x": lstat C/etc/passwd/x: not a directory',
        "mkdirat etc/passwd: file exists",
        'resolve mount destination "/etc/passwd/x": lstat C/etc/passwd/x: not a directory',
      ],
      [
        binds("/srv/f:/etc/passwd/x/y"),
        "lstat C/etc/passwd/x: not a directory",
        'resolve mount destination "/etc/passwd/x/y": lstat C/etc/passwd/x: not a directory',
        "openat etc/passwd: not a directory",
        'resolve mount destination "/etc/passwd/x/y": lstat C/etc/passwd/x: not a directory',
      ],
      [
        binds("/srv/d:/etc/passwd/x"),
        "lstat C/etc/passwd/x: not a directory",
        'resolve mount destination "/etc/passwd/x": lstat C/etc/passwd/x: not a directory',
        "openat etc/passwd: not a directory",
        'resolve mount destination "/etc/passwd/x": lstat C/etc/passwd/x: not a directory',
      ],
      [
        binds("/srv/d:/ro:ro", "vol:/ro/new"),
        "mkdir C/ro/new: read-only file system",
        "mkdirat ro/new: read-only file system",
        "mkdirat ro/new: read-only file system",
      ],
      [
        binds("/srv/d:/ro:ro", "/srv/f:/ro/newf"),
        "open C/ro/newf: read-only file system",
        "openat ro/newf: read-only file system",
        "openat ro/newf: read-only file system",
      ],
      [
        binds("/srv/d:/ro:ro", "/srv/f:/ro/n/m"),
        "mkdir C/ro/n: read-only file system",
        "mkdirat ro/n: read-only file system",
        "mkdirat ro/n: read-only file system",
      ],
    ];
    for (const [host, v20, v26, v28, v29 = v28] of rows) {
      const id = await create(host);
      const text = `500 ${cellOf({ "20.10": v20, "26.1": v26, "28.5": v28, "29": v29 }, release)}`;
      expect(await failure(engine.containers.getArchive(id, "/bin"))).toBe(text);
      expect(await failure(engine.containers.statArchive(id, "/"))).toBe(text);
      expect(await put(id, "/", { name: "x" })).toBe(text);
    }
    expect(await failure(create(binds("vol:/etc/passwd/y")))).toBe(
      "500 lstat C/etc/passwd/y: not a directory",
    );
  });

  it("keeps what is read-only, and the engine says what it could not do", async () => {
    const { simulator, create, put } = given(release);
    await using _ = simulator;
    const id = await create(binds("/srv/d:/ro:ro"));
    const text = (v20: string, v26: string, v28: string): string =>
      `500 ${cellOf({ "20.10": `Error processing tar file(exit status 1): ${v20}`, "26.1": v26, "28.5": v28 }, release)}: read-only file system`;
    const same = (v20: string, v28: string) => text(v20, v20, v28);
    expect(await put(id, "/", { name: "ro/new" })).toBe(same("open /ro/new", "openat ro/new"));
    expect(await put(id, "/", { name: "ro/n/", type: "directory" })).toBe(
      same("mkdir /ro/n", "mkdirat ro/n"),
    );
    expect(await put(id, "/", { name: "ro/b" })).toBe(same("unlinkat /ro/b", "RemoveAll ro/b"));
    expect(await put(id, "/", { name: "ro/ln", type: "symlink", linkName: "b" })).toBe(
      same("symlink b /ro/ln", "symlinkat b ro/ln"),
    );
    expect(await put(id, "/", { name: "ro/g/", type: "directory" })).toBe(
      text(
        "lchown /ro/g",
        'failed to Lchown "/ro/g" for UID 0, GID 0: lchown /ro/g',
        'failed to Lchown "ro/g" for UID 0, GID 0: lchownat ro/g',
      ),
    );
  });
});

// Recorded from the four engines.
describe.each(releaseNames)("a tmpfs on %s", (release) => {
  it("is refused where there is a file, with the options that it has", async () => {
    const { simulator, engine, create, failure } = given(release);
    await using _ = simulator;
    const start = async (host: HostConfig) => {
      const text = await failure(engine.containers.start(await create(host)));
      return text
        .replace(/^(\d+) .* to rootfs at "\S+": /, "$1 ")
        .replace(/(: unknown)?: Are you trying to mount.*|: unknown$/, "");
    };
    const data = (path: string, v20: string, later: string) =>
      cellOf(
        {
          "20.10": `400 mount tmpfs:${path} (via /proc/self/fd/6), flags: 0xe${v20 && `, data: ${v20}`}`,
          "26.1": `400 mount tmpfs:${path} (via /proc/self/fd/6), flags: 0xe, data: ${later}`,
          "28.5": `400 mount src=tmpfs, dst=${path}, dstFd=/proc/thread-self/fd/14, flags=MS_NOSUID|MS_NODEV|MS_NOEXEC, data=${later}`,
        },
        release,
      ).concat(": not a directory");
    expect(await start({ Tmpfs: { "/etc/passwd": "" } })).toBe(data("/etc/passwd", "", "mode=0644"));
    expect(await start({ Tmpfs: { "/etc/passwd": "ro,size=1m" } })).toBe(
      data("/etc/passwd", "size=1m", "mode=0644,size=1m"),
    );
    const TmpfsOptions = { Mode: 0o700, SizeBytes: 2 ** 20 };
    expect(await start({ Mounts: [{ Type: "tmpfs", Target: "/etc/group", TmpfsOptions }] })).toBe(
      data("/etc/group", "mode=700,size=1m", "mode=0644,mode=700,size=1m"),
    );
    // The engine's own file is not mounted yet.
    expect(await start({ Tmpfs: { "/etc/hosts": "" } })).toBe(data("/etc/hosts", "", "mode=0755"));
    expect(await start({ Tmpfs: { "/etc/passwd/x": "" } })).toBe(
      cellOf(
        {
          "20.10": "400 mkdir C/etc/passwd: not a directory",
          "26.1":
            "400 create mount destination for /etc/passwd/x mount: cannot mkdir in C/etc/passwd: not a directory",
          "28.5":
            "400 create mountpoint for /etc/passwd/x mount: lookup mountpoint target: securejoin.OpenInRoot /etc/passwd/x: openat2 /etc/passwd/x: not a directory",
        },
        release,
      ),
    );
    expect(await start({ Tmpfs: { "/proc/x": "" } })).toBe(
      cellOf(
        {
          "20.10": "400 mkdir C/proc/x: no such file or directory",
          "26.1":
            '500 create mount destination for /proc/x mount: check proc-safety of /proc/x mount: "C/proc/x" cannot be mounted because it is inside /proc',
          "28.5":
            '400 create mountpoint for /proc/x mount: make mountpoint "/proc/x": mkdirat C/proc/x: no such file or directory',
        },
        release,
      ),
    );
  });

  it("shows what stands in the places of the engine's files, as a start does", async () => {
    const { simulator, engine, create, failure } = given(release);
    await using _ = simulator;
    const id = await create(binds("/srv/f:/etc/hostname"));
    expect((await engine.containers.inspect(id)).HostnamePath).toBe("");
    expect(await failure(engine.containers.statArchive(id, "/tmp"))).toBe("200");
    expect(await engine.containers.inspect(id)).toMatchObject({ HostnamePath: "/srv/f", HostsPath: "" });
  });

  // Seen on 28.5 and 29.
  it("shows its own file where what should stand in its place cannot be mounted", async () => {
    const { simulator, engine, create, failure } = given(release);
    await using _ = simulator;
    simulator.host.files.symlink("/nowhere", "/srv/dangling");
    const id = await create(binds("/srv/dangling:/etc/hostname"));
    expect(await failure(engine.containers.start(id))).toMatch(/error while creating mount source path/);
    expect((await engine.containers.inspect(id)).HostnamePath).toMatch(/\/containers\/\w+\/hostname$/);
  });
});
