export { primaryRegion, regionRules } from './definition';
