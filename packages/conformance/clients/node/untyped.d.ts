/** The part of dockerode-compose that the scenario uses. The package has no types of its own. */
declare module "dockerode-compose" {
  import type Docker from "dockerode";

  class DockerodeCompose {
    constructor(docker: Docker, file: string, project: string);
    up(): Promise<{ readonly services: readonly Docker.Container[] }>;
    down(options?: { readonly volumes: boolean }): Promise<object>;
  }
  export = DockerodeCompose;
}
