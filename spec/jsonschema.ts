/** JSON Schemas with which an editor completes and checks what people write. */
import * as z from 'zod';
import { claimSchemas, primaryRegionSchema } from './claims';
import { estateSchema } from './estate';
import { factsSchema } from './facts';
import { serviceSchema } from './service';
import { waiversSchema } from './waivers';

/** Text of every schema, by its path in the repository. */
export function jsonSchemas(): ReadonlyMap<string, string> {
  const claims = Object.entries({ ...claimSchemas, PrimaryRegion: primaryRegionSchema });
  return new Map([
    ['schemas/estate.json', textOf(estateSchema)],
    ['schemas/service.json', textOf(serviceSchema)],
    ['schemas/facts.json', textOf(factsSchema)],
    ['schemas/waivers.json', textOf(waiversSchema)],
    ...claims.map(([kind, schema]) => [`schemas/claims/${kebab(kind)}.json`, textOf(schema, kind)] as const),
  ]);
}

const kebab = (kind: string) => kind.replace(/(?<=[a-z0-9])[A-Z]/g, (letter) => `-${letter}`).toLowerCase();

/** Draft 7 is what the YAML language server understands best. https://github.com/redhat-developer/yaml-language-server */
function textOf(schema: z.ZodType, kind?: string): string {
  const json = z.toJSONSchema(schema, { io: 'input', target: 'draft-7', override: withoutServerRules });
  return `${JSON.stringify({ title: kind, ...json }, null, 2)}\n`;
}

/** The rules that only an API server evaluates mean nothing to an editor. */
function withoutServerRules({ jsonSchema }: { jsonSchema: Record<string, unknown> }): void {
  for (const key of Object.keys(jsonSchema)) if (key.startsWith('x-kubernetes-')) delete jsonSchema[key];
}
