/** The verbs of the flip on the command line. Each is loaded only when it is used. */
import type { Command } from 'commander';
import type { MakePorts } from './real';

/** Registers `failover`, `failback` and `status`. Tests give ports of their own. */
export function flipCommands(
  program: Command,
  root: string,
  answer: (code: number) => void,
  makePorts?: MakePorts,
): void {
  flipping(program.command('failover').description('bring the writers of an estate to another region'))
    .requiredOption('--to <region>', 'region that takes over')
    .option('--unplanned', 'the other region is lost; do not wait for it')
    .option('--accept-data-loss', 'the last commits may be lost; goes with --unplanned')
    .addHelpText('after', `\n${FAILOVER}\n\n${CODES}`)
    .action(async (options) =>
      answer(await (await import('../failover')).failover(root, options, makePorts)),
    );
  flipping(program.command('failback').description('bring the writers back to the home region, as planned'))
    .addHelpText('after', `\n${CODES}`)
    .action(async (options) =>
      answer(await (await import('../failback')).failback(root, options, makePorts)),
    );
  reaching(program.command('status').description('show where the writers are and how far a flip is'))
    .option('-e, --estate <name>', 'only this estate')
    .option('-f, --follow', 'go on until the flip under way is over')
    .addHelpText('after', `\n${CODES}`)
    .action(async (options) => answer(await (await import('../status')).status(root, options, makePorts)));
}

const flipping = (command: Command) =>
  reaching(command)
    .requiredOption('-e, --estate <name>', 'estate to flip')
    .option('--dry-run', 'run every check in the region that would take over; change nothing')
    .option('--break-glass', 'without Git: patch the claim in the region that takes over')
    .option('--reason <text>', 'why Git was not used; kept in the override')
    .option('-y, --yes', 'do not ask');

const reaching = (command: Command) =>
  command
    .option('--kubeconfig <file>', 'kubeconfig that has both contexts')
    .option('--context <pairs...>', 'home=<name> and peer=<name>, when contexts are not named prod-<region>')
    .option('--timeout <duration>', 'how long to follow; the flip itself goes on', '20m')
    .option('--json', 'print one JSON document at the end');

const FAILOVER = `Examples:
  $ flipside failover --estate storefront --to eu-west-1 --dry-run
  $ flipside failover --estate storefront --to eu-west-1
  $ flipside failover --estate storefront --to eu-west-1 --unplanned --accept-data-loss
  $ flipside failover --estate storefront --to eu-west-1 --unplanned --accept-data-loss --break-glass

Running it again changes nothing that is done, and carries on what is not.`;

const CODES = `Exit codes: 0 done, 1 the answer is no (refused, failed, superseded, conflict),
2 wrong usage, 3 not decided (still running, interrupted, or what should tell does not answer)`;
