/** The parts of the report below its first screen, in order: the page and its Markdown twin show the same. */
import { duration, percentage } from '../checks/_words';
import type { Assessment } from '../assessment';
import type { RenderedEstate } from '../rendered';
import { capacity, components, requestPath, services } from './_component-tables';
import { dataRests, restoreNotes, restores } from './_durability-tables';
import { accepted, costByOwner, costLines, departures, dependencies, downtime } from './_money-tables';
import { failureKinds, recoveryLines, recoverySteps, storeLosses } from './_recovery-tables';
import type { Section, Table } from './_table';
import type { Topology } from './topology';

/** Every part. One without anything to show says so in a note. */
export function sectionsOf(estate: RenderedEstate, assessment: Assessment, topology: Topology): Section[] {
  const { rto, availability, cost, waived } = assessment;
  const { surge } = estate.input.estate.objectives;
  return [
    {
      id: 'recovery',
      title: 'Recovery after the loss of the primary region',
      notes: [
        'Times of AWS are published or assumed, each with its source. None was measured on AWS.',
        ...(rto.remedy ? [`To meet the objective: ${rto.remedy}.`] : []),
      ],
      tables: [
        recoverySteps(assessment),
        recoveryLines(assessment),
        failureKinds(estate, assessment, topology),
      ],
    },
    stores(assessment),
    section(
      'components',
      'Components and the way of a request',
      [],
      [components(topology), requestPath(topology)],
    ),
    section('services', 'Services', [], [services(topology)]),
    section('capacity', `Capacity at ${surge} times the load`, [], [capacity(assessment)]),
    section(
      'availability',
      'Availability',
      [
        `One region alone: ${percentage(availability.oneRegion)}. A year's budget holds ${availability.recoveriesPerYear} recoveries of ${duration(rto.total.p95)}.`,
      ],
      [downtime(assessment), dependencies(assessment)],
    ),
    section('cost', 'Cost', cost.assumptions, [costByOwner(assessment), costLines(assessment)]),
    section(
      'departures',
      'Departures',
      estate.input.estate.assumptions.length > 0 ? [] : ['None is declared.'],
      [departures(estate)],
    ),
    section('accepted', 'Accepted findings', waived.length > 0 ? [] : ['None is accepted.'], [
      accepted(assessment),
    ]),
  ];
}

const stores = (assessment: Assessment): Section =>
  section(
    'stores',
    'Stores',
    assessment.rpo.lines.length > 0 ? restoreNotes(assessment) : ['The estate keeps no data.'],
    [storeLosses(assessment), dataRests(assessment), restores(assessment)],
  );

/** Empty tables are left out: the note says why there is none. */
const section = (id: string, title: string, notes: readonly string[], tables: readonly Table[]): Section => ({
  id,
  title,
  notes,
  tables: tables.filter(({ rows }) => rows.length > 0),
});
