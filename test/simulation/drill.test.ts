import { join } from 'node:path';
import { drill } from '../../scripts/drill';
import { UserError } from '../../scripts/answer';

const root = join(__dirname, '..', '..');

test('drills the real code in two threads and says what was held', async () => {
  const said: string[] = [];
  const log = jest.spyOn(console, 'log').mockImplementation((line = '') => void said.push(String(line)));
  const code = await drill(root, { simulate: true, seed: 3, schedules: 60, estate: 'storefront' });
  log.mockRestore();
  const text = said.join('\n');
  expect(code).toBe(0);
  expect(text).toContain('60 schedules');
  expect(text).toContain('seed 3');
  expect(text).toMatch(/held +a higher epoch stands/);
  expect(text).toMatch(/storefront +5 min/);
});

test.each([
  { reason: 'a drill of another kind', options: {} },
  { reason: 'no number', options: { simulate: true, seed: 'often' } },
  { reason: 'nothing to do', options: { simulate: true, schedules: 0 } },
])('$reason is refused', async ({ options }) => {
  await expect(drill(root, options)).rejects.toThrow(UserError);
});
