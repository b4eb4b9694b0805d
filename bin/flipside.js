#!/usr/bin/env node
// Bundles the command line when a source has changed since the last run, so that it always is what the sources say.
const { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

const root = join(__dirname, '..');
const cache = join(root, '.cache', 'cli');
const bundle = join(cache, 'cli.cjs');
const record = join(cache, 'inputs.json');

/** What tells whether a source has changed. */
const stampOf = (path) => {
  const { mtimeMs, size } = statSync(join(root, path));
  return `${mtimeMs} ${size}`;
};

function isFresh() {
  try {
    const inputs = JSON.parse(readFileSync(record, 'utf8'));
    return Object.entries(inputs).every(([path, stamp]) => stampOf(path) === stamp);
  } catch {
    return false;
  }
}

/** Another run may be building too: both write aside, and the last one wins. */
function write(path, text) {
  const aside = `${path}.${process.pid}`;
  writeFileSync(aside, text);
  renameSync(aside, path);
}

function build() {
  const { outputFiles, metafile } = require('esbuild').buildSync({
    absWorkingDir: root,
    entryPoints: ['scripts/cli.ts'],
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'node20',
    metafile: true,
    write: false,
    outfile: bundle,
  });
  const stamps = Object.keys(metafile.inputs).map((path) => [path, stampOf(path)]);
  mkdirSync(cache, { recursive: true });
  write(bundle, outputFiles[0].text);
  write(record, JSON.stringify(Object.fromEntries(stamps)));
}

if (!isFresh()) build();
require(bundle)
  .main(process.argv.slice(2), root)
  .then((code) => {
    process.exitCode = code;
  });
