/** Paths into a YAML file, and where they lead to in its text. */
import { type Document, isAlias, isMap, isNode, isScalar, isSeq } from 'yaml';
import { quoted } from './_words';

/** Keys and indexes from the root of a file. */
export type Path = readonly (string | number)[];

/** What stands at a path. */
export interface Place {
  /** False when nothing does; then the rest is about the nearest parent. */
  readonly found: boolean;
  readonly node: unknown;
  /** Offsets into the text. */
  readonly offset: number;
  readonly keyOffset: number;
}

/** The path as people write it: `regions.peer.cidr`, `uses[1]`, `labels["a/b"]`. */
export const pathText = (path: Path): string => path.map(stepText).join('').replace(/^\./, '');

function stepText(key: string | number): string {
  if (typeof key === 'number') return `[${key}]`;
  return /^[\w-]+$/.test(key) ? `.${key}` : `[${quoted(key)}]`;
}

/** Follows `path` through mappings, lists and aliases as far as it goes. */
export function placeOf(document: Document, path: Path): Place {
  const root = document.contents;
  let place: Place = { found: true, node: root, offset: startOf(root), keyOffset: startOf(root) };
  for (const key of path) {
    const next = child(resolved(document, place.node), key);
    if (!next) return { ...place, found: false };
    place = next;
  }
  return place;
}

const startOf = (node: unknown): number => (isNode(node) ? (node.range?.[0] ?? 0) : 0);

const resolved = (document: Document, node: unknown) => (isAlias(node) ? node.resolve(document) : node);

const keyText = (key: unknown): string => (isScalar(key) && key.value !== null ? String(key.value) : '');

/** Of a key that is there twice, the last counts, as in the value. */
function child(node: unknown, key: string | number): Place | undefined {
  if (isMap(node)) {
    const pair = node.items.findLast((item) => keyText(item.key) === String(key));
    return pair && placeOfPair(pair.key, pair.value);
  }
  if (!isSeq(node) || typeof key !== 'number' || key >= node.items.length) return undefined;
  const offset = startOf(node.items[key]);
  return { found: true, node: node.items[key], offset, keyOffset: offset };
}

/** An empty value has no place of its own, so its key stands for it. */
function placeOfPair(key: unknown, value: unknown): Place {
  const keyOffset = startOf(key);
  const written = isNode(value) && value.range && value.range[1] > value.range[0];
  return { found: true, node: value, keyOffset, offset: written ? startOf(value) : keyOffset };
}

/** The path of the key that begins at `offset`; empty when none does. */
export const pathOfKey = (document: Document, offset: number): Path =>
  search(document.contents, offset, []) ?? [];

function search(node: unknown, offset: number, path: Path): Path | undefined {
  for (const [key, value, start] of childrenOf(node)) {
    const here = [...path, key];
    const found = start === offset ? here : search(value, offset, here);
    if (found) return found;
  }
  return undefined;
}

function childrenOf(node: unknown): [key: string | number, value: unknown, keyOffset: number][] {
  if (isMap(node)) return node.items.map(({ key, value }) => [keyText(key), value, startOf(key)]);
  if (isSeq(node)) return node.items.map((item, index) => [index, item, -1]);
  return [];
}
