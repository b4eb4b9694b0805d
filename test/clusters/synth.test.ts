/** What holds for every template: bytes, sizes, tags, and what they may depend on. */
import { modelOf } from '../../model/estate';
import { TAGGABLE } from './_taggable';
import { rendered } from './_rendered';
import { type Resource, estateOf, estates, inputOf, type Template } from './_templates';

const names = estates().map(({ estate }) => estate.name);
const textOf = (templates: ReadonlyMap<string, Template>) =>
  JSON.stringify(Object.fromEntries([...templates].toSorted(([a], [b]) => (a < b ? -1 : 1))), null, 1);

test.each(names)('two syntheses of %s give equal bytes', (name) => {
  expect(textOf(rendered(modelOf(inputOf(name))))).toBe(textOf(estateOf(name).templates));
});

test.each(names)('C-06: a flip of %s changes no template: all of it stands before', (name) => {
  const input = inputOf(name);
  const { primaryRegion } = input;
  const spec = { ...primaryRegion.spec, region: input.estate.regions.peer.name, epoch: 7 };
  const flipped = { ...input, primaryRegion: { ...primaryRegion, spec } };
  expect(textOf(rendered(modelOf(flipped)))).toBe(textOf(estateOf(name).templates));
});

test('templates need no facts: the facts come out of them', () => {
  const input = inputOf('capstone');
  const others = Object.entries(input.facts).map(([name, facts]) => [
    name,
    { ...facts, vpc: { id: 'vpc-ffffffffffffffff' }, keys: { data: facts.keys.data.replace(/.$/, 'f') } },
  ]);
  const answered = { ...input, facts: Object.fromEntries(others) };
  expect(textOf(rendered(modelOf(answered)))).toBe(textOf(estateOf('capstone').templates));
});

test.each(names)('%s: one template for each stack, below the limits of CloudFormation', (name) => {
  // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html (2026-11)
  for (const [path, template] of estateOf(name).templates) {
    expect(path).toMatch(/^aws\/(prod|staging|dev)-[a-z]+-[a-z]+-\d-[a-z-]+\.json$/);
    expect(Object.keys(template.Resources).length).toBeLessThanOrEqual(500);
    expect(Object.keys(template.Outputs ?? {}).length).toBeLessThanOrEqual(200);
    expect(JSON.stringify(template).length).toBeLessThan(1_000_000);
  }
});

test.each(names)('%s: nothing about the tool that made it', (name) => {
  for (const [, template] of estateOf(name).templates) {
    expect(Object.keys(template)).not.toContain('Rules');
    expect(Object.keys(template.Parameters ?? {})).not.toContain('BootstrapVersion');
    expect(JSON.stringify(template)).not.toMatch(/aws:cdk|aws:asset|CDKMetadata/);
  }
});

const tagsOf = ({ Properties }: Resource): Record<string, string> => {
  const tags = Properties?.['Tags'] ?? Properties?.['HostedZoneTags'] ?? [];
  return Array.isArray(tags) ? Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value])) : tags;
};

test.each(names)('C-30, S4-116: every taggable resource of %s says estate, environment and owner', (name) => {
  for (const [path, { Resources }] of estateOf(name).templates) {
    for (const [id, resource] of Object.entries(Resources)) {
      if (!TAGGABLE.has(resource.Type)) continue;
      expect([path, id, tagsOf(resource)]).toEqual([
        path,
        id,
        expect.objectContaining({ 'flipside.dev/estate': name, 'flipside.dev/owner': expect.any(String) }),
      ]);
    }
  }
});

test.each(names)('S1-29: no secret, and no text that looks like one, stands in a template of %s', (name) => {
  for (const [, template] of estateOf(name).templates) {
    expect(JSON.stringify(template)).not.toMatch(
      /AKIA[0-9A-Z]{16}|BEGIN [A-Z ]*PRIVATE KEY|"(Master)?(User)?Password"/,
    );
  }
});
