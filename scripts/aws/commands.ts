/** The verbs that stand a landscape up, or plan its end, on the command line. Each is loaded only when it is used. */
import type { Command } from 'commander';

type Answer = (code: number) => void;

/** Registers `stacks`, `facts`, `images`, `bootstrap` and `teardown`. */
export function cloudCommands(program: Command, root: string, answer: Answer): void {
  stacksCommand(program, root, answer);
  factsCommand(program, root, answer);
  imagesCommand(program, root, answer);
  bootstrapCommand(program, root, answer);
  teardownCommand(program, root, answer);
}

const ofEstate = (command: Command, root: string) =>
  command
    .requiredOption('-e, --estate <name>', 'estate')
    .option('--environment <name>', 'prod, staging or dev', 'prod')
    .option('-d, --directory <dir>', 'the folder that holds estates/ and dist/', root);

function stacksCommand(program: Command, root: string, answer: Answer): void {
  ofEstate(program.command('stacks'), root)
    .description('print the commands that deploy the stacks of an environment, in order')
    .addHelpText('after', `\n${STACKS}`)
    .action(async (options) => answer(await (await import('../stacks')).stacks(options.directory, options)));
}

function factsCommand(program: Command, root: string, answer: Answer): void {
  ofEstate(program.command('facts'), root)
    .description('write what the deployed stacks answered into estates/<name>/facts/')
    .option('-r, --region <region>', 'only the cluster of this region')
    .option('--check', 'write nothing; print how the files differ from what the stacks say')
    .option('--placeholder', 'ask nobody; write made-up facts for the clusters that have none')
    .option(
      '--global-prefix <letters>',
      'prefix of global datastores, in a region that Flipside does not know',
    )
    .option('--json', 'print as JSON')
    .addHelpText('after', `\n${FACTS}`)
    .action(async (options) => answer(await (await import('../facts')).facts(options.directory, options)));
}

/** Folders with what is installed. */
const fromFolders = (command: Command) =>
  command
    .option('--argocd-manifests <dir>', "folder with Argo CD's install.yaml, instead of the pinned Go module")
    .option('--crossplane-chart <dir>', "Crossplane's chart, instead of the pinned Go module")
    .option(
      '--external-secrets <dir>',
      'the deploy/ folder of External Secrets, instead of the pinned Go module',
    );

function imagesCommand(program: Command, root: string, answer: Answer): void {
  fromFolders(ofEstate(program.command('images'), root))
    .description('print the commands that copy what bootstrap installs into the own registry')
    .addHelpText('after', `\n${IMAGES}`)
    .action(async (options) => answer(await (await import('../images')).images(options.directory, options)));
}

function bootstrapCommand(program: Command, root: string, answer: Answer): void {
  fromFolders(ofEstate(program.command('bootstrap'), root))
    .requiredOption('-r, --region <region>', 'region of the cluster')
    .description('give a new cluster Argo CD, Crossplane and External Secrets, and hand it over to Git')
    .option('--dry-run', 'print what would be run and applied; the API server tries it where it answers')
    .option('--context <name>', 'kubectl context (default: <environment>-<region>)')
    .option('--kubeconfig <file>', 'kubeconfig that has the context')
    .option('--public-images', 'pull from where images are published, before they are copied')
    .option('--timeout <duration>', 'how long to wait for the applications at the end', '45m')
    .addHelpText('after', `\n${BOOTSTRAP}`)
    .action(async (options) =>
      answer(await (await import('../bootstrap')).bootstrap(options.directory, options)),
    );
}

function teardownCommand(program: Command, root: string, answer: Answer): void {
  ofEstate(program.command('teardown'), root)
    .description('print the commands that take an environment down, in the one safe order; runs none of them')
    .option('--even-with-data', 'also where stores hold data or are protected')
    .addHelpText('after', `\n${TEARDOWN}`)
    .action(async (options) =>
      answer(await (await import('../teardown')).teardown(options.directory, options)),
    );
}

const STACKS = `Examples:
  $ flipside stacks --estate storefront                        both regions of prod
  $ flipside stacks --estate capstone --environment dev

It asks nobody and runs nothing. A value that another stack gives is read by the command itself.`;

const FACTS = `Examples:
  $ flipside facts --estate storefront --placeholder           before the first deployment
  $ flipside facts --estate storefront                         both regions of prod
  $ flipside facts --estate storefront --region eu-west-1 --check

Credentials are found as by the AWS command line; they must be of the estate's account.

Exit codes: 0 done or no difference, 1 a difference or problems (nothing was written), 2 wrong usage, 3 AWS does not answer`;

const IMAGES = `Examples:
  $ flipside images --estate storefront                        Argo CD, Crossplane, External Secrets, the AWS providers
  $ flipside images --estate capstone --environment dev | sh

It runs nothing. After it no pod of the platform starts from a registry outside its own region.`;

const BOOTSTRAP = `Examples:
  $ flipside bootstrap --estate storefront --region us-east-1 --dry-run
  $ flipside bootstrap --estate storefront --region us-east-1

Needs kubectl, helm, aws and, unless folders are given, go. Every stage may be run again.

Exit codes: 0 done, 1 a stage failed (the later ones were not begun), 2 wrong usage, 3 applied, and applications are not healthy yet`;

const TEARDOWN = `Examples:
  $ flipside teardown --estate warm-standby                    what stands in the way
  $ flipside teardown --estate warm-standby --even-with-data > plan.sh

It is a plan for a person: nothing is executed. Backups are never in it.

Exit codes: 0 printed, 1 stores hold data or are protected, 2 wrong usage`;
