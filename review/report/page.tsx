/** One estate on one page: a static file that needs no network and no script. */
import { createHash } from 'node:crypto';
import { render } from 'preact-render-to-string';
import type { Assessment } from '../assessment';
import type { RenderedEstate } from '../rendered';
import { type Figure, figuresOf } from './_figures';
import { AllFindings, FirstFindings, Part, Toned } from './_html';
import { sectionsOf } from './_sections';
import { PAGE } from './_style';
import type { Section } from './_table';
import { Waterfall } from './_waterfall';
import { Diagram } from './diagram';
import { type Topology, topologyOf } from './topology';

/** Everything that the page shows. */
export interface Report {
  readonly estate: RenderedEstate;
  readonly assessment: Assessment;
}

/** Only the styles of this very file are let in, and nothing else. */
const POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(PAGE).digest('base64')}'; base-uri 'none'; form-action 'none'`;

/** The page as HTML. The same estate and assessment give the same bytes. */
export function reportPage({ estate, assessment }: Report): string {
  const topology = topologyOf(estate);
  const sections = sectionsOf(estate, assessment, topology);
  const page = (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content={POLICY} />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{`${topology.estate}: Flipside review`}</title>
        <style dangerouslySetInnerHTML={{ __html: PAGE }} />
      </head>
      <body>
        <a class="skip" href="#content">
          Skip to the report
        </a>
        <Head topology={topology} sections={sections} hasFindings={assessment.findings.length > 0} />
        <main id="content">
          <FirstScreen topology={topology} estate={estate} assessment={assessment} />
          <AllFindings findings={assessment.findings} />
          {sections.map((section) => (
            <Part key={section.id} section={section}>
              {section.id === 'recovery' && (
                <div class="scroll" role="region" aria-label="Recovery time, step by step" tabIndex={0}>
                  <Waterfall rto={assessment.rto} />
                </div>
              )}
            </Part>
          ))}
        </main>
        <footer>
          <p>
            Rendered by <code>flipside synth</code> from <code>{`dist/${topology.estate}`}</code>. As text:{' '}
            <a href="README.md">README.md</a>. The drawing alone:{' '}
            <a href="architecture.svg">architecture.svg</a>.
          </p>
        </footer>
      </body>
    </html>
  );
  return `<!doctype html>\n${render(page)}\n`;
}

function Head(props: { topology: Topology; sections: readonly Section[]; hasFindings: boolean }) {
  const { topology, sections, hasFindings } = props;
  return (
    <header>
      <div>
        <h1>{topology.estate}</h1>
        <p class="lead">{leadOf(topology)}</p>
      </div>
      <nav aria-label="On this page">
        <ul>
          {hasFindings && (
            <li>
              <a href="#findings">findings</a>
            </li>
          )}
          {sections.map(({ id }) => (
            <li key={id}>
              <a href={`#${id}`}>{id}</a>
            </li>
          ))}
        </ul>
      </nav>
    </header>
  );
}

const count = (number: number, word: string) => `${number} ${word}${number === 1 ? '' : 's'}`;

/** What the estate is, in one sentence. */
export function leadOf({ pattern, sides, stores, domain, others }: Topology): string {
  const regions = sides.map(
    ({ region, position, primary }) => `${region} (${position}${primary ? ', primary' : ''})`,
  );
  const services = sides[0]?.services.length ?? 0;
  const smaller = others.length > 0 ? ` Smaller copies: ${others.map(({ name }) => name).join(', ')}.` : '';
  return `${pattern} over ${regions.join(' and ')}: ${count(services, 'service')} and ${count(stores.length, 'store')} at ${domain}.${smaller}`;
}

function FirstScreen({ topology, estate, assessment }: Report & { topology: Topology }) {
  return (
    <div class="screen">
      <figure>
        <Diagram topology={topology} shape="wide" scope="w" />
        <Diagram topology={topology} shape="narrow" scope="n" />
      </figure>
      <div class="beside">
        <section aria-labelledby="figures-title">
          <h2 id="figures-title" class="unseen">
            Figures against their objectives
          </h2>
          <ul class="figures">
            {figuresOf(estate, assessment).map((figure) => (
              <Card key={figure.id} figure={figure} />
            ))}
          </ul>
        </section>
        <FirstFindings findings={assessment.findings} accepted={assessment.waived.length} />
      </div>
    </div>
  );
}

const Card = ({ figure: { name, value, against, state, tone } }: { figure: Figure }) => (
  <li class={`card ${tone}`}>
    <h3>{name}</h3>
    <p class="value">{value}</p>
    <p class="against">
      {against.map((line) => (
        <span key={line}>{line}</span>
      ))}
    </p>
    <Toned text={state} tone={tone} />
  </li>
);
