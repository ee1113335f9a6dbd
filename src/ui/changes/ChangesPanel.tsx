import { Pin, PinOff } from 'lucide-react'
import type { ReactNode } from 'react'
import type { EffectGroup, EffectLine, Effects } from '#core/model/effects.ts'
import { endId, endName } from '#core/model/end.ts'
import type { ChangesSince } from '#state/app.ts'
import { useApp, useStore } from '#ui/kit/AppContext.tsx'
import { Button } from '#ui/kit/Button.tsx'
import { isNothing, tellEffects } from '#ui/kit/effects.ts'
import { Tabs } from '#ui/kit/Tabs.tsx'
import { VerdictGlyph } from '#ui/kit/VerdictLine.tsx'
import styles from './changes.module.css'
import { CONCERN_WORDS, factsOf, homeName, NOTHING, openness, SINCE_WORDS } from './words.ts'

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
      {effects.groups.map((group) => (
        <Group key={`${group.concern} ${endId(group.from)} ${endId(group.to)}`} group={group} />
      ))}
      {effects.more > 0 && <p className={styles.none}>… and {effects.more} more pairs of namespaces.</p>}
    </>
  )
}

const SHOWN = 12

function Group({ group: { concern, from, to, counts, lines } }: { readonly group: EffectGroup }): ReactNode {
  const all = Math.max(lines.length, counts.opened, counts.closed, counts.other)
  const concernWords = CONCERN_WORDS[concern]
  return (
    <section className={styles.group}>
      <h3>
        {concernWords !== '' && <em className={styles.urgent}>{concernWords}</em>}
        <span>
          {homeName(from)} → {homeName(to)}
        </span>
        <small>
          {[
            counts.opened > 0 ? `+${counts.opened}` : '',
            counts.closed > 0 ? `−${counts.closed}` : '',
            counts.other > 0 ? `${counts.other} otherwise` : '',
          ]
            .filter(Boolean)
            .join(' ')}
        </small>
      </h3>
      <ul>
        {lines.slice(0, SHOWN).map((line) => (
          <Line key={`${endId(line.from)} ${endId(line.to)} ${line.note ?? ''}`} line={line} />
        ))}
        {all > SHOWN && <li className={styles.more}>… and {(all - SHOWN).toLocaleString('en')} more</li>}
      </ul>
    </section>
  )
}

function Line({ line }: { readonly line: EffectLine }): ReactNode {
  const app = useApp()
  return (
    <li>
      <button type="button" onClick={() => app.actions.selectConnection(line.from, line.to)}>
        <VerdictGlyph status={openness(line)} size={15} />
        <span className={styles.ends}>
          {endName(line.from)} → {endName(line.to)}
        </span>
        <span className={styles.what}>
          {line.note !== undefined && <span className={styles.note}>{line.note}</span>}
          {line.opened !== '' && <span>opened {line.opened}</span>}
          {line.closed !== '' && <span>closed {line.closed}</span>}
          {line.other !== '' && <span>known otherwise {line.other}</span>}
        </span>
      </button>
    </li>
  )
}
