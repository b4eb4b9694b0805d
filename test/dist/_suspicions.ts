/** What no rendered object may hold: secrets, images that can change, traces of the machine or the minute it was made on. */
import type { Manifest } from '../../platform/kind';
import { PROVIDER_VERSION } from '../../platform/crossplane/providers';

/** A text in an object, with its path. */
export type Leaf = readonly [path: string, text: string];

/** Every text in a value, those decoded from base64 included. */
export function textsIn(value: unknown, path = ''): Leaf[] {
  if (typeof value === 'string') return [[path, value], ...decoded(value).map((text): Leaf => [path, text])];
  if (value instanceof Date) return [[path, value.toISOString()]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => textsIn(inner, path ? `${path}.${key}` : key));
}

/** What is base64 of readable text; short words are base64 by chance. */
function decoded(text: string): string[] {
  if (text.length < 16 || text.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return [];
  const bytes = Buffer.from(text, 'base64').toString('utf8');
  return /^[\x20-\x7e\s]+$/.test(bytes) ? [bytes] : [];
}

/** Fields whose value would be a secret; `secretKey` is the name of a key where External Secrets has it. */
const SECRET_FIELD =
  /(^|[._-])(password|passwd|passphrase|token|credentials?|api[_-]?keys?|private[_-]?key|access[_-]?key|auth)$/i;

/** Filled in inside the cluster. */
const TEMPLATE = /\{\{.*\}\}/;

/** Texts that are secrets wherever they stand: keys of AWS, GitHub and Slack, private keys, JWTs, URLs with a password. */
const SECRET_TEXT =
  /\b(AKIA|ASIA)[0-9A-Z]{16}\b|\bgh[pousr]_\w{20,}|\bxox[abp]-|-----BEGIN|\beyJ[\w-]{10,}\.eyJ|:\/\/[^/@\s]*:[^/@\s{]+@/;

const isSecret = ([path, text]: Leaf) =>
  (SECRET_FIELD.test(path) && text !== '' && !TEMPLATE.test(text)) || SECRET_TEXT.test(text);

/** Keys of the Secrets that compose writes itself; each says where something is, none how to get in. */
const CONNECTION: Readonly<Record<string, RegExp>> = {
  HOST: /^[a-z0-9.-]+$/,
  READER_HOST: /^[a-z0-9.-]+$/,
  PORT: /^\d+$/,
  DATABASE: /^[a-z][a-z0-9_]*$/,
  USERNAME: /^[a-z][a-z0-9_]*$/,
  SSLMODE: /^verify-full$/,
  REGION: /^[a-z]{2}(-[a-z]+)+-\d$/,
  BUCKET: /^[a-z0-9.-]+$/,
  ACCESS_POINT: /^arn:aws:s3::\d{12}:accesspoint\/[a-z0-9.]+$/,
  TABLE: /^[A-Za-z0-9_.-]+$/,
  DAX_ENDPOINT: /^[a-z0-9.:/-]+$/,
};

/** Secrets in an object: in any field, and whatever a Secret holds besides connection data. */
export const secretsIn = (object: Manifest): string[] => [
  ...textsIn(object)
    .filter(isSecret)
    .map(([path]) => `${path}: looks like a secret, expected a reference to one`),
  ...(object.kind === 'Secret' && object.apiVersion === 'v1' ? surprisesIn(object) : []),
];

function surprisesIn({ data = {}, stringData = {} }: Manifest): string[] {
  const plain = Object.entries(stringData as Record<string, string>);
  const encoded = Object.entries(data as Record<string, string>).map(([key, text]) => [
    key,
    Buffer.from(text, 'base64').toString('utf8'),
  ]);
  return [...plain, ...encoded]
    .filter(([key = '', text = '']) => !CONNECTION[key]?.test(text))
    .map(([key]) => `data.${key}: not known as connection data, expected it in External Secrets or in this table`);
}

const IMAGE_FIELD = /(^|\.)(image|package)$/;
/** By digest, from the registry of the account: nothing is pulled from elsewhere while a region is down. */
const IMAGE = /^\d{12}\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com\/[a-z0-9/-]+@sha256:[0-9a-f]{64}$/;
/** A mirrored package of a provider, by the exact version whose definitions are pinned in `imports/sources.yaml`. */
const PROVIDER = new RegExp(
  `^\\d{12}\\.dkr\\.ecr\\.[a-z0-9-]+\\.amazonaws\\.com/flipside/provider-[a-z0-9-]+:${PROVIDER_VERSION.replaceAll('.', '\\.')}$`,
);

/** Images that can change under their name or lie elsewhere. */
export function looseImagesIn(object: Manifest): string[] {
  const pinned = object.kind === 'Provider' ? PROVIDER : IMAGE;
  return textsIn(object)
    .filter(([path, text]) => (IMAGE_FIELD.test(path) && !pinned.test(text)) || text.endsWith(':latest'))
    .map(([path, text]) => `${path}: "${text}", expected an image of the account's registry by digest`);
}

const LOCAL_PATH = /(^|[\s"'=:,(])(\/(root|Users|work|private|var\/folders)\/|\/home\/[a-z]|[A-Z]:\\\\?[A-Za-z]|file:\/\/)/;
const TIMESTAMP = /\b20\d\d-[01]\d-[0-3]\d[T ][0-2]\d:[0-5]\d/;

/** Traces of the machine and the minute that the object was rendered on. */
export const tracesIn = (object: Manifest): string[] =>
  textsIn(object)
    .filter(([, text]) => LOCAL_PATH.test(text) || TIMESTAMP.test(text))
    .map(([path, text]) => `${path}: "${text}", expected neither a local path nor a time`);

const NAME = /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/;
/** Names of roles may hold colons. */
const PATH_NAME = /^[a-z0-9]([a-z0-9.:-]*[a-z0-9])?$/;
const KEY = /^([a-z0-9]([a-z0-9.-]*[a-z0-9])?\/)?[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$/;
const LABEL = /^([A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?)?$/;

/** Names, labels and annotations that the API server refuses in any kind; schemas say nothing about them. */
export function metadataProblems({ apiVersion, metadata }: Manifest): string[] {
  const { name, labels = {}, annotations = {} } = metadata;
  const named = apiVersion.startsWith('rbac.') ? PATH_NAME : NAME;
  return [
    ...(name === undefined || named.test(name) ? [] : [`metadata.name: "${name}", expected a DNS name`]),
    ...[...Object.keys(labels), ...Object.keys(annotations)]
      .filter((key) => !KEY.test(key))
      .map((key) => `metadata: key "${key}", expected a qualified name`),
    ...Object.entries(labels)
      .filter(([, value]) => !LABEL.test(value))
      .map(([key, value]) => `metadata.labels.${key}: "${value}", expected at most 63 letters, digits, -, _ and .`),
  ];
}
