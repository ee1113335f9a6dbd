import { type End, endId, endName } from '#core/model/end.ts'
import type { Labels } from '#core/model/labels.ts'
import type { Isolated, NamespaceCard, Picture, Switch, WorkloadCard } from '#core/model/picture.ts'
import type { Direction } from '#core/model/rule.ts'
import { commandsFor } from '#state/commands.ts'
import { useApp, useStore } from '#ui/kit/AppContext.tsx'
import { Button } from '#ui/kit/Button.tsx'
import { Choice } from '#ui/kit/Field.tsx'
import { Pill } from '#ui/kit/Pill.tsx'
import { CommandButtons } from './CommandButtons.tsx'
import { ConnectTo } from './ConnectTo.tsx'
import styles from './inspector.module.css'

interface Props {
  readonly id: string
  readonly picture: Picture
}

/** A workload, a namespace or something outside: what it is, who selects it, and what can be done with it. */
export function CardInspector({ id, picture }: Props) {
  const app = useApp()
  const placed = useStore(app.view, (state) => state.placed)
  const workload = picture.workloads.find((card) => card.id === id)
  if (workload) return <WorkloadInspector card={workload} picture={picture} />
  const namespace = picture.namespaces.find(({ name }) => name === id)
  if (namespace) return <NamespaceInspector card={namespace} picture={picture} />
  const outside = [...picture.outside, ...placed].find((end) => endId(end) === id)
  return outside ? <OutsideInspector end={outside} picture={picture} /> : null
}

const ISOLATION: Readonly<Record<Direction, Readonly<Record<Isolated, string>>>> = {
  ingress: {
    yes: 'Isolated: only what a rule allows comes in.',
    no: 'Open in: no NetworkPolicy selects it for ingress, so everyone may connect',
    some: 'Some of its pods are isolated for ingress.',
    unknown: 'Not known: what is loaded does not tell who selects it.',
  },
  egress: {
    yes: 'Isolated: only what a rule allows goes out.',
    no: 'Open out: no NetworkPolicy selects it for egress, so it may connect anywhere',
    some: 'Some of its pods are isolated for egress.',
    unknown: 'Not known: what is loaded does not tell who selects it.',
  },
}

const CLUSTER_SCOPED = /^(AdminNetworkPolicy|BaselineAdminNetworkPolicy|ClusterNetworkPolicy)$/

// Cluster-scoped policies isolate nobody, and may deny nevertheless.
function tellIsolation({ isolated }: WorkloadCard, direction: Direction, { documents }: Picture): string {
  const text = ISOLATION[direction][isolated[direction]]
  if (isolated[direction] !== 'no') return text
  const others = documents.some(({ kind, outcome }) => outcome === 'object' && CLUSTER_SCOPED.test(kind))
  return others ? `${text}, as far as cluster-scoped policies let it.` : `${text}.`
}

function WorkloadInspector({ card, picture }: { readonly card: WorkloadCard; readonly picture: Picture }) {
  const app = useApp()
  const end = { namespace: card.namespace, workload: `${card.kind}/${card.name}` }
  const [ref] = card.refs
  return (
    <div className={styles.inspector}>
      <header className={styles.head}>
        <h3 className={styles.title}>{endName(end)}</h3>
        <Pill>
          {card.kind} ×{card.replicas}
        </Pill>
      </header>
      <Remarks card={card} />
      <dl className={styles.facts}>
        <dt>Ports</dt>
        <dd>
          {card.ports.length === 0 && 'none declared'}
          {card.ports.map(({ name, port, protocol }) => (
            <code key={`${protocol}/${port}`} className={styles.chip}>
              {protocol} {port}
              {name === undefined ? '' : ` ${name}`}
            </code>
          ))}
        </dd>
        <LabelFacts labels={card.labels} />
        <dt>In</dt>
        <dd>{tellIsolation(card, 'ingress', picture)}</dd>
        <dt>Out</dt>
        <dd>{tellIsolation(card, 'egress', picture)}</dd>
      </dl>
      <Reach id={card.id} />
      <CommandButtons commands={commandsFor({ type: 'workload', card })} />
      <ConnectTo from={end} picture={picture} />
      <p className={styles.actions}>
        {ref && (
          <Button small onClick={() => app.actions.reveal(ref)}>
            Show its text
          </Button>
        )}
        <RemoveButton end={end} />
      </p>
    </div>
  )
}

function Remarks({ card }: { readonly card: WorkloadCard }) {
  const remarks = [
    card.hostNetwork && 'It runs in the host network: policies do not apply to it.',
    card.assumed && 'Not loaded: made up from what a policy selects.',
    card.sketch && 'Sketched here; exported only on request.',
    card.finished && 'All its pods have finished.',
    card.stale && 'Its document does not parse now: this is its last good meaning.',
  ].filter((remark) => remark !== false)
  return remarks.length === 0 ? null : <p className={styles.note}>{remarks.join(' ')}</p>
}

function LabelFacts({ labels }: { readonly labels: Labels }) {
  const entries = Object.entries(labels)
  return (
    <>
      <dt>Labels</dt>
      <dd>
        {entries.length === 0 && 'none'}
        {entries.map(([key, value]) => (
          <code key={key} className={styles.chip}>
            {key}: {value}
          </code>
        ))}
      </dd>
    </>
  )
}

function Reach({ id }: { readonly id: string }) {
  const app = useApp()
  const on = useStore(app.view, (state) => state.layers.reach)
  const denied = useStore(app.view, (state) => state.reachDenied)
  const reach = useStore(app.analysis, (state) => state.reach)
  const out = reach.filter((edge) => endId(edge.from) === id)
  const open = (edges: typeof reach): number => edges.filter((edge) => edge.status !== 'denied').length
  return (
    <div className={styles.reach}>
      <Choice
        label="Show what it reaches and who reaches it"
        checked={on}
        onChange={(event) => app.actions.setLayer('reach', event.target.checked)}
      />
      {on && (
        <>
          <Choice
            label="Denied ones, too"
            checked={denied}
            onChange={(event) => app.actions.setReachDenied(event.target.checked)}
          />
          <p className={styles.summary}>
            Reaches {open(out)}, reached by {open(reach) - open(out)}.
          </p>
        </>
      )}
    </div>
  )
}

const SWITCHES: Readonly<Record<Switch, string>> = {
  on: 'denied unless a rule allows',
  mixed: 'denied for some pods unless a rule allows',
  off: 'open unless a policy selects the pod',
}

function NamespaceInspector({ card, picture }: { readonly card: NamespaceCard; readonly picture: Picture }) {
  const app = useApp()
  const count = picture.workloads.filter(({ namespace }) => namespace === card.name).length
  const { ref } = card
  return (
    <div className={styles.inspector}>
      <header className={styles.head}>
        <h3 className={styles.title}>{card.name}</h3>
        <Pill>namespace</Pill>
      </header>
      {!card.loaded && (
        <p className={styles.note}>
          Only named by others, not loaded: its labels are not known. <code>kubectl get ns {card.name} -o yaml</code>
        </p>
      )}
      <dl className={styles.facts}>
        <dt>Holds</dt>
        <dd>{count === 1 ? '1 workload' : `${count} workloads`}</dd>
        <LabelFacts labels={card.labels} />
        <dt>In</dt>
        <dd>{SWITCHES[card.defaultDeny.ingress]}</dd>
        <dt>Out</dt>
        <dd>{SWITCHES[card.defaultDeny.egress]}</dd>
        <dt>Policies</dt>
        <dd>
          <PolicyLinks names={card.policies} picture={picture} />
        </dd>
      </dl>
      <CommandButtons commands={commandsFor({ type: 'namespace', card })} />
      <ConnectTo from={{ namespace: card.name }} picture={picture} />
      <p className={styles.actions}>
        {ref && (
          <Button small onClick={() => app.actions.reveal(ref)}>
            Show its text
          </Button>
        )}
        <RemoveButton end={{ namespace: card.name }} />
      </p>
    </div>
  )
}

function PolicyLinks({ names, picture }: { readonly names: readonly string[]; readonly picture: Picture }) {
  const app = useApp()
  if (names.length === 0) return 'none'
  return names.map((name) => {
    const document = picture.documents.find((one) => one.name === name && one.kind.endsWith('Policy'))
    return (
      <span key={name} className={styles.policy}>
        {document ? (
          <button type="button" className={styles.link} onClick={() => app.actions.revealDocument(document.id)}>
            {name.slice(name.indexOf('/') + 1)}
          </button>
        ) : (
          name
        )}
      </span>
    )
  })
}

function whereabouts(end: End): string {
  if ('ingressController' in end) return 'where Ingress sends from'
  return 'node' in end || 'anyNamespace' in end ? 'in the cluster' : 'outside the cluster'
}

function OutsideInspector({ end, picture }: { readonly end: End; readonly picture: Picture }) {
  const app = useApp()
  const placed = useStore(app.view, (state) => state.placed.some((one) => endId(one) === endId(end)))
  return (
    <div className={styles.inspector}>
      <header className={styles.head}>
        <h3 className={styles.title}>{endName(end)}</h3>
        <Pill>{whereabouts(end)}</Pill>
      </header>
      <Reach id={endId(end)} />
      <ConnectTo from={end} picture={picture} />
      {placed && (
        <p className={styles.actions}>
          <Button small onClick={() => app.actions.unplace(end)}>
            Take off the canvas
          </Button>
        </p>
      )}
    </div>
  )
}

function RemoveButton({ end }: { readonly end: End }) {
  const app = useApp()
  const writable = useStore(app.documents, (state) => state.writable)
  if (!writable) return null
  return (
    <Button small variant="danger" onClick={() => void app.actions.carryOut({ type: 'remove', end })}>
      Remove …
    </Button>
  )
}
