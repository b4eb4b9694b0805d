/** The verbs of the lab on the command line. Each is loaded only when it is used. */
import type { Command } from 'commander';

const verbs = () => import('./verbs');

type Answer = (code: number) => void;

/** Registers `lab` and what it can do. */
export function labCommands(program: Command, root: string, answer: Answer): void {
  const lab = program
    .command('lab')
    .description('two regions of real parts on this machine, without AWS')
    .addHelpText('after', `\n${EXAMPLES}`);
  lab
    .command('up')
    .description('start both regions; the first time it builds what it runs, some 20 minutes')
    .option('-e, --estate <name>', 'estate to deliver', 'storefront')
    .option(
      '--with-provider <family>',
      'the real AWS provider of this family instead of its stand-in; only rds',
    )
    .option('--speed <factor>', 'health checkers and times to live run this many times as fast', '1')
    .action(async (options) => answer(await (await verbs()).upVerb(root, options)));
  lab
    .command('status')
    .description('what runs, what is delivered, where the writers are')
    .option('--json', 'print as JSON')
    .action(async (options) => answer(await (await verbs()).statusVerb(root, options)));
  lab
    .command('down')
    .description('end everything, whatever is left')
    .action(async () => answer(await (await verbs()).downVerb(root)));
  regionCommands(lab, root, answer);
  lab
    .command('logs [process]')
    .description('the last lines of a process; without one, the names')
    .option('-n, --lines <number>', 'how many lines', '40')
    .action(async (name, options) => answer(await (await verbs()).logsVerb(root, name, options)));
  lab
    .command('kubectl <region> [args...]')
    .description('kubectl in a region')
    .allowUnknownOption()
    .passThroughOptions()
    .action(async (region, args) => answer(await (await verbs()).kubectlVerb(root, region, args)));
}

/** What is done to one region. */
function regionCommands(lab: Command, root: string, answer: Answer): void {
  lab
    .command('kill <region>')
    .description('lose a region without warning')
    .action(async (region) => answer(await (await verbs()).killVerb(root, region)));
  lab
    .command('revive <region>')
    .description('bring a lost region back, with the state it was lost with')
    .action(async (region) => answer(await (await verbs()).reviveVerb(root, region)));
  lab
    .command('failover <region>')
    .description('bring the writers there: `flipside failover`, with the rights of on-call')
    .option('--unplanned', 'the other region is lost; do not wait for it')
    .option('--accept-data-loss', 'the last commits may be lost; goes with --unplanned')
    .option('--break-glass', 'without Git: patch the claim in the region that takes over')
    .option('--dry-run', 'run every check in the region that would take over; change nothing')
    .option('-y, --yes', 'do not ask')
    .option('--timeout <duration>', 'how long to follow; the flip itself goes on', '20m')
    .action(async (region, options) => answer(await (await verbs()).failoverVerb(root, region, options)));
}

const EXAMPLES = `Examples:
  $ flipside lab up                                     both regions of storefront, ready in about a minute
  $ flipside lab kubectl us-east-1 get primaryregion -A
  $ flipside lab kill us-east-1
  $ flipside lab failover eu-west-1 --unplanned --accept-data-loss
  $ flipside lab up --estate warm-standby --with-provider rds
  $ flipside lab down

Everything listens on 127.0.0.1 and lives in .cache/lab. AWS is emulated: times prove order and what the control
planes add, never how fast AWS is.`;
