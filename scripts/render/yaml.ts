/**
 * Objects as YAML text. Our own, because rendering 1,000 services is budgeted at 1.2 s and the quickest library spends
 * 0.5 s of it; the tests hold every answer against two parsers. Reading YAML is left to the libraries.
 */

/** A YAML stream: an optional comment, then the documents. */
export function yamlStream(objects: readonly object[], comment?: string): string {
  const head = comment ? `${comment.replace(/^/gm, '# ')}\n` : '';
  return head + objects.map(yamlDocument).join('---\n');
}

/** One document, ending in a newline. Keys keep their order; keys that hold undefined are left out. */
export const yamlDocument = (object: object): string => `${valueOf(object, '').replace(/^[\n ]/, '')}\n`;

/** What follows a key or a dash: begins with a space, or with a line break and its indentation. */
function valueOf(value: unknown, indent: string): string {
  if (typeof value === 'string') return ` ${textOf(value, indent)}`;
  if (value === null || typeof value !== 'object') return ` ${String(value ?? null)}`;
  if (Array.isArray(value)) return listOf(value, indent);
  return mapOf(value as Readonly<Record<string, unknown>>, indent);
}

function mapOf(map: Readonly<Record<string, unknown>>, indent: string): string {
  let text = '';
  for (const key in map) {
    const value = map[key];
    if (value !== undefined) text += `\n${indent}${keyOf(key)}:${nested(value, indent)}`;
  }
  return text === '' ? ' {}' : text;
}

function listOf(list: readonly unknown[], indent: string): string {
  if (list.length === 0) return ' []';
  let text = '';
  for (const item of list) text += `\n${indent}-${valueOf(item, `${indent}  `).replace(/^\n */, ' ')}`;
  return text;
}

const nested = (value: unknown, indent: string) => valueOf(value, `${indent}  `);

/** Plain where no YAML parser, old or new, takes it for anything but this text. */
const PLAIN = /^[A-Za-z_/](?:[\w./@+=()-]|:(?=[^\s:])| (?=[\w(/]))*$/;
/** What YAML 1.1 or 1.2 reads as something else than text. */
const WORDS = /^(?:true|false|yes|no|on|off|null|y|n|_*e[-+]?[\d_]*)$/i;

const isPlain = (text: string) => PLAIN.test(text) && !WORDS.test(text);

const keyOf = (key: string) => (isPlain(key) ? key : quoted(key));

function textOf(text: string, indent: string): string {
  if (isPlain(text)) return text;
  return isBlock(text) ? blockOf(text, indent) : quoted(text);
}

/** Several lines of printable ASCII. The first tells how far they are indented, so it begins without a blank; none ends with one. */
const isBlock = (text: string) => /^[!-~](?:[ -~]*[!-~])?(?:\n+ *[!-~](?:[ -~]*[!-~])?)+\n?$/.test(text);

function blockOf(text: string, indent: string): string {
  const lines = text.replace(/\n$/, '').replace(/\n(?!\n)/g, `\n${indent}`);
  return `|${text.endsWith('\n') ? '' : '-'}\n${indent}${lines}`;
}

/** JSON's form, with what YAML calls not printable escaped too. */
const quoted = (text: string) =>
  JSON.stringify(text).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
