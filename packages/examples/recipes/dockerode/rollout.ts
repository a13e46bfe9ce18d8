import type Docker from "dockerode";

/** Starts a new version of a container under the old one's name, and removes the old one. */
export async function rollOut(docker: Docker, name: string, image: string): Promise<void> {
  const old = docker.getContainer(name);
  const { HostConfig } = await old.inspect();
  await docker.pull(image).then((progress) => finished(docker, progress));
  const next = await docker.createContainer({ name: `${name}-next`, Image: image, HostConfig });
  await next.start();
  await old.remove({ force: true });
  await next.rename({ name });
}

function finished(docker: Docker, progress: NodeJS.ReadableStream): Promise<unknown> {
  return new Promise((resolve, reject) => {
    docker.modem.followProgress(progress, (error, lines) => (error ? reject(error) : resolve(lines)));
  });
}
