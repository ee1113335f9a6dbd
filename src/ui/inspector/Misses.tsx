import { missLead } from '#core/model/nearMiss.ts'
import type { ExplainedHalf } from '#core/model/picture.ts'
import type { Plan } from '#core/model/intent.ts'
import type { Fix } from '#state/app.ts'
import { useApp, useStore } from '#ui/kit/AppContext.tsx'
import { Button } from '#ui/kit/Button.tsx'
import { Sentences } from '#ui/kit/Sentences.tsx'
import styles from './inspector.module.css'

const SHOWN = 3

/** What comes closest to allowing a denied half, each with the plan that mends it as soon as that is known. */
export function Misses({ half }: { readonly half: ExplainedHalf }) {
  const app = useApp()
  const fixes = useStore(app.analysis, (state) => state.fixes)
  if (half.misses.length === 0) return null
  return (
    <ul
      className={styles.misses}
      aria-label={half.misses.some((miss) => missLead(miss) === 'Nearly') ? 'Nearly' : 'Why not'}
    >
      {half.misses.slice(0, SHOWN).map((miss, index) => (
        <li key={`${miss.kind} ${miss.sentence.map(({ text }) => text).join('')}`}>
          <Sentences lead={`${missLead(miss)}: `} sentences={[miss.sentence]} />
          <FixRow
            fix={fixes.find((one) => one.direction === half.direction && one.index === index)}
            first={index === 0}
          />
        </li>
      ))}
    </ul>
  )
}

function FixRow({ fix, first }: { readonly fix: Fix | undefined; readonly first: boolean }) {
  const { actions, documents } = useApp()
  const writable = useStore(documents, (state) => state.writable)
  if (!fix || !writable) return null
  const { plan } = fix
  if (plan.refusal !== undefined) return <p className={styles.nofix}>{plan.refusal}</p>
  return (
    <div className={styles.fix}>
      <Button
        small
        variant={first ? 'primary' : 'plain'}
        onClick={() => actions.openDialog({ type: 'preview', plan })}
        aria-label={`Fix: ${plan.title}`}
      >
        Fix …
      </Button>
      <span>
        {plan.title} · {sizeOf(plan)} · {besides(plan)}
      </span>
    </div>
  )
}

function sizeOf({ lines: { added, removed } }: Plan): string {
  const count = Math.max(added, removed)
  return count === 1 ? '1 line' : `${count} lines`
}

function besides({ opens, closes, other, dns }: Plan): string {
  const parts = [
    ...(dns.lost.length > 0 ? ['DNS is lost'] : []),
    ...(unwanted(opens) > 0 ? [`opens ${unwanted(opens)} more`] : []),
    ...(unwanted(closes) > 0 ? [`closes ${unwanted(closes)}`] : []),
    ...(unwanted(other) > 0 ? [`${unwanted(other)} no longer known`] : []),
  ]
  return parts.length === 0 ? 'nothing else changes' : parts.join(', ')
}

function unwanted(changes: Plan['opens']): number {
  return changes.filter(({ wanted }) => !wanted).length
}
