import { describe, expect, it } from "vitest";
import { release as releaseOf } from "../core/releases/release.js";
import { releaseNames } from "../core/releases/row.js";
import { decompressed } from "../engine/decompression.js";

/** A tar of a file `x` with the content `hello`, as compressed by the programs of these names. */
const archives = {
  gzip: "H4sICFQcB2sCA3gudGFyAO3OMQrCQBAF0Kk9xR5hl00257EQLAILMYLHN7G00Eoh8F7zYf4v5hG/lzdtGF65ec+9jTLWXFppue73aapjpPyH3+J+W89LSrH0vn7afesP6nqZ534KAAAAAAAAAAAADuYJS+kubAAoAAA=",
  zstd: "KLUv/WQAJ8UCADQDeAAwMDAwNjQ0MDAwADE1MzAxNjE2MDM3NzM1ACAwAAAAdXN0YXIgIAByb290aGVsbG8KDQCPBfCwAAXALgegIHhgKA7EwVTvmNlDmQdlBYBj5TI/ASwQaUHe",
};

describe.each(releaseNames)("%s reads compressed archives", (release) => {
  const read = async (data: Uint8Array) => {
    const body = {
      length: data.length,
      async *[Symbol.asyncIterator]() {
        yield data;
      },
    };
    return new TextDecoder().decode((await decompressed(releaseOf(release), body)).read());
  };
  const known = release === "20.10" ? (["gzip"] as const) : (["gzip", "zstd"] as const);
  const broken = release === "20.10" ? "Error processing tar file(unexpected EOF): " : "unexpected EOF";

  it.each(known)("of %s", async (name) => {
    const text = await read(Buffer.from(archives[name], "base64"));
    expect(text).toHaveLength(10_240);
    expect(text).toContain("hello\n");
  });

  it.each(known)("and says that %s has no end", async (name) => {
    await expect(read(Buffer.from(archives[name], "base64").subarray(0, -30))).rejects.toThrow(broken);
  });

  // Seen on 26.1 and 28.5: `zstd -c` of a tar, after a skippable frame.
  it.runIf(release !== "20.10")("behind what is not meant for it", async () => {
    const frame = Buffer.concat([
      Buffer.from("502a4d1804000000abcdef00", "hex"),
      Buffer.from(archives.zstd, "base64"),
    ]);
    expect(await read(frame)).toContain("hello\n");
  });

  it.runIf(release === "20.10")("and takes zstd as it is", async () => {
    const data = Buffer.from(archives.zstd, "base64");
    expect(await read(data)).toBe(new TextDecoder().decode(data));
  });
});
