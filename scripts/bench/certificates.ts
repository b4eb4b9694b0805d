/** An authority with a server's and a client's certificate, as Crossplane makes them; for the own machine, one day. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { $ } from 'zx';

/**
 * Crossplane gives its authority and all certificates one name. Our server's has another: a client that is written
 * with Node would refuse it as self-signed.
 */
const CROSSPLANE = '/O=Crossplane/CN=Crossplane';

const LEAVES = [
  { name: 'tls', subject: '/CN=localhost', usage: 'serverAuth' },
  { name: 'client', subject: CROSSPLANE, usage: 'clientAuth' },
] as const;

/** Writes ca.crt, tls.{key,crt} of the server `localhost` and client.{key,crt} into `dir`. */
export async function certify(dir: string): Promise<void> {
  const openssl = $({ cwd: dir, quiet: true });
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  await openssl`openssl req -x509 ${key} -days 1 -subj ${CROSSPLANE} -keyout ca.key -out ca.crt`;
  for (const { name, subject, usage } of LEAVES) {
    writeFileSync(join(dir, `${name}.ext`), `subjectAltName=DNS:localhost\nextendedKeyUsage=${usage}\n`);
    await openssl`openssl req ${key} -subj ${subject} -keyout ${name}.key -out ${name}.csr`;
    await openssl`openssl x509 -req -in ${name}.csr -CA ca.crt -CAkey ca.key -days 1 -extfile ${name}.ext -out ${name}.crt`;
  }
}
