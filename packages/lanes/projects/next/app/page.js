// Rendered on the server, while the application is built.
import { run } from "@dryharbor/sdk/port";
import { createSimulator } from "@dryharbor/simulator";
import { Networks } from "./networks";

export default async function Page() {
  const { engine } = createSimulator();
  await engine.networks.create({ Name: "backend" });
  const { stdout: output } = await run(engine, { Image: "busybox", Cmd: ["awk", "BEGIN { print 6 * 7 }"] });
  const names = (await engine.networks.list()).map(({ Name }) => Name).sort();
  return (
    <main>
      <p id="server">{`${names} ${output}`}</p>
      <Networks />
    </main>
  );
}
