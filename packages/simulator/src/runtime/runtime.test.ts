import type { Program } from "@dryharbor/kernel";
import { virtualTime } from "@dryharbor/kernel/host";
import { type ContainerCreateRequest, collectOutput } from "@dryharbor/sdk/port";
import { describe, expect, it } from "vitest";
import { createSimulator } from "../simulator.js";

/** Prints each signal that it gets, and exits one second after SIGTERM. */
const graceful: Program = async ({ argv, stdout, sleep, onSignal }) => {
  let ending: (code: number) => void = () => {};
  const ended = new Promise<number>((resolve) => {
    ending = resolve;
  });
  onSignal("SIGTERM", () => {
    stdout("bye\n");
    void sleep(Number(argv[1] ?? 1) * 1000).then(() => ending(3));
  });
  onSignal("HUP", () => stdout("hup\n"));
  return ended;
};

/** Counts seconds. */
const ticker: Program = async ({ stdout, sleep }) => {
  for (let second = 1; ; second++) {
    await sleep(1000);
    stdout(`${second}\n`);
  }
};

function world(programs: Record<string, Program> = {}) {
  const time = virtualTime();
  const simulator = createSimulator({ time, programs: { graceful, ticker, ...programs } });
  const { engine } = simulator;
  return {
    time,
    simulator,
    engine,
    async run(Cmd: string[], request: Partial<ContainerCreateRequest> = {}) {
      const { Id } = await engine.containers.create({ Image: "busybox", Cmd, ...request });
      await engine.containers.start(Id);
      return Id;
    },
    logs: async (id: string) => (await collectOutput(await engine.containers.logs(id))).stdout,
    state: async (id: string) => (await engine.containers.inspect(id)).State,
  };
}

describe("a container's first process", () => {
  it("ends the container with its exit code", async () => {
    const { engine, run, time, state } = world();
    const id = await run(["sleep", "5"]);
    await time.advance(4999);
    expect(await state(id)).toMatchObject({ Running: true });
    const waited = engine.containers.wait(id);
    await time.advance(1);
    expect(await waited).toEqual({ StatusCode: 0 });
    expect(await state(id)).toMatchObject({ Status: "exited", Running: false, ExitCode: 0, Pid: 0 });
    const failed = await run(["false"]);
    expect(await engine.containers.wait(failed)).toEqual({ StatusCode: 1 });
  });

  it("sleeps for longer than a timer can", async () => {
    const { run, time, state } = world();
    const id = await run(["sleep", "3000000"]);
    await time.advance(2 ** 31 * 1.3);
    expect(await state(id)).toMatchObject({ Running: true });
    await time.advance(2 ** 31);
    expect(await state(id)).toMatchObject({ Running: false, ExitCode: 0 });
  });

  it("is spared signals that it does not handle, all but SIGKILL", async () => {
    const { engine, run, state } = world();
    const id = await run(["sleep", "1000"]);
    for (const signalName of ["TERM", "INT", "HUP", "USR1", "SEGV", "64"]) {
      await engine.containers.kill(id, { signal: signalName });
      expect(await state(id)).toMatchObject({ Running: true });
    }
    await engine.containers.kill(id);
    expect(await state(id)).toMatchObject({ Running: false, ExitCode: 137 });
  });

  it("is ended by them under an init", async () => {
    const { engine, run, state } = world();
    const id = await run(["sleep", "1000"], { HostConfig: { Init: true } });
    await engine.containers.kill(id, { signal: "WINCH" });
    expect(await state(id)).toMatchObject({ Running: true });
    await engine.containers.stop(id);
    expect(await state(id)).toMatchObject({ Running: false, ExitCode: 143 });
  });

  it("handles what it wants to", async () => {
    const { engine, run, logs, state } = world();
    const id = await run(["graceful"]);
    await engine.containers.kill(id, { signal: "SIGHUP" });
    expect(await logs(id)).toBe("hup\n");
    expect(await state(id)).toMatchObject({ Running: true });
  });

  it("stands still on SIGSTOP, and goes on on SIGCONT", async () => {
    const { engine, run, time, logs } = world();
    const id = await run(["ticker"]);
    await time.advance(2500);
    await engine.containers.kill(id, { signal: "STOP" });
    await time.advance(10_000);
    expect(await logs(id)).toBe("1\n2\n");
    await engine.containers.kill(id, { signal: "CONT" });
    await time.advance(500);
    expect(await logs(id)).toBe("1\n2\n3\n");
  });

  it("says where it is mistaken", async () => {
    const { engine, run } = world({
      mistaken: async () => {
        throw new TypeError("no such thing");
      },
    });
    const id = await run(["mistaken"]);
    expect(await engine.containers.wait(id)).toEqual({ StatusCode: 1 });
    const { stderr } = await collectOutput(await engine.containers.logs(id));
    expect(stderr).toMatch(/TypeError: no such thing/);
  });

  it("cannot give back more of an exit code than a byte", async () => {
    const { engine, run } = world({ odd: async () => 258 });
    expect(await engine.containers.wait(await run(["odd"]))).toEqual({ StatusCode: 2 });
  });

  it("never goes on once it is killed, and says so to what is outside of it", async () => {
    const heard: string[] = [];
    const { engine, run } = world({
      listener: async ({ killed, sleep, stdin, stdout }) => {
        killed.addEventListener("abort", () => heard.push("killed"));
        void (async () => {
          for await (const _ of stdin);
          heard.push("input");
        })();
        try {
          await sleep(Number.POSITIVE_INFINITY);
        } finally {
          heard.push("sleep");
          stdout("too late\n");
        }
        return 0;
      },
    });
    const id = await run(["listener"], { OpenStdin: true });
    await engine.containers.kill(id);
    await new Promise((resolve) => setTimeout(resolve));
    expect(heard).toEqual(["killed"]);
  });

  it("runs what the user says under the name of a built-in program", async () => {
    const { engine, run } = world({ true: async () => 42 });
    expect(await engine.containers.wait(await run(["/bin/true"]))).toEqual({ StatusCode: 42 });
  });

  it("says so where an image has a program that nobody wrote", async () => {
    const { engine } = createSimulator({
      images: {
        shop: { config: { Cmd: ["shop-server"], Env: ["PATH=/bin"] }, executables: ["/bin/shop-server"] },
      },
    });
    const { Id } = await engine.containers.create({ Image: "shop" });
    await engine.containers.start(Id);
    expect(await engine.containers.wait(Id)).toEqual({ StatusCode: 126 });
    const { stderr } = await collectOutput(await engine.containers.logs(Id));
    expect(stderr).toBe(
      "shop-server: the simulator has no such program; give one to createSimulator({ programs })\n",
    );
  });
});

describe("stop", () => {
  it("takes no time where nobody handles the signal", async () => {
    const { engine, run, time, state } = world();
    const id = await run(["sleep", "1000"]);
    const before = time.now();
    expect(await engine.containers.stop(id)).toBe(true);
    expect(time.now()).toBe(before);
    expect(await state(id)).toMatchObject({ Running: false, ExitCode: 137 });
    expect(await engine.containers.stop(id)).toBe(false);
  });

  it("takes no time where a shell and its children sleep", async () => {
    const { engine, run, time, state } = world();
    for (const script of [
      "sleep 1000; exit 3",
      "sleep 1000 & wait",
      "sleep 1000 | cat; exit 3",
      "tail -f /dev/null & sleep 20; exit 4",
    ]) {
      const id = await run(["sh", "-c", script]);
      const before = time.now();
      await engine.containers.stop(id);
      expect(time.now()).toBe(before);
      expect(await state(id)).toMatchObject({ Running: false, ExitCode: 137 });
    }
  });

  it("takes no time where nobody can write to a shell that reads", async () => {
    const { engine, run, time, state } = world();
    const id = await run(["sh"], { OpenStdin: true, Tty: true });
    const attached = await engine.containers.attach(id, { stream: true, stdin: true, stdout: true });
    attached.close();
    const before = time.now();
    await engine.containers.stop(id);
    expect(time.now()).toBe(before);
    expect(await state(id)).toMatchObject({ Running: false, ExitCode: 137 });
  });

  it("waits no longer than until only sleep is left", async () => {
    const { engine, run, time, state, logs } = world();
    const id = await run(["sh", "-c", "sleep 2; echo late; sleep 1000"]);
    const before = time.now();
    const stopped = engine.containers.stop(id);
    await time.advance(2000);
    await stopped;
    expect(time.now() - before).toBe(2_000_000_000n);
    expect(await logs(id)).toBe("late\n");
    expect(await state(id)).toMatchObject({ ExitCode: 137 });
  });

  it("waits for a program that waits for what the kernel does not know", async () => {
    let go = (): void => {};
    const { engine, run, state } = world({
      own: async () => {
        await new Promise<void>((resolve) => {
          go = resolve;
        });
        return 9;
      },
    });
    const id = await run(["own"]);
    const stopped = engine.containers.stop(id);
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await state(id)).toMatchObject({ Running: true });
    go();
    await stopped;
    expect(await state(id)).toMatchObject({ ExitCode: 9 });
  });

  it("waits for a connection that may still come", async () => {
    const { engine, run, time, state } = world({
      server: async ({ network }) => {
        const connection = await network.listen(80).accept();
        connection.close();
        return 5;
      },
      client: async ({ network, argv }) => {
        await network.connect(argv[1] as string, 80);
        return 0;
      },
    });
    const id = await run(["server"]);
    const address = (await engine.containers.inspect(id)).NetworkSettings.Networks.bridge?.IPAddress ?? "";
    const before = time.now();
    const stopped = engine.containers.stop(id);
    await time.advance(3000);
    await run(["client", address]);
    await stopped;
    expect(time.now() - before).toBe(3_000_000_000n);
    expect(await state(id)).toMatchObject({ Running: false, ExitCode: 5 });
  });

  it("waits for a program that handles the signal", async () => {
    const { engine, run, time, state, logs } = world();
    const id = await run(["graceful"]);
    const stopped = engine.containers.stop(id);
    await time.advance(1000);
    expect(await stopped).toBe(true);
    expect(await state(id)).toMatchObject({ Running: false, ExitCode: 3 });
    expect(await logs(id)).toBe("bye\n");
  });

  it("kills what takes longer than it may", async () => {
    const { engine, run, time, state } = world();
    const id = await run(["graceful", "60"]);
    const stopped = engine.containers.stop(id, { t: 2 });
    await time.advance(1999);
    expect(await state(id)).toMatchObject({ Running: true });
    await time.advance(1);
    expect(await stopped).toBe(true);
    expect(await state(id)).toMatchObject({ ExitCode: 137 });
  });

  it("waits for ever with a negative time, and not at all with none", async () => {
    const { engine, run, time, state } = world();
    const id = await run(["graceful", "5000"]);
    const stopped = engine.containers.stop(id, { t: -1 });
    await time.advance(4_999_000);
    expect(await state(id)).toMatchObject({ Running: true });
    await time.advance(1000);
    await stopped;
    expect(await state(id)).toMatchObject({ ExitCode: 3 });
    await engine.containers.start(id);
    await engine.containers.stop(id, { t: 0 });
    expect(await state(id)).toMatchObject({ ExitCode: 137 });
  });

  it("goes on where its caller gives it up", async () => {
    const { engine, run, time, state } = world();
    const id = await run(["graceful", "60"]);
    const call = new AbortController();
    const stopped = engine.containers.stop(id, { t: 2, abortSignal: call.signal });
    call.abort(new Error("enough"));
    await expect(stopped).rejects.toMatchObject({ name: "AbortError", cause: { message: "enough" } });
    await time.advance(2000);
    expect(await state(id)).toMatchObject({ Running: false, ExitCode: 137 });
  });

  it("ends a paused container", async () => {
    const { engine, run, state } = world();
    const id = await run(["graceful"]);
    await engine.containers.pause(id);
    await engine.containers.stop(id, { t: 0 });
    expect(await state(id)).toMatchObject({ Status: "exited", ExitCode: 137 });
  });
});

describe("restart", () => {
  it("runs the program anew, and keeps the log", async () => {
    const { engine, run, time, logs } = world();
    const id = await run(["ticker"]);
    await time.advance(2000);
    const restarted = engine.containers.restart(id, { t: 3 });
    await time.advance(3000);
    await restarted;
    await time.advance(1000);
    expect(await logs(id)).toBe("1\n2\n3\n4\n1\n");
  });

  it("starts what does not run", async () => {
    const { engine, state } = world();
    const { Id } = await engine.containers.create({ Image: "busybox", Cmd: ["sleep", "9"] });
    await engine.containers.restart(Id);
    expect(await state(Id)).toMatchObject({ Running: true });
  });
});

describe("pause", () => {
  it("holds time and output", async () => {
    const { engine, run, time, logs, state } = world();
    const id = await run(["ticker"]);
    await time.advance(1400);
    await engine.containers.pause(id);
    expect(await state(id)).toMatchObject({ Status: "paused", Running: true, Paused: true });
    await time.advance(60_000);
    expect(await logs(id)).toBe("1\n");
    await engine.containers.unpause(id);
    await time.advance(599);
    expect(await logs(id)).toBe("1\n");
    await time.advance(1);
    expect(await logs(id)).toBe("1\n2\n");
  });

  it("holds back what a program does that keeps its own time", async () => {
    let go = () => {};
    const { engine, run, logs, state } = world({
      own: async ({ stdout }) => {
        await new Promise<void>((resolve) => {
          go = resolve;
        });
        stdout("done\n");
        return 0;
      },
    });
    const id = await run(["own"]);
    await engine.containers.pause(id);
    go();
    await new Promise((resolve) => setTimeout(resolve));
    expect(await logs(id)).toBe("");
    expect(await state(id)).toMatchObject({ Status: "paused" });
    await engine.containers.unpause(id);
    expect(await logs(id)).toBe("done\n");
    expect(await state(id)).toMatchObject({ Status: "exited", ExitCode: 0 });
  });

  it("holds execs as well", async () => {
    const { engine, run, time } = world();
    const id = await run(["sleep", "1000"]);
    const { Id } = await engine.exec.create(id, { Cmd: ["sleep", "2"], AttachStdout: true });
    await engine.exec.start(Id);
    await time.advance(1000);
    await engine.containers.pause(id);
    await time.advance(10_000);
    expect(await engine.exec.inspect(Id)).toMatchObject({ Running: true });
    await engine.containers.unpause(id);
    await time.advance(1000);
    expect(await engine.exec.inspect(Id)).toMatchObject({ Running: false, ExitCode: 0 });
  });
});

describe("a restart policy", () => {
  const policy = (Name: string, MaximumRetryCount?: number) => ({
    HostConfig: { RestartPolicy: { Name, ...(MaximumRetryCount && { MaximumRetryCount }) } },
  });

  it("starts again, after longer and longer", async () => {
    const { engine, run, time, state } = world();
    const id = await run(["false"], policy("on-failure", 3));
    const counts: number[] = [];
    for (const delay of [100, 200, 400]) {
      await time.advance(delay - 1);
      expect(await state(id)).toMatchObject({ Status: "restarting", ExitCode: 1 });
      counts.push((await engine.containers.inspect(id)).RestartCount);
      await time.advance(1);
    }
    expect(counts).toEqual([1, 2, 3]);
    expect(await state(id)).toMatchObject({ Status: "exited", ExitCode: 1 });
    expect((await engine.containers.inspect(id)).RestartCount).toBe(3);
  });

  it("is called off by a stop, a kill and a removal", async () => {
    const { engine, run, time, state } = world();
    const stopped = await run(["false"], policy("always"));
    const killed = await run(["false"], policy("always"));
    const removed = await run(["false"], policy("always"));
    await time.advance(0);
    expect(await engine.containers.stop(stopped)).toBe(true);
    await engine.containers.kill(killed);
    await engine.containers.remove(removed, { force: true });
    await time.advance(60_000);
    expect(await state(stopped)).toMatchObject({ Status: "exited" });
    expect(await state(killed)).toMatchObject({ Status: "exited" });
    await expect(state(removed)).rejects.toMatchObject({ status: 404 });
  });

  it("leaves a container alone that was stopped by hand", async () => {
    const { engine, run, time, state } = world();
    const id = await run(["sleep", "1000"], policy("always"));
    await engine.containers.stop(id);
    await time.advance(60_000);
    expect(await state(id)).toMatchObject({ Status: "exited" });
  });
});

describe("removal", () => {
  it("ends processes and execs by force", async () => {
    const { engine, run } = world();
    const id = await run(["sleep", "1000"]);
    const { Id } = await engine.exec.create(id, { Cmd: ["sleep", "1000"], AttachStdout: true });
    const stream = await engine.exec.start(Id);
    await engine.containers.remove(id, { force: true });
    expect(await collectOutput(stream)).toEqual({ stdout: "", stderr: "" });
    await expect(engine.exec.inspect(Id)).rejects.toMatchObject({ status: 404 });
  });

  it("happens by itself with AutoRemove", async () => {
    const { engine, run, time } = world();
    const id = await run(["sleep", "1"], { HostConfig: { AutoRemove: true } });
    const removed = engine.containers.wait(id, { condition: "removed" });
    await time.advance(1000);
    expect(await removed).toEqual({ StatusCode: 0 });
    await expect(engine.containers.inspect(id)).rejects.toMatchObject({ status: 404 });
  });
});

describe("close", () => {
  it("ends everything that runs", async () => {
    const { simulator, engine, run, time } = world();
    const id = await run(["ticker"]);
    const { Id } = await engine.exec.create(id, { Cmd: ["sleep", "1000"], AttachStdout: true });
    await engine.exec.start(Id);
    await run(["false"], { HostConfig: { RestartPolicy: { Name: "always" } } });
    await time.advance(10);
    const before = simulator.snapshot();
    await simulator.close();
    await time.advance(60_000);
    expect(simulator.snapshot()).toEqual(before);
    await expect(engine.containers.list()).rejects.toMatchObject({ name: "UsageError" });
  });
});
