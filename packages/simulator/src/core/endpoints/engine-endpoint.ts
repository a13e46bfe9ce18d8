/** An endpoint that is no container's but the engine's own: of a swarm's load balancer. */
export interface EngineEndpoint {
  /** What stands for the container's id. */
  readonly sandbox: string;
  readonly name: string;
  readonly id: string;
  readonly mac: string;
  readonly ipv4: string;
}
