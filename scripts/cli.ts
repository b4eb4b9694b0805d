/** The command line: which verbs there are. Each verb lives in a file of its own and gives its exit code. */
import { Command, CommanderError } from 'commander';
import { version } from '../package.json';
import { EXIT, UserError } from './answer';
import type { DrillOptions } from './drill';
import { cloudCommands } from './aws/commands';
import { flipCommands } from './flip/commands';
import { reviewCommand } from './review/command';
import { labCommands } from './lab/commands';
import type { LabDrillOptions } from './lab/drill';
import { colour } from './ui/text';

/** Runs one command and gives its exit code; prints mistakes without a stack, and bugs with one. */
export async function main(args: string[], root: string): Promise<number> {
  let code: number = EXIT.ok;
  const program = programOf(root, (answer) => {
    code = answer;
  });
  try {
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    return explained(error);
  }
}

function programOf(root: string, answer: (code: number) => void): Command {
  const program = new Command('flipside')
    .description('One application in two AWS regions; a region is failed over by flipping one claim.')
    .version(version)
    .exitOverride()
    // What stands after `lab kubectl <region>` is kubectl's.
    .enablePositionalOptions()
    .showHelpAfterError('(run `flipside --help` for the commands)')
    .addHelpText('after', `\n${EXAMPLES}`);
  program
    .command('start')
    .description('render all estates and show what there is')
    .action(async () => answer(await (await import('./start')).start(root)));
  program
    .command('synth')
    .description('render the estates into dist/')
    .option('-e, --estate <name>', 'only this estate')
    .option('--check', 'write nothing; print how dist/ differs from what the estates render')
    .option('-o, --output <dir>', 'write here instead of dist/')
    .option('-d, --directory <dir>', 'the folder that holds estates/', root)
    .action(async (options) => answer((await import('./synth')).synth(options.directory, options)));
  reviewCommand(program, root, answer);
  cloudCommands(program, root, answer);
  flipCommands(program, root, answer);
  labCommands(program, root, answer);
  program
    .command('drill')
    .description('prove the flip: random faults over the real programs, in a simulated world')
    .option('--simulate', 'in this process, in virtual time')
    .option('--seed <number>', 'the same seed gives the same faults')
    .option('--schedules <number>', 'how many schedules of faults', '1000')
    .option('--lab', 'on real control planes of this machine, with an emulated AWS')
    .option('--scenario <names...>', 'in the lab: only these')
    .option('--with-provider <family>', 'in the lab: the real AWS provider of this family; only rds')
    .option('--speed <factor>', 'in the lab: health checkers run this many times as fast', '5')
    .option('--record', 'in the lab: add a line to docs/drills.md')
    .option('-e, --estate <name>', 'this estate only')
    .action(async (options) => answer(await drillOf(root, options)));
  toolCommands(program, root, answer);
  return program;
}

/** What those who change Flipside itself need. */
function toolCommands(program: Command, root: string, answer: (code: number) => void): void {
  program
    .command('import')
    .description('rebuild imports/ from the pinned Go modules')
    .option('--check', 'write nothing; print which file differs')
    .action(async (options) => answer(await (await import('./import')).runImport(options)));
  program
    .command('cdk', { hidden: true })
    .description('the app behind `npx cdk`: the stacks of every estate')
    .option('-e, --estate <name>', 'only this estate')
    .action(async ({ estate }) => answer((await import('./cdk')).cdk(root, estate)));
  program
    .command('bundle <program>')
    .description("make the one file that a program's image holds")
    .action(async (name) => answer(await (await import('./bundle')).bundle(root, name)));
  program
    .command('bench')
    .description('measure against the budgets')
    .option('--json', 'print as JSON')
    .action(async (options) => answer(await (await import('./bench')).bench(root, options)));
}

const drillOf = async (root: string, options: LabDrillOptions & DrillOptions & { readonly lab?: boolean }) =>
  options.lab
    ? (await import('./lab/drill')).labDrill(root, options)
    : (await import('./drill')).drill(root, options);

const EXAMPLES = `Examples:
  $ flipside synth                        render every estate into dist/
  $ flipside synth --estate storefront    only this one
  $ flipside synth --check                fail when dist/ is stale, and print the difference
  $ flipside review --base origin/main    what a change does, before it is merged
  $ flipside status                       where the writers are, in both regions
  $ flipside failover --help              how a region is failed over
  $ flipside drill --simulate --seed 42   1,000 schedules of faults, in seconds
  $ flipside bootstrap --help             from an empty account: stacks, facts, bootstrap; docs/bootstrap.md

Exit codes: 0 done, 1 the answer is no (problems, a difference, a refusal), 2 wrong usage,
3 not decided (still running, or what should tell does not answer), 70 a bug of Flipside`;

function explained(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  if (error instanceof UserError) {
    console.error(error.message);
    return error.exitCode;
  }
  console.error(colour.red('This is a bug of Flipside, not a mistake of yours:'));
  console.error(error);
  return EXIT.bug;
}
