import { virtualTime } from "@dryharbor/kernel/host";
import { loadBuiltInPrograms } from "@dryharbor/programs/image";
import { describe, expect, it } from "vitest";
import { refusal } from "../../../test/refusal.js";
import { resizeExec } from "../../engine/resize.js";
import { newMachine } from "../../machine.js";
import { createContainer } from "../containers/create.js";
import { findContainer } from "../containers/find.js";
import {
  containerExited,
  pauseContainer,
  startContainer,
  unpauseContainer,
} from "../containers/lifecycle.js";
import { removeContainer } from "../containers/remove.js";
import type { Daemon } from "../daemon.js";
import { noUplink } from "../dns/upstream.js";
import { defaultImages } from "../images/default-images.js";
import { release } from "../releases/release.js";
import { cellOf, type ReleaseName, releaseNames } from "../releases/row.js";
import { defaultSettings } from "../settings.js";
import { createExec, execExited, findUsableExec, showExec, startExec } from "./lifecycle.js";

await loadBuiltInPrograms();

function machineWithWeb(name: ReleaseName): ReturnType<typeof newMachine> {
  const program = async () => 0;
  const surroundings = { time: virtualTime(), programs: new Map([["sleep", program]]), upstream: noUplink };
  const options = { release: release(name), seed: 1, images: defaultImages, settings: defaultSettings };
  const machine = newMachine(surroundings, options);
  const { daemon } = machine;
  createContainer(daemon, { Image: "busybox", Cmd: ["sleep", "9"] }, "web");
  startContainer(daemon, findContainer(daemon, "web"));
  return machine;
}

function daemonWithWeb(name: ReleaseName): Daemon {
  return machineWithWeb(name).daemon;
}

describe.each(releaseNames)("execs of %s", (name) => {
  const isNew = cellOf({ "20.10": false, "28.5": true }, name);

  it("are looked at before, while and after they run", () => {
    const daemon = daemonWithWeb(name);
    const exec = createExec(daemon, "web", { Cmd: ["sleep", "1"], AttachStdout: true });
    expect(showExec(daemon, exec.id)).toMatchObject({ Running: false, ExitCode: null, Pid: 0 });
    startExec(daemon, findUsableExec(daemon, exec.id));
    expect(showExec(daemon, exec.id)).toMatchObject({ Running: true, ExitCode: null });
    execExited(daemon, exec, 3);
    expect(showExec(daemon, exec.id)).toMatchObject({ Running: false, ExitCode: 3 });
    const again = isNew ? "exec command" : "Error: Exec command";
    expect(refusal(() => startExec(daemon, exec))).toBe(`409 ${again} ${exec.id} has already run`);
    expect(findContainer(daemon, "web").execIds?.size).toBe(0);
  });

  it("have a terminal to resize while they run", () => {
    const machine = machineWithWeb(name);
    const { daemon } = machine;
    const web = findContainer(daemon, "web");
    const exec = createExec(daemon, "web", { Cmd: ["sleep", "1"], Tty: true });
    const failed = createExec(daemon, "web", { Cmd: ["nonexist"], Tty: true });
    const resize = (id: string) => refusal(() => resizeExec(machine, id, { height: 10, width: 20 }));
    expect(resize(exec.id)).toBe("500 timeout waiting for exec session ready");
    startExec(daemon, exec);
    expect(resize(exec.id)).toBe("no error");
    expect(refusal(() => startExec(daemon, failed))).toMatch("executable file not found");
    expect(resize(failed.id)).toBe(name === "20.10" ? "404 no such exec" : "400 exec process is not started");
    pauseContainer(daemon, web);
    expect(resize(exec.id)).toBe(`409 Container ${web.id} is paused, unpause the container before exec`);
    unpauseContainer(daemon, web);
    execExited(daemon, exec, 0);
    const gone = `process does not exist ${exec.id}: not found`;
    const ended = { "20.10": "no such exec", "26.1": gone, "28.5": `NotFound: ${gone}` };
    expect(resize(exec.id)).toBe(`404 ${cellOf(ended, name)}`);
    containerExited(daemon, web, 0);
    expect(resize(exec.id)).toBe(
      name === "20.10"
        ? `500 Container ${web.id} is not running: Exited (0) Less than a second ago`
        : `409 container ${web.id} is not running`,
    );
    startContainer(daemon, web);
    expect(resize(exec.id)).toBe(`404 ${cellOf(ended, name)}`);
    removeContainer(daemon, "web", { force: true });
    expect(resize(exec.id)).toBe(`404 No such container: ${exec.id}`);
  });

  it("fail with the release's exit code where the command is not there", () => {
    const daemon = daemonWithWeb(name);
    const exec = createExec(daemon, "web", { Cmd: ["nonexist"] });
    expect(refusal(() => startExec(daemon, exec))).toMatch(/exec: "nonexist": executable file not found/);
    expect(exec.exitCode).toBe(isNew ? 127 : 126);
  });

  // Seen on all four with `docker exec -w`.
  it("begin in a directory that is there", () => {
    const daemon = daemonWithWeb(name);
    const text = (WorkingDir: string, Cmd = ["sleep", "1"]) => {
      const exec = createExec(daemon, "web", { Cmd, WorkingDir });
      const error = refusal(() => startExec(daemon, exec));
      return `${error} ${exec.exitCode}`;
    };
    const [unknown, code, early] = isNew ? ["", 127, 128] : [": unknown", 126, 126];
    const failed = "400 OCI runtime exec failed: exec failed: ";
    const chdir = (path: string) =>
      `${failed}unable to start container process: chdir to cwd ("${path}") set in config.json failed: `;
    expect(text("/no/such", ["nonexist"])).toBe(
      `${chdir("/no/such")}no such file or directory${unknown} ${code}`,
    );
    expect(text("/etc/hosts/x")).toBe(
      `${chdir("/etc/hosts/x")}not a directory${unknown}: Are you trying to mount a directory onto a file (or vice-versa)? Check if the specified host path exists and is the expected type ${code}`,
    );
    const status = cellOf({ "20.10": 400, "29": 500 }, name);
    expect(text("tmp")).toBe(
      `${failed}Cwd must be an absolute path${unknown} ${early}`.replace("400", String(status)),
    );
    expect(text("/tmp")).toBe("no error null");
    createContainer(daemon, { Image: "busybox", Cmd: ["sleep", "9"], WorkingDir: "/made/here" }, "other");
    startContainer(daemon, findContainer(daemon, "other"));
    const inMade = createExec(daemon, "other", { Cmd: ["sleep", "1"], WorkingDir: "/made" });
    expect(refusal(() => startExec(daemon, inMade))).toBe("no error");
  });

  it("end with their container; those that were not started are forgotten", () => {
    const daemon = daemonWithWeb(name);
    const web = findContainer(daemon, "web");
    const started = createExec(daemon, "web", { Cmd: ["sleep", "1"] });
    const created = createExec(daemon, "web", { Cmd: ["sleep", "1"] });
    startExec(daemon, started);
    containerExited(daemon, web, 0);
    expect(showExec(daemon, started.id).ExitCode).toBe(137);
    const gone = `404 No such exec instance: ${created.id}`;
    expect(refusal(() => showExec(daemon, created.id))).toBe(gone);
  });

  it("are refused by a paused container, by the name that it was called", () => {
    const daemon = daemonWithWeb(name);
    pauseContainer(daemon, findContainer(daemon, "web"));
    expect(refusal(() => createExec(daemon, "/web", { Cmd: ["sleep"] }))).toBe(
      "409 Container /web is paused, unpause the container before exec",
    );
    expect(refusal(() => createExec(daemon, "nope", { Cmd: [] }))).toBe("400 No exec command specified");
  });
});
