/** Certificates of one control plane, made with openssl; for this machine only, for a month. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GROUPS } from '../model/identities';
import { UserError } from '../scripts/answer';
import { complaintOf, exec } from '../scripts/exec';

const DAYS = '30';
const EC = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
const OPENSSL_MS = 60_000;

/** A certificate and what it is for. */
interface Leaf {
  readonly name: string;
  readonly subject: string;
  readonly usage: 'serverAuth' | 'clientAuth';
  readonly authority: 'ca' | 'front-proxy-ca';
}

const LEAVES: readonly Leaf[] = [
  { name: 'apiserver', subject: '/CN=kube-apiserver', usage: 'serverAuth', authority: 'ca' },
  { name: 'entry', subject: '/CN=entry', usage: 'serverAuth', authority: 'ca' },
  { name: 'admin', subject: '/O=system:masters/CN=admin', usage: 'clientAuth', authority: 'ca' },
  { name: 'on-call', subject: `/O=${GROUPS.onCall}/CN=on-call`, usage: 'clientAuth', authority: 'ca' },
  { name: 'front-proxy', subject: '/CN=front-proxy', usage: 'clientAuth', authority: 'front-proxy-ca' },
];

/** Writes `<name>.{crt,key}` of every leaf, `ca.crt`, `front-proxy-ca.crt` and `service-account.key` into `dir`. */
export async function makeCertificates(dir: string): Promise<void> {
  mkdirSync(dir, { recursive: true });
  await Promise.all(['ca', 'front-proxy-ca'].map((name) => authority(dir, name)));
  await openssl(dir, ['genrsa', '-out', 'service-account.key', '2048']);
  for (const leaf of LEAVES) await issue(dir, leaf);
}

const authority = (dir: string, name: string) =>
  openssl(dir, [
    'req',
    '-x509',
    ...EC,
    '-days',
    DAYS,
    '-subj',
    `/CN=${name}`,
    '-keyout',
    `${name}.key`,
    '-out',
    `${name}.crt`,
  ]);

async function issue(dir: string, { name, subject, usage, authority: by }: Leaf): Promise<void> {
  await openssl(dir, ['req', ...EC, '-subj', subject, '-keyout', `${name}.key`, '-out', `${name}.csr`]);
  await sign(dir, name, by, `extendedKeyUsage=${usage}`);
}

/** Signs `<name>.csr` with the authority's key, for loopback. */
async function sign(dir: string, name: string, by: string, ...extensions: string[]): Promise<void> {
  const names = 'subjectAltName=IP:127.0.0.1,DNS:localhost,DNS:kubernetes.default.svc';
  writeFileSync(join(dir, `${name}.ext`), `${[names, ...extensions].join('\n')}\n`);
  await openssl(dir, [
    'x509',
    '-req',
    '-in',
    `${name}.csr`,
    '-CA',
    `${by}.crt`,
    '-CAkey',
    `${by}.key`,
    '-CAcreateserial',
    '-days',
    DAYS,
    '-extfile',
    `${name}.ext`,
    '-out',
    `${name}.crt`,
  ]);
}

/** A server certificate for loopback in `dir`, by the authority given as text: what Crossplane asks of a function. */
export async function makeServerCertificate(
  dir: string,
  { certificate, key }: { readonly certificate: string; readonly key: string },
): Promise<void> {
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, 'ca.crt'), certificate);
  writeFileSync(join(dir, 'ca.key'), key, { mode: 0o600 });
  await openssl(dir, [
    'req',
    ...EC,
    '-subj',
    '/CN=flipside-compose',
    '-keyout',
    'tls.key',
    '-out',
    'tls.csr',
  ]);
  await sign(dir, 'tls', 'ca', 'extendedKeyUsage=serverAuth');
}

async function openssl(cwd: string, args: readonly string[]): Promise<void> {
  const ran = await exec('openssl', args, { cwd, timeout: OPENSSL_MS });
  if (!ran.ok) {
    throw new UserError(
      `Cannot make the lab's certificates: ${complaintOf(ran)}, expected openssl on the PATH`,
    );
  }
}
