import { availabilityOf } from '../numbers/availability';
import type { Check } from '../check';
import type { AvailabilityFigure } from '../assessment';
import { number, percentage } from './_words';

const largest = ({ parts }: AvailabilityFigure) =>
  parts.toSorted((a, b) => b.minutesPerYear - a.minutesPerYear)[0];

/** A warning: what providers promise is a floor, and an objective may aim higher. */
export const availability: Check = {
  id: 'availability',
  title: 'The expected availability meets the objective',
  severity: 'warning',
  reference: 'S0-02, S3-03, X-01; AWS, Availability and Beyond (2026-08)',
  run: (estate, report) => {
    const figure = availabilityOf(estate);
    if (figure.meets) return [];
    const { name } = estate.input.estate;
    const minutes = figure.parts.reduce((sum, part) => sum + part.minutesPerYear, 0);
    const part = largest(figure);
    return [
      report({
        message: `Cannot promise ${percentage(figure.objective)}: ${percentage(figure.expected)} from what AWS promises, ${number(minutes)} min a year of at most ${number(figure.budget.minutesPerYear)}; most of it ${part?.label}: ${number(part?.minutesPerYear ?? 0)}`,
        path: `estates/${name}/estate.yaml#objectives.availability`,
        remedy: `Set objectives.availability: ${Math.floor(figure.expected * 10_000) / 100}%, or keep it as a target that no contract backs`,
      }),
    ];
  },
};
