import { systemClock } from "@dryharbor/kernel/host";
import { loadBuiltInPrograms } from "@dryharbor/programs/image";
import type { EngineEvent } from "@dryharbor/sdk/port";
import { describe, expect, it } from "vitest";
import { ticking } from "../clock.js";
import type { Container } from "../containers/container.js";
import { containerTable } from "../containers/table.js";
import type { Daemon } from "../daemon.js";
import { eventLog } from "../events/log.js";
import { release } from "../releases/release.js";
import { cellOf, type ReleaseName, releaseNames } from "../releases/row.js";
import { definedImages } from "./defined.js";
import type { ImageDefinitions } from "./definition.js";
import { findImage } from "./find.js";
import type { Layer } from "./layer.js";
import { listImages } from "./list.js";
import { pullImage } from "./pull.js";
import type { PullPolicy } from "./registry.js";
import { removeImage } from "./remove.js";
import { restoreImages, saveImages } from "./saved.js";
import { inspectImage } from "./show.js";
import { tagImage } from "./tag.js";

await loadBuiltInPrograms();

const lab: ImageDefinitions = {
  busybox: { origin: "imported", config: { Env: ["PATH=/bin"] }, size: 2_065_260 },
  "redis:7": { origin: "registry", config: { Cmd: ["redis-server"], Labels: { tier: "db" } } },
  "redis:latest": { origin: "registry", config: { Cmd: ["redis-server"], Labels: { tier: "db" } } },
  "redis:6": { origin: "registry", config: { Cmd: ["redis-server", "6"] } },
};

/** The part of a daemon that images need. */
function engine(name: ReleaseName = "28.5", definitions = lab, pull: PullPolicy = "listed") {
  const clock = ticking(systemClock);
  const events = eventLog(clock);
  const surroundings = {
    release: release(name),
    clock,
    programs: { own: [], small: ["/bin/sh"], all: [] },
    pull,
  };
  const daemon = {
    release: release(name),
    clock,
    events,
    settings: { dataRoot: "/var/lib/docker", hostResolvConf: "nameserver 10.255.255.53\n" },
    containers: containerTable(),
    stopping: new Map(),
    images: definedImages(definitions, surroundings),
  } as unknown as Daemon & { images: Daemon["images"] };
  return {
    daemon,
    happened: () => events.past.map(({ Action, Actor }: EngineEvent) => [Action, Actor]),
    use(image: string, status: Container["state"]["status"]) {
      const id = String(daemon.containers.byId.size + 1).repeat(64);
      daemon.containers.add({
        id,
        name: id,
        image: findImage(daemon, image),
        state: { status },
      } as Container);
    },
  };
}

const pull = (daemon: Daemon, name: string, tag = "") => pullImage(daemon, { name, tag }).steps;

/** The digest of an image's manifest in its first repository. */
const digestOf = (daemon: Daemon, ref: string) => inspectImage(daemon, ref).RepoDigests[0]?.split("@")[1];

const outcome = (act: () => unknown): unknown => {
  try {
    return act();
  } catch (error) {
    const { status, message } = error as { status?: number; message: string };
    return `${status} ${message}`;
  }
};

describe.each(releaseNames)("images of %s", (name) => {
  /** A store of content tells of images that go, and not of their layers. */
  const tellsLayers = cellOf({ "20.10": true, "29": false }, name);

  it("are found by tag, id, prefix and digest", () => {
    const { daemon } = engine(name);
    pull(daemon, "redis", "7");
    const image = findImage(daemon, "redis:7");
    const hex = image.id.slice("sha256:".length);
    const digest = `redis@${digestOf(daemon, "redis:7")}`;
    for (const ref of [image.id, hex, hex.slice(0, 12), image.id.slice(0, 15), digest, "docker.io/redis:7"]) {
      expect(findImage(daemon, ref)).toBe(image);
    }
    expect(outcome(() => findImage(daemon, "nope"))).toBe("404 No such image: nope:latest");
    expect(outcome(() => findImage(daemon, "redis"))).toBe("404 No such image: redis:latest");
    expect(outcome(() => findImage(daemon, "f".repeat(64)))).toBe(
      `404 No such image: sha256:${"f".repeat(64)}`,
    );
    expect(outcome(() => findImage(daemon, "no pe"))).toBe("400 invalid reference format");
  });

  it("lose a tag, and go with the last", () => {
    const { daemon, happened } = engine(name);
    const { id, layers } = findImage(daemon, "busybox");
    const [{ digest: layer }] = layers as [Layer];
    tagImage(daemon, "busybox", { repo: "web", tag: "one" });
    expect(removeImage(daemon, "busybox")).toEqual([{ Untagged: "busybox:latest" }]);
    expect(removeImage(daemon, "web:one")).toEqual([
      { Untagged: "web:one" },
      { Deleted: id },
      ...(tellsLayers ? [{ Deleted: layer }] : []),
    ]);
    expect(outcome(() => removeImage(daemon, "web:one"))).toBe("404 No such image: web:one");
    expect(outcome(() => removeImage(daemon, " "))).toBe("400 image name cannot be blank");
    expect(happened()).toEqual([
      ["tag", { ID: id, Attributes: { name: "web:one" } }],
      ["untag", { ID: id, Attributes: { name: tellsLayers ? id : "busybox:latest" } }],
      ["untag", { ID: id, Attributes: { name: tellsLayers ? id : "web:one" } }],
      ["delete", { ID: id, Attributes: { name: id } }],
    ]);
  });

  it("go by id, unless several repositories have them", () => {
    const { daemon } = engine(name);
    const { id, layers } = findImage(daemon, "busybox");
    const [{ digest: layer }] = layers as [Layer];
    tagImage(daemon, "busybox", { repo: "web" });
    expect(outcome(() => removeImage(daemon, id))).toBe(
      `409 conflict: unable to delete ${id.slice(7, 19)} (must be forced) - image is referenced in multiple repositories`,
    );
    expect(removeImage(daemon, id, { force: true })).toEqual([
      { Untagged: "busybox:latest" },
      { Untagged: "web:latest" },
      { Deleted: id },
      ...(tellsLayers ? [{ Deleted: layer }] : []),
    ]);
  });

  it("stay while a container uses them", () => {
    const { daemon, use } = engine(name);
    const { id } = findImage(daemon, "busybox");
    const short = id.slice(7, 19);
    use("busybox", "exited");
    expect(outcome(() => removeImage(daemon, "busybox"))).toBe(
      cellOf(
        {
          "20.10": `409 conflict: unable to remove repository reference "busybox" (must force) - container 111111111111 is using its referenced image ${short}`,
          "29": `409 conflict: unable to delete busybox:latest (must be forced) - container 111111111111 is using its referenced image ${short}`,
        },
        name,
      ),
    );
    expect(outcome(() => removeImage(daemon, id))).toBe(
      `409 conflict: unable to delete ${short} (must be forced) - image is being used by stopped container 111111111111`,
    );
    use("busybox", "paused");
    expect(outcome(() => removeImage(daemon, id, { force: true }))).toBe(
      `409 conflict: unable to delete ${short} (cannot be forced) - image is being used by running container 222222222222`,
    );
    // Force removes the name and keeps the image.
    expect(removeImage(daemon, "busybox", { force: true })).toEqual([{ Untagged: "busybox:latest" }]);
    expect(daemon.images.size).toBe(1);
    expect(listImages(daemon, { dangling: ["true"] }).map(({ Id }) => Id)).toEqual([id]);
  });

  it("leave the layer to a stopped container", () => {
    const { daemon, use } = engine(name);
    const { id } = findImage(daemon, "busybox");
    use("busybox", "created");
    expect(removeImage(daemon, id.slice(7, 16), { force: true })).toEqual([
      { Untagged: "busybox:latest" },
      { Deleted: id },
    ]);
  });

  it("come by pull, with a digest, and all tags of a repository without a tag", () => {
    const { daemon, happened } = engine(name);
    const steps = pull(daemon, "redis", "7");
    const image = findImage(daemon, "redis:7");
    const digest = digestOf(daemon, "redis:7");
    const [top] = image.layers as [Layer];
    const layer = (top.blob?.digest ?? top.digest).slice(7, 19);
    const whole = {
      progressDetail: { current: 4_000_000, total: 4_000_000 },
      progress: `[${"=".repeat(50)}>]       4MB/4MB`,
    };
    expect(steps).toEqual([
      { status: "Pulling from library/redis", id: "7" },
      { status: "Pulling fs layer", progressDetail: {}, id: layer },
      ...cellOf<object[]>(
        {
          "20.10": [
            { status: "Downloading", ...whole, id: layer },
            { status: "Verifying Checksum", progressDetail: {}, id: layer },
            { status: "Download complete", progressDetail: {}, id: layer },
            { status: "Extracting", ...whole, id: layer },
            { status: "Extracting", ...whole, id: layer },
            { status: "Pull complete", progressDetail: {}, id: layer },
          ],
          "29": [
            { status: "Download complete", progressDetail: { hidecounts: true }, id: layer },
            { status: "Extracting", progressDetail: { current: 1, units: "s" }, id: layer },
            { status: "Pull complete", progressDetail: { hidecounts: true }, id: layer },
          ],
        },
        name,
      ),
      { status: `Digest: ${digestOf(daemon, "redis:7")}` },
      { status: "Status: Downloaded newer image for redis:7" },
    ]);
    expect(pull(daemon, "redis:7").at(-1)?.status).toBe("Status: Image is up to date for redis:7");
    pull(daemon, "redis");
    expect(inspectImage(daemon, "redis").RepoTags).toEqual(["redis:7", "redis:latest"]);
    expect(inspectImage(daemon, "redis").RepoDigests).toEqual([`redis@${digest}`]);
    expect(daemon.images.size).toBe(3);
    expect(happened()).toEqual([
      ["pull", { ID: "redis:7", Attributes: { name: "redis", tier: "db" } }],
      ["pull", { ID: "redis:7", Attributes: { name: "redis", tier: "db" } }],
      ...cellOf(
        {
          "20.10": [["pull", { ID: "redis", Attributes: { name: "redis", tier: "db" } }]],
          "29": [
            ["pull", { ID: "redis:7", Attributes: { name: "redis", tier: "db" } }],
            ["pull", { ID: "redis:latest", Attributes: { name: "redis", tier: "db" } }],
            ["pull", { ID: "redis:6", Attributes: { name: "redis" } }],
          ],
        },
        name,
      ),
    ]);
    expect(removeImage(daemon, "redis:latest")).toEqual([{ Untagged: "redis:latest" }]);
    expect(removeImage(daemon, "redis:7")).toEqual([
      { Untagged: "redis:7" },
      ...(tellsLayers ? [{ Untagged: `redis@${digest}` }] : []),
      { Deleted: image.id },
      ...(tellsLayers ? [{ Deleted: top.digest }] : []),
    ]);
  });

  it("are not all to be had by pull", () => {
    const { daemon } = engine(name);
    expect(outcome(() => pull(daemon, "nope"))).toBe(
      "404 pull access denied for nope, repository does not exist or may require 'docker login': denied: requested access to the resource is denied",
    );
    expect(outcome(() => pull(daemon, "redis", "5"))).toBe(
      cellOf(
        {
          "20.10": "404 manifest for redis:5 not found: manifest unknown: manifest unknown",
          "29": '404 failed to resolve reference "docker.io/library/redis:5": docker.io/library/redis:5: not found',
        },
        name,
      ),
    );
    expect(outcome(() => pull(daemon, "busybox"))).toMatch(/^404 pull access denied for busybox/);
    expect(outcome(() => pull(daemon, "scratch"))).toBe("403 'scratch' is a reserved name");
    expect(outcome(() => pull(daemon, "redis", "-x"))).toBe("400 invalid tag format");
  });

  it("come under any name, the same each time", () => {
    const pulled = (ref: string, tag = "") => {
      const { daemon } = engine(name, lab, "any");
      const steps = pull(daemon, ref, tag);
      return { daemon, steps, images: [...daemon.images.values()].slice(1) };
    };
    const { daemon, steps, images } = pulled("ghcr.io/x/y", "1");
    expect(steps.at(0)).toEqual({ status: "Pulling from x/y", id: "1" });
    expect(steps.at(-1)).toEqual({ status: "Status: Downloaded newer image for ghcr.io/x/y:1" });
    expect(images).toMatchObject([{ inert: true, config: { Cmd: ["y"] } }]);
    const [image] = images;
    expect(pulled("ghcr.io/x/y", "1").images[0]?.id).toBe(image?.id);
    expect(pulled("ghcr.io/x/y", "2").images[0]?.id).not.toBe(image?.id);
    // The digest refers to the same image.
    const byDigest = `ghcr.io/x/y@${digestOf(daemon, "ghcr.io/x/y:1")}`;
    expect(pulled(byDigest).images[0]?.id).toBe(image?.id);
    // In a store of content the digest is a name of its own.
    if (!tellsLayers) expect(pull(daemon, byDigest).at(-1)?.status).toMatch(/Downloaded newer/);
    expect(pull(daemon, byDigest).at(-1)?.status).toMatch(/up to date/);
    expect(outcome(() => pulled("Bad"))).toMatch(/^400 invalid reference format/);
    expect(pulled("nginx").images[0]?.config).toMatchObject({ ExposedPorts: { "80/tcp": {} } });
    const ids = (images: readonly { readonly id: string }[]) => images.map(({ id }) => id);
    expect(ids(pulled("docker.io/library/nginx").images)).toEqual(ids(pulled("nginx", "latest").images));
    expect(pulled("constructor").images[0]?.config.Cmd).toEqual(["constructor"]);
  });

  it("come of a known repository with what its other tags have", () => {
    const { daemon } = engine(name, lab, "any");
    pull(daemon, "redis", "5");
    expect(findImage(daemon, "redis:5")).toMatchObject({ inert: false, config: { Cmd: ["redis-server"] } });
    // The lab's busybox is a definition of its own; the registry has the simulator's.
    pull(daemon, "busybox", "1.36");
    expect(findImage(daemon, "busybox:1.36")).toMatchObject({ inert: false, config: { Cmd: ["sh"] } });
  });

  it("do not come where no registry can be reached", () => {
    const { daemon, happened } = engine(name, lab, "deny");
    const dial = (ref: string) => outcome(() => pull(daemon, ref));
    expect(dial("redis:7")).toBe(
      cellOf(
        {
          "20.10":
            '500 Get "https://registry-1.docker.io/v2/": dial tcp: lookup registry-1.docker.io on 10.255.255.53:53: no such host',
          "29": '500 failed to resolve reference "docker.io/library/redis:7": failed to do request: Head "https://registry-1.docker.io/v2/library/redis/manifests/7": dial tcp: lookup registry-1.docker.io on 10.255.255.53:53: no such host',
        },
        name,
      ),
    );
    expect(dial("foo.example:5000/x")).toBe(
      '500 Get "https://foo.example:5000/v2/": dial tcp: lookup foo.example on 10.255.255.53:53: no such host',
    );
    expect(dial("localhost:5000/x")).toBe(
      '500 Get "http://localhost:5000/v2/": dial tcp [::1]:5000: connect: connection refused',
    );
    expect(dial("127.0.0.1/x")).toBe(
      '500 Get "http://127.0.0.1/v2/": dial tcp 127.0.0.1:80: connect: connection refused',
    );
    expect(dial("192.0.2.1/x")).toBe(
      '500 Get "https://192.0.2.1/v2/": dial tcp 192.0.2.1:443: connect: network is unreachable',
    );
    const six = {
      "20.10": "400 invalid reference format",
      "26.1": '500 Get "https',
      "28.5": '500 Get "http:',
    };
    expect(dial("[::1]:5001/x")).toMatch(cellOf(six, name));
    expect(dial("scratch")).toBe("403 'scratch' is a reserved name");
    expect(happened()).toEqual([]);
  });

  it("are filtered", () => {
    const { daemon } = engine(name);
    for (const tag of ["6", "7"]) pull(daemon, "redis", tag);
    const tags = (filters: Parameters<typeof listImages>[1]) =>
      outcome(() => listImages(daemon, filters).map(({ RepoTags }) => RepoTags?.join()));
    expect(tags({ reference: ["redis"], label: ["tier=db"] })).toEqual(["redis:7"]);
    expect(tags({ reference: ["*:6", "*:8"] })).toEqual(["redis:6"]);
    expect(tags({ before: ["busybox"], label: ["tier"] })).toEqual(["redis:7"]);
    expect(tags({ since: ["redis:7"] })).toEqual(["busybox:latest"]);
    expect(tags({ since: ["nope"] })).toBe("404 No such image: nope:latest");
    expect(tags({ reference: ["["] })).toEqual(
      cellOf<unknown>({ "20.10": "500 syntax error in pattern", "29": [] }, name),
    );
    expect(tags({ dangling: ["zz"] })).toMatch(/^400 [Ii]nvalid filter 'dangling=\[zz\]'$/);
  });

  it("outlive a snapshot", () => {
    const { daemon } = engine(name);
    pull(daemon, "redis", "7");
    tagImage(daemon, "busybox", { repo: "web" });
    const shown = () => ["busybox", "redis:7"].map((ref) => inspectImage(daemon, ref));
    const before = shown();
    daemon.images = restoreImages(JSON.parse(JSON.stringify(saveImages(daemon.images))));
    expect(shown()).toEqual(before);
    pull(daemon, "redis", "latest");
    expect(daemon.images.size).toBe(2);
    expect(findImage(daemon, "busybox").executables).toEqual(new Set(["/bin/sh"]));
  });
});

describe("by release", () => {
  it("inspect's errors", () => {
    expect(outcome(() => inspectImage(engine("20.10").daemon, "nope"))).toBe(
      "404 no such image: nope: No such image: nope:latest",
    );
    expect(outcome(() => inspectImage(engine("26.1").daemon, "nope"))).toBe("404 No such image: nope:latest");
  });

  it("inspect's keys", () => {
    const keys = (name: ReleaseName, apiVersion?: string) =>
      Object.keys(inspectImage(engine(name).daemon, "busybox", apiVersion)).join(" ");
    const start = "Id RepoTags RepoDigests Parent Comment Created";
    const end = "GraphDriver RootFS Metadata";
    expect(keys("20.10")).toBe(
      `${start} Container ContainerConfig DockerVersion Author Config Architecture Os Size VirtualSize ${end}`,
    );
    expect(keys("26.1")).toBe(`${start} DockerVersion Author Config Architecture Os Size ${end}`);
    expect(keys("28.5")).toBe(`${start} DockerVersion Author Architecture Os Size ${end} Config`);
    expect(keys("28.5", "1.43")).toBe(
      `${start} ContainerConfig DockerVersion Author Architecture Os Size VirtualSize ${end} Config`,
    );
    expect(keys("29")).toBe(
      "Id RepoTags RepoDigests Comment Created Config Architecture Os Size RootFS Metadata Descriptor",
    );
    expect(keys("29", "1.51")).toBe(
      "Architecture Author Comment Config Created Descriptor DockerVersion GraphDriver Id Metadata Os Parent RepoDigests RepoTags RootFS Size",
    );
  });

  it("what a list is asked for beside its filters", () => {
    const list = (
      name: ReleaseName,
      ...[apiVersion, options]: [string?, Parameters<typeof listImages>[3]?]
    ) => {
      const { daemon } = engine(name);
      tagImage(daemon, "busybox", { repo: "web" });
      return listImages(daemon, {}, apiVersion, options).map(({ RepoTags, SharedSize }) => [
        RepoTags,
        SharedSize,
      ]);
    };
    expect(list("28.5", "1.51", { sharedSize: true })[0]?.[1]).toBe(0);
    expect(list("28.5", "1.41", { sharedSize: true })[0]?.[1]).toBe(-1);
    expect(list("20.10", "1.41", { sharedSize: true })[0]?.[1]).toBe(-1);
    expect(list("20.10", "1.40", { filter: "web" })).toEqual([[["web:latest"], -1]]);
    expect(list("20.10", "1.41", { filter: "web" })).toEqual([[["busybox:latest", "web:latest"], -1]]);
  });

  it("a list without names", () => {
    const nameless = (name: ReleaseName, apiVersion?: string) => {
      const { daemon, use } = engine(name);
      use("busybox", "running");
      removeImage(daemon, "busybox", { force: true });
      return listImages(daemon, {}, apiVersion).map(({ RepoTags, RepoDigests, Containers }) => [
        RepoTags,
        RepoDigests,
        Containers,
      ]);
    };
    expect(nameless("20.10")).toEqual([[["<none>:<none>"], ["<none>@<none>"], -1]]);
    expect(nameless("28.5", "1.42")).toEqual([[["<none>:<none>"], ["<none>@<none>"], -1]]);
    expect(nameless("26.1")).toEqual([[[], [], -1]]);
    expect(nameless("28.5")).toEqual([[[], [], 1]]);
  });

  it("which fault a tag finds first", () => {
    const tag = (name: ReleaseName, ref: string, repo: string) =>
      outcome(() => tagImage(engine(name).daemon, ref, { repo }));
    const digest = `foo@sha256:${"a".repeat(64)}`;
    expect(tag("20.10", "nope", "no pe")).toBe("404 No such image: nope:latest");
    expect(tag("26.1", "nope", "no pe")).toBe("400 invalid reference format");
    expect(tag("20.10", "busybox", "no pe")).toBe("500 invalid reference format");
    expect(tag("20.10", "busybox", "")).toBe("500 invalid reference format");
    expect(tag("28.5", "busybox", "")).toBe(false);
    expect(tag("26.1", "no pe", "foo")).toBe("404 invalid reference format");
    expect(tag("20.10", "busybox", digest)).toBe("400 refusing to create a tag with a digest reference");
    expect(tag("28.5", "busybox", digest)).toBe("400 cannot import digest reference");
    expect(tag("28.5", "busybox", "sha256")).toBe(
      "400 refusing to create an ambiguous tag using digest algorithm as name",
    );
  });
});

describe("definitions", () => {
  it("give the same ids each time", () => {
    const ids = () => [...engine().daemon.images.values()].map(({ id }) => id);
    expect(ids()).toEqual(ids());
  });

  it("refuse a name that is none", () => {
    expect(() => engine("28.5", { "Red is": {} })).toThrow('images: "Red is" cannot be the name of an image');
    expect(() => engine("28.5", { [`a@sha256:${"a".repeat(64)}`]: {} })).toThrow("has a digest");
    expect(() => engine("28.5", { redis: { created: "soon" } })).toThrow("images: soon is not a time");
  });
});
