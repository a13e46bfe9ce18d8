/** An endpoint of the engine itself, not of a container: the one of a swarm's load balancer. */
export interface EngineEndpoint {
  /** The key that stands in the place of a container's id. */
  readonly sandbox: string;
  readonly name: string;
  readonly id: string;
  readonly mac: string;
  readonly ipv4: string;
  /** Missing where it has none. */
  readonly ipv6?: string;
}
