export { CrossplaneChart, type CrossplaneChartProps } from './chart';
export { AGGREGATE_LABEL, GRANTED } from './grants';
export * from './namespaces';
