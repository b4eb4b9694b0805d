/** The client that writes numbered rows through the DNS name of the estate's first database, and what became of them. */
import { resolverOf } from '../dns/resolver';
import { createTable } from './table';
import { startWriter, verdict, type Writer } from '../postgres/writer';
import type { Layout } from '../layout';
import type { GlobalDatabase } from '../postgres/global';
import { until } from '../until';
import type { Databases } from './databases';
import type { WorldNames } from './names';
import type { WriterReport } from './writer-report';

/** The client, and when something happened to the writer. */
export interface Writing {
  readonly start: () => Promise<void>;
  /** A region was lost, or asked to give up the writer: the first one counts. */
  readonly mark: () => void;
  readonly stop: () => Promise<WriterReport>;
}

/** A client finds the new writer within its own time: it resolves the name again, and connects. */
const RESUME_MS = 30_000;

/** Waits until a row stands in the region that writes now; one that never comes is told by the verdict. */
const resumed = ({ acknowledged }: Writer, lossAt: number, database: GlobalDatabase): Promise<void> =>
  until(
    'a row after the loss',
    () => {
      const last = acknowledged.at(-1);
      return last !== undefined && last.at > lossAt && last.region === database.writer();
    },
    RESUME_MS,
  ).catch(() => undefined);

/** Nothing writes yet. */
export function writingOf(layout: Layout, databases: Databases, names: WorldNames): Writing {
  let writer: Writer | undefined;
  let lossAt: number | undefined;
  let runs = 0;
  return {
    mark: () => {
      lossAt ??= Date.now();
    },
    start: async () => {
      const [database] = databases.values();
      const name = database && names.endpointOf(database.name);
      if (!database || !name) throw new Error('there is no database with an endpoint yet');
      await writer?.stop();
      await createTable(database);
      lossAt = undefined;
      runs += 1;
      writer = startWriter({
        client: `run-${runs}`,
        name,
        password: database.password,
        resolver: resolverOf({ port: layout.ports.dns, speed: layout.speed }),
      });
    },
    stop: async () => {
      const [database] = databases.values();
      if (!writer || !database) throw new Error('nothing writes');
      if (lossAt !== undefined) await resumed(writer, lossAt, database);
      await writer.stop();
      const at = lossAt ?? Date.now();
      const survivor = { port: database.port(database.writer()), password: database.password };
      const found = await verdict({ writers: [writer], survivor, lossAt: at });
      writer = undefined;
      const oldest = Math.min(...found.lost.map((row) => row.accepted));
      return {
        acknowledged: found.acknowledged,
        lost: found.lost.length,
        stale: found.stale.length,
        longestGap: found.longestGap,
        ...(found.resumedAfter !== undefined && { resumedAfter: found.resumedAfter }),
        ...(found.lost.length > 0 && { lostSpan: at - oldest }),
      };
    },
  };
}
