import { gzipSync } from "node:zlib";
import { tarOf } from "@dryharbor/kernel/tar";
import { type BuildCase, type BuildStep, type CallStep, contextOf } from "./build-case.js";

const build = (dockerfile: string, more: Omit<BuildStep, "dockerfile"> = {}): BuildStep => ({
  dockerfile,
  ...more,
});
const call = (line: string, body?: object): CallStep => ({ call: line, ...(body && { body }) });

/** A case of one build. */
const one = (name: string, dockerfile: string, more: Omit<BuildStep, "dockerfile"> = {}): BuildCase => ({
  name,
  steps: [build(dockerfile, more)],
});

const archive = contextOf({
  files: { "in/": "", "in/a.txt": "a\n", "b.txt": { text: "b\n", uid: 7, gid: 8 } },
});
const long = "x".repeat(70_000);

/** Builds that work. */
const good: readonly BuildCase[] = [
  one("from alone", "FROM busybox\n"),
  one("a run", "FROM busybox\nRUN echo hello > /hello && echo done\n"),
  one(
    "a run that writes to both outputs",
    "FROM busybox\nRUN echo out; sleep 0.2; echo err >&2\nRUN printf 'no end'\n",
  ),
  one("a run as a list", 'FROM busybox\nRUN ["echo", "a  b", "$HOME"]\n'),
  one("a run that changes nothing", "FROM busybox\nRUN true\n"),
  one("a run that removes files", "FROM busybox\nRUN mkdir /d && touch /d/a /d/b\nRUN rm /d/a; rm -r /d\n"),
  one(
    "environment",
    `FROM busybox\nENV A=1 B="two words" C=it\\ is\nENV D $A \${B:-x} \${E:-y} \${A:+z}\nRUN echo $A-$B-$C-$D\n`,
  ),
  one("environment that is changed", "FROM busybox\nENV A=1\nENV A=2 B=$A\nRUN echo $A $B\n"),
  one("labels", "FROM busybox\nLABEL b=2 a=\"1 $PATH\" 'c d'=e\nLABEL old value with words\n"),
  one("labels of the query", "FROM busybox\nLABEL a=1\n", {
    query: { t: "out", labels: '{"z":"$PATH","b":"x y","a":"2"}' },
  }),
  one("commands", 'FROM busybox\nCMD echo hi\nENTRYPOINT ["/bin/sh", "-c"]\nCMD ["ls", "-l"]\n'),
  one("an entry point forgets the command below", 'FROM busybox\nCMD ["a"]\n', { query: { t: "base" } }),
  {
    name: "an entry point on a base with a command",
    steps: [
      build('FROM busybox\nCMD ["a", "b"]\nENV X=1\nEXPOSE 80\n', { query: { t: "base" } }),
      build('FROM base\nENTRYPOINT ["e"]\n'),
    ],
  },
  one("a shell", 'FROM busybox\nSHELL ["/bin/sh", "-x", "-c"]\nRUN true\nCMD echo $HOME\n'),
  one("directories", "FROM busybox\nWORKDIR /a\nWORKDIR b/../c\nRUN pwd\nWORKDIR /\n"),
  one(
    "a directory from a variable",
    "FROM busybox\nENV D=/x/y\nWORKDIR $D/z\nRUN pwd && ls -ld /x/y/z | cut -c1-10\n",
  ),
  one(
    "a user",
    "FROM busybox\nRUN mkdir -p /etc && echo 'joe:x:1000:1000::/:/bin/sh' > /etc/passwd\nUSER joe\nRUN id -u\nUSER 5:6\nRUN id\n",
  ),
  one("ports", 'FROM busybox\nEXPOSE 80 443/tcp 53/udp\nENV P="7 8"\nEXPOSE $P 9000-9002\n'),
  one(
    "volumes",
    'FROM busybox\nVOLUME /data /log\nVOLUME ["/a b"]\nRUN echo x > /data/x; ls /data\nRUN ls /data\n',
  ),
  one("a stop signal", "FROM busybox\nSTOPSIGNAL SIGUSR1\nSTOPSIGNAL 9\n"),
  one(
    "health checks",
    'FROM busybox\nHEALTHCHECK --interval=5s --timeout=1m --retries=2 CMD test -f /x\nHEALTHCHECK --start-period=1s CMD ["true"]\nHEALTHCHECK NONE\n',
  ),
  one("a maintainer", "FROM busybox\nMAINTAINER Jane <j@example.com>\nRUN true\n"),
  one(
    "build arguments",
    "ARG V=latest\nFROM busybox:$V\nARG A=1\nARG B\nARG V\nRUN echo $A $B $V\nENV E=$A\nRUN echo $E\n",
    {
      query: { t: "out", buildargs: '{"B":"b b","HTTP_PROXY":"http://p","X":"1","W":null}' },
    },
  ),
  one("several arguments in a line", "FROM busybox\nARG A=1 B=2 C\nRUN echo $A $B $C\n", {
    query: { t: "out", buildargs: '{"C":"3","A":"9"}' },
  }),
  one("an argument below the environment", "FROM busybox\nENV A=env\nARG A=arg\nRUN echo $A\n", {
    query: { t: "out", buildargs: '{"A":"given"}' },
  }),
  one("a proxy that is used", "FROM busybox\nARG HTTP_PROXY\nRUN echo $HTTP_PROXY $no_proxy\n", {
    query: { t: "out", buildargs: '{"HTTP_PROXY":"h","no_proxy":"n"}' },
  }),
  one(
    "files",
    "FROM busybox\nCOPY a.txt /a.txt\nCOPY a.txt b.txt /dir/\nCOPY d /e\nCOPY . /all/\nRUN find /all /e /dir -type f | sort; cat /a.txt\n",
    {
      files: {
        "a.txt": "a\n",
        "b.txt": { text: "b\n", mode: 0o755, uid: 5, gid: 6 },
        "d/": "",
        "d/c": "c\n",
      },
    },
  ),
  one(
    "files into a working directory",
    "FROM busybox\nWORKDIR /w\nCOPY a.txt .\nCOPY a.txt b\nCOPY a.txt ./c/\nRUN find /w -type f | sort\n",
    {
      files: { "a.txt": "a\n" },
    },
  ),
  one(
    "files by patterns",
    "FROM busybox\nCOPY *.txt /t/\nCOPY d/?.c /c/\nCOPY [ab].x /x/\nRUN find /t /c /x -type f | sort\n",
    {
      files: { "a.txt": "a", "b.txt": "b", "d/": "", "d/1.c": "1", "d/22.c": "2", "a.x": "ax", "c.x": "cx" },
    },
  ),
  one("files as a list", 'FROM busybox\nCOPY ["a b", "/c d/"]\nRUN cat "/c d/a b"\n', {
    files: { "a b": "ab\n" },
  }),
  one(
    "files with an owner",
    "FROM busybox\nRUN mkdir -p /etc && echo 'joe:x:1000:1001::/:/bin/sh' > /etc/passwd && echo 'joe:x:1002:' > /etc/group\nCOPY --chown=joe a /a\nCOPY --chown=5:6 d /d\nRUN ls -ln / /d | grep -v total | awk '{print $1,$3,$4,$9}' | grep -E ' (a|d|x)$'\n",
    {
      files: { a: "a", "d/": "", "d/x": "x" },
    },
  ),
  one(
    "links in a context",
    "FROM busybox\nCOPY l /l\nCOPY d /d\nRUN ls -l /l /d | awk '{print $1,$9,$10,$11}'; cat /l\n",
    {
      files: {
        a: "a\n",
        l: { type: "symlink", linkName: "a" },
        "d/": "",
        "d/m": { type: "symlink", linkName: "../a" },
      },
    },
  ),
  one(
    "a directory into one that exists",
    "FROM busybox\nRUN mkdir -p /x/d && chmod 700 /x\nCOPY d /x\nRUN ls -ld /x | cut -c1-10; find /x | sort\n",
    {
      files: { "d/": "", "d/f": "f" },
    },
  ),
  one(
    "an archive is added",
    "FROM busybox\nADD a.tar /x/\nADD a.tgz /y\nADD plain.txt /z/\nCOPY a.tar /x/\nRUN find /x /y /z | sort; ls -ln /x/b.txt | awk '{print $3,$4}'\n",
    {
      files: { "a.tar": { bytes: archive }, "a.tgz": { bytes: gzipSync(archive) }, "plain.txt": "p" },
    },
  ),
  one(
    "stages",
    "FROM busybox AS One\nRUN echo one > /one\nFROM scratch as two\nCOPY --from=one /one /two\nFROM busybox\nCOPY --from=0 /one /\nCOPY --from=two /two /\nRUN cat /one /two\n",
  ),
  one("a stage on a stage", "FROM busybox AS base\nENV A=1\nFROM base\nRUN echo $A\n"),
  one(
    "a stage of an image",
    "FROM busybox\nRUN mkdir /q && echo 1 > /q/f && chmod 600 /q/f && chown 3:4 /q/f\nFROM busybox\nCOPY --from=0 /q /r\nRUN ls -ln /r/f | awk '{print $1,$3,$4}'\n",
  ),
  one("a target", "FROM busybox AS a\nRUN echo a\nFROM busybox AS b\nRUN echo b\n", {
    query: { t: "out", target: "A" },
  }),
  one("scratch", 'FROM scratch\nCOPY a /a\nENV X=1\nCMD ["/a"]\n', { files: { a: "a" } }),
  one(
    "comments and continuations",
    "# a comment\n\nFROM busybox\n# another\nRUN echo a \\\n  # within\n  b \\\n\n  c\n  RUN   echo   d  \n",
  ),
  one("another escape", "# escape=`\nFROM busybox\nRUN echo a `\n  b\\c\nENV A=x`$y\n"),
  one("a syntax", "# syntax=docker/dockerfile:1\nFROM busybox\nRUN true\n"),
  one("lines of DOS", "FROM busybox\r\nRUN echo a \\\r\n b\r\n"),
  one("names in lower case", "from busybox\nrun echo hi\nlabel A=b\n"),
  one("a byte order mark", "\uFEFFFROM busybox\nRUN true\n"),
  one("triggers", "FROM busybox\nONBUILD RUN echo triggered\nONBUILD COPY a /a\nonbuild ENV T=1\n", {
    files: { a: "a" },
  }),
  {
    name: "triggers that are carried out",
    steps: [
      build("FROM busybox\nONBUILD RUN echo triggered\nONBUILD ENV T=1\n", { query: { t: "base" } }),
      build("FROM base\nRUN echo $T\n"),
    ],
  },
  {
    name: "a cache",
    steps: [
      build("FROM busybox\nENV A=1\nCOPY a /a\nRUN echo hi > /b\nWORKDIR /w\n", { files: { a: "a" } }),
      build('FROM busybox\nENV A=1\nCOPY a /a\nRUN echo hi > /b\nWORKDIR /w\nCMD ["x"]\n', {
        files: { a: "a" },
      }),
      build("FROM busybox\nENV A=1\nCOPY a /a\nRUN echo hi > /b\nWORKDIR /w\n", { files: { a: "other" } }),
      build("FROM busybox\nENV A=1\nCOPY a /a\nRUN echo hi > /b\nWORKDIR /w\n", { files: { a: "a" } }),
    ],
  },
  {
    name: "no cache",
    steps: [
      build("FROM busybox\nENV A=1\nRUN echo hi > /b\n"),
      build("FROM busybox\nENV A=1\nRUN echo hi > /b\n", { query: { t: "out", nocache: "1" } }),
    ],
  },
  {
    name: "a cache with arguments",
    steps: [
      build("FROM busybox\nARG A\nRUN echo $A\n", { query: { t: "out", buildargs: '{"A":"1"}' } }),
      build("FROM busybox\nARG A\nRUN echo $A\n", { query: { t: "out", buildargs: '{"A":"2"}' } }),
      build("FROM busybox\nARG A\nRUN echo $A\n", {
        query: { t: "out", buildargs: '{"A":"1","http_proxy":"x"}' },
      }),
    ],
  },
  {
    name: "a cache of other images",
    steps: [
      build("FROM busybox\nRUN echo 1\nRUN echo 2\n", { query: { t: "source" } }),
      build("FROM busybox\nRUN echo 1\nRUN echo 3\n", {
        query: { t: "out", cachefrom: '["source","nope"]' },
      }),
    ],
  },
  {
    name: "dangling images",
    steps: [
      build("FROM busybox\nRUN echo 1\n"),
      build("FROM busybox\nRUN echo 2\n"),
      call('GET /images/json?filters={"dangling":["true"]}'),
      call("POST /images/prune"),
    ],
  },
  {
    name: "an image of a build runs",
    steps: [
      build('FROM busybox\nWORKDIR /w\nENV A=1\nRUN echo hi > f\nCMD ["cat", "f"]\n'),
      call("POST /containers/create?name=box", { Image: "out" }),
      call("POST /containers/box/start"),
      call("POST /containers/box/wait"),
      call("GET /containers/box/logs?stdout=1"),
    ],
  },
  one("several names", "FROM busybox\nRUN true\n", {
    query: { t: ["out", "out:v1", "reg.example:5000/x/y", "out:latest", ""] },
  }),
  one("no name", "FROM busybox\nRUN true\n", { query: {} }),
  one("quiet", "FROM busybox\nRUN echo hi\n", { query: { t: "out", q: "1" } }),
  one("containers that are kept", "FROM busybox\nRUN echo hi\nENV A=1\n", { query: { t: "out", rm: "0" } }),
  one("a Dockerfile of another name", "FROM nope\n", {
    files: { "sub/": "", "sub/My.file": "FROM busybox\nCOPY sub /s\nRUN ls /s\n" },
    query: { t: "out", dockerfile: "sub/My.file" },
  }),
  one("a Dockerfile in lower case", "", { files: {} }),
  { name: "a Dockerfile in lower case is found", steps: [{ files: { dockerfile: "FROM busybox\n" } }] },
  one("what is ignored", "FROM busybox\nCOPY . /c\nRUN find /c | sort\n", {
    files: { ".dockerignore": "Dockerfile\n.dockerignore\nb\n", a: "a", b: "b" },
  }),
  one("an ignore file that names others", "FROM busybox\nCOPY . /c\nRUN find /c | sort\n", {
    files: { ".dockerignore": "a\n", a: "a" },
  }),
  one("a compressed context", "", { body: gzipSync(contextOf({ dockerfile: "FROM busybox\nRUN true\n" })) }),
  one("limits", "FROM busybox\nRUN true\n", {
    query: {
      t: "out",
      memory: "67108864",
      memswap: "-1",
      cpushares: "512",
      shmsize: "1048576",
      networkmode: "none",
      extrahosts: "a:1.2.3.4",
    },
  }),
  one("hosts of its own", "FROM busybox\nRUN grep somewhere /etc/hosts\n", {
    query: { t: "out", extrahosts: "somewhere:1.2.3.4" },
  }),
  one("a platform", "FROM --platform=linux/amd64 busybox\nRUN true\n"),
  one("an older API", "FROM busybox\nRUN true\n", { version: "/v1.25" }),
  one("special characters", 'FROM busybox\nRUN echo \'<a> & "b"\' ü\nLABEL x="<&>"\n'),
  one("a dollar that is none", 'FROM busybox\nENV A=\\$B C=\'$D\' E="\\$F" G=$$ H=a$\nRUN echo "$A $C $E"\n'),
  one(
    "modifiers",
    `FROM busybox\nENV A=abc.tar.gz U=\nENV B=\${A%.*} C=\${A%%.*} D=\${A#*.} E=\${A##*.} F=\${A/a/x} G=\${U-unset} H=\${U:-null} I=\${N+set}\n`,
  ),
  one("a long output", "FROM busybox\nRUN i=0; while [ $i -lt 300 ]; do echo line $i; i=$((i+1)); done\n"),
  one("a command without words", "FROM busybox\nCMD []\nENTRYPOINT []\n"),
  one("a flag that ends flags", "FROM busybox\nRUN -- echo hi\n"),
];

/** Builds that fail. */
const bad: readonly BuildCase[] = [
  one("an empty Dockerfile", ""),
  one("a Dockerfile of comments", "# nothing\n"),
  one("no Dockerfile", "", { body: contextOf({ files: { a: "a" } }) }),
  one("a Dockerfile that is not there", "FROM busybox\n", { query: { t: "out", dockerfile: "nope" } }),
  one("a Dockerfile outside", "FROM busybox\n", { query: { t: "out", dockerfile: "../../x" } }),
  one("no archive", "", { body: new TextEncoder().encode("this is no tar") }),
  one("no body", "", { body: new Uint8Array() }),
  one("half an archive", "", {
    body: contextOf({ dockerfile: "FROM busybox\n", files: { a: long } }).subarray(0, 1500),
  }),
  one("an unknown instruction", "FROM busybox\nRUNN echo\n"),
  one("something else first", "RUN echo\nFROM busybox\n"),
  one("an environment alone", "ENV A=1\n"),
  one("arguments alone", "ARG A=1\n"),
  one("an image that is not there", "FROM nope:1\n"),
  one("a name that is none", "FROM No_pe\n"),
  one("a name that becomes empty", "FROM $A\n"),
  one("from without a name", "FROM\n"),
  one("from with two words", "FROM busybox x\n"),
  one("a stage with a bad name", "FROM busybox AS 1x\n"),
  one("a stage twice", "FROM busybox AS a\nFROM busybox AS A\n"),
  one("a flag of from", "FROM --nope=1 busybox\n"),
  one("a platform that is none", "FROM --platform=nope/x/y/z busybox\n"),
  one("another platform", "FROM --platform=linux/arm64 busybox\n"),
  one("a platform of the query", "FROM busybox\nRUN true\n", {
    query: { t: "out", platform: "linux/arm64" },
  }),
  one("a bad platform of the query", "FROM busybox\n", { query: { t: "out", platform: "a/b/c/d" } }),
  one("a target that is not there", "FROM busybox\n", { query: { t: "out", target: "nope" } }),
  one("a run that fails", "FROM busybox\nRUN echo before; exit 3\nRUN echo never\n"),
  one("a run that fails and is removed", "FROM busybox\nRUN exit 3\n", { query: { t: "out", forcerm: "1" } }),
  one("a program that is not there", "FROM busybox\nRUN nope-program --x\n"),
  one("a list of a program that is not there", 'FROM busybox\nRUN ["/nope", "x"]\n'),
  one("a directory as a program", 'FROM busybox\nRUN ["/bin"]\n'),
  one("a run from scratch", "FROM scratch\nRUN echo\n"),
  one("a run without words", "FROM busybox\nRUN\n"),
  one("a run that is killed", "FROM busybox\nRUN kill -9 $$\n"),
  one("a file that is not there", "FROM busybox\nCOPY nope /x\n"),
  one("a pattern without files", "FROM busybox\nCOPY *.nope /x/\n"),
  one("many files into a file", "FROM busybox\nCOPY a b /c\n", { files: { a: "a", b: "b" } }),
  one("a copy without a destination", "FROM busybox\nCOPY a\n", { files: { a: "a" } }),
  one("a copy of a URL", "FROM busybox\nCOPY http://127.0.0.1:1/x /x\n"),
  one("an add of a URL", "FROM busybox\nADD http://127.0.0.1:1/x /x\n"),
  one("a copy with a mode", "FROM busybox\nCOPY --chmod=755 a /a\n", { files: { a: "a" } }),
  one("an add with a mode", "FROM busybox\nADD --chmod=755 a /a\n", { files: { a: "a" } }),
  one("a copy with a link", "FROM busybox\nCOPY --link a /a\n", { files: { a: "a" } }),
  one("a copy with a flag", "FROM busybox\nCOPY --nope=1 a /a\n", { files: { a: "a" } }),
  one("a copy with an empty flag", "FROM busybox\nCOPY --from a /a\n", { files: { a: "a" } }),
  one("a copy for a user that is not there", "FROM busybox\nCOPY --chown=nope a /a\n", { files: { a: "a" } }),
  one("a copy for three users", "FROM busybox\nCOPY --chown=1:2:3 a /a\n", { files: { a: "a" } }),
  one("a copy from this stage", "FROM busybox\nCOPY --from=0 /a /b\n"),
  one("a copy from a later stage", "FROM busybox\nCOPY --from=7 /a /b\n"),
  one("a copy from an image that is not there", "FROM busybox\nCOPY --from=nope:1 /a /b\n"),
  one("a copy of what a stage lacks", "FROM busybox AS a\nFROM busybox\nCOPY --from=a /nope /b\n"),
  one("a copy from outside", "FROM busybox\nCOPY ../../../etc/hostname /x\n"),
  one("a file as a directory", "FROM busybox\nRUN echo > /f\nCOPY a /f/x\n", { files: { a: "a" } }),
  one("a file over a directory", "FROM busybox\nRUN mkdir /f\nCOPY d /g\nCOPY a /g/\n", {
    files: { a: "a", "d/": "", "d/a/": "" },
  }),
  one("a mount", "FROM busybox\nRUN --mount=type=cache,target=/x true\n"),
  one("a network of a run", "FROM busybox\nRUN --network=none true\n"),
  one("a flag of a run", "FROM busybox\nRUN --nope true\n"),
  one("a text within a run", "FROM busybox\nRUN <<EOF\necho hi\nEOF\n"),
  one("a text within a copy", "FROM busybox\nCOPY <<EOF /x\nhi\nEOF\n"),
  one("a text without an end", "FROM busybox\nRUN <<EOF\necho hi\n"),
  one("environment without a value", "FROM busybox\nENV A\n"),
  one("environment without words", "FROM busybox\nENV\n"),
  one("environment without a sign", "FROM busybox\nENV A=1 B\n"),
  one("environment without a name", "FROM busybox\nENV =1\n"),
  one("labels without a value", "FROM busybox\nLABEL a\n"),
  one("an argument without a name", "FROM busybox\nARG =1\n"),
  one("an argument without words", "FROM busybox\nARG\n"),
  one("a port that is none", "FROM busybox\nEXPOSE http\n"),
  one("a port that is too large", "FROM busybox\nEXPOSE 99999\n"),
  one("no ports", "FROM busybox\nEXPOSE\n"),
  one("a signal that is none", "FROM busybox\nSTOPSIGNAL NOPE\n"),
  one("a user without a name", "FROM busybox\nUSER\n"),
  one("a user that is not there", "FROM busybox\nUSER nope\nRUN true\n"),
  one("a shell without a list", "FROM busybox\nSHELL /bin/sh -c\n"),
  one("an empty shell", "FROM busybox\nSHELL []\n"),
  one("a list with a number", 'FROM busybox\nRUN ["a", 1]\n'),
  one("a list that is none", 'FROM busybox\nRUN [ "echo", "a" ] b 2>/dev/null\n'),
  one("an unknown health check", "FROM busybox\nHEALTHCHECK WHAT x\n"),
  one("a health check without a command", "FROM busybox\nHEALTHCHECK CMD\n"),
  one("a health check that is too often", "FROM busybox\nHEALTHCHECK --interval=1us CMD true\n"),
  one("a health check with a bad time", "FROM busybox\nHEALTHCHECK --interval=x CMD true\n"),
  one("a health check with bad retries", "FROM busybox\nHEALTHCHECK --retries=-1 CMD true\n"),
  one("a health check of none with words", "FROM busybox\nHEALTHCHECK NONE x\n"),
  one("a flag of a health check", "FROM busybox\nHEALTHCHECK --nope=1 CMD true\n"),
  one("a trigger of a trigger", "FROM busybox\nONBUILD ONBUILD RUN x\n"),
  one("a trigger of from", "FROM busybox\nONBUILD FROM x\n"),
  one("a trigger without words", "FROM busybox\nONBUILD\n"),
  one("a volume without a name", 'FROM busybox\nVOLUME [""]\n'),
  one("a maintainer without a name", "FROM busybox\nMAINTAINER\n"),
  one("a quote without an end", 'FROM busybox\nENV A="b\n'),
  one("a brace without an end", `FROM busybox\nENV A=\${b\n`),
  one("a modifier that is none", `FROM busybox\nENV A=\${b~c}\n`),
  one("a value that must be there", `FROM busybox\nENV A=\${b:?must be}\n`),
  one("an escape that is none", "# escape=x\nFROM busybox\n"),
  one("an escape twice", "# escape=`\n# escape=`\nFROM busybox\n"),
  one("a name with a digest", "FROM busybox\n", { query: { t: `out@sha256:${"0".repeat(64)}` } }),
  one("a tag that is none", "FROM busybox\n", { query: { t: "Out" } }),
  one("arguments that are none", "FROM busybox\n", { query: { t: "out", buildargs: "{x" } }),
  one("labels that are none", "FROM busybox\n", { query: { t: "out", labels: "[]" } }),
  one("caches that are none", "FROM busybox\n", { query: { t: "out", cachefrom: "{}" } }),
  one("limits that are none", "FROM busybox\n", { query: { t: "out", ulimits: "x" } }),
  one("a size that is none", "FROM busybox\n", { query: { t: "out", shmsize: "x" } }),
  one("an isolation that is none", "FROM busybox\n", { query: { t: "out", isolation: "x" } }),
  one("security options", "FROM busybox\n", { query: { t: "out", securityopt: "x" } }),
  one("one layer", "FROM busybox\n", { query: { t: "out", squash: "1" } }),
  one("a version that is none", "FROM busybox\n", { query: { t: "out", version: "3" } }),
  one("a remote that is none", "FROM busybox\n", { query: { t: "out", remote: "nope" } }),
  one("a remote session", "FROM busybox\n", { query: { t: "out", remote: "client-session" } }),
  one("a remote file", "FROM busybox\n", { query: { t: "out", remote: "http://127.0.0.1:1/x" } }),
  one("a remote repository", "FROM busybox\n", { query: { t: "out", remote: "https://127.0.0.1:1/x.git" } }),
  one("quiet and failing", "FROM busybox\nRUN echo hi; exit 4\n", { query: { t: "out", q: "1" } }),
  one("a network that is not there", "FROM busybox\nRUN true\n", {
    query: { t: "out", networkmode: "nope" },
  }),
  one("a memory that is too small", "FROM busybox\nRUN true\n", { query: { t: "out", memory: "1" } }),
  one("a bad context type", "FROM busybox\n", { headers: { "Content-Type": "text/plain" } }),
  one("a tag of an error", "FROM busybox\nRUN false\n", {
    query: { t: ["out", "x"], forcerm: "1", rm: "1" },
  }),
  {
    name: "a trigger that fails",
    steps: [
      build("FROM busybox\nONBUILD RUN exit 2\n", { query: { t: "base" } }),
      build("FROM base\nRUN echo never\n"),
    ],
  },
  one("an empty archive", "", { body: tarOf([]) }),
];

/** What is built on the engines, and whose outcome is recorded. */
export const cases: readonly BuildCase[] = [...good, ...bad];
