/** The image repositories of an estate's accounts. */
import type { EstateModel } from './estate';
import { PROVIDER_SERVICES } from './identities';
import { PROGRAMS } from './release';
import { THIRD_PARTY } from './third-party';

/** What stands in front of the names: the estate for its services, `flipside` for the platform. */
export const repositoryPrefixes = ({ estate }: EstateModel): string[] => [`${estate.name}/`, 'flipside/'];

/** Names of the provider packages: the one that all depend on, and one for each AWS service. */
export const PROVIDER_NAMES = ['family-aws', ...PROVIDER_SERVICES.map((service) => `aws-${service}`)].map(
  (name) => `provider-${name}`,
);

/** Every repository, by full name: of each service, each program, each provider package and each image of others. Sorted. */
export function repositoriesOf(model: EstateModel): string[] {
  const [own, platform] = repositoryPrefixes(model);
  const services = model.services.map(({ image }) => `${own}${image.replace(/@.*$/, '')}`);
  const shared = [...PROGRAMS, ...PROVIDER_NAMES, ...Object.values(THIRD_PARTY)];
  return [...new Set([...services, ...shared.map((name) => `${platform}${name}`)])].toSorted();
}
