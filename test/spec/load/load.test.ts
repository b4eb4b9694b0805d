import { loadEstate, loadEstates } from '../../../spec/load';
import type { Files } from '../../../spec/problem';
import { both, change, estateFiles, write } from '../../helpers/estate';
import { problemsOf, whereOf } from '../../helpers/problems';

/** The files of `shop` again, as the estate `name`. */
const renamed = (name: string): Files =>
  new Map(
    [...estateFiles()].map(([path, bytes]) => [
      path.replace('/shop/', `/${name}/`),
      new TextEncoder().encode(new TextDecoder().decode(bytes).replaceAll('name: shop', `name: ${name}`)),
    ]),
  );

const together = (...all: Files[]): Files => new Map(all.flatMap((files) => [...files]));

describe('loadEstate', () => {
  test('gives what people wrote, defaulted, in one order', () => {
    const files = new Map([...estateFiles()].toReversed());
    const loaded = loadEstate('shop', files);
    const input = 'input' in loaded ? loaded.input : undefined;
    expect(input?.estate).toMatchObject({ name: 'shop', objectives: { rto: 300 }, environments: {} });
    expect(input?.services.map(({ name }) => name)).toEqual(['catalog', 'web']);
    expect(input?.claims.map(({ metadata }) => metadata.name)).toEqual(['orders']);
    expect(Object.keys(input?.facts ?? {})).toEqual(['prod-eu-west-1', 'prod-us-east-1']);
    expect(input?.primaryRegion.spec.region).toBe('us-east-1');
  });

  test('claims are sorted by team and name, not by file name', () => {
    const text = new TextDecoder().decode(estateFiles().get('estates/shop/claims/sales/orders.yaml'));
    const named = (team: string, name: string) =>
      write(`claims/${team}/${name}.yaml`, text.replace('orders', name).replace('sales', team));
    const edit = both(named('sales', 'orders-old'), named('sales', 'carts'), named('pay', 'zeta'));
    const loaded = loadEstate('shop', estateFiles(edit));
    const names = 'input' in loaded ? loaded.input.claims.map(({ metadata }) => metadata.name) : [];
    expect(names).toEqual(['zeta', 'carts', 'orders', 'orders-old']);
  });

  test('tells the mistakes of all files at once, by file and line', () => {
    const edit = both(
      write('services/broken.yaml', 'name: ['),
      change('estate.yaml', 'interval: 10s', 'interval: 2s'),
      change('estate.yaml', '10.1.0.0/16', '10.0.0.0/16'),
      change('services/web.yaml', '[catalog]', '[broken, basket]'),
      change('services/web.yaml', 'paths', 'path'),
      change('facts/prod-eu-west-1.yaml', 'region: eu-west-1', 'region: eu-west-2'),
    );
    expect(problemsOf(edit).map(whereOf)).toEqual([
      'estate.yaml:6 regions.peer.cidr',
      'estate.yaml:11 traffic.healthCheck.interval',
      'facts/prod-eu-west-1.yaml:2 region',
      'services/broken.yaml:1',
      'services/web.yaml:5 path',
      'services/web.yaml:6 calls[1]',
    ]);
  });
});

describe('loadEstates', () => {
  test('gives every valid estate, sorted, beside the problems of the others', () => {
    const broken = estateFiles(change('estate.yaml', 'latency', 'latancy'));
    const { inputs, problems } = loadEstates(together(renamed('zoo'), broken, renamed('alpha')));
    expect(inputs.map(({ estate }) => estate.name)).toEqual(['alpha', 'zoo']);
    expect(problems.map(({ file }) => file)).toEqual(['estates/shop/estate.yaml']);
  });

  test('refuses an estate whose name extends another by a hyphen', () => {
    const { problems } = loadEstates(together(renamed('global'), renamed('global-tables')));
    expect(problems.map(({ file, line, path }) => ({ file, line, path }))).toEqual([
      { file: 'estates/global-tables/estate.yaml', line: 1, path: 'name' },
    ]);
    expect(problems[0]?.message).toBe(
      'Cannot use "global-tables": extends the name of estate "global" by a hyphen, so their AWS names could be ' +
        'equal, expected another name, for example globaltables',
    );
  });

  test('accepts names that only begin alike', () => {
    expect(loadEstates(together(renamed('global'), renamed('globaltables'))).problems).toEqual([]);
  });

  const strays: Record<string, { reason: string; files: Files; says: string }> = {
    'no estates': {
      reason: 'nothing would be rendered',
      files: new Map(),
      says: 'Cannot find an estate: none, expected estates/<name>/estate.yaml',
    },
    'a file in no estate': {
      reason: 'it would be passed over in silence',
      files: together(estateFiles(), new Map([['estates/shop.yaml', new Uint8Array()]])),
      says: 'Cannot use the file "estates/shop.yaml": in no estate',
    },
    'a folder that is no estate': {
      reason: 'estate.yaml is what makes one',
      files: together(estateFiles(), new Map([['estates/old/README.md', new Uint8Array()]])),
      says: 'Cannot find estate.yaml: missing',
    },
  };
  test.each(Object.entries(strays))('%s', (_name, { files, says }) => {
    expect(loadEstates(files).problems[0]?.message).toContain(says);
  });
});
