/** `<host>:<port>` in parts; an empty host means every interface, as in `:8080`. */
export function splitAddress(address: string): { readonly host?: string; readonly port: number } {
  const colon = address.lastIndexOf(':');
  const [host, port] = [address.slice(0, colon), Number(address.slice(colon + 1))];
  if (colon < 0 || !Number.isInteger(port))
    throw new Error(`Cannot listen on "${address}": expected <host>:<port>`);
  return { ...(host && { host: host.replace(/^\[|\]$/g, '') }), port };
}
