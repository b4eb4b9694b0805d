/** `review` on the command line. Loaded only when it is used. */
import type { Command } from 'commander';

/** Registers `review`. */
export function reviewCommand(program: Command, root: string, answer: (code: number) => void): void {
  program
    .command('review')
    .description('what a change does to what runs: one verdict for each thing')
    .option(
      '-b, --base <ref>',
      'branch, tag or commit to compare the working tree with; left out: judge it as it stands',
    )
    .option('-e, --estate <name>', 'only this estate')
    .option('-f, --format <format>', 'text, markdown, json or html', 'text')
    .option('-o, --output <file>', 'write there instead of to the terminal')
    .option('-d, --directory <dir>', 'the repository', root)
    .addHelpText('after', `\n${EXAMPLES}`)
    .action(async ({ base, directory, ...options }) => {
      if (base === undefined) return answer((await import('./judge')).judge(directory, options));
      answer(await (await import('../review')).review(directory, { base, ...options }));
    });
}

const EXAMPLES = `Examples:
  $ flipside review                                                             whether each estate meets its objectives
  $ flipside review --base origin/main                                          before opening a pull request
  $ flipside review --base origin/main --format markdown --output comment.md    in CI, for a comment
  $ flipside review --base HEAD --estate storefront                             what is not committed yet

It compares committed output: run \`flipside synth\` first. Of a branch it takes the commit at which this one left it.

Exit codes: 0 nothing to decide (restarts and removals are shown), 1 somebody has to decide (data loss possible,
failover lost, replacement; without --base: an error that nobody has accepted in waivers.yaml), 2 wrong usage or no such commit, 3 the commit holds no output to compare with`;
