/** The table of the client that writes. */
import { clientOf } from '../postgres/server';
import type { GlobalDatabase } from '../postgres/global';
import { TABLE } from '../postgres/writer';

/** Creates it where the writer is; doing it again changes nothing. */
export async function createTable(database: GlobalDatabase): Promise<void> {
  const client = clientOf({ port: database.port(database.writer()), password: database.password });
  await client.connect();
  try {
    await client.query(TABLE);
  } finally {
    await client.end();
  }
}
