/** Applications connect to the writer endpoint of the global database, which follows a flip by itself. */
import type { Check } from '../check';
import type { RenderedEstate } from '../rendered';
import { type Located, composedOf, prodOf, spot, textAt } from './_read';

/** Hosts of Aurora's global writer endpoints. */
const GLOBAL = /\.global-[a-z0-9]+\.global\.rds\.amazonaws\.com$/;

/** An address of one region's cluster is read-only after a flip. */
export const globalWriterEndpoint: Check = {
  id: 'global-writer-endpoint',
  title: 'Applications write to the endpoint that follows the writer',
  severity: 'error',
  reference:
    'failure "old writer"; https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database-connecting.html (2026-08)',
  run: (estate, report) =>
    composedOf(prodOf(estate), 'Secret')
      .filter((secret) => isDatabase(estate, secret))
      .filter((secret) => !GLOBAL.test(hostOf(secret)))
      .map((secret) =>
        report({
          message: `Connection data of ${secret.cluster.name} names the writer "${hostOf(secret)}", expected the global writer endpoint`,
          path: spot(secret, 'data.HOST'),
          remedy: 'Give applications status.endpoint of the GlobalCluster',
        }),
      ),
};

function isDatabase({ input }: RenderedEstate, { file }: Located): boolean {
  const [team, name] = (file.split('/').at(-1) ?? '').split('.');
  const claim = input.claims.find(({ metadata }) => metadata.namespace === team && metadata.name === name);
  return claim?.kind === 'PostgresDatabase';
}

/** Decoded; Kubernetes keeps the data of a Secret in base64. */
const hostOf = ({ object }: Located): string => atob(textAt(object, 'data.HOST'));
