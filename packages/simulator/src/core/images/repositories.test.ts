import type { TarEntry } from "@dryharbor/kernel/tar";
import { tarOf } from "@dryharbor/kernel/tar";
import { expect, it } from "vitest";
import { tarEntry } from "../../../test/tar-entry.js";
import { createSimulator } from "../../index.js";
import { cellOf, releaseNames } from "../releases/row.js";

const config = {
  id: "b",
  parent: "a",
  created: "2016-01-02T03:04:05Z",
  author: "me",
  container_config: { Cmd: ["/bin/sh", "-c", "touch /two"] },
  docker_version: "1.9.1",
  config: { Env: ["A=1"], Cmd: ["sh"] },
  architecture: "amd64",
  os: "linux",
};

/** Two images, one on top of the other, as Docker 1.9 saved them. */
const archive = tarOf([
  entry("a/VERSION", "1.0"),
  entry("a/json", JSON.stringify({ ...config, id: "a", parent: undefined })),
  entry("a/layer.tar", tarOf([entry("one", "1\n")])),
  entry("b/VERSION", "1.0"),
  entry("b/json", JSON.stringify(config)),
  entry("b/layer.tar", tarOf([entry("two", "22\n")])),
  entry("repositories", JSON.stringify({ old: { "1": "b" } })),
]);

function entry(name: string, content: string | Uint8Array): TarEntry {
  return tarEntry({
    name,
    content: typeof content === "string" ? new TextEncoder().encode(content) : content,
  });
}

const newer = [
  "sha256:8209415be3e63b69ab40090ec6a5f7e07ac4184fbdb250b68a4206f49a01511c",
  "sha256:5b651405ae973d21c99b927825291939cb2f6e0cd8f0f74f0c81ddd4e3713275",
] as const;
const ids = {
  "20.10": [
    "sha256:36c6a2f771ccc3fd7ff71f4327fbf1ab556e94ef9e96a27f323383f68c9335fa",
    "sha256:1364ac89be9e5e12bf4e76347b08a8169c2815c770db4125114353fb70ada05f",
  ],
  "26.1": newer,
  "28.5": newer,
} as const;

// The results of the three engines for the same archive.
it.each(releaseNames)("%s loads what Docker before 1.10 saved", async (release) => {
  const { fetch } = createSimulator({ release });
  const ask = async (path: string, body?: Uint8Array) =>
    await fetch(
      new Request(`http://simulator${path}`, body && { method: "POST", body: new Uint8Array(body).buffer }),
    );
  const told = await (await ask("/images/load", archive)).text();
  if (cellOf({ "20.10": false, "29": true }, release)) {
    expect(told).toContain('"error":"unrecognized image format"');
    return;
  }
  expect(told).toBe("");
  const image = (await (await ask("/images/old:1/json")).json()) as Record<string, unknown>;
  expect(image).toMatchObject({
    Id: cellOf<readonly string[]>(ids, release)[0],
    Parent: cellOf<readonly string[]>(ids, release)[1],
    Size: 5,
    Author: "me",
    DockerVersion: "1.9.1",
    Created: "2016-01-02T03:04:05Z",
  });
  const history = (await (await ask("/images/old:1/history")).json()) as object[];
  expect(history).toMatchObject([
    { CreatedBy: "/bin/sh -c touch /two", Size: 3 },
    { CreatedBy: "/bin/sh -c touch /two", Size: 2 },
  ]);
});

it("says what is missing", async () => {
  const { fetch } = createSimulator({ release: "28.5" });
  const load = async (entries: readonly TarEntry[]) => {
    const body = new Uint8Array(tarOf(entries)).buffer;
    return (await fetch(new Request("http://simulator/images/load", { method: "POST", body }))).text();
  };
  expect(await load([entry("x", "")])).toMatch(
    /"error":"open \/var\/lib\/docker\/tmp\/docker-import-\d+\/repositories: no such file or directory"/,
  );
  expect(await load([entry("a/x", "")])).toMatch(/import-\d+\/a\/json: no such file or directory"/);
  expect(await load([entry("repositories", '{"old":{"1":"b"}}')])).toContain('"invalid target ID: b"');
});
