import type { ReactNode } from 'react'
import type { Concern, EffectGroup, EffectLine } from '#core/model/effects.ts'
import { type End, endId, endName } from '#core/model/end.ts'
import type { Status } from '#core/model/verdict.ts'
import styles from './effectGroups.module.css'
import { VerdictGlyph } from './VerdictLine.tsx'

interface Props {
  /** Most urgent first. */
  readonly groups: readonly EffectGroup[]
  /** Makes each line a button. */
  readonly onSelect?: ((line: EffectLine) => void) | undefined
}

/** What changes opened and closed, by pairs of namespaces, with what is urgent about them (design.md 9). */
export function EffectGroups({ groups, onSelect }: Props): ReactNode {
  return groups.map((group) => (
    <Group key={`${group.concern} ${endId(group.from)} ${endId(group.to)}`} group={group} onSelect={onSelect} />
  ))
}

const SHOWN = 12

interface GroupProps extends Pick<Props, 'onSelect'> {
  readonly group: EffectGroup
}

function Group({ group: { concern, from, to, counts, lines }, onSelect }: GroupProps): ReactNode {
  const all = Math.max(lines.length, counts.opened, counts.closed, counts.other)
  const words = CONCERN_WORDS[concern]
  return (
    <section className={styles.group}>
      <h3>
        {words !== '' && <em className={styles.urgent}>{words}</em>}
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
          <li key={`${endId(line.from)} ${endId(line.to)} ${line.note ?? ''}`}>
            {onSelect ? (
              <button type="button" onClick={() => onSelect(line)}>
                <Line line={line} />
              </button>
            ) : (
              <div className={styles.line}>
                <Line line={line} />
              </div>
            )}
          </li>
        ))}
        {all > SHOWN && <li className={styles.more}>… and {(all - SHOWN).toLocaleString('en')} more</li>}
      </ul>
    </section>
  )
}

function Line({ line }: { readonly line: EffectLine }): ReactNode {
  return (
    <>
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
    </>
  )
}

// What a group is about, above its namespaces; '' for the rest.
const CONCERN_WORDS: Readonly<Record<Concern, string>> = {
  checks: 'Checks',
  dns: 'DNS',
  replicas: 'Replicas among themselves',
  exposed: 'Open to the outside',
  scrape: 'Metrics',
  rest: '',
}

// The sign for a line: more open, more closed, or neither.
function openness({ opened, closed, note }: EffectLine): Status {
  if (opened !== '' && closed !== '') return 'partial'
  if (opened !== '') return 'allowed'
  return closed !== '' || note !== undefined ? 'denied' : 'undetermined'
}

// A namespace or an end outside, short.
function homeName(end: End): string {
  return 'namespace' in end ? end.namespace : endName(end)
}
