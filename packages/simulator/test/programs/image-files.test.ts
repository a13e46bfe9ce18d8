import { systemTime } from "@dryharbor/kernel/host";
import { type ContainerCreateRequest, collectOutput } from "@dryharbor/sdk/port";
import { afterAll, describe, expect, it } from "vitest";
import { createSimulator } from "../../src/index.js";

const simulator = createSimulator({ time: systemTime });
const { engine } = simulator;
afterAll(() => simulator.close());

/** Runs a command in a container of an image, and returns what it writes and its exit code. */
async function run(
  image: string,
  Cmd: string[],
  settings: Partial<ContainerCreateRequest> = {},
): Promise<{ stdout: string; stderr: string; code: number }> {
  await engine.images.pull(image);
  const { Id } = await engine.containers.create({ Image: image, Cmd, ...settings });
  try {
    await engine.containers.start(Id);
    const { StatusCode: code } = await engine.containers.wait(Id);
    const { stdout, stderr } = await collectOutput(await engine.containers.logs(Id));
    return { stdout, stderr, code };
  } finally {
    await engine.containers.remove(Id, { force: true, v: true });
  }
}

const sh = async (image: string, script: string, settings: Partial<ContainerCreateRequest> = {}) =>
  (await run(image, ["-c", script], { Entrypoint: ["sh"], ...settings })).stdout;

describe("users of images", () => {
  it.each([
    ["alpine", "nobody", "uid=65534(nobody) gid=65534(nobody) groups=65534(nobody)\n"],
    ["alpine", "games", "uid=35(games) gid=35(games) groups=35(games),100(users)\n"],
    ["alpine", "1234:82", "uid=1234 gid=82(www-data) groups=82(www-data)\n"],
    [
      "alpine",
      "",
      "uid=0(root) gid=0(root) groups=0(root),0(root),1(bin),2(daemon),3(sys),4(adm),6(disk),10(wheel),11(floppy),20(dialout),26(tape),27(video)\n",
    ],
    ["busybox", "www-data", "uid=33(www-data) gid=33(www-data) groups=33(www-data)\n"],
    ["debian", "www-data", "uid=33(www-data) gid=33(www-data) groups=33(www-data)\n"],
    ["redis", "redis", "uid=999(redis) gid=999(redis) groups=999(redis)\n"],
    ["redis:7-alpine", "redis", "uid=999(redis) gid=1000(redis) groups=1000(redis),1000(redis)\n"],
    ["nginx", "nginx", "uid=101(nginx) gid=101(nginx) groups=101(nginx)\n"],
    ["postgres", "postgres", "uid=999(postgres) gid=999(postgres) groups=999(postgres)\n"],
    [
      "postgres:16-alpine",
      "postgres",
      "uid=70(postgres) gid=70(postgres) groups=70(postgres),70(postgres)\n",
    ],
    ["node", "node", "uid=1000(node) gid=1000(node) groups=1000(node)\n"],
    ["ubuntu", "ubuntu", "uid=1000(ubuntu) gid=1000(ubuntu) groups=1000(ubuntu)\n"],
    [
      "curlimages/curl",
      "",
      "uid=100(curl_user) gid=101(curl_group) groups=101(curl_group),101(curl_group)\n",
    ],
    ["memcached", "", "uid=11211(memcache) gid=11211(memcache) groups=11211(memcache)\n"],
  ])("%s as %j", async (image, User, id) => {
    expect(await sh(image, "id", User === "" ? {} : { User })).toBe(id);
  });

  it.each([
    ["alpine", "postgres"],
    ["busybox", "redis"],
    ["redis", "nginx"],
  ])("%s has no user %s", async (image, User) => {
    await expect(run(image, ["id"], { User })).rejects.toMatchObject({
      status: 500,
      message: `unable to find user ${User}: no matching entries in passwd file`,
    });
  });

  // What a real BusyBox printed with Alpine's files, but for the order of two streams.
  it("programs look them up", async () => {
    const said = await run("alpine", [
      "sh",
      "-c",
      `id lp; id nix; id -G lp; id -Gn daemon; id -g games; id -un daemon; groups; groups nix
echo ~ ~root ~sshd ~nix; whoami; ls -ld /root | sed "s,  *4096.*,,"; stat -c '%u %U %g %G' /etc/shadow
touch /tmp/a; chown games:wheel /tmp/a; ls -l /tmp/a | sed "s,  *0 .*,,"; chown ntp: /tmp/a; stat -c %U:%G /tmp/a
chown :www-data /tmp/a; stat -c %U:%G /tmp/a; chown nix /tmp/a; chown lp:nix /tmp/a; chown 77 /tmp/a; stat -c %U /tmp/a`,
    ]);
    expect(said.stdout).toBe(
      `uid=4(lp) gid=7(lp) groups=7(lp)
7
daemon bin adm
35
daemon
root bin daemon sys adm disk wheel floppy dialout tape video
/root /root /dev/null ~nix
root
drwx------    2 root     root
0 root 42 shadow
-rw-r--r--    1 games    wheel
ntp:ntp
ntp:www-data
UNKNOWN
`,
    );
    expect(said.stderr).toBe(`id: unknown user nix
groups: unknown user nix
chown: unknown user nix
chown: unknown user/group lp:nix
`);
  });

  it("home and ps go by them", async () => {
    expect(await sh("alpine", "echo $HOME; ps -o user,group,comm", { User: "games" })).toBe(
      "/usr/games\nUSER     GROUP    COMMAND\ngames    games    ps\n",
    );
    expect(await sh("alpine", "echo $HOME; whoami", { User: "1234" })).toBe("/\n");
  });
});

describe("files of images", () => {
  it.each([
    ["alpine", "cat /etc/alpine-release", "3.22.1\n"],
    [
      "alpine:3.19",
      "cat /etc/alpine-release; . /etc/os-release; echo $PRETTY_NAME",
      "3.19.8\nAlpine Linux v3.19\n",
    ],
    ["redis:7-alpine3.20", ". /etc/os-release; echo $ID $VERSION_ID", "alpine 3.20.7\n"],
    [
      "debian",
      ". /etc/os-release; echo $PRETTY_NAME; cat /etc/debian_version",
      "Debian GNU/Linux 12 (bookworm)\n12.11\n",
    ],
    ["debian:11-slim", ". /etc/os-release; echo $VERSION_CODENAME", "bullseye\n"],
    ["ubuntu:22.04", ". /etc/os-release; echo $PRETTY_NAME", "Ubuntu 22.04 LTS\n"],
    ["node:20-bullseye", ". /etc/os-release; echo $VERSION_ID; echo $NODE_VERSION", "11\n20.19.4\n"],
    ["redis:7.2", "echo $REDIS_VERSION; pwd", "7.2.10\n/data\n"],
    [
      "alpine",
      "stat -c '%a %U %G %n' /tmp /root /etc/shadow /var/empty /var/tmp",
      "1777 root root /tmp\n700 root root /root\n640 root shadow /etc/shadow\n555 root root /var/empty\n1777 root root /var/tmp\n",
    ],
    [
      "busybox",
      "stat -c '%a %U %n' /tmp /root /home /etc/shadow /var/spool/mail",
      "1777 root /tmp\n700 root /root\n755 nobody /home\n600 root /etc/shadow\n755 mail /var/spool/mail\n",
    ],
    [
      "debian",
      "stat -c '%a %U %G %n' /tmp /root /etc/shadow /var/local /var/mail/",
      "1777 root root /tmp\n700 root root /root\n640 root shadow /etc/shadow\n2775 root staff /var/local\n2775 root mail /var/mail/\n",
    ],
    [
      "postgres",
      "stat -c '%a %U %G %n' $PGDATA /var/run/postgresql",
      "1777 postgres postgres /var/lib/postgresql/data\n3777 postgres postgres /var/run/postgresql\n",
    ],
    [
      "alpine",
      "grep ^domain /etc/services; grep '^udp\t' /etc/protocols",
      "domain\t\t53/tcp\ndomain\t\t53/udp\ndomain-s\t853/tcp\ndomain-s\t853/udp\nudp\t17\tUDP\n",
    ],
    [
      "debian",
      "ls /etc/services; for link in /bin /bin/sh /var/run; do readlink $link; done",
      "usr/bin\ndash\n/run\n",
    ],
    [
      "alpine",
      "for link in /bin/ls /usr/bin/wc /sbin/ip; do readlink $link; done; cat /etc/shells",
      "/bin/busybox\n/bin/busybox\n/bin/busybox\n# valid login shells\n/bin/sh\n/bin/ash\n",
    ],
    ["busybox", "stat -c %h /bin/ls; ls /bin | wc -l", "406\n407\n"],
  ])("%s: %s", async (image, script, stdout) => {
    expect(await sh(image, script)).toBe(stdout);
  });
});

describe("programs of images", () => {
  it.each(["debian", "ubuntu", "node", "nginx", "postgres", "redis", "httpd"])(
    "%s has bash",
    async (image) => {
      expect(await run(image, ["-c", "echo $0 works"], { Entrypoint: ["bash"] })).toMatchObject({
        stdout: "bash works\n",
      });
    },
  );

  it.each([
    ["alpine", "bash"],
    ["busybox", "bash"],
    ["alpine", "telnet"],
    ["debian", "ping"],
    ["debian", "wget"],
    ["ubuntu", "ip"],
    ["redis:alpine", "bash"],
  ])("%s has no %s", async (image, command) => {
    await expect(run(image, [], { Entrypoint: [command] })).rejects.toMatchObject({
      status: 400,
      message: expect.stringContaining(`exec: "${command}": executable file not found in $PATH`),
    });
    expect(await run(image, ["-c", command], { Entrypoint: ["sh"] })).toMatchObject({
      stderr: `sh: line 0: ${command}: not found\n`,
      code: 127,
    });
  });

  it("an exec of what a service's image lacks is refused", async () => {
    await engine.images.pull("redis");
    await engine.containers.create({ Image: "redis" }, { name: "redis" });
    await engine.containers.start("redis");
    const { Id } = await engine.exec.create("redis", { Cmd: ["ping"], AttachStdout: true });
    const { stdout } = await collectOutput(await engine.exec.start(Id));
    expect(stdout).toContain('exec: "ping": executable file not found in $PATH');
    await engine.containers.stop("redis");
    expect((await engine.containers.inspect("redis")).State.ExitCode).toBe(0);
  });

  it.each([
    [["echo", "hi"], "hi\n", "", 0],
    [["nope"], "", "/usr/local/bin/docker-entrypoint.sh: exec: line 6: nope: not found\n", 127],
  ])("an entry point becomes its arguments: %j", async (command, stdout, stderr, code) => {
    expect(await run("redis", command)).toEqual({ stdout, stderr, code });
  });

  it.each(["traefik/whoami", "hello-world", "katacoda/redis-node-docker-example", "elasticsearch", "mysql"])(
    "%s runs a program of its own, and not one of BusyBox's",
    async (image) => {
      await engine.images.pull(image);
      const { Id } = await engine.containers.create({ Image: image, Env: ["MYSQL_ROOT_PASSWORD=x"] });
      await engine.containers.start(Id);
      const { stdout, stderr } = await collectOutput(await engine.containers.logs(Id));
      expect(stdout + stderr).not.toMatch(/whoami: unknown uid|no such program/);
      await engine.containers.remove(Id, { force: true, v: true });
    },
  );

  it("a file may run a program of another name", async () => {
    expect(await run("nicolaka/netshoot", ["zsh", "-c", "echo $0"])).toMatchObject({
      stdout: "zsh\n",
      code: 0,
    });
    expect(await sh("debian", "which.debianutils sh")).toBe("/usr/bin/sh\n");
  });

  it("an entry point's script is a file", async () => {
    expect(await sh("redis", "head -1 /usr/local/bin/docker-entrypoint.sh")).toBe("#!/bin/sh\n");
    expect(await sh("redis", "sh -x /usr/local/bin/docker-entrypoint.sh echo hi 2>&1 | tail -1")).toBe(
      "hi\n",
    );
  });

  it("what was given to the simulator is in each image", async () => {
    const other = createSimulator({
      programs: {
        greet: async ({ stdout }) => {
          stdout("hello\n");
          return 0;
        },
      },
    });
    await other.engine.images.pull("debian");
    await other.engine.containers.create({ Image: "debian", Cmd: ["greet"] }, { name: "box" });
    await other.engine.containers.start("box");
    await other.engine.containers.wait("box");
    expect(await collectOutput(await other.engine.containers.logs("box"))).toMatchObject({
      stdout: "hello\n",
    });
    await other.close();
  });

  it("a defined image may be based on a known one", async () => {
    const other = createSimulator({
      images: { shop: { base: "alpine:3.20", config: { Cmd: ["cat", "/etc/alpine-release"] } } },
    });
    await other.engine.containers.create({ Image: "shop" }, { name: "box" });
    await other.engine.containers.start("box");
    await other.engine.containers.wait("box");
    expect(await collectOutput(await other.engine.containers.logs("box"))).toMatchObject({
      stdout: "3.20.7\n",
    });
    const restored = createSimulator({ snapshot: other.snapshot() });
    await restored.engine.containers.start("box");
    await restored.engine.containers.wait("box");
    expect(await collectOutput(await restored.engine.containers.logs("box"))).toMatchObject({
      stdout: "3.20.7\n3.20.7\n",
    });
    await other.close();
    await restored.close();
  });
});
