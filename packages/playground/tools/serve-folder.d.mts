/** A server of static files on the loopback interface. */
export interface FolderServer {
  readonly address: string;
  close(): Promise<void>;
}
export function serveFolder(
  folder: string,
  options?: { readonly port?: number; readonly path?: string },
): Promise<FolderServer>;
