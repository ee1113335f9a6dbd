import { useState } from 'react'
import type { SuggestedCheck } from '#core/model/check.ts'
import { Button } from '#ui/kit/Button.tsx'
import { OUTCOME_SIGNS, OUTCOME_WORDS } from '#ui/kit/checks.ts'
import { Choice } from '#ui/kit/Field.tsx'
import styles from './checks.module.css'
import { tellCheck } from './words.ts'

/** Which of a list are chosen, by their places. */
export interface Chosen {
  readonly places: ReadonlySet<number>
  readonly toggle: (place: number) => void
  readonly setAll: (places: readonly number[]) => void
}

/** All of `count` at first. */
export function useChosen(count: number): Chosen {
  const [left, setLeft] = useState<ReadonlySet<number>>(new Set())
  const all = Array.from({ length: count }, (_, place) => place)
  return {
    places: new Set(all.filter((place) => !left.has(place))),
    toggle: (place) =>
      setLeft(left.has(place) ? new Set([...left].filter((one) => one !== place)) : new Set([...left, place])),
    setAll: (places) => setLeft(new Set(all.filter((place) => !places.includes(place)))),
  }
}

interface Props {
  readonly checks: readonly SuggestedCheck[]
  readonly chosen: Chosen
}

/** Checks to choose from: what each expects, why, and how it would fare. */
export function ChoiceList({ checks, chosen }: Props) {
  const holding = checks.flatMap(({ outcome }, place) => (outcome === 'holds' ? [place] : []))
  return (
    <>
      <div className={styles.choose}>
        <Button small onClick={() => chosen.setAll(checks.map((_, place) => place))}>
          All {checks.length}
        </Button>
        {holding.length < checks.length && (
          <Button small onClick={() => chosen.setAll(holding)}>
            {holding.length === 1 ? 'The one that holds' : `The ${holding.length} that hold`}
          </Button>
        )}
        <Button small onClick={() => chosen.setAll([])}>
          None
        </Button>
      </div>
      <ul className={styles.offered} aria-label="Checks to add">
        {checks.map(({ check, reason, outcome }, place) => (
          <li key={check.name} className={styles[outcome]}>
            <Choice
              label={check.name}
              detail={`${tellCheck(check)}. ${reason}`}
              checked={chosen.places.has(place)}
              onChange={() => chosen.toggle(place)}
            />
            <span className={styles.fares}>
              <span aria-hidden>{OUTCOME_SIGNS[outcome]}</span> {OUTCOME_WORDS[outcome]}
            </span>
          </li>
        ))}
      </ul>
    </>
  )
}
