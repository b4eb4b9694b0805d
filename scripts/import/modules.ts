import { tmpdir } from 'node:os';
import { $ } from 'zx';
import { UserError } from '../answer';
import type { Pin } from './sources';

interface Download {
  Dir?: string;
  Sum?: string;
  Error?: string;
}

/**
 * Downloads a Go module into Go's own cache, or finds it there.
 *
 * @returns the folder of its files, which is read-only
 * @throws when Go is missing, the module cannot be had, or its content is not what was pinned
 */
export async function downloadModule(pin: Pin): Promise<string> {
  const name = `${pin.module}@${pin.version}`;
  const download = await goModDownload(name);
  if (download.Error !== undefined || download.Dir === undefined) {
    throw new UserError(
      `Cannot download "${name}": ${download.Error ?? 'no folder was reported'}, expected a published Go module; check the network, GOPROXY and the pin in imports/sources.yaml`,
    );
  }
  if (download.Sum !== pin.sum) {
    throw new UserError(
      `Cannot use "${name}": its sum is ${download.Sum}, expected ${pin.sum}; correct "sum" in imports/sources.yaml after checking why the content differs`,
    );
  }
  return download.Dir;
}

async function goModDownload(name: string): Promise<Download> {
  // Outside any module and without a go.work, so that nothing but the pin decides.
  // The checksum database does not know forks; the pinned sum is held against the content in any case.
  const env = { ...process.env, GONOSUMDB: 'github.com/upbound/*' };
  const run = $({ cwd: tmpdir(), quiet: true, nothrow: true, env });
  const output = await run`go mod download -json ${name}`;
  if (output.exitCode === 127 || /ENOENT|not found$/m.test(output.stderr)) {
    throw new UserError(
      `Cannot run "go": not found, expected Go 1.24 or newer on the PATH; install it from https://go.dev/dl and run "flipside import" again`,
    );
  }
  try {
    return JSON.parse(output.stdout) as Download;
  } catch {
    return { Error: output.stderr.trim() };
  }
}
