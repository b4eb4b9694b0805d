/** The question before a flip: the person types the region's name, so that nobody fails over by habit. */
import { EXIT, UserError } from '../answer';
import type { Ports } from './ports';

/** Returns when the person means it. Throws a UserError otherwise; then nothing was changed. */
export async function askRegion(region: string, { prompt }: Pick<Ports, 'prompt'>): Promise<void> {
  const typed = await prompt('Type the region to take over: ');
  if (typed === undefined) {
    throw new UserError(
      'Cannot ask for the region: no terminal, expected --yes when nobody can answer; nothing was changed',
      EXIT.usage,
    );
  }
  if (typed.trim() === region) return;
  throw new UserError(`Cannot fail over: "${typed.trim()}" typed, expected ${region}; nothing was changed`);
}
