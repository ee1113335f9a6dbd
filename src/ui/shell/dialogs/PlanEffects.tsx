import type { EffectGroup } from '#core/model/effects.ts'
import { type End, endName } from '#core/model/end.ts'
import type { ConnectionChange, Plan } from '#core/model/intent.ts'
import type { Status } from '#core/model/verdict.ts'
import { EffectGroups } from '#ui/kit/EffectGroups.tsx'
import { VerdictGlyph } from '#ui/kit/VerdictLine.tsx'
import { counted } from '#ui/kit/counted.ts'
import styles from './dialogs.module.css'
import { unwantedOf } from './WayList.tsx'

/** What a plan does to connections: what was asked for, then all the rest, name resolution first. */
export function PlanEffects({ plan }: { readonly plan: Plan }) {
  const rest = unwantedOf(plan).length
  const nothing = plan.opens.length + plan.closes.length + plan.other.length === 0
  return (
    <>
      <Dns ends={plan.dns.lost} status="denied" says="can no longer resolve names: DNS is closed to" />
      <Dns ends={plan.dns.gained} status="allowed" says="can resolve names again: DNS is open to" />
      <Wanted plan={plan} />
      {plan.groups && plan.groups.length > 0 && (
        <Besides groups={plan.groups} title={`Besides, ${counted(rest, 'change')}`} />
      )}
      {rest === 0 && plan.warnings.length === 0 && plan.dns.lost.length === 0 && (
        <p className={styles.calm}>
          <VerdictGlyph status="allowed" size={15} />
          {nothing ? 'No connection changes.' : 'Nothing else changes.'}
        </p>
      )}
    </>
  )
}

interface DnsProps {
  readonly ends: readonly End[]
  readonly status: Status
  readonly says: string
}

const NAMED = 6

function Dns({ ends, status, says }: DnsProps) {
  if (ends.length === 0) return null
  const names = ends.slice(0, NAMED).map(endName)
  const more = ends.length > NAMED ? ` and ${ends.length - NAMED} more` : ''
  return (
    <p className={`${styles.dns} ${styles[status]}`}>
      <VerdictGlyph status={status} />
      <span>
        <b>{counted(ends.length, 'workload')}</b> {says} {names.join(', ')}
        {more}.
      </span>
    </p>
  )
}

// What nobody asked for, most urgent first: the same lists as in the panel of changes.
function Besides({ groups, title }: { readonly groups: readonly EffectGroup[]; readonly title: string }) {
  return (
    <fieldset className={styles.besides}>
      <legend>{title}</legend>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keyboard */}
      <div tabIndex={0}>
        <EffectGroups groups={groups} />
      </div>
    </fieldset>
  )
}

const SHOWN = 40

function Wanted({ plan }: { readonly plan: Plan }) {
  const title = 'As you asked'
  const all = [
    ...plan.opens.map((change) => ({ change, status: 'allowed', verb: 'opens' }) as const),
    ...plan.closes.map((change) => ({ change, status: 'denied', verb: 'closes' }) as const),
    ...plan.other.map((change) => ({ change, status: 'undetermined', verb: 'makes uncertain' }) as const),
  ].filter(({ change }) => change.wanted)
  if (all.length === 0) return null
  return (
    <section>
      <h3>{title}</h3>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keyboard */}
      <ul className={styles.changes} tabIndex={all.length > 8 ? 0 : undefined} aria-label={title}>
        {all.slice(0, SHOWN).map(({ change, status, verb }) => (
          <Effect key={`${verb} ${nameOf(change)} ${change.ports}`} change={change} status={status} verb={verb} />
        ))}
        {all.length > SHOWN && <li className={styles.more}>and {all.length - SHOWN} more</li>}
      </ul>
    </section>
  )
}

function Effect(props: { readonly change: ConnectionChange; readonly status: Status; readonly verb: string }) {
  const { change, status, verb } = props
  return (
    <li>
      <VerdictGlyph status={status} size={15} />
      <small>{verb}</small>
      <span>{nameOf(change)}</span>
      <code>{change.ports}</code>
    </li>
  )
}

function nameOf({ from, to }: ConnectionChange): string {
  return `${endName(from)} → ${endName(to)}`
}
