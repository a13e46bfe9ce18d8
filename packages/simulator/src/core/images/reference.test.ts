import { describe, expect, it } from "vitest";
import { release } from "../releases/release.js";
import { type ReleaseName, releaseNames } from "../releases/row.js";
import { canonicalString, familiarString, parseReference } from "./reference.js";

const hex = "a".repeat(64);

function problem(name: ReleaseName, text: string): string | undefined {
  try {
    parseReference(release(name), text);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

describe.each(releaseNames)("references of %s", (name) => {
  it.each([
    ["busybox", "docker.io/library/busybox", "busybox"],
    ["busybox:1", "docker.io/library/busybox:1", "busybox:1"],
    ["library/busybox", "docker.io/library/busybox", "busybox"],
    ["docker.io/busybox", "docker.io/library/busybox", "busybox"],
    ["index.docker.io/a/b", "docker.io/a/b", "a/b"],
    ["docker.io/library/a/b", "docker.io/library/a/b", "library/a/b"],
    ["localhost/foo", "localhost/foo", "localhost/foo"],
    ["localhost:5000/foo:x", "localhost:5000/foo:x", "localhost:5000/foo:x"],
    ["foo.com", "docker.io/library/foo.com", "foo.com"],
    ["foo.com:80", "docker.io/library/foo.com:80", "foo.com:80"],
    [`foo:x@sha256:${hex}`, `docker.io/library/foo:x@sha256:${hex}`, `foo:x@sha256:${hex}`],
    ["foo__bar--baz.q", "docker.io/library/foo__bar--baz.q", "foo__bar--baz.q"],
  ])("%s", (text, canonical, familiar) => {
    const reference = parseReference(release(name), text);
    expect(canonicalString(reference)).toBe(canonical);
    expect(familiarString(reference)).toBe(familiar);
  });

  it.each([
    ...["", " ", "-foo", "foo_", "foo___bar", "foo..bar", "fo o", "foo:", "foo:-x", "a:b/c", "foo@", "é"],
    ...["foo.com/bar:x:y", `foo:${"t".repeat(129)}`, "foo@sha256:abcd", "sha256:", "-foo.com/x"],
  ])("refuses %j", (text) => {
    expect(problem(name, text)).toBe("invalid reference format");
  });

  it("says what is wrong with a digest", () => {
    expect(problem(name, `foo@sha256:${"a".repeat(32)}`)).toBe("invalid checksum digest length");
    expect(problem(name, `foo@sha256:${"A".repeat(64)}`)).toBe("invalid checksum digest format");
    expect(problem(name, `foo@md5:${"a".repeat(32)}`)).toBe("unsupported digest algorithm");
    expect(problem(name, `foo@sha512:${"a".repeat(128)}`)).toBeUndefined();
    expect(problem(name, hex)).toBe(
      `invalid repository name (${hex}), cannot specify 64-byte hexadecimal strings`,
    );
  });
});

describe("what changed with 26.1", () => {
  it("upper case", () => {
    const message = "invalid reference format: repository name must be lowercase";
    expect(problem("20.10", "Foo")).toBe(message);
    expect(problem("20.10", "Foo/bar")).toBe(message);
    expect(problem("28.5", "Foo")).toBe(
      "invalid reference format: repository name (library/Foo) must be lowercase",
    );
    expect(problem("28.5", "Foo/bar")).toBeUndefined();
  });

  it("IPv6 registries", () => {
    expect(problem("20.10", "[::1]:5000/foo")).toBe("invalid reference format");
    expect(problem("26.1", "[::1]:5000/foo")).toBeUndefined();
  });

  it("what of a long name counts", () => {
    const message = "repository name must not be more than 255 characters";
    expect(problem("20.10", "x".repeat(237))).toBeUndefined();
    expect(problem("20.10", "x".repeat(238))).toBe(message);
    expect(problem("26.1", "x".repeat(247))).toBeUndefined();
    expect(problem("26.1", "x".repeat(248))).toBe(message);
  });
});
