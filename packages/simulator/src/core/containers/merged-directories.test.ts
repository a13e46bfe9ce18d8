import { run } from "@dryharbor/sdk/port";
import { expect, it } from "vitest";
import { createSimulator } from "../../simulator.js";

// Seen on 20.10 and 28.5.
it("counts no links of directories that the image and the container's layer have", async () => {
  await using simulator = createSimulator();
  const script = `mkdir /tmp/x /tmp/x/y; echo >/var/spool/file; stat -c '%n %h' / /etc /tmp /tmp/x /var /var/spool /usr`;
  const untouched = "stat -c '%n %h' / /etc /tmp";
  const links = async (line: string) => {
    const { stdout } = await run(simulator.engine, { Image: "alpine", Cmd: ["sh", "-c", line] });
    return stdout
      .trim()
      .split("\n")
      .map((each) => each.split(" "));
  };
  expect(await links(untouched)).toEqual([
    ["/", "1"],
    ["/etc", "1"],
    ["/tmp", "2"],
  ]);
  const after = Object.fromEntries(await links(script));
  expect(after).toMatchObject({ "/tmp": "1", "/tmp/x": "3", "/var": "1", "/var/spool": "1" });
  expect(Number(after["/usr"])).toBeGreaterThan(1);
});
