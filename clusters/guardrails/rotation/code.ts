/**
 * The rotation function, as Lambda runs it: plain JavaScript in the template, with the AWS SDK that the runtime brings.
 *
 * Secrets Manager calls it four times for each rotation. https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_lambda-functions.html (2026-11)
 *
 * - A database's password is set on the cluster that holds the writer now, found through the global database: a flip
 *   may have moved it. While a database fails over nothing is rotated.
 * - Any other secret has nobody to be told: its values are new, of the same keys and lengths.
 */
export const ROTATION_CODE = `const { randomInt } = require('node:crypto');
const sm = require('@aws-sdk/client-secrets-manager');
const rds = require('@aws-sdk/client-rds');

const SYMBOLS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const MIN = 16;
const POLL = Number(process.env.POLL_MS || 5000);
const TRIES = 40;
const secrets = new sm.SecretsManagerClient({});
const inRegion = (region) => new rds.RDSClient({ region });
const pause = () => new Promise((done) => setTimeout(done, POLL));

const fresh = (old) =>
  Array.from({ length: Math.max(MIN, String(old).length) }, () => SYMBOLS[randomInt(SYMBOLS.length)]).join('');

async function read(SecretId, VersionStage, VersionId) {
  const { SecretString } = await secrets.send(
    new sm.GetSecretValueCommand({ SecretId, VersionStage, VersionId }));
  return JSON.parse(SecretString);
}

const renewed = (value) =>
  value.engine
    ? { ...value, password: fresh(value.password) }
    : Object.fromEntries(Object.entries(value).map(([key, old]) => [key, fresh(old)]));

async function create(id, token) {
  const current = await read(id, 'AWSCURRENT');
  try {
    await read(id, 'AWSPENDING', token);
  } catch (error) {
    if (error.name !== 'ResourceNotFoundException') throw error;
    await secrets.send(new sm.PutSecretValueCommand({
      SecretId: id,
      ClientRequestToken: token,
      SecretString: JSON.stringify(renewed(current)),
      VersionStages: ['AWSPENDING'],
    }));
  }
}

async function writerOf({ host }) {
  const [name, kind] = host.split('.');
  if (!kind.startsWith('global-')) return { region: process.env.AWS_REGION, cluster: name };
  const { GlobalClusters } = await inRegion(process.env.AWS_REGION).send(
    new rds.DescribeGlobalClustersCommand({ GlobalClusterIdentifier: name }));
  const [found] = GlobalClusters;
  if (found.Status !== 'available' || found.FailoverState) {
    throw new Error('Cannot rotate "' + name + '": it is ' + found.Status + ' or fails over, expected available');
  }
  const [, , , region, , , cluster] = found.GlobalClusterMembers.find((one) => one.IsWriter).DBClusterArn.split(':');
  return { region, cluster };
}

async function set(id, token) {
  const value = await read(id, 'AWSPENDING', token);
  if (!value.engine) return;
  const { region, cluster } = await writerOf(value);
  await inRegion(region).send(new rds.ModifyDBClusterCommand({
    DBClusterIdentifier: cluster,
    MasterUserPassword: value.password,
    ApplyImmediately: true,
  }));
}

async function test(id, token) {
  const [current, value] = [await read(id, 'AWSCURRENT'), await read(id, 'AWSPENDING', token)];
  if (Object.keys(current).join() !== Object.keys(value).join()) {
    throw new Error('Cannot rotate "' + id + '": the new value has other keys');
  }
  if (!value.engine) return;
  const { region, cluster } = await writerOf(value);
  for (let i = 0; i < TRIES; i += 1) {
    const { DBClusters: [seen] } = await inRegion(region).send(
      new rds.DescribeDBClustersCommand({ DBClusterIdentifier: cluster }));
    if (seen.Status === 'available' && !seen.PendingModifiedValues?.MasterUserPassword) return;
    await pause();
  }
  throw new Error('Cannot rotate "' + id + '": the database has not taken the password');
}

async function finish(id, token) {
  const { VersionIdsToStages } = await secrets.send(new sm.DescribeSecretCommand({ SecretId: id }));
  const [old] = Object.entries(VersionIdsToStages).find(([, stages]) => stages.includes('AWSCURRENT'));
  if (old === token) return;
  await secrets.send(new sm.UpdateSecretVersionStageCommand({
    SecretId: id, VersionStage: 'AWSCURRENT', MoveToVersionId: token, RemoveFromVersionId: old }));
}

const STEPS = { createSecret: create, setSecret: set, testSecret: test, finishSecret: finish };

exports.handler = ({ Step, SecretId, ClientRequestToken }) => STEPS[Step](SecretId, ClientRequestToken);
`;
