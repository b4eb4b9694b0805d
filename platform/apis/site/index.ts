export { site } from './definition';
