// Makes a container for `docker run` and `docker create`, and gets its image first where it is not there.
import { FileError, parseAddress } from "@dryharbor/kernel";
import { type ContainerCreateRequest, NotFoundError } from "@dryharbor/sdk/port";
import type { Call } from "../command/command.js";
import { CommandError } from "../command/errors.js";
import { ProgressDisplay } from "../progress/progress.js";
import { storedCredentials } from "../references/credentials.js";
import { checkCreationPlatform, checkPlatform } from "../references/platform.js";
import { familiarText, type ImageReference, readReference, withDefaultTag } from "../references/reference.js";
import { isIn, type Release } from "../releases.js";
import { terminalSize } from "../streams/terminal-size.js";
import type { CreationFlags } from "./request.js";

/** Makes the container and writes its id where `--cidfile` says. @returns its id */
export async function createContainer(
  call: Call<CreationFlags>,
  request: ContainerCreateRequest,
): Promise<string> {
  const { engine, io, flags, release } = call;
  if (isIn(release, { until: "28.5" })) warnBefore(call);
  checkPlatform(flags.platform, release);
  const { cidfile } = flags;
  if (cidfile !== "") claim(call, cidfile);
  try {
    const reference = referenceOf(request.Image, release);
    checkCreationPlatform(flags.platform);
    if (flags.pull === "always") await pullFor(call, request.Image);
    const size = terminalSize(io);
    const whole: ContainerCreateRequest = {
      ...request,
      HostConfig: {
        ...request.HostConfig,
        ConsoleSize: release.name === "20.10" ? [0, 0] : [size.h, size.w],
      },
    };
    const options = {
      ...(flags.name !== "" && { name: flags.name }),
      ...(flags.platform !== "" && { platform: flags.platform }),
    };
    const create = () => engine.containers.create(whole, options);
    const created = await create().catch(async (error: unknown) => {
      if (!(error instanceof NotFoundError) || !reference || flags.pull !== "missing") throw error;
      if (!flags.quiet) io.stderr(`Unable to find image '${familiarText(reference)}' locally\n`);
      await pullFor(call, request.Image);
      return create();
    });
    const warnings = [
      ...(created.Warnings ?? []),
      ...(release.name === "28.5" ? localhostWarning(flags.dns) : []),
    ];
    for (const warning of warnings) io.stderr(`WARNING: ${warning}\n`);
    if (cidfile !== "") io.files.write(cidfile, created.Id);
    return created.Id;
  } catch (error) {
    if (cidfile !== "") io.files.remove(cidfile);
    throw error;
  }
}

/** Reads the name of an image; an id is none. @throws {CommandError} */
function referenceOf(image: string, release: Release): ImageReference | undefined {
  if (/^(sha256:)?[0-9a-f]{64}$/.test(image)) return undefined;
  try {
    return withDefaultTag(readReference(image, release));
  } catch (error) {
    throw new CommandError((error as Error).message);
  }
}

function warnBefore({ io, flags }: Call<CreationFlags>): void {
  if (flags["oom-kill-disable"] && flags.memory === 0) {
    io.stderr(
      "WARNING: Disabling the OOM killer on containers without setting a '-m/--memory' limit may be dangerous.\n",
    );
  }
  const local = flags.dns.find((address) => /(127\.(\d{1,3}\.){2}\d{1,3})|(::1)$/.test(address));
  if (local !== undefined) {
    io.stderr(`WARNING: Localhost DNS setting (--dns=${local}) may fail in containers.\n`);
  }
}

function localhostWarning(servers: readonly string[]): string[] {
  const isLocal = (text: string): boolean => {
    const address = parseAddress(text);
    return address !== undefined && (/^127\./.test(text) || (address.family === 6 && address.value === 1n));
  };
  const local = servers.find(isLocal);
  return local === undefined ? [] : [`Localhost DNS (${local}) may fail in containers.`];
}

/** Makes the file for the id, which must not be there. @throws {CommandError} */
function claim({ io }: Call<CreationFlags>, path: string): void {
  if (io.files.exists(path)) {
    throw new CommandError(
      `container ID file found, make sure the other container isn't running or delete ${path}`,
    );
  }
  try {
    io.files.write(path, "");
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    throw new CommandError(
      `failed to create the container ID file: open ${path}: ${error.message.toLowerCase()}`,
    );
  }
}

/** Gets the image, and shows how on standard error. */
async function pullFor(call: Call<CreationFlags>, image: string): Promise<void> {
  const { engine, io, flags, release, session } = call;
  const drawsBars = release.name === "20.10" ? io.isTerminal.stdout : io.isTerminal.stderr;
  const display = new ProgressDisplay(io, "stderr", drawsBars);
  const reference = withDefaultTag(readReference(image, release));
  await engine.images.pull(familiarText(reference), {
    ...(!flags.quiet && { onProgress: display.show }),
    ...(flags.platform !== "" && { platform: flags.platform }),
    "X-Registry-Auth": storedCredentials(session, reference),
  });
}
