/** IAM policy documents as plain data, in AWS's own spelling: the template says what is written here. */

/** A statement. */
export interface Statement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: '*' | Readonly<Record<string, unknown>>;
  readonly Action: string | readonly string[];
  readonly Resource?: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** A policy document. */
export const documentOf = (...statements: readonly Statement[]) => ({
  Version: '2012-10-17',
  Statement: statements,
});

/** Who may take a role: a service of AWS. */
export const trusts = (service: string, ...actions: readonly string[]) =>
  documentOf({
    Effect: 'Allow',
    Principal: { Service: service },
    Action: actions.length > 0 ? ['sts:AssumeRole', ...actions] : 'sts:AssumeRole',
  });

/** Refuses everything but TLS. */
export const tlsOnly = (resources: readonly unknown[]): Statement => ({
  Sid: 'TlsOnly',
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:*',
  Resource: resources,
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
});

/** A policy of AWS, by name. */
export const managedPolicy = (name: string): string => `arn:aws:iam::aws:policy/${name}`;
