/** The image repositories of an estate's accounts. */
import type { EstateModel } from './estate';
import { PROVIDER_SERVICES } from './identities';
import { PROGRAMS } from './release';

/** What stands in front of the names: the estate for its services, `flipside` for the platform. */
export const repositoryPrefixes = ({ estate }: EstateModel): string[] => [`${estate.name}/`, 'flipside/'];

/** Every repository, by full name: of each service, each program and each provider package. Sorted. */
export function repositoriesOf(model: EstateModel): string[] {
  const [own, platform] = repositoryPrefixes(model);
  const services = model.services.map(({ image }) => `${own}${image.replace(/@.*$/, '')}`);
  const programs = PROGRAMS.map((program) => `${platform}${program}`);
  const providers = ['family-aws', ...PROVIDER_SERVICES.map((service) => `aws-${service}`)];
  return [
    ...new Set([...services, ...programs, ...providers.map((name) => `${platform}provider-${name}`)]),
  ].toSorted();
}
