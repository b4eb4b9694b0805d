/**
 * What a step of the plan runs in the region that takes over: plain JavaScript in the template.
 *
 * It does what `flipside failover --break-glass` does: it patches `spec.override` of the regional claim with the next
 * epoch and waits for the promotion. The Job, its checks and its fence are the same. Called again it changes nothing that
 * is done. The token is a signed question to STS, as the EKS authenticator reads it:
 * https://github.com/kubernetes-sigs/aws-iam-authenticator (2026-11)
 */
export const SWITCH_CODE = `const { createHash, createHmac } = require('node:crypto');
const https = require('node:https');
const eks = require('@aws-sdk/client-eks');

const env = process.env;
const region = env.AWS_REGION;
const POLL = Number(env.POLL_MS || 5000);
const hash = (text) => createHash('sha256').update(text).digest('hex');
const hmac = (key, text) => createHmac('sha256', key).update(text).digest();
const plain = (text) => encodeURIComponent(text).replace(/[!'()*]/g, (c) => '%' + c.charCodeAt(0).toString(16).toUpperCase());

function tokenAt(now, cluster) {
  const host = 'sts.' + region + '.amazonaws.com';
  const stamp = now.toISOString().replace(/[-:]|[.]\\d{3}/g, '');
  const scope = [stamp.slice(0, 8), region, 'sts', 'aws4_request'];
  const query = Object.entries({
    Action: 'GetCallerIdentity',
    Version: '2011-06-15',
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': [env.AWS_ACCESS_KEY_ID, ...scope].join('/'),
    'X-Amz-Date': stamp,
    'X-Amz-Expires': '60',
    ...(env.AWS_SESSION_TOKEN && { 'X-Amz-Security-Token': env.AWS_SESSION_TOKEN }),
    'X-Amz-SignedHeaders': 'host;x-k8s-aws-id',
  }).map(([name, value]) => plain(name) + '=' + plain(value)).sort().join('&');
  const request = ['GET', '/', query, 'host:' + host, 'x-k8s-aws-id:' + cluster, '', 'host;x-k8s-aws-id', hash('')].join('\\n');
  const text = ['AWS4-HMAC-SHA256', stamp, scope.join('/'), hash(request)].join('\\n');
  const key = scope.reduce(hmac, 'AWS4' + env.AWS_SECRET_ACCESS_KEY);
  const url = 'https://' + host + '/?' + query + '&X-Amz-Signature=' + hmac(key, text).toString('hex');
  return 'k8s-aws-v1.' + Buffer.from(url).toString('base64url');
}

async function connect() {
  const { cluster } = await new eks.EKSClient({}).send(new eks.DescribeClusterCommand({ name: env.CLUSTER }));
  const ca = Buffer.from(cluster.certificateAuthority.data, 'base64');
  return (method, body) => new Promise((done, fail) => {
    const headers = { authorization: 'Bearer ' + tokenAt(new Date(), env.CLUSTER), 'content-type': 'application/merge-patch+json' };
    const request = https.request(cluster.endpoint + env.CLAIM_PATH, { method, ca, headers, timeout: 10000 }, (answer) => {
      let text = '';
      answer.on('data', (part) => { text += part; }).on('end', () => answer.statusCode === 200
        ? done(JSON.parse(text))
        : fail(new Error('Cannot ' + method + ' the claim: ' + answer.statusCode + ' ' + text.slice(0, 300))));
    });
    request.on('timeout', () => request.destroy(new Error('the API server does not answer'))).on('error', fail).end(body && JSON.stringify(body));
  });
}

const effective = ({ spec }) => (spec.override && spec.override.epoch > spec.epoch ? spec.override : spec);
const phase = ({ status = {} }, epoch) => (status.epoch === epoch ? status.phase : undefined);

exports.handler = async () => {
  const ask = await connect();
  const claim = await ask('GET');
  let { region: wanted, epoch } = effective(claim);
  const refused = phase(claim, epoch) === 'Refused';
  if (wanted !== region || (refused && env.MODE === 'Unplanned')) {
    epoch += 1;
    await ask('PATCH', {
      metadata: { resourceVersion: claim.metadata.resourceVersion },
      spec: { override: { region, epoch, mode: env.MODE, acceptDataLoss: env.MODE === 'Unplanned', reason: 'ARC Region switch' } },
    });
  }
  for (const end = Date.now() + 780000; Date.now() < end; await new Promise((done) => setTimeout(done, POLL))) {
    const now = phase(await ask('GET'), epoch);
    if (now === 'Promoted' || now === 'Steady') return { region, epoch };
    if (['Refused', 'Failed', 'Conflict', 'Superseded'].includes(now)) throw new Error('Cannot promote "' + region + '" at epoch ' + epoch + ': ' + now);
  }
  throw new Error('Cannot promote "' + region + '" at epoch ' + epoch + ': no answer in 13 minutes');
};
`;
