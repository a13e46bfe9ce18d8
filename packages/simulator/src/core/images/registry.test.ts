import { virtualTime } from "@dryharbor/kernel/host";
import { loadBuiltInPrograms } from "@dryharbor/programs/image";
import { describe, expect, it } from "vitest";
import { refusal } from "../../../test/refusal.js";
import { newMachine } from "../../machine.js";
import { createContainer } from "../containers/create.js";
import type { Daemon } from "../daemon.js";
import { noUplink } from "../dns/upstream.js";
import { release } from "../releases/release.js";
import { cellOf, type ReleaseName, releaseNames } from "../releases/row.js";
import { defaultSettings } from "../settings.js";
import type { ImageDefinitions } from "./definition.js";
import { inspectDistribution } from "./distribution.js";
import { logIn } from "./login.js";
import { pullImage } from "./pull.js";
import { pushImage } from "./push.js";
import type { PullPolicy } from "./registry.js";
import { restoreImages, saveImages } from "./saved.js";
import { searchImages } from "./search.js";
import { inspectImage } from "./show.js";
import { tagImage } from "./tag.js";

await loadBuiltInPrograms();

const images: ImageDefinitions = {
  "box:latest": { origin: "imported", config: { Cmd: ["sh"] } },
  "arm:latest": { origin: "registry", architecture: "arm64" },
};

function engine(name: ReleaseName, pull: PullPolicy = "any"): Daemon & { images: Daemon["images"] } {
  const settings = { ...defaultSettings, hostResolvConf: "nameserver 10.255.255.53\n" };
  const surroundings = { time: virtualTime(), programs: new Map(), upstream: noUplink };
  return newMachine(surroundings, { release: release(name), seed: 1, images, pull, settings }).daemon;
}

const nowhere = "dial tcp: lookup registry-1.docker.io on 10.255.255.53:53: no such host";
const ok = { steps: expect.any(Array) };

describe.each(releaseNames)("a pull for a platform on %s", (name) => {
  /** What is for no such platform is refused before anything is told. */
  const tellsAtOnce = cellOf({ "20.10": false, "29": true }, name);

  it("brings what is made for it", () => {
    const daemon = engine(name);
    const pull = (platform: string) => pullImage(daemon, { name: "nginx", tag: "1", platform });
    pull("");
    const { Id, RepoDigests } = inspectImage(daemon, "nginx:1");
    // A store of content has one image for all platforms, and shows the host's.
    const other = cellOf(
      {
        "20.10": { outcome: /Downloaded newer/, Architecture: "arm64" },
        "29": { outcome: /up to date/, Architecture: "amd64" },
      },
      name,
    );
    expect(pull("linux/arm64/v8").steps.at(-1)?.status).toMatch(other.outcome);
    expect(inspectImage(daemon, "nginx:1")).toMatchObject({ Architecture: other.Architecture, RepoDigests });
    expect(pull("linux").steps.at(-1)?.status).toMatch(other.outcome);
    expect(pull("LINUX/x86_64").steps.at(-1)?.status).toMatch(/up to date/);
    expect(inspectImage(daemon, "nginx:1").Id).toBe(Id);
    expect(pull("linux/arm/v6").failure).toBeUndefined();
    for (const none of ["windows/amd64", "linux/foo", "linux/s390"]) {
      const message = `no matching manifest for ${none} in the manifest list entries`;
      if (tellsAtOnce) {
        expect(refusal(() => pull(none))).toBe(
          `404 ${message}: no match for platform in manifest: not found`,
        );
      } else {
        expect(pull(none)).toEqual({
          steps: [{ status: "Pulling from library/nginx", id: "1" }],
          failure: expect.objectContaining({ message }),
        });
      }
    }
    expect(pull("linux/amd64/v3").failure?.message).toBe(
      name === "20.10" ? "no matching manifest for linux/amd64/v3 in the manifest list entries" : undefined,
    );
    // Clients of old API versions cannot ask for a platform.
    expect(pullImage(daemon, { name: "nginx", tag: "2", platform: "a/b/c/d" }, "1.31")).toEqual(ok);
  });

  it("tells of what is no platform", () => {
    const daemon = engine(name);
    const pull = (platform: string) => refusal(() => pullImage(daemon, { name: "nginx", platform }));
    expect(pull("foo")).toBe('400 "foo": unknown operating system or architecture: invalid argument');
    expect(pull("a/b/c/d")).toBe('400 "a/b/c/d": cannot parse platform specifier: invalid argument');
    expect(pull("linux/*")).toBe('400 "linux/*": wildcards not yet supported: invalid argument');
    const component = '400 "" is an invalid component of "linux/": platform specifier component must match';
    const pattern = cellOf({ "20.10": '"^[A-Za-z0-9_-]+$"', "28.5": '"^[A-Za-z0-9_.-]+$"' }, name);
    expect(pull("linux/")).toBe(`${component} ${pattern}: invalid argument`);
    expect(pull("/")).toBe(
      cellOf(
        {
          "20.10":
            '400 "" is an invalid component of "/": platform specifier component must match "^[A-Za-z0-9_-]+$": invalid argument',
          "26.1":
            '400 "" is an invalid OS component of "/": OSAndVersion specifier component must match "^([A-Za-z0-9_-]+)(?:\\\\(([A-Za-z0-9_.-]*)\\\\))?$": invalid argument',
          "28.5":
            '400 "" is an invalid OS component of "/": OSAndVersion specifier component must match "^([A-Za-z0-9_-]+)(?:\\\\(([A-Za-z0-9_.%-]*)((?:\\\\+[A-Za-z0-9_.%-]+)*)\\\\))?$": invalid argument',
        },
        name,
      ),
    );
  });

  it("says so of an image that there is for another only", () => {
    const daemon = engine(name);
    const { steps, failure } = pullImage(daemon, { name: "arm", tag: "latest", platform: "linux/amd64" });
    const found = cellOf(
      {
        "20.10":
          "image with reference arm was found but does not match the specified platform: wanted linux/amd64, actual: linux/arm64",
        "26.1":
          "image with reference arm:latest was found but does not match the specified platform: wanted linux/amd64, actual: linux/arm64",
        "28.5":
          "image with reference arm:latest was found but its platform (linux/arm64) does not match the specified platform (linux/amd64)",
        "29": "image with reference arm:latest was found but does not provide the specified platform (linux/amd64)",
      },
      name,
    );
    if (name === "26.1") expect(failure?.message).toBe(found);
    else if (tellsAtOnce) expect(steps.at(-1)?.status).toMatch(/^Status: Downloaded newer/);
    else expect(steps.at(-1)).toEqual({ status: `WARNING: ${found}` });
    expect(inspectImage(daemon, "arm").Architecture).toBe("arm64");

    const create = (platform: string, apiVersion?: string) =>
      createContainer(daemon, { Image: "arm", Cmd: ["x"] }, "", apiVersion, platform);
    const named = tellsAtOnce ? found : found.replace("arm:latest", "arm");
    expect(refusal(() => create("linux/amd64"))).toBe(`404 ${named}`);
    expect(refusal(() => create("zz"))).toMatch(/^400 "zz": unknown operating system/);
    expect(create("linux/arm64/v8").Warnings).toEqual([]);
    const foreign =
      /^The requested image's platform \(linux\/arm64\) does not match the detected host platform/;
    expect(create("").Warnings).toEqual([expect.stringMatching(foreign)]);
    expect(create("linux/amd64", "1.40").Warnings).toHaveLength(1);
  });
});

describe.each(releaseNames)("a push on %s", (name) => {
  const isContent = cellOf({ "20.10": false, "29": true }, name);
  const size = isContent ? 405 : 527;

  it("leaves the image where a pull finds it, by tag and by digest, and after a snapshot", () => {
    const daemon = engine(name);
    tagImage(daemon, "box", { repo: "shop/box", tag: "1" });
    tagImage(daemon, "box", { repo: "shop/box", tag: "2" });
    const { Id } = inspectImage(daemon, "box");
    const first = pushImage(daemon, "shop/box", { tag: "1" }).steps.map((step) => Object.values(step)[0]);
    expect(first).toEqual([
      "The push refers to repository [docker.io/shop/box]",
      ...(isContent ? [] : ["Preparing", "Pushing"]),
      "Pushed",
      expect.stringMatching(new RegExp(`^1: digest: sha256:[0-9a-f]{64} size: ${size}$`)),
      ...(isContent ? [] : [{}]),
    ]);
    expect(inspectImage(daemon, "shop/box:1").RepoDigests).toHaveLength(isContent ? 2 : 1);
    const all = pushImage(daemon, "shop/box").steps.map((step) => Object.values(step)[0]);
    expect(all.filter((status) => status === "Layer already exists")).toHaveLength(2);
    expect(daemon.events.past.filter(({ Action }) => Action === "push").map(({ Actor }) => Actor.ID)).toEqual(
      isContent ? ["shop/box:1", "shop/box:1", "shop/box:2"] : ["shop/box:1", "shop/box"],
    );

    const digest = inspectImage(daemon, "shop/box:1").RepoDigests.at(-1) ?? "";
    daemon.images = restoreImages(JSON.parse(JSON.stringify(saveImages(daemon.images))));
    pullImage(daemon, { name: "shop/box", tag: "2" });
    pullImage(daemon, { name: digest });
    expect(inspectImage(daemon, "shop/box:2").Id).toBe(Id);
    expect(inspectImage(daemon, digest).Id).toBe(Id);
    expect(inspectDistribution(daemon, digest)).toMatchObject({
      Descriptor: { size },
      Platforms: isContent ? null : [{ architecture: "amd64", os: "linux" }],
    });
  });

  it("fails as the engine does", () => {
    const daemon = engine(name, "deny");
    const status = name === "20.10" ? 500 : 400;
    expect(refusal(() => pushImage(daemon, "box", { tag: "-x" }))).toBe(`${status} invalid tag format`);
    expect(refusal(() => pushImage(daemon, "Box"))).toMatch(new RegExp(`^${status} invalid reference`));
    expect(pushImage(daemon, "localhost:5000/nope", { tag: "1" }).failure?.message).toBe(
      isContent
        ? "tag does not exist: localhost:5000/nope:1"
        : "An image does not exist locally with the tag: localhost:5000/nope",
    );
    const { failure } = pushImage(daemon, "box");
    if (!isContent) expect(failure?.message).toBe(`Get "https://registry-1.docker.io/v2/": ${nowhere}`);
    else {
      expect(failure?.message).toMatch(
        /^failed to do request: Head "https:\/\/registry-1\.docker\.io\/v2\/library\/box\/blobs\/sha256:[0-9a-f]{64}": dial/,
      );
    }
  });
});

describe.each(releaseNames)("the registry of %s", (name) => {
  it("tells of what a pull would bring", () => {
    const daemon = engine(name);
    const nginx = inspectDistribution(daemon, "nginx");
    expect(nginx.Platforms).toContainEqual({ architecture: "arm", os: "linux", variant: "v6" });
    pullImage(daemon, { name: "nginx", tag: "latest" });
    expect(inspectImage(daemon, "nginx").RepoDigests).toEqual([`nginx@${nginx.Descriptor.digest}`]);
    expect(refusal(() => inspectDistribution(daemon, "a".repeat(64)))).toBe(
      "500 no manifest found for full image ID",
    );
    expect(refusal(() => inspectDistribution(daemon, "scratch"))).toBe("400 'scratch' is a reserved name");
    expect(refusal(() => inspectDistribution(engine(name, "listed"), "nginx"))).toBe(
      "404 manifest unknown: manifest unknown",
    );
    expect(refusal(() => inspectDistribution(engine(name, "deny"), "nginx"))).toBe(
      `500 Get "https://registry-1.docker.io/v2/": ${nowhere}`,
    );
  });

  it("is searched", () => {
    const names = (...[term, filters, limit]: SearchArguments) =>
      searchImages(engine(name), term, filters, limit).map((found) => found.name);
    expect(names("ngin")).toEqual(["nginx"]);
    expect(names("library/nginx")).toEqual(["nginx"]);
    expect(names("", { "is-official": ["false"] })).toContain("grafana/grafana");
    expect(names("", { "is-official": ["true"] })).not.toContain("grafana/grafana");
    expect(names("a", {}, 2)).toHaveLength(2);
    expect(names("a", { stars: ["1"] })).toEqual([]);
    expect(searchImages(engine(name, "listed"), "").map((found) => found.name)).toEqual(["arm"]);
  });

  it("refuses searches in the engine's words", () => {
    const search = (...[term, filters, limit]: SearchArguments) =>
      refusal(() => searchImages(engine(name, "deny"), term, filters, limit));
    const old = name === "20.10";
    expect(search("a/b c")).toBe(
      '500 Get "https://index.docker.io/v1/search?q=a%2Fb+c&n=25": dial tcp: lookup index.docker.io on 10.255.255.53:53: no such host',
    );
    expect(search("nginx", {}, 101)).toBe(
      `400 ${old ? "Limit" : "limit"} 101 is outside the range of [1, 100]`,
    );
    expect(search("nginx", {}, 0)).toMatch(old ? /^400 Limit 0/ : /^500 Get .*&n=25"/);
    expect(search("nginx", { stars: ["x"] })).toBe(
      old
        ? "400 Invalid filter 'stars=x'"
        : `400 invalid filter 'stars=x': strconv.Atoi: parsing "x": invalid syntax`,
    );
    expect(search("nginx", { "is-official": ["x"] })).toBe(
      `400 ${old ? "Invalid" : "invalid"} filter 'is-official=[x]'`,
    );
    const status = old ? 500 : 400;
    expect(search("localhost:1/x")).toBe(
      `${status} invalid registry endpoint "http://localhost:1/v1/". HTTPS attempt: Get "https://localhost:1/v1/_ping": dial tcp [::1]:1: connect: connection refused. HTTP attempt: Get "http://localhost:1/v1/_ping": dial tcp [::1]:1: connect: connection refused`,
    );
    expect(search("foo.example/x")).toMatch(
      new RegExp(
        `^${status} invalid registry endpoint https://foo.example/v1/: Get "https://foo.example/v1/_ping": dial tcp: lookup foo.example on `,
      ),
    );
  });

  it("lets everybody in that reaches it", () => {
    expect(logIn(engine(name), { username: "me" })).toEqual({ IdentityToken: "", Status: "Login Succeeded" });
    const denied = (serveraddress: string) => refusal(() => logIn(engine(name, "deny"), { serveraddress }));
    expect(denied("https://index.docker.io/v1/")).toBe(
      `500 Get "https://registry-1.docker.io/v2/": ${nowhere}`,
    );
    expect(denied("localhost:1")).toBe(
      '500 Get "http://localhost:1/v2/": dial tcp [::1]:1: connect: connection refused',
    );
  });
});

type SearchArguments = [term: string, filters?: Record<string, string[]>, limit?: number];
