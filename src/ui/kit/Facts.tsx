import type { ReactNode } from 'react'
import type { DifferingFact } from '#core/model/profile.ts'
import styles from './Facts.module.css'

/** What a CNI does otherwise than the API says, each with where that is written. */
export function Facts({ facts }: { readonly facts: readonly DifferingFact[] }): ReactNode {
  return (
    <ul className={styles.facts}>
      {facts.map((fact) => (
        <li key={`${fact.note} ${fact.source}`}>
          {fact.note}
          {fact.uncertain && <> It is not known, so the verdict is open where it matters.</>}
          {fact.remedy !== undefined && <p>What helps: {fact.remedy}</p>}
          {fact.policies.length > 0 && <small>In {listed(fact.policies)}.</small>}
          <Source {...fact} />
        </li>
      ))}
    </ul>
  )
}

/** Where a fact is written. Nothing is fetched from there but by a click, which says nothing of this page. */
export function Source({ source, verified }: Pick<DifferingFact, 'source' | 'verified'>): ReactNode {
  const isLink = /^https?:/.test(source)
  return (
    <small className={styles.source}>
      Source:{' '}
      {isLink ? (
        <a href={source} target="_blank" rel="noreferrer noopener">
          {source.replace(/^https?:[/][/]/, '')}
        </a>
      ) : (
        source
      )}{' '}
      {verified ? '' : '(not verified)'}
    </small>
  )
}

const MOST_NAMES = 3

function listed(names: readonly string[]): string {
  const more = names.length - MOST_NAMES
  return names.slice(0, MOST_NAMES).join(', ') + (more > 0 ? ` and ${more} more` : '')
}
