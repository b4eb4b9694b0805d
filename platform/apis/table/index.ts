export { tableKind } from './definition';
