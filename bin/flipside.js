#!/usr/bin/env node
// Bundles the command line on each run (about 50 ms), so that it always is what the sources say.
const { buildSync } = require('esbuild');
const { join } = require('node:path');

const root = join(__dirname, '..');
const outfile = join(root, '.cache', 'cli', `cli-${process.pid}.cjs`);

buildSync({
  entryPoints: [join(root, 'scripts', 'cli.ts')],
  outfile,
  bundle: true,
  packages: 'external',
  platform: 'node',
  target: 'node20',
  sourcemap: 'inline',
  logLevel: 'error',
});
process.setSourceMapsEnabled(true);
const { main } = require(outfile);
require('node:fs').rmSync(outfile);
main(process.argv.slice(2), root).then((code) => {
  process.exitCode = code;
});
