import fc from "fast-check";
import { type Command, command } from "../commands/command.js";
import { maybe, pick, record, weighted } from "./arbitraries.js";
import { aContainer, type Cast } from "./cast.js";
import { archives, scratchRepository } from "./pools.js";

const paths = ["/tmp", "/etc", "/etc/hostname", "/made/x", "/made", "/nope", "/", ""] as const;

const commitOptions = record<{
  repo: string;
  tag: string;
  comment: string;
  pause: boolean;
  changes: string[];
}>({
  repo: maybe(pick([scratchRepository, "BAD"]), 1),
  tag: maybe(pick(["one"]), 1),
  comment: maybe(pick(["why"])),
  pause: maybe(pick([false]), 2),
  changes: maybe(pick([["ENV A=1"], ['CMD ["a"]'], ["NOPE"]]), 2),
});

const putOptions = record<{ noOverwriteDirNonDir: boolean; copyUIDGID: boolean }>({
  noOverwriteDirNonDir: maybe(pick([true]), 2),
  copyUIDGID: maybe(pick([true])),
});

/** Generates commands about the files of a container. */
export function handleFiles(cast: Cast): fc.Arbitrary<Command> {
  const container = aContainer(cast);
  const of = fc.tuple(container, pick(paths));
  return weighted(
    [
      3,
      fc
        .tuple(container, pick(["/", "/tmp", "/nope", "/etc/hostname"]), pick(archives), putOptions)
        .map(([one, path, archive, options]) =>
          command("containers.putArchive", one, path, archive, options),
        ),
    ],
    [2, of.map(([one, path]) => command("containers.statArchive", one, path))],
    [
      2,
      fc
        .tuple(container, pick(["/tmp", "/made", "/made/x", "/etc/hostname", "/nope"]))
        .map(([one, path]) => command("containers.getArchive", one, path)),
    ],
    [2, container.map((one) => command("containers.changes", one))],
    [1, container.map((one) => command("containers.export", one))],
    [
      2,
      fc
        .tuple(container, pick([{}, { Env: ["X=1"] }, { Cmd: ["sh"] }]), commitOptions)
        .map(([one, config, options]) => command("containers.commit", one, config, options)),
    ],
  );
}
