import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { tarEntry } from "../../../test/tar-entry.js";
import { readTar } from "@dryharbor/kernel/tar";
import { tarOf } from "@dryharbor/kernel/tar";

const bytes = (text: string) => new TextEncoder().encode(text);

const segment = fc.stringMatching(/^[a-zäß€. -]{1,60}$/);
const path = fc.array(segment, { minLength: 1, maxLength: 5 }).map((parts) => parts.join("/"));
const entries = fc.array(
  fc
    .record({
      name: path,
      type: fc.constantFrom("file", "symlink", "hard link", "directory", "fifo", "character device"),
      mode: fc.nat(0o7777),
      uid: fc.nat(0xffff_ffff),
      gid: fc.nat(0xffff_ffff),
      mtime: fc.nat(0xffff_ffff).map((seconds) => BigInt(seconds) * 1_000_000_000n),
      linkName: path,
      content: fc.uint8Array({ maxLength: 1200 }),
    })
    .map(({ name, type, linkName, content, ...rest }) =>
      tarEntry({
        ...rest,
        type,
        name: type === "directory" ? `${name}/` : name,
        linkName: type.endsWith("link") ? linkName : "",
        content: type === "file" ? content : new Uint8Array(),
      }),
    ),
  { maxLength: 6 },
);

describe("a tar archive", () => {
  it("is read as it was written", () => {
    fc.assert(
      fc.property(entries, (written) => {
        expect([...readTar(tarOf(written))]).toEqual(written);
      }),
    );
  });

  it("has the header that the engine writes", () => {
    // Recorded: GET /containers/probe/archive?path=/etc on 28.5.
    const [block] = [
      tarOf([tarEntry({ name: "etc/group", content: bytes("root:x:0:\n") })]).subarray(0, 512),
    ];
    expect(new TextDecoder().decode(block).replace(/\0+/g, "|")).toBe(
      "etc/group|0000644|0000000|0000000|00000000012|00000000000|011030| 0|ustar|00|0000000|0000000|",
    );
  });

  it.each(["ustar", "pax", "gnu", "oldgnu", "v7"])("is read as tar writes it: %s", (format) => {
    const directory = mkdtempSync(join(tmpdir(), "dryharbor-tar-"));
    try {
      const long = format === "v7" ? "a".repeat(90) : `${"b".repeat(90)}/${"a".repeat(90)}`;
      execFileSync("mkdir", ["-p", `${directory}/${long}`]);
      writeFileSync(`${directory}/${long}/f`, "content");
      execFileSync("ln", ["-s", "target", `${directory}/link`]);
      writeFileSync(`${directory}/plain`, "");
      execFileSync("ln", [`${directory}/plain`, `${directory}/zz`]);
      execFileSync("tar", [
        "-C",
        directory,
        `--format=${format}`,
        "--sort=name",
        "-cf",
        `${directory}.tar`,
        ".",
      ]);
      const read = [...readTar(new Uint8Array(readFileSync(`${directory}.tar`)))];
      const listed = execFileSync("tar", ["-tf", `${directory}.tar`], { encoding: "utf8" });
      expect(read.map(({ name }) => name)).toEqual(listed.trimEnd().split("\n"));
      expect(read.find(({ type }) => type === "symlink")?.linkName).toBe("target");
      expect(read.find(({ type }) => type === "hard link")?.linkName).toBe("./plain");
      const file = read.find(({ name }) => name.endsWith("/f"));
      expect(new TextDecoder().decode(file?.content)).toBe("content");
    } finally {
      rmSync(directory, { recursive: true });
      rmSync(`${directory}.tar`);
    }
  });

  it("is refused in Go's words", () => {
    expect(() => [...readTar(bytes("nonsense".repeat(64)))]).toThrow("archive/tar: invalid tar header");
    expect(() => [...readTar(bytes("nonsense"))]).toThrow("unexpected EOF");
    const cut = tarOf([tarEntry({ content: new Uint8Array(2000) })]).subarray(0, 1024);
    expect(() => [...readTar(cut)]).toThrow("unexpected EOF");
  });
});
