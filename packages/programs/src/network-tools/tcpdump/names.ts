import type { ProcessContext } from "@dryharbor/kernel";

/** The names of addresses and ports. */
export class Names {
  readonly #process: ProcessContext;
  readonly #isNumeric: boolean;
  readonly #hosts = new Map<string, string>();
  readonly #services: ReadonlyMap<string, string>;
  readonly #ports: ReadonlyMap<string, number>;

  constructor(process: ProcessContext, isNumeric: boolean) {
    this.#process = process;
    this.#isNumeric = isNumeric;
    const { files } = process;
    const text = files.exists("/etc/services") ? new TextDecoder().decode(files.read("/etc/services")) : "";
    const services = new Map<string, string>();
    const ports = new Map<string, number>();
    for (const [, name = "", port, protocol, aliases] of text.matchAll(
      /^([^\s#]+)\s+(\d+)\/(tcp|udp)[ \t]*([^#\n]*)/gm,
    )) {
      const key = `${protocol} ${port}`;
      if (!services.has(key)) services.set(key, name);
      for (const each of [name, ...(aliases ?? "").split(/\s+/)]) {
        if (each !== "" && !ports.has(each)) ports.set(each, Number(port));
      }
    }
    this.#services = services;
    this.#ports = ports;
  }

  /** Looks the names of addresses up, so that {@link host} has them. */
  async learn(addresses: Iterable<string>): Promise<void> {
    if (this.#isNumeric) return;
    for (const address of addresses) {
      if (this.#hosts.has(address)) continue;
      const found = await this.#process.reverse(address).catch(() => undefined);
      this.#hosts.set(address, found?.name ?? address);
    }
  }

  host(address: string): string {
    return this.#hosts.get(address) ?? address;
  }

  /** Returns the name of a port of `tcp` or `udp`. */
  service(protocol: "tcp" | "udp", port: number): string {
    return (this.#isNumeric ? undefined : this.#services.get(`${protocol} ${port}`)) ?? String(port);
  }

  port(name: string): number | undefined {
    return this.#ports.get(name);
  }
}
