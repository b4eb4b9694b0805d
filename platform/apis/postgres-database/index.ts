export { postgresDatabaseKind } from './definition';
