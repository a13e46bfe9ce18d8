import { type Address, devicesOf, formatAddress, type NetworkNamespace } from "@dryharbor/kernel";

/** Returns whether an address is one that the namespace itself has. */
export function isOwn(namespace: NetworkNamespace, { family, value }: Address): boolean {
  const text = formatAddress({ family, value });
  return (
    value === 0n ||
    (family === 4 && value >> 24n === 127n) ||
    devicesOf(namespace).some(({ addresses }) =>
      addresses.some(({ address }) => formatAddress(address) === text),
    )
  );
}
