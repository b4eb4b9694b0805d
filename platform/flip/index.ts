export { flipApplications, missingBeaconFacts } from './applications';
