import Ajv, { type ErrorObject, type ValidateFunction } from 'ajv';
import { kubernetesBundle, schemaFor, type JSONSchema } from '../../imports/schemas';

const validators = new Map<string, ValidateFunction | undefined>();
let ajv: Ajv | undefined;

/**
 * Checks a manifest against the schema of its kind, as an API server with strict field validation would.
 *
 * CEL rules are not run. Validators are compiled once per kind.
 *
 * @returns every problem as `path: message`, empty when the manifest is valid
 */
export function validateManifest(manifest: unknown): string[] {
  const { apiVersion, kind } = (manifest ?? {}) as { apiVersion?: unknown; kind?: unknown };
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') {
    return [`apiVersion, kind: "${String(apiVersion)}, ${String(kind)}", expected both to be text`];
  }
  const key = `${apiVersion}/${kind}`;
  if (!validators.has(key)) validators.set(key, compile(schemaFor(apiVersion, kind)));
  const validate = validators.get(key);
  if (!validate) return [`kind: "${key}" has no schema, expected a kind listed in imports/sources.yaml`];
  return problemsOf(validate, manifest);
}

/**
 * Checks a value against a schema that is not in `imports/`, for example `schemaOfCrd(crdOfOurXrd, 'v1')`.
 *
 * @returns every problem as `path: message`
 */
export function validateAgainst(schema: JSONSchema, value: unknown): string[] {
  return problemsOf(instance().compile(schema), value);
}

function compile(schema: JSONSchema | undefined): ValidateFunction | undefined {
  return schema && instance().compile(schema);
}

/** One instance for all kinds, so that pod templates and metadata are compiled once. */
function instance(): Ajv {
  ajv ??= new Ajv({
    strict: false,
    allErrors: true,
    verbose: true,
    validateFormats: false,
    unicodeRegExp: false,
  }).addSchema(kubernetesBundle());
  return ajv;
}

function problemsOf(validate: ValidateFunction, value: unknown): string[] {
  return validate(value) ? [] : [...new Set((validate.errors ?? []).map(problemOf))];
}

function problemOf(error: ErrorObject): string {
  const path = pathOf(error.instancePath);
  const { params, keyword } = error;
  if (keyword === 'additionalProperties') return `${join(path, params.additionalProperty)}: unknown field`;
  if (keyword === 'required') return `${join(path, params.missingProperty)}: missing, expected a value`;
  return `${path || '(root)'}: ${shown(error.data)}, expected ${expectation(error)}`;
}

function expectation({ keyword, params, message }: ErrorObject): string {
  if (keyword === 'type') return [params.type].flat().join(' or ');
  if (keyword === 'enum') return params.allowedValues.join(', ');
  if (keyword === 'const') return JSON.stringify(params.allowedValue);
  return message?.replace(/^must /, 'to ') ?? keyword;
}

/** `/spec/rules/0/host` → `spec.rules[0].host`. */
function pathOf(pointer: string): string {
  const steps = pointer.split('/').slice(1);
  return steps.reduce((path, step) => join(path, step.replaceAll('~1', '/').replaceAll('~0', '~')), '');
}

function join(path: string, step: string): string {
  if (/^\d+$/.test(step)) return `${path}[${step}]`;
  if (!/^[\w-]+$/.test(step)) return `${path}["${step}"]`;
  return path === '' ? step : `${path}.${step}`;
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
