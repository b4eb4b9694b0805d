import { terminalScreen } from '../../scripts/flip/terminal';

/** A stream that keeps what is written. */
function stream(isTTY: boolean) {
  const written: string[] = [];
  const out = { isTTY, columns: 20, write: (text: string) => written.push(text) };
  // The screen uses these three members of the stream and no other.
  return { written, screen: terminalScreen(out as unknown as NodeJS.WriteStream) };
}

test('what stands is replaced by the next line on a terminal', () => {
  const { written, screen } = stream(true);
  screen.live(['a very long line that would wrap', 'b']);
  screen.line('done');
  expect(written.join('')).toBe('a very long line th\nb\n\x1b[2A\x1b[Jdone\n');
});

test('only lines that stay are written to a file', () => {
  const { written, screen } = stream(false);
  screen.live(['a']);
  screen.line('done');
  expect(written).toEqual(['done\n']);
});
