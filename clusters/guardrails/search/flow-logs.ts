/** The fields of a flow log in its default format, and what is asked of them. */

/** Name and type as AWS writes them in Parquet. https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html (2026-11) */
export const COLUMNS = [
  ['version', 'int'],
  ['account_id', 'string'],
  ['interface_id', 'string'],
  ['srcaddr', 'string'],
  ['dstaddr', 'string'],
  ['srcport', 'int'],
  ['dstport', 'int'],
  ['protocol', 'bigint'],
  ['packets', 'bigint'],
  ['bytes', 'bigint'],
  ['start', 'bigint'],
  ['end', 'bigint'],
  ['action', 'string'],
  ['log_status', 'string'],
] as const;

/** Who was turned away most often in the last week. */
export const rejectedBySource = (table: string): string =>
  `SELECT srcaddr, dstport, protocol, count(*) AS attempts, sum(packets) AS packets
FROM ${table}
WHERE action = 'REJECT'
  AND date_parse(year || month || day, '%Y%m%d') >= current_date - INTERVAL '7' DAY
GROUP BY srcaddr, dstport, protocol
ORDER BY attempts DESC
LIMIT 100`;
