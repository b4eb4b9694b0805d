/** Runs a stage: renders, applies, proves. The first thing that fails ends it, with what to look at. */
import { writeFileSync } from 'node:fs';
import { UserError } from '../answer';
import { complaintOf } from '../exec';
import { type Command, run, shown } from './command';
import { foreignImages } from './images';
import type { Stage } from './stages';

/** Throws a UserError when the stage failed; it may be run again. */
export async function perform(stage: Stage): Promise<void> {
  const failed = await rendered(stage);
  if (failed.length > 0) throw new UserError(failed.join('\n'));
  for (const path of stage.applies) await must(stage, stage.apply(path));
  for (const command of stage.settle ?? []) await must(stage, command);
  for (const command of stage.verify) console.log(`  ok  ${await must(stage, command)}`);
}

/** Makes the files of a stage; gives what went wrong. */
export async function rendered(stage: Stage): Promise<string[]> {
  const failed: string[] = [];
  for (const command of stage.prepare) {
    const ran = await run(command);
    if (ran.ok && command.into) writeFileSync(command.into, ran.stdout);
    if (!ran.ok) failed.push(`Cannot run "${shown(command)}": ${complaintOf(ran)}, expected it to succeed`);
  }
  return [...failed, ...foreignImages(stage)];
}

async function must({ name }: Stage, command: Command): Promise<string> {
  const ran = await run(command);
  if (ran.ok) return ran.stdout.trim().split('\n').at(-1) ?? '';
  const why = ran.late ? 'no answer in time' : complaintOf(ran);
  throw new UserError(
    `Cannot finish "${name}": ${why}, expected this to succeed:\n  ${shown(command)}\nRun it again once that is mended: what is done stays done`,
  );
}
