import { formatProblems } from '../../spec/format';

test('problems are grouped by estate, each with its place, path and message', () => {
  const text = formatProblems([
    {
      file: 'estates/storefront/estate.yaml',
      line: 14,
      column: 22,
      path: 'regions.peer.cidr',
      message: 'Cannot use "10.0.128.0/17": overlaps',
    },
    {
      file: 'estates/storefront/services/catalog.yaml',
      line: 9,
      column: 8,
      path: 'uses[1]',
      message: 'Cannot find the claim "sesions"',
    },
    { file: 'estates/capstone/estate.yaml', path: '', message: 'Cannot find estate.yaml' },
    { file: 'estates/notes.txt', path: '', message: 'Cannot use the file' },
  ]);
  expect(text).toBe(`2 problems in estates/storefront

  estate.yaml:14:22           regions.peer.cidr
    Cannot use "10.0.128.0/17": overlaps

  services/catalog.yaml:9:8   uses[1]
    Cannot find the claim "sesions"

1 problem in estates/capstone

  estate.yaml
    Cannot find estate.yaml

1 problem in estates

  notes.txt
    Cannot use the file

nothing was written`);
});
