/** CloudFront Origin Shield: the further cache close to the origin. */

/**
 * Regions without a shield of their own, with the one AWS advises.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/origin-shield.html (2026-11)
 */
const NEAREST: Readonly<Record<string, string>> = {
  'us-west-1': 'us-west-2',
  'af-south-1': 'eu-west-1',
  'ap-east-1': 'ap-southeast-1',
  'ca-central-1': 'us-east-1',
  'eu-south-1': 'eu-central-1',
  'eu-west-3': 'eu-west-2',
  'eu-north-1': 'eu-west-2',
  'me-south-1': 'ap-south-1',
};

/** The shield's region for an origin in `region`. */
export const shieldRegion = (region: string): string => NEAREST[region] ?? region;
