import type { Problem } from '#core/model/picture.ts'
import { useApp, useStore } from '#ui/kit/AppContext.tsx'
import styles from './problems.module.css'

const RANK = { error: 0, warning: 1, info: 2 } as const
const SIGNS = { error: '✕', warning: '!', info: 'i' } as const

/** All messages about the texts, errors first; each leads to its place. */
export function ProblemList() {
  const app = useApp()
  const problems = useStore(app.analysis, (state) => state.picture?.problems) ?? []
  if (problems.length === 0) return <p className={styles.none}>No problems: everything parses and is valid.</p>
  return (
    <ul className={styles.list}>
      {sortProblems(problems)
        .slice(0, SHOWN)
        .map((problem) => (
          <li key={`${problem.file}:${problem.at.from}:${problem.code}:${problem.message}`}>
            <button type="button" onClick={() => app.actions.reveal(problem.ref)}>
              <span className={styles[problem.severity]}>
                <span aria-hidden>{SIGNS[problem.severity]}</span>
                <span className="visually-hidden">{problem.severity}:</span>
              </span>
              <span className={styles.message}>{problem.message}</span>
              <span className={styles.place}>
                {problem.file}:{problem.line}
              </span>
            </button>
          </li>
        ))}
      {problems.length > SHOWN && <li className={styles.none}>… and {problems.length - SHOWN} more.</li>}
    </ul>
  )
}

const SHOWN = 500

/** Errors, then warnings, then hints; each by file and place. */
function sortProblems(problems: readonly Problem[]): readonly Problem[] {
  return problems.toSorted(
    (a, b) => RANK[a.severity] - RANK[b.severity] || a.file.localeCompare(b.file, 'en') || a.at.from - b.at.from,
  )
}
