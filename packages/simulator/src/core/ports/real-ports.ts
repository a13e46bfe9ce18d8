// The ports of the machine that the simulator runs on, where it publishes on them (`node/publish`). There they
// are a part of the simulated host: what another program has is taken.

/** A port at one address of the host. */
export interface HostPort {
  readonly protocol: string;
  readonly address: string;
  readonly port: number;
}

/** The ports of the machine that the simulator runs on. */
export interface RealPorts {
  /**
   * Returns why the machine refuses a port, in Linux's words, e.g. `address already in use`. `undefined` for a port
   * that is free, and for one that nobody has tried.
   */
  refusal(port: HostPort): string | undefined;
  /** Tells that other ports are published now. */
  changed(): void;
}
