import type { HostConfig } from "@dryharbor/sdk/port";
import fc from "fast-check";
import { type Command, command } from "../commands/command.js";
import { maybe, often, pick, record, weighted } from "./arbitraries.js";
import type { Cast } from "./cast.js";
import { archives, endless, hostFolder, image, volumeNames } from "./pools.js";

/** What a container mounts. */
type Mounts = Partial<Pick<HostConfig, "Binds" | "Mounts">>;

const present = ["site", "site", "file", "link", "site/sub"].map((path) => `${hostFolder}/${path}`);
const missing = ["missing", "missing/deep", "dangling", "file/below"].map((path) => `${hostFolder}/${path}`);

const source = weighted([6, pick(present)], [3, pick(missing)], [1, pick(volumeNames)]);
const anySource = weighted([8, source], [1, pick(["./here", "", "no:such"])]);

const target = weighted(
  [6, pick(["/x", "/x/inner", "/y"])],
  [2, pick(["/tmp", "/etc/hostname", "/etc/passwd"])],
);
const anyTarget = weighted([8, target], [1, pick(["/", "here", "", "/x/../y", "/etc", "/etc/passwd/below"])]);

const modes = pick(["", "", "", ":ro", ":rw"]);
const anyMode = weighted([6, modes], [1, pick([":zz", ":nocopy", ":ro,rslave", ":ro,ro", ":rprivate"])]);

const bindOf = (
  parts: readonly [fc.Arbitrary<string>, fc.Arbitrary<string>, fc.Arbitrary<string>],
): fc.Arbitrary<string> => fc.tuple(...parts).map(([from, to, mode]) => `${from}:${to}${mode}`);

/** Generates a mount of the newer form, whose source must exist unless it says otherwise. */
const mount = fc
  .tuple(
    pick(["bind", "bind", "bind", "volume", "tmpfs", "zz"]),
    record<Record<string, unknown>>({
      Source: often<string | undefined>(anySource, 8, fc.constant(undefined)),
      Target: often<string | undefined>(anyTarget, 8, fc.constant(undefined)),
      ReadOnly: maybe(fc.boolean(), 2),
      BindOptions: maybe(
        pick<object>([
          { Propagation: "rslave" },
          { Propagation: "zz" },
          { NonRecursive: true },
          { CreateMountpoint: true },
        ]),
        3,
      ),
      VolumeOptions: maybe(pick<object>([{ NoCopy: true }, { Labels: { tier: "front" } }]), 8),
      TmpfsOptions: maybe(pick<object>([{ SizeBytes: 65_536 }, { Mode: 0o700 }]), 8),
    }),
  )
  .map(([Type, fields]) => ({ Type, ...fields }));

/** Generates what a container mounts, valid or not. */
export const anyMounts: fc.Arbitrary<Mounts> = weighted<Mounts>(
  [
    3,
    fc
      .array(bindOf([anySource, anyTarget, anyMode]), { minLength: 1, maxLength: 2 })
      .map((Binds) => ({ Binds })),
  ],
  [2, fc.array(mount, { minLength: 1, maxLength: 2 }).map((Mounts) => ({ Mounts }))],
);

/** Generates binds most of which can be mounted. */
const goodMounts: fc.Arbitrary<Mounts> = weighted<Mounts>(
  [3, fc.array(bindOf([source, target, modes]), { minLength: 1, maxLength: 2 }).map((Binds) => ({ Binds }))],
  [
    1,
    fc
      .tuple(pick(present), target, fc.boolean())
      .map(([Source, Target, ReadOnly]) => ({ Mounts: [{ Type: "bind", Source, Target, ReadOnly }] })),
  ],
);

const places = ["/x", "/x/inner", "/y", "/tmp", "/x/index.html", "/etc/hostname"] as const;

/** What programs do with what is mounted. */
const acts = (at: string): (readonly string[])[] => [
  ["ls", "-1A", at],
  ["cat", at],
  ["stat", "-c", "%n %A %u %g %h %F", at],
  ["sh", "-c", `echo more >>${at}; cat ${at}`],
  ["sh", "-c", `echo new >${at}/new; rm -r ${at}/sub; ls -1A ${at}`],
  ["rm", "-r", at],
  ["mkdir", "-p", `${at}/made/deep`],
];

function useMounted(name: string): fc.Arbitrary<Command[]> {
  const at = pick(places);
  return weighted<Command[]>(
    [
      4,
      at
        .chain((place) => pick(acts(place)))
        .map((Cmd) => [
          command("exec.create", name, { Cmd: [...Cmd], AttachStdout: true, AttachStderr: true }),
          command("exec.start", "{exec:exec}", {}),
          command("exec.inspect", "{exec:exec}"),
        ]),
    ],
    [
      1,
      fc
        .tuple(at, pick(archives))
        .map(([place, archive]) => [command("containers.putArchive", name, place, archive)]),
    ],
    [1, at.map((place) => [command("containers.getArchive", name, place)])],
    [1, at.map((place) => [command("containers.statArchive", name, place)])],
    [1, fc.constant([command("containers.changes", name)])],
  );
}

/** Generates a running container that mounts something, and what is done with its files. */
export function runMounting(cast: Cast): fc.Arbitrary<Command[]> {
  return pick(cast.containers).chain((name) =>
    fc
      .tuple(goodMounts, fc.array(useMounted(name), { minLength: 1, maxLength: 3 }))
      .map(([mounts, uses]) => [
        command(
          "containers.create",
          { Image: image, Cmd: [...endless], HostConfig: { NetworkMode: "none", ...mounts } },
          { name },
        ),
        command("containers.start", name),
        ...uses.flat(),
      ]),
  );
}
