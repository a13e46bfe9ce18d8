import type { ContainerCheck } from "./check.js";
import { containerOf, type Finding, held, missing, type State } from "./state.js";

/** Judges whether there is a container, and whether it is as it should be. */
export function judgeContainer(check: ContainerCheck, state: State): Finding {
  const { name, health, image, exitCode, sharesNetworkOf } = check;
  const container = containerOf(state, name);
  if (!container) return missing(`there is no container ${name} yet`);
  if (image !== undefined && container.image !== image) {
    return missing(`${name} is of the image ${container.image}, not of ${image}`);
  }
  if (check.state !== undefined && container.state !== check.state) {
    return missing(`the state of ${name} is ${container.state}, not ${check.state}`);
  }
  if (exitCode !== undefined && container.exitCode !== exitCode) {
    return missing(
      container.exitCode === undefined
        ? `${name} has not ended yet`
        : `${name} has ended with ${container.exitCode}, not with ${exitCode}`,
    );
  }
  if (health !== undefined && container.health !== health) {
    return missing(
      container.health === undefined
        ? `${name} has no health check`
        : `${name} is ${container.health}, not ${health}`,
    );
  }
  if (sharesNetworkOf !== undefined && container.sharesNetworkOf !== sharesNetworkOf) {
    return missing(`${name} has a network of its own, not that of ${sharesNetworkOf}`);
  }
  if (sharesNetworkOf !== undefined) return held(`${name} uses the network of ${sharesNetworkOf}`);
  if (health !== undefined) return held(`${name} is ${health}`);
  if (exitCode !== undefined) return held(`${name} has ended with ${exitCode}`);
  if (check.state === "running") return held(`${name} runs`);
  if (check.state !== undefined) return held(`the state of ${name} is ${check.state}`);
  return held(`there is a container ${name}`);
}
