/** What an engine outside of a swarm says to whatever needs one. */
export const notAManager =
  'This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to connect this node to swarm and try again.';
