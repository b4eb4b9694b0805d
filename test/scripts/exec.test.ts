import { complaintOf, exec } from '../../scripts/exec';

test('gives what a program said and whether it succeeded; arguments stay as they are', async () => {
  const spoken = await exec('printf', ['%s|', 'a b', '$HOME', "it's"], { timeout: 10_000 });
  expect(spoken).toMatchObject({ ok: true, stdout: "a b|$HOME|it's|" });
  const failed = await exec('sh', ['-c', 'echo one >&2; echo two >&2; exit 3'], { timeout: 10_000 });
  expect(failed.ok).toBe(false);
  expect(complaintOf(failed)).toBe('two');
});

test('a program that does not end is ended', async () => {
  // Longer than the test may take: without its end, the test hangs.
  expect(await exec('sleep', ['3600'], { timeout: 200 })).toMatchObject({ ok: false, late: true });
});

test('a program that is not installed is an answer, not a crash', async () => {
  const missing = await exec('flipside-no-such-program', [], { timeout: 10_000 });
  expect(missing.ok).toBe(false);
  expect(complaintOf(missing)).toBe('flipside-no-such-program: not found, expected it on the PATH');
});
