import { virtualTime } from "@dryharbor/kernel/host";
import { loadBuiltInPrograms } from "@dryharbor/programs/image";
import { describe, expect, it } from "vitest";
import { newMachine } from "../../machine.js";
import type { Daemon } from "../daemon.js";
import { noUplink } from "../dns/upstream.js";
import { defaultImages } from "../images/default-images.js";
import { release } from "../releases/release.js";
import { cellOf, type ReleaseName, releaseNames } from "../releases/row.js";
import { defaultSettings } from "../settings.js";
import type { Container } from "./container.js";
import { createContainer } from "./create.js";
import { ownFiles } from "./files.js";
import { findContainer } from "./find.js";
import { groupsProblem, homeOf, userOf, userProblem } from "./user.js";

await loadBuiltInPrograms();

const passwd = `root:x:0:0:root:/root:/bin/sh
lp:x:4:7:lp:/var/spool/lpd:/sbin/nologin
uucp:x:10:14:uucp:/var/spool/uucppublic:/sbin/nologin
games:x:35:35:games:/usr/games:/sbin/nologin
guest:x:405:100:guest:/dev/null:/sbin/nologin
nobody:x:65534:65534:nobody:/:/sbin/nologin
`;
const group = `root:x:0:root
bin:x:1:root,bin,daemon
lp:x:7:lp
wheel:x:10:root
uucp:x:14:uucp
games:x:35:
www-data:x:82:
users:x:100:games
nobody:x:65534:
`;

/** Makes a container with these files, or with others in their place. */
function containerOf(
  name: ReleaseName,
  { GroupAdd = [] as string[], files = { passwd, group } as Partial<Record<string, string>> } = {},
): [Daemon, Container] {
  const options = { release: release(name), seed: 1, images: defaultImages, settings: defaultSettings };
  const { daemon } = newMachine({ time: virtualTime(), programs: new Map(), upstream: noUplink }, options);
  createContainer(daemon, { Image: "busybox", Cmd: ["true"], HostConfig: { GroupAdd } }, "web");
  const container = findContainer(daemon, "web");
  const own = ownFiles(daemon, container);
  for (const file of ["passwd", "group"]) {
    const text = files[file];
    if (text === undefined) own.unlink(`/etc/${file}`);
    else own.write(`/etc/${file}`, text);
  }
  return [daemon, container];
}

const noUser = (name: string): string => `unable to find user ${name}: no matching entries in passwd file`;
const noGroup = (name: string): string => `unable to find group ${name}: no matching entries in group file`;
const outOfRange = "uids and gids must be in range 0-2147483647";

// What `id` and the refusals of real engines said, with these files in the image.
describe.each(releaseNames)("whom a process runs as on %s", (name) => {
  const isNew = cellOf({ "20.10": false, "28.5": true }, name);

  it.each([
    ["", 0, 0, [0, 0, 1, 10]],
    ["0", 0, 0, [0, 0, 1, 10]],
    ["0:0", 0, 0, [0]],
    ["nobody", 65_534, 65_534, [65_534]],
    ["games", 35, 35, [35, 100]],
    ["405", 405, 100, [100]],
    ["4", 4, 7, [7, 7]],
    ["1234", 1234, 0, [0]],
    ["1234:82", 1234, 82, [82]],
    ["1234:5000", 1234, 5000, [5000]],
    ["lp:wheel", 4, 10, [10]],
    [":wheel", 0, 10, [10]],
    ["010", 10, 14, [14, 14]],
    ["+7", 7, 0, [0]],
  ])("User %j", (user, uid, gid, repeated) => {
    const [daemon, container] = containerOf(name);
    const groups = isNew ? repeated : [...new Set(repeated)];
    expect(userProblem(daemon, container, user)).toBeUndefined();
    expect(userOf(daemon, container, user)).toMatchObject({ uid, gid, groups });
  });

  it.each([
    ["adm", noUser("adm")],
    [" root", noUser(" root")],
    ["postgres:nope", noUser("postgres")],
    ["lp:nope", noGroup("nope")],
    [":nope", noGroup("nope")],
    ["-1", outOfRange],
    ["99999999999", outOfRange],
    ["0:-1", outOfRange],
  ])("User %j is refused", (user, problem) => {
    const [daemon, container] = containerOf(name);
    expect(userProblem(daemon, container, user)).toBe(problem);
  });

  it("what is behind a second colon counts on 28.5", () => {
    const [daemon, container] = containerOf(name);
    const problem = cellOf<string | undefined>(
      { "20.10": undefined, "28.5": noGroup("root:x"), "29": undefined },
      name,
    );
    expect(userProblem(daemon, container, "root:root:x")).toBe(problem);
  });

  it.each([
    ["", ["wheel"], [0, 0, 1, 10, 10]],
    ["", ["+82"], [0, 0, 1, 10, 82]],
    ["1234", ["wheel", "82", "5000"], [0, 10, 82, 5000]],
    ["games", ["games"], [35, 35, 100]],
  ])("User %j with the groups %j", (user, GroupAdd, repeated) => {
    const [daemon, container] = containerOf(name, { GroupAdd });
    const groups = isNew ? repeated : [...new Set(repeated)];
    expect(groupsProblem(daemon, container)).toBeUndefined();
    expect(userOf(daemon, container, user).groups).toEqual(groups);
  });

  it("GroupAdd names groups that there are", () => {
    const problem = (...GroupAdd: string[]) => groupsProblem(...containerOf(name, { GroupAdd }));
    const unknown = (group: string) => (isNew ? noGroup(group) : noGroup(group).replace("u", "U"));
    expect(problem("nope", "nix")).toBe(unknown("nope"));
    expect(problem("-1")).toBe(outOfRange);
    expect(problem("2147483648")).toBe(outOfRange);
    expect(problem("wheel", "wheel")).toBe(isNew ? undefined : unknown("wheel"));
    expect(problem("10", "wheel")).toBe(isNew ? undefined : unknown("wheel"));
    expect(problem("wheel", "10")).toBeUndefined();
  });

  it("without the files, only numbers are known", () => {
    const [daemon, container] = containerOf(name, { files: {} });
    expect(userProblem(daemon, container, "games")).toBe(noUser("games"));
    expect(userProblem(daemon, container, "5:wheel")).toBe(noGroup("wheel"));
    expect(userOf(daemon, container, "5")).toMatchObject({ uid: 5, gid: 0, groups: [0] });
  });

  it("lines that are not whole are read as Go reads them", () => {
    const files = {
      group,
      passwd:
        "me:x:55:66:a:/me:/bin/sh\nyou:x:56:67:b:/you\nbad\n  sp:x:57:68::/sp:/bin/sh\nno:x:abc:3::/n:/b\n",
    };
    const [daemon, container] = containerOf(name, { files });
    const who = (user: string) => {
      const found = userOf(daemon, container, user);
      return [found.uid, found.gid, homeOf(daemon, container, found)];
    };
    expect(who("me")).toEqual([55, 66, "/me"]);
    expect(who("you")).toEqual([56, 67, "/you"]);
    expect(who("bad")).toEqual([0, 0, ""]);
    expect(who("57")).toEqual([57, 68, "/sp"]);
    expect(who("no")).toEqual([0, 3, ""]);
    expect(who("")).toEqual([0, 0, ""]);
    expect(who("1234")).toEqual([1234, 0, "/"]);
  });
});
