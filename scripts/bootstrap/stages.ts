/** The stages that are commands: what each runs, and what proves that it worked. Each may be run again. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { flags } from '../../lab/flags';
import { CROSSPLANE_FLAGS } from '../../model/crossplane-flags';
import { INSTALL_MANAGER, ROOT_MANAGER } from '../../model/field-managers';
import { CROSSPLANE_NAMESPACE, EXTERNAL_SECRETS } from '../../model/identities';
import { repositoryIn } from '../../model/release';
import { ARGOCD_NAMESPACE } from '../../platform/argocd/delivered';
import { yamlStream } from '../render/yaml';
import { type Command, command } from './command';
import { substitutions } from './images';
import { copyChart, type Parts } from './parts';

/** A stage of the bootstrap. */
export interface Stage {
  readonly name: string;
  /** Make the files that are applied; they change nothing outside this machine. */
  readonly prepare: readonly Command[];
  /** Files and folders that kubectl applies, in order. */
  readonly applies: readonly string[];
  readonly apply: (path: string, dryRun?: boolean) => Command;
  /** Registry that every image of it comes from; absent: any. */
  readonly registry?: string;
  /** Run once everything is applied. */
  readonly settle?: readonly Command[];
  readonly verify: readonly Command[];
}

/** What the stages are made from. */
export interface StageProps {
  readonly parts: Parts;
  /** `dist/<estate>/kubernetes/<cluster>` */
  readonly dist: string;
  /** Folder for what is rendered on the way. */
  readonly work: string;
  /** Registry that every image comes from; absent: as published. */
  readonly registry?: string;
  /** Arguments that choose the cluster. */
  readonly target: readonly string[];
}

/** Argo CD's own name: it delivers these objects later, and a field that leaves Git then leaves the cluster too. */
const DELIVERER = 'argocd-controller';

/** What it takes to start the slowest pod of an installation on a new node. */
const ROLLOUT = '10m';
const ROLLOUT_MS = 11 * 60_000;
/** The largest of the files has 30,000 lines. */
const APPLY_MS = 5 * 60_000;

/** The stages, in order. */
export function stagesOf(props: StageProps): Stage[] {
  mkdirSync(props.work, { recursive: true });
  return [
    namespaces(props),
    nodes(props),
    argoCd(props),
    crossplane(props),
    externalSecrets(props),
    root(props),
  ];
}

const applying =
  ({ target }: StageProps, manager: string, namespace?: string) =>
  (path: string, dryRun = false): Command =>
    command(
      'kubectl',
      [
        'apply',
        ...target,
        '--server-side',
        '--force-conflicts',
        `--field-manager=${manager}`,
        ...(namespace ? [`--namespace=${namespace}`] : []),
        ...(dryRun ? ['--dry-run=server'] : []),
        `--filename=${path}`,
      ],
      APPLY_MS,
    );

const kubectl = ({ target }: StageProps, words: string, timeout?: number) =>
  command('kubectl', [...words.split(' '), ...target], timeout);

const rollouts = (props: StageProps, namespace: string, ...names: readonly string[]) =>
  names.map((name) =>
    kubectl(props, `rollout status ${name} --namespace=${namespace} --timeout=${ROLLOUT}`, ROLLOUT_MS),
  );

function namespaces(props: StageProps): Stage {
  const names = [ARGOCD_NAMESPACE, CROSSPLANE_NAMESPACE, EXTERNAL_SECRETS.namespace];
  const file = join(props.work, 'namespaces.yaml');
  const objects = names.map((name) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }));
  writeFileSync(file, yamlStream(objects));
  return {
    name: 'Namespaces',
    prepare: [],
    applies: [file],
    apply: applying(props, INSTALL_MANAGER),
    verify: [kubectl(props, `get namespace ${names.join(' ')} --output=name`)],
  };
}

/** Argo CD delivers the nodes, and needs nodes to run on: the first time they come from here. */
const nodes = (props: StageProps): Stage => ({
  name: 'Nodes',
  prepare: [],
  applies: [join(props.dist, 'nodes')],
  apply: applying(props, DELIVERER),
  verify: [
    kubectl(
      props,
      `wait nodeclasses.eks.amazonaws.com --all --for=condition=Ready --timeout=${ROLLOUT}`,
      ROLLOUT_MS,
    ),
    kubectl(
      props,
      `wait nodepools.karpenter.sh --all --for=condition=Ready --timeout=${ROLLOUT}`,
      ROLLOUT_MS,
    ),
  ],
});

function argoCd(props: StageProps): Stage {
  const { parts, work, registry } = props;
  const published = join(parts.argocd.dir, 'install.yaml');
  const into = join(work, 'argocd.yaml');
  return {
    name: `Argo CD ${parts.argocd.version}`,
    prepare: registry ? [{ ...command('sed', [...substitutions(registry), published]), into }] : [],
    applies: [registry ? into : published],
    apply: applying(props, INSTALL_MANAGER, ARGOCD_NAMESPACE),
    ...(registry && { registry }),
    verify: rollouts(
      props,
      ARGOCD_NAMESPACE,
      'deployment/argocd-redis',
      'deployment/argocd-repo-server',
      'deployment/argocd-server',
      'statefulset/argocd-application-controller',
    ),
  };
}

function crossplane(props: StageProps): Stage {
  const { version, dir } = props.parts.crossplane;
  return {
    ...charted(props, 'crossplane', CROSSPLANE_NAMESPACE, dir, [
      `image.tag=${version}`,
      ...ownRepository(props, 'crossplane', 'image'),
      // Which kinds exist is an object of the platform; the chart's own wish is all of them.
      'provider.defaultActivations={none.flipside.dev}',
      `args={${flags(CROSSPLANE_FLAGS).join(',')}}`,
    ]),
    name: `Crossplane ${version}`,
    verify: [
      ...rollouts(props, CROSSPLANE_NAMESPACE, 'deployment/crossplane', 'deployment/crossplane-rbac-manager'),
      kubectl(
        props,
        `wait customresourcedefinition/functions.pkg.crossplane.io --for=condition=Established --timeout=${ROLLOUT}`,
        ROLLOUT_MS,
      ),
    ],
  };
}

function externalSecrets(props: StageProps): Stage {
  const { version, dir } = props.parts.externalSecrets;
  const { namespace, name } = EXTERNAL_SECRETS;
  const images = ['image', 'webhook.image', 'certController.image'];
  const stage = charted(props, name, namespace, join(dir, 'charts', 'external-secrets'), [
    'installCRDs=false',
    ...images.map((image) => `${image}.tag=${version}`),
    ...ownRepository(props, 'external-secrets', ...images),
  ]);
  return {
    ...stage,
    name: `External Secrets ${version}`,
    // The chart has them only as it is published, not as it is kept.
    applies: [join(dir, 'crds', 'bundle.yaml'), ...stage.applies],
    verify: rollouts(
      props,
      namespace,
      ...['', '-webhook', '-cert-controller'].map((suffix) => `deployment/${name}${suffix}`),
    ),
  };
}

function charted(
  props: StageProps,
  release: string,
  namespace: string,
  chart: string,
  values: readonly string[],
) {
  const copy = join(props.work, release);
  copyChart(chart, copy);
  const into = join(props.work, `${release}.yaml`);
  const sets = values.flatMap((value) => ['--set', value]);
  const render = ['template', release, copy, `--namespace=${namespace}`, '--include-crds', ...sets];
  return {
    prepare: [{ ...command('helm', render), into }],
    applies: [into],
    apply: applying(props, INSTALL_MANAGER, namespace),
    ...(props.registry && { registry: props.registry }),
  };
}

/** Values of a chart that take its images from the own registry. */
const ownRepository = ({ registry }: StageProps, name: string, ...images: readonly string[]): string[] =>
  registry ? images.map((image) => `${image}.repository=${repositoryIn(registry, name)}`) : [];

const root = (props: StageProps): Stage => ({
  name: 'Hand over to Git',
  prepare: [],
  applies: [join(props.dist, 'root')],
  apply: applying(props, ROOT_MANAGER),
  // It reads its settings when it starts.
  settle: [
    kubectl(
      props,
      `rollout restart statefulset/argocd-application-controller --namespace=${ARGOCD_NAMESPACE}`,
    ),
  ],
  verify: [
    ...rollouts(props, ARGOCD_NAMESPACE, 'statefulset/argocd-application-controller'),
    kubectl(props, `get applications.argoproj.io root --namespace=${ARGOCD_NAMESPACE} --output=name`),
  ],
});
