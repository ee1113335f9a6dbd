import { useId } from 'react'
import type { Plan } from '#core/model/intent.ts'
import { Choice } from '#ui/kit/Field.tsx'
import { counted } from '#ui/kit/counted.ts'
import styles from './dialogs.module.css'

interface Props {
  /** Best first. */
  readonly ways: readonly Plan[]
  readonly chosen: Plan
  readonly onChoose: (way: Plan) => void
}

const NUMBERS: Readonly<Record<number, string>> = { 2: 'Two', 3: 'Three', 4: 'Four', 5: 'Five' }

/** The ways to do it, to choose one; each with what else it changes and how much text it is. */
export function WayList({ ways, chosen, onChoose }: Props) {
  const group = useId()
  return (
    <fieldset className={styles.choices}>
      <legend>{NUMBERS[ways.length] ?? ways.length} ways to do it</legend>
      {ways.map((way) => (
        <Choice
          key={`${way.title} ${JSON.stringify(way.changes)}`}
          type="radio"
          name={group}
          label={
            <span className={styles.way}>
              {way.title} <LineCount plan={way} />
            </span>
          }
          detail={besides(way)}
          checked={way === chosen}
          onChange={() => onChoose(way)}
        />
      ))}
    </fieldset>
  )
}

function besides(way: Plan): string {
  const count = unwantedOf(way).length
  const said = count === 0 ? 'nothing else changes' : `changes ${counted(count, 'other connection')}`
  return way.warnings.length === 0 ? said : `${said}, ${counted(way.warnings.length, 'warning')}`
}

/** What a plan changes that nobody asked for. */
export function unwantedOf({ opens, closes, other }: Plan): Plan['opens'] {
  return [...opens, ...closes, ...other].filter(({ wanted }) => !wanted)
}

/** How many lines of policy text come and go: `+4 −1`. */
export function LineCount({ plan: { lines } }: { readonly plan: Plan }) {
  if (lines.added + lines.removed === 0) return null
  const words = `${counted(lines.added, 'line')} more, ${lines.removed} less`
  return (
    <span className={styles.lineCount} title={`Lines of policies: ${words}`}>
      <span className="visually-hidden">{words}</span>
      <span aria-hidden>
        {lines.added > 0 && <ins>+{lines.added}</ins>} {lines.removed > 0 && <del>−{lines.removed}</del>}
      </span>
    </span>
  )
}
