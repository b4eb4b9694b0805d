/** The same services for every tool: an estate of ours, a kustomize tree, a Helm chart. */
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseAllDocuments, stringify } from 'yaml';

/** An estate like storefront with `count` services, in a folder of its own. */
export function generateEstate(root: string, dir: string, count: number): void {
  const estate = join(dir, 'estates', 'storefront');
  for (const part of ['estate.yaml', 'primary-region.yaml', 'facts', 'claims']) {
    cpSync(join(root, 'estates', 'storefront', part), join(estate, part), { recursive: true });
  }
  const service = readFileSync(join(root, 'estates', 'storefront', 'services', 'payments.yaml'), 'utf8');
  for (let i = 0; i < count; i += 1) {
    write(
      join(estate, 'services', `${nameOf(i)}.yaml`),
      service.replace('name: payments', `name: ${nameOf(i)}`),
    );
  }
}

const nameOf = (i: number) => `service-${i}`;

/** The objects that Flipside renders for one service, as the other tools' input. */
export function objectsOfOneService(rendered: string): Record<string, unknown>[] {
  return parseAllDocuments(rendered).map((document) => document.toJS() as Record<string, unknown>);
}

/** A kustomize base with one service's objects and an overlay for each service. */
export function generateKustomize(dir: string, objects: readonly object[], count: number): void {
  write(join(dir, 'base', 'all.yaml'), objects.map((object) => stringify(object)).join('---\n'));
  write(join(dir, 'base', 'kustomization.yaml'), stringify({ resources: ['all.yaml'] }));
  const names = Array.from({ length: count }, (_, i) => nameOf(i));
  for (const name of names) {
    write(
      join(dir, name, 'kustomization.yaml'),
      stringify({ resources: ['../base'], nameSuffix: `-${name}` }),
    );
  }
  write(join(dir, 'kustomization.yaml'), stringify({ resources: names }));
}

/** A Helm chart that ranges over the services. */
export function generateHelm(dir: string, objects: readonly object[], count: number): void {
  const body = objects.map((object) => stringify(object)).join('---\n');
  const template = `{{- range .Values.services }}\n---\n${body.replaceAll('service-0', '{{ .name }}')}\n{{- end }}\n`;
  write(join(dir, 'Chart.yaml'), stringify({ apiVersion: 'v2', name: 'services', version: '0.1.0' }));
  write(
    join(dir, 'values.yaml'),
    stringify({ services: Array.from({ length: count }, (_, i) => ({ name: nameOf(i) })) }),
  );
  write(join(dir, 'templates', 'services.yaml'), template);
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
