import type { HostConfig } from "@dryharbor/sdk/port";
import { expect, it } from "vitest";
import { createSimulator } from "../../simulator.js";
import { cellOf, type ReleaseName, releaseNames } from "../releases/row.js";

async function changesOf(release: ReleaseName, hostConfig: HostConfig): Promise<string[]> {
  await using simulator = createSimulator({ release });
  const { containers } = simulator.engine;
  await containers.create({ Image: "busybox", Cmd: ["sleep", "9"], HostConfig: hostConfig }, { name: "web" });
  await containers.start("web");
  const answer = await simulator.fetch(new Request("http://d/containers/web/changes"));
  const changes = ((await answer.json()) ?? []) as { Path: string; Kind: number }[];
  return changes.map(({ Path, Kind }) => `${"CAD"[Kind]} ${Path}`);
}

// Recorded from the three engines' diffs.
it.each<[string, HostConfig, string[]]>([
  [
    "volumes",
    { Binds: ["one:/a/b/c", "two:/etc/sub"] },
    ["A /a", "A /a/b", "A /a/b/c", "C /etc", "A /etc/sub"],
  ],
  ["what is in another mount", { Binds: ["one:/a", "two:/a/b"] }, ["A /a"]],
  ["what is in what every container has mounted", { Tmpfs: { "/dev/shm": "" } }, []],
  ["tmpfs", { Tmpfs: { "/run/x": "" } }, ["A /run", "A /run/x"]],
  ["a root that is for reading only", { ReadonlyRootfs: true, Binds: ["one:/a"] }, ["A /a"]],
  ["an init", { Init: true }, expect.arrayContaining([expect.stringMatching(/^A \/s?bin\/docker-init$/)])],
])("makes what can be mounted on: %s", async (_, hostConfig, expected) => {
  for (const release of releaseNames) expect(await changesOf(release, hostConfig)).toEqual(expected);
});

// Seen on the three engines.
it.each(releaseNames)(
  "does not start where %s cannot mount a tmpfs, or has no /dev/null",
  async (release) => {
    await using simulator = createSimulator({ release });
    const { containers } = simulator.engine;
    const said = async (HostConfig: HostConfig): Promise<unknown> => {
      const { Id } = await containers.create({ Image: "busybox", Cmd: ["true"], HostConfig });
      const refusal: unknown = await containers.start(Id).catch((thrown: unknown) => thrown);
      const error = refusal as Error & { status: number };
      const { ExitCode } = (await containers.inspect(Id)).State;
      return [ExitCode, error.status, error.message];
    };
    const data = cellOf(
      { "20.10": ": ", "26.1": ", data: mode=0644: ", "28.5": ", data=mode=0644: " },
      release,
    );
    expect(await said({ Tmpfs: { "/etc/passwd": "" } })).toEqual([
      127,
      400,
      expect.stringContaining(`${data}not a directory`),
    ]);
    const reason = cellOf(
      {
        "20.10": "container process: unable to setup user: stat /dev/null",
        "28.5": "container init: can't mask paths: open /dev/null",
      },
      release,
    );
    expect(await said({ Binds: ["/srv:/dev"] })).toEqual([
      127,
      400,
      expect.stringContaining(`${reason}: no such file or directory`),
    ]);
  },
);

it.each([
  ["1.47", 0],
  ["1.48", 1],
])("warns clients of API %s of a volume driver that nothing uses: %i", async (version, warnings) => {
  await using simulator = createSimulator();
  const answer = await simulator.fetch(
    new Request(`http://d/v${version}/containers/create`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        Image: "busybox",
        Cmd: ["true"],
        HostConfig: { VolumeDriver: "local", Mounts: [{ Type: "volume", Source: "one", Target: "/m" }] },
      }),
    }),
  );
  expect(((await answer.json()) as { Warnings: string[] }).Warnings).toHaveLength(warnings);
});
