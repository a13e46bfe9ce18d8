/** An error that ends `tar`, in the words of BusyBox. */
export class TarError extends Error {
  override readonly name = "TarError";
}
