/** The host's ports that containers hold. */
export interface HostPorts {
  /** Placeholder until the allocator lands. */
  readonly state: unknown;
}
