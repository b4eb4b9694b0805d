/** Athena over the flow logs that S3 keeps: a year of rejected traffic, read with SQL. */
import type { App } from 'aws-cdk-lib';
import { CfnNamedQuery, CfnWorkGroup } from 'aws-cdk-lib/aws-athena';
import { CfnDatabase, CfnTable } from 'aws-cdk-lib/aws-glue';
import { LOG_CLASSES } from '../../../model/guardrails';
import { LOG_PREFIXES, logBucketName } from '../../../model/log-bucket';
import { nameFor } from '../../../model/names';
import { ClusterStack, type ClusterStackProps } from '../../stack';
import { privateBucket } from '../../_bucket';
import type { GuardrailsStack } from '../stack';
import { COLUMNS, rejectedBySource } from './flow-logs';

/** What the stack is made of. */
export interface SearchStackProps extends ClusterStackProps {
  readonly guardrails: GuardrailsStack;
}

/** Name of the table. */
const TABLE = 'rejected_traffic';

/** A table over the bucket of the region, a place for results, and one saved query. */
export class SearchStack extends ClusterStack {
  constructor(scope: App, props: SearchStackProps) {
    super(scope, 'search', props);
    const database = this.named('logs').replaceAll('-', '_');
    const group = this.workGroup(props.guardrails.key.attrArn);
    this.table(database);
    new CfnNamedQuery(this, 'query', {
      name: this.named('rejected-by-source'),
      description: 'Who was turned away most often in the last week, and at which ports',
      database,
      workGroup: group.ref,
      queryString: rejectedBySource(TABLE),
    });
  }

  private workGroup(key: string): CfnWorkGroup {
    const { model, cluster } = this.props;
    const { bucket } = privateBucket(this, 'results', {
      name: nameFor('s3', [cluster.name, model.estate.name, 'athena', cluster.account]),
      key,
      days: LOG_CLASSES.application,
      unlogged: 'Results can be computed again, and the trail has who reads them',
    });
    return new CfnWorkGroup(this, 'work-group', {
      name: this.named('logs'),
      workGroupConfiguration: {
        enforceWorkGroupConfiguration: true,
        publishCloudWatchMetricsEnabled: true,
        bytesScannedCutoffPerQuery: SCAN_LIMIT,
        resultConfiguration: {
          outputLocation: `s3://${bucket.ref}/`,
          encryptionConfiguration: { encryptionOption: 'SSE_KMS', kmsKey: key },
        },
      },
    });
  }

  /** Partitions are computed from their names, so nothing has to find new ones. https://docs.aws.amazon.com/athena/latest/ug/vpc-flow-logs-partition-projection.html (2026-11) */
  private table(database: string): CfnTable {
    const { cluster } = this.props;
    const made = new CfnDatabase(this, 'database', {
      catalogId: this.account,
      databaseName: database,
      databaseInput: { name: database, description: `Logs of ${cluster.name}` },
    });
    const folder = `s3://${logBucketName(cluster)}/${LOG_PREFIXES.flow}/AWSLogs/aws-account-id=${this.account}/aws-service=vpcflowlogs/aws-region=${this.region}`;
    const table = new CfnTable(this, 'table', {
      catalogId: this.account,
      databaseName: database,
      tableInput: {
        name: TABLE,
        tableType: 'EXTERNAL_TABLE',
        partitionKeys: ['year', 'month', 'day', 'hour'].map((name) => ({ name, type: 'string' })),
        parameters: projection(folder),
        storageDescriptor: {
          location: `${folder}/`,
          columns: COLUMNS.map(([name, type]) => ({ name, type })),
          inputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
          outputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat',
          serdeInfo: {
            serializationLibrary: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe',
          },
        },
      },
    });
    table.addResourceDependency(made);
    return table;
  }
}

/** 100 GB: what one query may read, so that a forgotten filter costs half a dollar and not a budget. */
const SCAN_LIMIT = 100_000_000_000;

const projection = (folder: string): Record<string, string> => ({
  EXTERNAL: 'TRUE',
  'projection.enabled': 'true',
  'projection.year.type': 'integer',
  'projection.year.range': '2026,2046',
  ...twoDigits('month', '01,12'),
  ...twoDigits('day', '01,31'),
  ...twoDigits('hour', '00,23'),
  'storage.location.template': `${folder}/year=\${year}/month=\${month}/day=\${day}/hour=\${hour}`,
});

const twoDigits = (name: string, range: string) => ({
  [`projection.${name}.type`]: 'integer',
  [`projection.${name}.range`]: range,
  [`projection.${name}.digits`]: '2',
});
