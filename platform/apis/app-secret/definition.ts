/** The kind `AppSecret` as the registry lists it. */
import type { AppSecret } from '../../../spec/claims/app-secret';
import { here, type Placement } from '../../../spec/placement';
import type { Kind, Manifest } from '../../kind';
import { EXTERNAL_NAME } from '../../managed';
import { text } from '../../status';
import { composeAppSecret } from './compose';

/** A secret of an application, in both regions' Secrets Manager and in the team's namespace. */
export const appSecretKind: Kind<AppSecret> = {
  kind: 'AppSecret',
  plural: 'appsecrets',
  columns: [
    { name: 'Keys', type: 'string', jsonPath: '.status.keys' },
    { name: 'Rotation', type: 'string', jsonPath: '.status.rotation' },
    { name: 'Reason', type: 'string', jsonPath: '.status.reason' },
  ],
  status: {
    secret: text('Name of the secret in Secrets Manager, the same in both regions'),
    keys: text('Keys of the secret, joined with commas'),
    source: text('Where the values come from: generate or external'),
    rotation: text('How often the values are replaced; "in home" where this region holds the replica'),
  },
  compose: composeAppSecret,
  activates: ['secrets.secretsmanager.aws.m.upbound.io', 'secretrotations.secretsmanager.aws.m.upbound.io'],
  example,
};

function example(key: string, manifest: Manifest, placement: Placement): Record<string, unknown> {
  const name = manifest.metadata.annotations?.[EXTERNAL_NAME] ?? '';
  if (key === 'secret') return { arn: arnOf(name, placement), id: name };
  return key === 'rotation' ? { rotationEnabled: true, id: name } : {};
}

/** AWS ends a secret's ARN with six characters of its own. */
const arnOf = (name: string, placement: Placement) =>
  `arn:aws:secretsmanager:${here(placement).region}:${placement.account}:secret:${name}-AbCdEf`;
