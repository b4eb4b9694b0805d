/** What a claim changes to, and what the API server says to it. */

type Spec = Readonly<Record<string, unknown>>;

/** One change. The specs are laid over the plain one of the kind; undefined takes a field out. */
export interface Change {
  readonly reason: string;
  /** Before; left out: the claim is new. */
  readonly from?: Spec;
  /** Left out: the plain spec. */
  readonly to?: Spec;
  readonly name?: string;
  /** `<field>: <message>` of the one problem, or `<message>` of the whole; left out: the API server takes it. */
  readonly refused?: string;
}

/** The changes of one claim kind. */
export interface Changes {
  readonly kind: string;
  /** The shortest valid spec. */
  readonly plain: Spec;
  readonly changes: Readonly<Record<string, Change>>;
}

const laid = (plain: Spec, over: Spec): Spec =>
  Object.fromEntries(Object.entries({ ...plain, ...over }).filter(([, value]) => value !== undefined));

/** The case for the validator. */
export function caseOf({ kind, plain }: Changes, { from, to = {}, name = 'one' }: Change) {
  const namespace = kind === 'PrimaryRegion' ? 'flipside-system' : 'shop';
  const claim = (spec: Spec) => ({
    apiVersion: 'platform.flipside.dev/v1',
    kind,
    metadata: { name, namespace },
    spec: laid(plain, spec),
  });
  return { object: claim(to), ...(from && { oldObject: claim(from) }) };
}
