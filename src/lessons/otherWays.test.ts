import { expect, test } from 'vitest'
import type { Lesson } from '#core/model/lesson.ts'
import { answer } from './answers.ts'
import { databaseAndBackup } from './everyday/databaseAndBackup.ts'
import { devAndProd } from './everyday/devAndProd.ts'
import { dnsFirst } from './everyday/dnsFirst.ts'
import { egressOfOneApp } from './everyday/egressOfOneApp.ts'
import { externalClients } from './everyday/externalClients.ts'
import { externalEgress } from './everyday/externalEgress.ts'
import { fromAllNamespaces } from './everyday/fromAllNamespaces.ts'
import { fromOneNamespace } from './everyday/fromOneNamespace.ts'
import { onlyFromOneApp } from './everyday/onlyFromOneApp.ts'
import { rollOut } from './everyday/rollOut.ts'
import { severalSelectors } from './everyday/severalSelectors.ts'
import { baselineFloor } from './exam/baselineFloor.ts'
import { leastPermissive } from './exam/leastPermissive.ts'
import { quarantine } from './exam/quarantine.ts'
import { threeTiers } from './exam/threeTiers.ts'
import { filesAfter } from './filesAfter.ts'
import { grade } from './grade.ts'
import { policy } from './texts.ts'

const INGRESS = 'policyTypes: [Ingress]'
const pods = (labels: string): string => `podSelector: { matchLabels: { ${labels} } }`
const home = (name: string): string => `namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: ${name} } }`
const spec = (...lines: readonly string[]): string => lines.map((line) => `  ${line}`).join('\n')
const textOf = ({ files, solution }: Lesson, from: 'start' | 'solution'): string =>
  (from === 'start' ? files : solution).find(({ path }) => path === 'policies.yaml')?.text ?? ''

/** Half of a step of the chain of `threeTiers`: what `app` lets in or out. */
const half = (app: string, direction: 'ingress' | 'egress', other: string, port: number): string =>
  policy(
    'travel',
    `${app}-${direction}`,
    spec(
      pods(`app: ${app}`),
      `policyTypes: [${direction === 'ingress' ? 'Ingress' : 'Egress'}]`,
      `${direction}: [{ ${direction === 'ingress' ? 'from' : 'to'}: [{ ${other} }], ports: [{ port: ${port} }] }]`,
    ),
  )
const deny = (direction: 'ingress' | 'egress', peers: string): string => `apiVersion: policy.networking.k8s.io/v1alpha2
kind: ClusterNetworkPolicy
metadata: { name: quarantine-${direction} }
spec:
  tier: Admin
  priority: 0
  subject: { pods: { podSelector: { matchExpressions: [{ key: state, operator: In, values: [quarantined] }] } } }
  ${direction}: [{ action: Deny, ${direction === 'ingress' ? 'from' : 'to'}: ${peers} }]
`
const DNS_PEER = `{ ${home('kube-system')}, ${pods('k8s-app: kube-dns')} }`
const DNS_PORTS = '[{ protocol: UDP, port: 53 }, { protocol: TCP, port: 53 }]'

// Right answers that are not the solution: judged by behaviour, they pass as well.
const WAYS: readonly (readonly [string, Lesson, readonly string[]])[] = [
  [
    'with a namespace and a port besides',
    onlyFromOneApp,
    [
      policy(
        'bank',
        'ledger',
        spec(
          pods('app: ledger'),
          `ingress: [{ from: [{ ${home('bank')}, ${pods('app: teller')} }], ports: [{ port: 7000 }] }]`,
        ),
      ),
    ],
  ],
  [
    'by an expression on the name',
    fromOneNamespace,
    [
      policy(
        'collection',
        'catalogue',
        spec(
          pods('app: catalogue'),
          'ingress:',
          '  - from:',
          '      - namespaceSelector:',
          '          matchExpressions: [{ key: kubernetes.io/metadata.name, operator: In, values: [website] }]',
        ),
      ),
    ],
  ],
  [
    'by a label that every namespace has',
    fromAllNamespaces,
    [
      policy(
        'railway',
        'timetable',
        spec(
          pods('app: timetable'),
          'ingress:',
          '  - from: [{ namespaceSelector: { matchExpressions: [{ key: kubernetes.io/metadata.name, operator: Exists }] } }]',
        ),
      ),
    ],
  ],
  [
    'with a policy for each section',
    severalSelectors,
    [
      textOf(severalSelectors, 'start'),
      policy(
        'orchestra',
        'woodwind',
        spec(pods('app: scores'), `ingress: [{ from: [{ ${pods('section: woodwind')} }] }]`),
      ),
    ],
  ],
  [
    'by all addresses',
    externalClients,
    [
      textOf(externalClients, 'start'),
      policy(
        'arena',
        'players',
        spec(
          pods('app: match'),
          'ingress: [{ from: [{ ipBlock: { cidr: 0.0.0.0/0 } }], ports: [{ protocol: UDP, port: 7777 }] }]',
        ),
      ),
    ],
  ],
  [
    'with DNS in a policy of its own',
    dnsFirst,
    [
      textOf(dnsFirst, 'start'),
      policy(
        'bakery',
        'allow-dns',
        spec(pods('app: orders'), 'policyTypes: [Egress]', `egress: [{ to: [${DNS_PEER}], ports: ${DNS_PORTS} }]`),
      ),
    ],
  ],
  [
    'with a second policy',
    egressOfOneApp,
    [
      textOf(egressOfOneApp, 'start'),
      policy(
        'studio',
        'storage',
        spec(
          pods('app: resizer'),
          'policyTypes: [Egress]',
          `egress: [{ to: [{ ${home('studio')}, ${pods('app: storage')} }], ports: [{ port: 9000 }] }]`,
        ),
      ),
    ],
  ],
  [
    'with only the one address of the metadata taken out',
    externalEgress,
    [textOf(externalEgress, 'solution').replace('169.254.0.0/16', '169.254.169.254/32')],
  ],
  [
    'with a rule for each caller',
    databaseAndBackup,
    [
      policy(
        'vet',
        'db',
        spec(
          pods('app: db'),
          INGRESS,
          'ingress:',
          `  - { from: [{ ${pods('app: appointments')} }], ports: [{ port: 5432 }] }`,
          `  - { from: [{ ${pods('job: backup')} }], ports: [{ port: 5432 }] }`,
        ),
      ),
    ],
  ],
  [
    'with the deny on top, which is the same once all is there',
    rollOut,
    textOf(rollOut, 'solution').split('---\n').toReversed(),
  ],
  [
    'with an item for each stage',
    devAndProd,
    [
      policy(
        'regatta-prod',
        'stages',
        spec(
          'podSelector: {}',
          'ingress:',
          '  - from: [{ namespaceSelector: { matchLabels: { stage: prod } } }]',
          '  - from: [{ namespaceSelector: { matchLabels: { stage: shared } } }]',
        ),
      ),
    ],
  ],
  [
    'with a policy of one’s own in place of the three',
    leastPermissive,
    [
      policy(
        'observatory',
        'delta',
        spec(
          pods('app: telescope'),
          'ingress:',
          `  - { from: [{ ${home('planning')}, ${pods('app: scheduler')} }, { ${pods('app: dome')} }], ports: [{ port: 7624 }] }`,
        ),
      ),
    ],
  ],
  [
    'with a policy for each half of each step',
    threeTiers,
    [
      textOf(threeTiers, 'start'),
      half('web', 'ingress', `${home('edge')}, ${pods('app: router')}`, 8080),
      half('web', 'egress', pods('app: booking'), 8081),
      half('booking', 'ingress', pods('app: web'), 8081),
      half('booking', 'egress', pods('app: db'), 5432),
      half('db', 'ingress', pods('app: booking'), 5432),
    ],
  ],
  [
    'with a policy for each direction',
    quarantine,
    [
      textOf(quarantine, 'start'),
      deny('ingress', '[{ namespaces: {} }]'),
      deny('egress', '[{ namespaces: {} }, { networks: [0.0.0.0/0] }]'),
    ],
  ],
  [
    'with DNS accepted in the baseline before the deny',
    baselineFloor,
    [
      textOf(baselineFloor, 'start').replace('tier: Admin', 'tier: Baseline'),
      `apiVersion: policy.networking.k8s.io/v1alpha2
kind: ClusterNetworkPolicy
metadata: { name: dns }
spec:
  tier: Baseline
  priority: 1
  subject: { namespaces: { matchLabels: { kubernetes.io/metadata.name: kube-system } } }
  ingress: [{ action: Accept, from: [{ namespaces: {} }] }]
`,
    ],
  ],
]

test.each(WAYS.map(([way, lesson, texts]) => [`${lesson.id}: ${way}`, lesson, texts] as const))(
  '%s',
  (_, lesson, texts) => {
    const files = filesAfter(lesson, answer(...texts))
    const { goals, violations } = grade(lesson, files)
    expect(files).not.toEqual(filesAfter(lesson, lesson.solution))
    expect(goals.filter(({ outcome }) => outcome !== 'holds').map(({ goal }) => goal.name)).toEqual([])
    expect(violations).toEqual([])
  },
)
