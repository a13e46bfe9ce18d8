import { createSimulator } from "@dryharbor/simulator";
import { expect, it } from "vitest";
import { dockerCommand } from "../../index.js";

const compose = `
services:
  web: {build: {context: app, args: {WHO: }, tags: [me/web:2]}, command: sleep 1000}
  later: {build: app, depends_on: [web], command: sleep 1000}
`;

it("builds what is not there, in the order of dependencies, and anew where that is asked for", async () => {
  const { engine, host } = createSimulator();
  const { files } = host;
  files.makeDirectories("/shop/app");
  files.write("/shop/compose.yaml", compose);
  files.write(
    "/shop/app/Dockerfile",
    "FROM busybox\nARG WHO=nobody\nRUN echo $WHO > /who\nCOPY sign /sign\n",
  );
  files.write("/shop/app/sign", "open\n");
  const docker = dockerCommand(engine);
  const run = (line: string) => docker(line, { cwd: "/shop", files, env: { WHO: "me", HOME: "/root" } });

  const first = await run("compose up -d");
  expect(first).toMatchObject({ exitCode: 0 });
  expect(first.stdout).toContain("Successfully tagged me/web:2\nSuccessfully tagged shop-web:latest\n");
  expect(first.stdout.indexOf("shop-web")).toBeLessThan(first.stdout.indexOf("shop-later"));
  expect(await run("compose exec -T web cat /who /sign")).toMatchObject({ stdout: "me\nopen\n" });
  expect(await run("compose exec -T later cat /who")).toMatchObject({ stdout: "nobody\n" });
  expect((await run("compose up -d")).stdout).toBe("");

  files.write("/shop/app/sign", "closed\n");
  const second = await run("compose up -d --build web");
  expect(second.stdout).toContain(" ---> Using cache\n");
  expect(second.stderr).toContain(" Container shop-web-1  Recreated\n");
  expect(await run("compose exec -T web cat /sign")).toMatchObject({ stdout: "closed\n" });
  const { Labels } = (await engine.images.inspect("me/web:2")).Config!;
  expect(Labels).toEqual({ "com.docker.compose.image.builder": "classic" });
});

it("says what the builder lacks, and with which code a step has ended", async () => {
  const { engine, host } = createSimulator();
  const { files } = host;
  files.makeDirectories("/shop");
  files.write("/shop/Dockerfile", "FROM busybox\nRUN exit 3\n");
  const build = async (fields: string, env: Record<string, string> = {}) => {
    files.write("/shop/compose.yaml", `services: {web: {build: {context: ., ${fields}}}}`);
    return dockerCommand(engine)("compose build", { cwd: "/shop", files, env });
  };
  const failed = await build("");
  expect(failed).toMatchObject({ exitCode: 3 });
  expect(failed.stderr).toContain("The command '/bin/sh -c exit 3' returned a non-zero code: 3\n");
  expect((await build("privileged: true")).stderr).toContain("doesn't support privileged mode");
  expect((await build("", { DOCKER_BUILDKIT: "1" })).stderr).toContain("there is none here");
});
