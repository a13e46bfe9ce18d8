import { parseSignal } from "@dryharbor/kernel";
import { emptyTree, FileSystem } from "@dryharbor/kernel/host";
import { EngineError, engineError, type HostConfig } from "@dryharbor/sdk/port";
import type { BuildRequest, BuildStep } from "../../core/builds/build-request.js";
import type { Cache } from "../../core/builds/cache.js";
import { ownerOf } from "../../core/builds/chown.js";
import { copy, destinationOf, isTar } from "../../core/builds/copy.js";
import { BuildArguments } from "../../core/builds/dockerfile/arguments.js";
import type { CopyWords, Instruction } from "../../core/builds/dockerfile/instruction.js";
import { readInstruction } from "../../core/builds/dockerfile/instruction.js";
import { readDockerfile, saying } from "../../core/builds/dockerfile/read-dockerfile.js";
import type { Plan, Stage } from "../../core/builds/dockerfile/stages.js";
import { expandedWord, expandedWords, type Variables } from "../../core/builds/dockerfile/words.js";
import { commandNote, environmentNote, healthcheckNote } from "../../core/builds/notes.js";
import { type Item, imageSource, itemsOf, type Source, sumOfItems } from "../../core/builds/source.js";
import { addStepImage, filesOver, type StepConfig } from "../../core/builds/step-image.js";
import { commitLayer } from "../../core/containers/commit.js";
import type { Container } from "../../core/containers/container.js";
import { createContainer } from "../../core/containers/create.js";
import { findContainer } from "../../core/containers/find.js";
import type { Daemon } from "../../core/daemon.js";
import { shortId } from "../../core/id.js";
import { layerOfChanges } from "../../core/images/changed-layer.js";
import { exposedPorts } from "../../core/images/changes/ports.js";
import { withVariables } from "../../core/images/changes/variables.js";
import { hexOf } from "../../core/images/digest.js";
import type { Image } from "../../core/images/image.js";
import { hostPlatform, type Platform, parsePlatform } from "../../core/images/platform.js";
import { findImageFor } from "../../core/images/platform-mismatch.js";
import { pullImage } from "../../core/images/pull.js";
import { rootOf } from "../../core/images/root.js";
import { imageLayerDirectories } from "../../core/images/show.js";
import { cleanPath } from "../../core/mounts/path.js";
import { buildsOf } from "../../core/releases/builds.js";
import { HandlerPanic } from "../../requests/body.js";
import { decompressedBytes } from "../decompression.js";
import type { Session } from "../session.js";
import { unreachableUrl } from "./remote.js";
import { runCommand } from "./run-command.js";

/** What a build works with. */
export interface BuilderOptions {
  readonly session: Session;
  readonly request: BuildRequest;
  readonly source: Source;
  readonly escape: string;
  readonly platform: Platform | undefined;
  readonly cache: Cache;
  readonly tell: (step: BuildStep) => void;
  readonly signal: AbortSignal | undefined;
}

/** A stage that is done. */
interface Done {
  readonly image: Image | undefined;
}

/** Where a stage stands. */
interface State {
  config: StepConfig;
  maintainer: string;
  hasCommand: boolean;
  image: Image | undefined;
  readonly args: BuildArguments;
}

const defaultPath = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

const needsBuildKit = (flag: string): string =>
  `the --${flag} option requires BuildKit. Refer to https://docs.docker.com/go/buildkit/ to learn how to build images with BuildKit enabled`;

/** Carries the instructions of a Dockerfile out, one after another. */
export class Builder {
  readonly #options: BuilderOptions;
  readonly #daemon: Daemon;
  readonly #named = new Map<string, Done>();
  readonly #stages: Done[] = [];
  /** The containers of steps that were not removed. */
  readonly #containers = new Set<string>();

  constructor(options: BuilderOptions) {
    this.#options = options;
    this.#daemon = options.session.daemon;
  }

  /** @throws {EngineError} what went wrong */
  async build({ args, stages }: Plan): Promise<Image> {
    const { request } = this.#options;
    const given = new BuildArguments(request.buildArgs);
    const labels = Object.keys(request.labels).sort();
    const total = args.length + labels.length + stages.reduce((sum, { steps }) => sum + steps.length + 1, 0);
    let at = 0;
    const announce = (code: string): void => {
      this.#say(`Step ${++at}/${total} : ${code}`);
      this.#say("\n");
    };
    for (const arg of args) {
      announce(arg.code);
      for (const [name, value] of arg.pairs) {
        const word = (text: string) => this.#word(text, given.value);
        given.addAbove(word(name), value === undefined ? undefined : word(value));
      }
    }
    // Seen on all three releases: a Dockerfile without FROM.
    if (stages.length === 0) throw new HandlerPanic();
    let last: State | undefined;
    for (const [number, stage] of stages.entries()) {
      const { stage: name } = stage.from;
      if (name !== "" && this.#named.has(name)) throw engineError(500, `${name} stage name already used`);
      announce(stage.from.code);
      const state = await this.#begin(stage, given.forStage());
      last = state;
      this.#sayImage(state);
      const own = number === stages.length - 1 ? labels.map((label) => this.#labelStep(label)) : [];
      for (const step of [...stage.steps, ...own]) {
        if (this.#options.signal?.aborted) {
          this.#say("Build cancelled\n");
          throw engineError(500, "Build cancelled");
        }
        announce(step.code);
        await this.#carryOut(state, step);
        this.#sayImage(state);
      }
      if (state.image) this.#options.tell({ aux: { ID: state.image.id } });
      const done = { image: state.image };
      if (name !== "") this.#named.set(name, done);
      this.#stages.push(done);
    }
    const unused = given.unused();
    if (unused.length > 0)
      this.#say(`[Warning] One or more build-args [${unused.join(" ")}] were not consumed\n`);
    if (!last?.image) throw engineError(500, "No image was generated. Is your Dockerfile empty?");
    return last.image;
  }

  #labelStep(name: string): Instruction {
    const value = this.#options.request.labels[name] ?? "";
    return { kind: "LABEL", code: `LABEL ${name}=${value}`, pairs: [[name, value]], expands: false };
  }

  #say(text: string): void {
    this.#options.tell({ stream: text });
  }

  #sayImage({ image }: State): void {
    this.#say(` ---> ${image ? shortId(hexOf(image.id)) : ""}\n`);
  }

  #word(text: string, variables: Variables): string {
    return expandedWord(this.#daemon.release, text, variables, { escape: this.#options.escape });
  }

  async #begin({ from }: Stage, args: BuildArguments): Promise<State> {
    this.#options.cache.reset();
    const platform = from.platform === "" ? undefined : this.#platform(this.#word(from.platform, args.above));
    const name = this.#word(from.base, args.above);
    if (name === "") throw engineError(500, `base name (${from.base}) should not be blank`);
    const stage = this.#named.get(name.toLowerCase());
    const image = stage ? stage.image : name === "scratch" ? undefined : this.#image(name, platform);
    const { Image: _, ...own } = (image?.config ?? {}) as StepConfig;
    const config = { ...own, OpenStdin: false, StdinOnce: false } as StepConfig;
    const env = config.Env ?? [];
    if (!env.some((line) => line.startsWith("PATH="))) config.Env = [...env, defaultPath];
    const state: State = { config, maintainer: "", hasCommand: false, image, args };
    const triggers = config.OnBuild ?? [];
    if (triggers.length === 0) return state;
    config.OnBuild = null;
    this.#say(`# Executing ${triggers.length} build trigger`);
    if (triggers.length > 1) this.#say("s");
    this.#say("\n");
    for (const trigger of triggers) await this.#carryOut(state, this.#trigger(trigger));
    return state;
  }

  #trigger(text: string): Instruction {
    const { release } = this.#daemon;
    const [line, other] = readDockerfile(release, text).lines;
    if (!line || other) throw engineError(500, "onbuild trigger should be a single expression");
    return readInstruction(release, line);
  }

  #platform(text: string): Platform {
    return saying(`failed to parse platform ${text}: `, () => parsePlatform(this.#daemon.release, text));
  }

  /** Returns an image by its name. One that is not here is pulled. */
  #image(name: string, platform = this.#options.platform): Image {
    const { request, tell } = this.#options;
    if (!request.pull) {
      try {
        const { takesOtherPlatform } = buildsOf(this.#daemon.release);
        return findImageFor(this.#daemon, name, takesOtherPlatform ? undefined : platform);
      } catch (error) {
        if (!(error instanceof EngineError && error.status === 404)) throw error;
      }
    }
    const wanted = platform
      ? [platform.os, platform.architecture, platform.variant].filter(Boolean).join("/")
      : "";
    const [, tag] = /[^/]:([^/]+)$|@/.exec(name) ?? [undefined, undefined];
    const named = tag === undefined && !name.includes("@") ? { name, tag: "latest" } : { name };
    const { steps, failure } = pullImage(this.#daemon, { ...named, platform: wanted });
    for (const step of steps) tell({ ...step });
    if (failure) throw failure;
    return findImageFor(this.#daemon, name, undefined);
  }

  /** Returns what `COPY --from` names: a stage, by name or number, or an image. */
  #from(name: string): Done {
    const stage = this.#named.get(name.toLowerCase());
    if (stage) return stage;
    if (/^[+-]?\d+$/.test(name)) {
      const number = Number(name);
      if (number === this.#stages.length) throw engineError(500, "refers to current build stage");
      const done = this.#stages[number];
      if (!done) throw engineError(500, "index out of bounds");
      return done;
    }
    return { image: this.#image(name) };
  }

  async #carryOut(state: State, step: Instruction): Promise<void> {
    const { request } = this.#options;
    let failed = true;
    try {
      await this.#perform(state, step);
      failed = false;
    } finally {
      if (request.forceRemove || (request.remove && !failed)) this.#removeContainers();
    }
  }

  #removeContainers(): void {
    const { runtime } = this.#options.session;
    for (const id of this.#containers) {
      this.#containers.delete(id);
      try {
        runtime.remove(id, { force: true, v: true });
      } catch (error) {
        if (!(error instanceof EngineError && error.status === 404)) throw error;
        // Somebody else has removed it.
      }
      this.#say(`${buildsOf(this.#daemon.release).removedContainer(shortId(id))}\n`);
    }
  }

  async #perform(state: State, step: Instruction): Promise<void> {
    const env = state.config.Env ?? [];
    const variables: Variables = (name) => {
      const line = env.findLast((each) => each.split("=", 1)[0] === name);
      return line === undefined ? state.args.value(name) : line.slice(name.length + 1);
    };
    const word = (text: string) => this.#word(text, variables);
    const change = (changes: Partial<StepConfig>) => {
      state.config = { ...state.config, ...changes };
    };
    switch (step.kind) {
      case "ENV": {
        const pairs = step.pairs.map(([name, value]) => [word(name), word(value)] as const);
        change({ Env: withVariables(env, pairs) });
        return this.#note(state, environmentNote("ENV", pairs));
      }
      case "LABEL": {
        const pairs = step.expands
          ? step.pairs.map(([name, value]) => [word(name), word(value)] as const)
          : step.pairs;
        change({ Labels: { ...state.config.Labels, ...Object.fromEntries(pairs) } });
        return this.#note(state, environmentNote("LABEL", pairs));
      }
      case "MAINTAINER":
        state.maintainer = step.value;
        return this.#note(state, `MAINTAINER ${step.value}`);
      case "ARG": {
        const pairs = step.pairs.map(
          ([name, value]) => [word(name), value === undefined ? undefined : word(value)] as const,
        );
        for (const [name, value] of pairs) state.args.add(name, value);
        const shown = pairs.map(([name, value]) => (value === undefined ? name : `${name}=${value}`));
        return this.#note(state, `ARG ${shown.join(" ")}`);
      }
      case "COPY":
      case "ADD": {
        const [chown, chmod] = [word(step.chown), word(step.chmod)];
        const sources = step.sources.map(word);
        const expanded = { ...step, chown, chmod, sources, destination: word(step.destination) };
        return this.#copy(state, step.kind, expanded);
      }
      case "WORKDIR":
        return this.#workdir(state, word(step.value));
      case "RUN":
        return this.#run(state, step);
      case "CMD": {
        const words = this.#commandLine(state, step);
        change({ Cmd: words });
        this.#note(state, `CMD ${commandNote(words)}`);
        if (step.words.length > 0) state.hasCommand = true;
        return;
      }
      case "ENTRYPOINT": {
        const words = step.words.length === 0 ? null : this.#commandLine(state, step);
        change({ Entrypoint: words, ...(!state.hasCommand && { Cmd: null }) });
        return this.#note(state, `ENTRYPOINT ${commandNote(words ?? [])}`);
      }
      case "HEALTHCHECK": {
        const before = state.config.Healthcheck?.Test ?? [];
        if (before.length > 0 && before[0] !== "NONE") {
          this.#say(`Note: overriding previous HEALTHCHECK: [${before.join(" ")}]\n`);
        }
        change({ Healthcheck: step.check });
        return this.#note(state, `HEALTHCHECK ${healthcheckNote(this.#daemon.release, step.check)}`);
      }
      case "EXPOSE": {
        const ports = step.ports.flatMap((text) =>
          expandedWords(this.#daemon.release, text, variables, { escape: this.#options.escape }),
        );
        change({
          ExposedPorts: { ...state.config.ExposedPorts, ...exposedPorts(this.#daemon.release, ports) },
        });
        return this.#note(state, `EXPOSE ${ports.join(" ")}`);
      }
      case "USER":
        change({ User: word(step.value) });
        return this.#note(state, `USER ${state.config.User}`);
      case "VOLUME": {
        const paths = step.paths.map(word);
        if (paths.includes("")) throw engineError(500, "VOLUME specified can not be an empty string");
        change({
          Volumes: { ...state.config.Volumes, ...Object.fromEntries(paths.map((path) => [path, {}])) },
        });
        return this.#note(state, `VOLUME [${paths.join(" ")}]`);
      }
      case "STOPSIGNAL": {
        const signal = word(step.value);
        if (parseSignal(signal) === 0)
          throw engineError(400, buildsOf(this.#daemon.release).badSignal(signal));
        change({ StopSignal: signal });
        return this.#note(state, `STOPSIGNAL ${signal}`);
      }
      case "SHELL":
        change({ Shell: [...step.words] });
        return this.#note(state, `SHELL [${step.words.join(" ")}]`);
      case "ONBUILD":
        change({ OnBuild: [...(state.config.OnBuild ?? []), step.trigger] });
        return this.#note(state, `ONBUILD ${step.trigger}`);
      default:
        throw engineError(500, "unsupported command type: FROM");
    }
  }

  #shell({ config }: State): string[] {
    const { Shell } = config;
    return Shell && Shell.length > 0 ? [...Shell] : ["/bin/sh", "-c"];
  }

  #commandLine(
    state: State,
    { words, forShell }: Extract<Instruction, { kind: "CMD" | "RUN" | "ENTRYPOINT" }>,
  ) {
    return forShell ? [...this.#shell(state), ...words] : [...words];
  }

  /** A step that only changes the configuration. */
  #note(state: State, note: string): void {
    this.#commitNote(state, [...this.#shell(state), "#(nop) ", note]);
  }

  #commitNote(state: State, command: string[]): void {
    const config = this.#atParent(state, { Cmd: command });
    if (this.#isKnown(state, config)) return;
    const container = this.#create(config);
    // The engine completes the check in the place where the builder keeps it.
    const { Healthcheck } = container.config;
    if (state.config.Healthcheck && Healthcheck) state.config = { ...state.config, Healthcheck };
    this.#commit(state, container, container.config as StepConfig);
  }

  /** The configuration of a container on top of what there is. */
  #atParent(state: State, changes: Partial<StepConfig>): StepConfig {
    return { ...state.config, Image: state.image?.id ?? "", ...changes };
  }

  /** Looks the step up in the cache, and goes on from there. */
  #isKnown(state: State, config: StepConfig): boolean {
    const { cache, platform } = this.#options;
    const wanted = { ...(platform ?? hostPlatform), os: state.image?.os || "linux" };
    const image = cache.find(state.image, config, wanted);
    if (!image) return false;
    this.#say(" ---> Using cache\n");
    state.image = image;
    return true;
  }

  #create(config: StepConfig): Container {
    const { session, request } = this.#options;
    const hostConfig: HostConfig = { ...request.hostConfig, LogConfig: { Type: "none", Config: {} } };
    const { Id, Warnings } = createContainer(this.#daemon, { ...config, HostConfig: hostConfig } as never);
    this.#containers.add(Id);
    for (const warning of Warnings) this.#say(` ---> [Warning] ${warning}\n`);
    this.#say(` ---> Running in ${shortId(Id)}\n`);
    session.runtime.loadPrograms();
    const container = findContainer(this.#daemon, Id);
    container.ofBuild = true;
    return container;
  }

  #commit(state: State, container: Container, containerConfig: StepConfig): void {
    const layer = commitLayer(this.#daemon, container, state.image);
    state.image = addStepImage(this.#daemon, state.image, this.#options.platform, {
      author: state.maintainer,
      config: this.#atParent(state, {}),
      containerConfig: { ...containerConfig },
      container: container.id,
      layer,
    });
  }

  #workdir(state: State, asked: string): void {
    if (asked === "") throw engineError(500, "cannot normalize nothing");
    const { cleansWorkdir } = buildsOf(this.#daemon.release);
    const current = state.config.WorkingDir || "/";
    const path = asked.startsWith("/")
      ? cleansWorkdir
        ? cleanPath(asked)
        : asked
      : cleanPath(`${current}/${asked}`);
    state.config = { ...state.config, WorkingDir: path };
    this.#commitNote(state, [...this.#shell(state), `#(nop) WORKDIR ${path}`]);
  }

  async #run(state: State, step: Extract<Instruction, { kind: "RUN" }>): Promise<void> {
    const { session, signal } = this.#options;
    const [flag] = step.flags;
    if (flag !== undefined) throw engineError(500, needsBuildKit(flag));
    const words = this.#commandLine(state, step);
    const env = state.config.Env ?? [];
    const args = state.args.environment(env);
    const marks = state.args.marks(args);
    const command = args.length > 0 ? [`|${marks.length}`, ...marks, ...words] : words;
    const known = this.#atParent(state, { Cmd: command, ...(command.length > 0 && { Entrypoint: null }) });
    if (this.#isKnown(state, known)) return;
    const config = this.#atParent(state, {
      Cmd: words,
      Env: [...env, ...args],
      ...(command.length > 0 && { Entrypoint: [""] }),
      Healthcheck: { Test: ["NONE"] },
    });
    const container = this.#create(config);
    await runCommand(session, container, words, (step) => this.#options.tell(step), signal);
    this.#commit(state, container, known);
  }

  async #copy(state: State, kind: "COPY" | "ADD", words: CopyWords): Promise<void> {
    const { release } = this.#daemon;
    if (words.chmod !== "") throw engineError(500, needsBuildKit("chmod"));
    const from =
      words.from === ""
        ? this.#options.source
        : saying(`invalid from flag value ${words.from}: `, () => this.#sourceOf(this.#from(words.from)));
    const failed = `${kind} failed: `;
    const urls = words.sources.filter((source) => /^https?:\/\//.test(source));
    const items = saying(failed, () => {
      const [url] = urls;
      if (url !== undefined) {
        if (kind === "COPY") throw engineError(500, "source can't be a URL for COPY");
        throw engineError(500, unreachableUrl(url));
      }
      const found = itemsOf(from, words.sources);
      if (found.length === 0) throw engineError(500, "no source files were specified");
      return found;
    });
    if (items.length > 1 && !words.destination.endsWith("/")) {
      throw engineError(
        500,
        `When using ${kind} with more than one source file, the destination must be a directory and end with a /`,
      );
    }
    const owner = words.chown === "" ? "" : buildsOf(release).chownNote(words.chown);
    const note = `#(nop) ${kind} ${owner}${sumOfItems(items)} in ${words.destination} `;
    const config = this.#atParent(state, { Cmd: [...this.#shell(state), note] });
    if (this.#isKnown(state, config)) return;
    const below = state.image ? rootOf(state.image) : emptyTree;
    const system = new FileSystem(below);
    const files = filesOver(this.#daemon, system);
    const root = this.#mounted(state.image);
    const given = words.chown === "" ? { uid: 0, gid: 0 } : ownerOf(files, words.chown, root);
    copy({
      release,
      source: from,
      items,
      files,
      root,
      destination: destinationOf(state.config.WorkingDir ?? "", words.destination),
      owner: words.from !== "" && words.chown === "" ? undefined : given,
      unpacked: kind === "ADD" ? await this.#archives(from, items) : new Map(),
    });
    state.image = addStepImage(this.#daemon, state.image, this.#options.platform, {
      author: state.maintainer,
      config: this.#atParent(state, {}),
      containerConfig: config,
      container: "",
      layer: layerOfChanges(this.#daemon, files, system, below),
    });
  }

  /** Returns the host's directory where the files of an image are mounted while a step writes to them. */
  #mounted(image: Image | undefined): string {
    const { random, release, settings } = this.#daemon;
    if (release.images.storesContent) {
      return `${settings.dataRoot}/tmp/rootfs-mount${1_000_000_000 + random.below(2 ** 31)}`;
    }
    const [directory = ""] = image ? imageLayerDirectories(this.#daemon, image) : [];
    return `${directory}/merged`;
  }

  #sourceOf({ image }: Done): Source {
    const system = new FileSystem(image ? rootOf(image) : emptyTree);
    return imageSource(this.#daemon.release, filesOver(this.#daemon, system));
  }

  /** Decompresses the archives that an ADD unpacks. */
  async #archives(source: Source, items: readonly Item[]): Promise<Map<Item, Uint8Array>> {
    const archives = new Map<Item, Uint8Array>();
    for (const item of items) {
      const path = `/${item.path}`;
      if (source.files.isDirectory(path)) continue;
      const data = await decompressedBytes(this.#daemon.release, source.files.read(path));
      if (data && isTar(data)) archives.set(item, data);
    }
    return archives;
  }
}
