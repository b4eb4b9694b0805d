/** The CEL rules of a claim, taken from its schema and evaluated as the API server would. */

type Fields = Readonly<Record<string, unknown>>;
interface Rule {
  readonly rule: string;
  readonly message: string;
}
interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly 'x-kubernetes-validations'?: readonly Rule[];
}

/** Says why a change of the spec is refused; undefined when it is not. */
export type Rules = (next: object, last: object | undefined) => string | undefined;

/** The rules of the claim's spec and of its override. */
export function rulesOf(claim: unknown): Rules {
  // The JSON Schema of our own claim; these are the only two places that hold rules.
  const spec = (claim as Schema).properties?.['spec'];
  const override = spec?.properties?.['override'];
  const own = (spec?.['x-kubernetes-validations'] ?? []).map(checkOf);
  const inner = (override?.['x-kubernetes-validations'] ?? []).map(checkOf);
  if (own.length === 0 || inner.length === 0)
    throw new Error('Cannot find the CEL rules of the regional claim in its schema');
  return (next, last) => {
    const was = last as { override?: Fields } | undefined;
    const is = next as { override?: Fields };
    const problems = [
      ...own.map((check) => check(next as Fields, last as Fields | undefined)),
      ...(is.override ? inner.map((check) => check(is.override ?? {}, was?.override)) : []),
    ];
    return problems.find((problem) => problem !== undefined);
  };
}

type Check = (self: Fields, oldSelf: Fields | undefined) => string | undefined;

/** A rule over changes is skipped where there was nothing before, as in Kubernetes. */
function checkOf({ rule, message }: Rule): Check {
  const holds = parse(rule);
  const aboutChanges = rule.includes('oldSelf');
  return (self, oldSelf) =>
    (aboutChanges && !oldSelf) || holds({ self, oldSelf: oldSelf ?? {} }) ? undefined : message;
}

type Scope = Readonly<Record<string, Fields>>;

/** The part of CEL that the rules use: alternatives of comparisons of two fields, or of a field and a text. */
function parse(rule: string): (scope: Scope) => boolean {
  const alternatives = rule.split('||').map((part) => comparison(part.trim()));
  return (scope) => alternatives.some((holds) => holds(scope));
}

const COMPARISONS: Readonly<Record<string, (a: unknown, b: unknown) => boolean>> = {
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '>=': (a, b) => Number(a) >= Number(b),
  '>': (a, b) => Number(a) > Number(b),
};

function comparison(text: string): (scope: Scope) => boolean {
  const [, left = '', operator = '', right = ''] = /^(\S+)(?: (==|!=|>=|>) (\S+))?$/.exec(text) ?? [];
  const compare = COMPARISONS[operator];
  const first = operand(left, text);
  if (!compare) return (scope) => first(scope) === true;
  const second = operand(right, text);
  return (scope) => compare(first(scope), second(scope));
}

function operand(text: string, whole: string): (scope: Scope) => unknown {
  const quoted = /^'(.*)'$/.exec(text);
  if (quoted) return () => quoted[1];
  const [, object, field] = /^(self|oldSelf)\.(\w+)$/.exec(text) ?? [];
  if (!object || !field)
    throw new Error(`Cannot read the CEL rule "${whole}": expected comparisons of fields joined by ||`);
  return (scope) => scope[object]?.[field];
}
