/** An authority with a server's and a client's certificate, as Crossplane makes them; for the own machine, one day. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { $ } from 'zx';

/** Writes ca.crt, tls.{key,crt} of the server at 127.0.0.1 and client.{key,crt} into `dir`. */
export async function certify(dir: string): Promise<void> {
  const openssl = $({ cwd: dir, quiet: true });
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  await openssl`openssl req -x509 ${key} -days 1 -subj /CN=bench-ca -keyout ca.key -out ca.crt`;
  for (const [name, usage] of [
    ['tls', 'serverAuth'],
    ['client', 'clientAuth'],
  ] as const) {
    writeFileSync(join(dir, `${name}.ext`), `subjectAltName=IP:127.0.0.1\nextendedKeyUsage=${usage}\n`);
    await openssl`openssl req ${key} -subj /CN=${name} -keyout ${name}.key -out ${name}.csr`;
    await openssl`openssl x509 -req -in ${name}.csr -CA ca.crt -CAkey ca.key -days 1 -extfile ${name}.ext -out ${name}.crt`;
  }
}
