/** The committed estates as the review reads them: what people wrote and what stands in `dist/`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type RenderedEstate, renderedEstate } from '../../../review/rendered';
import { filesBelow } from '../../../scripts/tree';
import { loadEstates } from '../../../spec/load';
import { root } from '../../helpers/cli';

const sources = new Map(
  filesBelow(join(root, 'estates')).map((file) => [
    `estates/${file}`,
    new Uint8Array(readFileSync(join(root, 'estates', file))),
  ]),
);

const loaded = loadEstates(sources);
if (loaded.problems.length > 0) throw new Error(JSON.stringify(loaded.problems, null, 2));

/** Files of `dist/` by path relative to it. */
const output = new Map(
  filesBelow(join(root, 'dist')).map((file) => [file, readFileSync(join(root, 'dist', file), 'utf8')]),
);

/** Every committed estate, by name. */
export const committed: ReadonlyMap<string, RenderedEstate> = new Map(
  loaded.inputs.map((input) => {
    const { name } = input.estate;
    const files = [...output].filter(([path]) => path.startsWith(`${name}/`));
    return [
      name,
      renderedEstate(input, new Map(files.map(([path, text]) => [path.slice(name.length + 1), text]))),
    ];
  }),
);
