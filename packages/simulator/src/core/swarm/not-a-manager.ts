/** The message of an engine outside of a swarm to calls that need one. */
export const notAManager =
  'This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to connect this node to swarm and try again.';
