import { expect, it } from "vitest";
import { answerTo, readRecording, stable, writeFiles } from "./recorded.js";
import { published, world } from "./world.js";

it("httpd answers and logs as a real one did, byte for byte", async () => {
  const { files, exchanges, log } = await readRecording("apache");
  const all = world();
  const { run, until, logs, exec } = all;
  const id = await run("httpd", { ...published(80, 8000), Env: ["HTTPD_VERSION=2.4.71"] });
  await until(id, /resuming normal operations/);
  await writeFiles(all, id, files);
  await exec(id, "mkdir", "/usr/local/apache2/htdocs/empty");
  const different: unknown[] = [];
  for (const { request, answer } of exchanges) {
    // The real one is Debian's.
    const got = (await answerTo(all, 8000, request)).replace("(Unix)", "(Debian)");
    if (got !== answer) different.push({ request, got, answer });
  }
  expect(different).toEqual([]);
  const lines = (await logs(id)).split("\n").map(stable);
  for (const kind of [/^\[TIME\].*error/, /^CLIENT/]) {
    expect(lines.filter((line) => kind.test(line))).toEqual(log.filter((line) => kind.test(line)));
  }
});

it("the image serves its page, and says what Apache says at its start and end", async () => {
  const { engine, host, run, logs } = world();
  const id = await run("httpd:2.4-alpine", published(80, 8080));
  const response = await host.fetch("http://localhost:8080/");
  expect(await response.text()).toBe("<html><body><h1>It works!</h1></body></html>\n");
  await engine.containers.stop(id);
  const name =
    "AH00558: httpd: Could not reliably determine the server's fully qualified domain name, using 172.17.0.2.";
  const output = await logs(id);
  expect(output.split("\n").filter((line) => line.startsWith(name))).toHaveLength(2);
  expect(output).toMatch(
    /\[mpm_event:notice\] \[pid 1:tid 1\] AH00489: Apache\/2\.4\.65 \(Unix\) configured -- resuming normal operations\n/,
  );
  expect(output).toMatch(/\[core:notice\] \[pid 1:tid 1\] AH00094: Command line: 'httpd -D FOREGROUND'\n/);
  expect(output).toMatch(/AH00492: caught SIGWINCH, shutting down gracefully\n$/);
  expect((await engine.containers.inspect(id)).State.ExitCode).toBe(0);
});
