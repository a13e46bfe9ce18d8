import { readFileSync } from "node:fs";
import { collectOutput, type Engine } from "@dryharbor/sdk/port";
import { type ImageDefinition, type Simulator, type VirtualTime, virtualTime } from "@dryharbor/simulator";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RecordedCase, type Recording, type Stage, setStage } from "../lab/programs/recording.js";
import { labMachine } from "../lab/simulator.js";

/** Lets time pass until something has come. */
async function inTime<T>(time: VirtualTime, coming: Promise<T>): Promise<T> {
  let isOver = false;
  const over = coming.finally(() => {
    isOver = true;
  });
  over.catch(() => {});
  for (let step = 0; !isOver && step < 4000; step++) await time.advance(50);
  return over;
}

const usualPath = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/** The images of recordings that were imported, as the lab's busybox is. */
const imported = ["alpine:latest", "curlimages/curl:8.14.1", "debian:bookworm", "php:latest"];
const images = Object.fromEntries(
  imported.map((name): [string, ImageDefinition] => [
    name,
    { base: name, config: { Env: [usualPath] }, origin: "imported" },
  ]),
);

describe.each([
  "talk",
  "show",
  "system",
  "machine",
  "curl",
  "getent",
  "tcpdump",
  "bind",
  "ss",
  "postgres",
  "mariadb",
  "names",
])("in the recording %s, programs do what the recorded ones did", (name) => {
  const file = new URL(`../lab/programs/traces/${name}.json`, import.meta.url);
  const recording: Recording = JSON.parse(readFileSync(file, "utf8"));
  const time = virtualTime();
  let simulator: Simulator;
  let stage: Stage;

  beforeAll(async () => {
    simulator = labMachine("28.5", 1, time, { images, pull: "any" });
    for (const { Image = "busybox" } of Object.values(recording.containers ?? {})) {
      if (Image !== "busybox" && !imported.includes(Image)) {
        await inTime(time, simulator.engine.images.pull(Image));
      }
    }
    stage = await inTime(time, setStage(simulator.engine, recording));
    await inTime(time, withoutMusl(simulator.engine, recording));
  });

  afterAll(async () => {
    await inTime(time, stage.clear());
    await simulator.close();
  });

  for (const [at, recorded] of recording.cases.entries()) {
    it(`${at}: ${titleOf(recorded)}`, async () => {
      const { stdout, stderr, code } = recorded;
      expect(await inTime(time, stage.run(recorded))).toMatchObject({ stdout, stderr, code });
    });
  }
});

/** The recorded network tools were Debian's, whose C library looks names up in another order than that of the image. */
async function withoutMusl(engine: Engine, { containers = {} }: Recording): Promise<void> {
  for (const [name, { Image }] of Object.entries(containers)) {
    if (Image !== "nicolaka/netshoot") continue;
    const { Id } = await engine.exec.create(name, {
      Cmd: ["rm", "/lib/ld-musl-x86_64.so.1"],
      AttachStdout: true,
    });
    await collectOutput(await engine.exec.start(Id));
  }
}

function titleOf({ container, argv }: RecordedCase): string {
  return `${container} ${argv.map((word) => JSON.stringify(word)).join(" ")}`.slice(0, 120);
}
