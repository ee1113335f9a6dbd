import { Pin, PinOff } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Effects } from '#core/model/effects.ts'
import type { ChangesSince } from '#state/view.ts'
import { useApp, useStore } from '#ui/kit/AppContext.tsx'
import { Button } from '#ui/kit/Button.tsx'
import { EffectGroups } from '#ui/kit/EffectGroups.tsx'
import { isNothing, tellEffects } from '#ui/kit/effects.ts'
import { Tabs } from '#ui/kit/Tabs.tsx'
import styles from './changes.module.css'
import { factsOf, NOTHING, SINCE_WORDS } from './words.ts'

/** What became different: since the last edit, since the texts were opened, or since the user pinned them. */
export function ChangesPanel(): ReactNode {
  const app = useApp()
  const since = useStore(app.view, (state) => state.changesSince)
  const changes = useStore(app.analysis, (state) => (since === 'edit' ? state.changes : state.compared))
  return (
    <div className={styles.panel}>
      <Controls since={since} />
      {changes === undefined ? (
        <p className={styles.none}>Comparing …</p>
      ) : (
        <Report effects={changes.effects} since={since} />
      )}
    </div>
  )
}

const SINCE: readonly ChangesSince[] = ['edit', 'opened', 'pinned']

function Controls({ since }: { readonly since: ChangesSince }): ReactNode {
  const app = useApp()
  const pinned = useStore(app.view, (state) => state.pinned !== undefined)
  const comparing = useStore(app.view, (state) => state.comparing)
  const tabs = SINCE.filter((one) => one !== 'pinned' || pinned).map((value) => ({
    value,
    label: SINCE_WORDS[value].tab,
  }))
  return (
    <div className={styles.controls}>
      <Tabs
        look="segments"
        label="Compare with"
        tabs={tabs}
        value={since}
        onChange={(value) => app.actions.setChangesSince(value as ChangesSince)}
      />
      <span className={styles.space} />
      <Button
        small
        aria-pressed={comparing}
        title="Canvas and table as they were (B)"
        onClick={() => app.actions.setComparing(!comparing)}
      >
        Show before
      </Button>
      <Button
        small
        variant="quiet"
        title="Remember the texts as they are now, to compare with"
        onClick={() => app.actions.pinBaseline()}
      >
        <Pin size={13} aria-hidden /> {pinned ? 'Pin again' : 'Pin this state'}
      </Button>
      {pinned && (
        <Button small variant="quiet" onClick={() => app.actions.unpin()}>
          <PinOff size={13} aria-hidden /> Unpin
        </Button>
      )}
    </div>
  )
}

interface ReportProps {
  readonly effects: Effects | undefined
  readonly since: ChangesSince
}

function Report({ effects, since }: ReportProps): ReactNode {
  const app = useApp()
  if (effects === undefined || (isNothing(effects) && factsOf(effects).length === 0))
    return <p className={styles.none}>{NOTHING[since]}</p>
  return (
    <>
      <p className={styles.summary}>
        <b>{tellEffects(effects) || 'No connection changed'}</b> {SINCE_WORDS[since].after}
      </p>
      <ul className={styles.facts}>
        {factsOf(effects).map((fact) => (
          <li key={fact}>{fact}</li>
        ))}
      </ul>
      <EffectGroups groups={effects.groups} onSelect={({ from, to }) => app.actions.selectConnection(from, to)} />
      {effects.more > 0 && <p className={styles.none}>… and {effects.more} more pairs of namespaces.</p>}
    </>
  )
}
