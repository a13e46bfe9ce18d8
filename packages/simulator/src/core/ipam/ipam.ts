// What other folders import of the address management.

export { createIpam, type Ipam, type SavedIpam, saveIpam } from "./address-management.js";
export {
  addressPlace,
  allocateAddresses,
  checkAddressForm,
  claimAddresses,
  type EndpointAddresses,
  releaseAddresses,
  subnetOf,
} from "./endpoint-addresses.js";
export {
  validateEndpoint,
  validateEndpointsOnCreate,
} from "./endpoint-settings.js";
export { endpointMac, ethernetAddress, isMac, macFromIPv4 } from "./mac.js";
export { type IpamConfig, readIpamConfig } from "./network-config.js";
export {
  type AllocatedPools,
  allocatePools,
  defaultBridgeConfig,
  overlappingFamily,
  releasePools,
} from "./network-pools.js";
export { type AddressPool, type NetworkPools, takeNext } from "./pool.js";
export { poolCounts, poolStatus } from "./pool-status.js";
export { restorePools, type SavedPool, savePools } from "./saved-pools.js";
export { unallocatedConfig } from "./shown-config.js";
