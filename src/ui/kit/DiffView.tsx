import styles from './DiffView.module.css'
import type { FileDiff } from './fileDiffs.ts'
import type { DiffLine } from './lineDiff.ts'

/** The changed lines of a file, with signs and numbers, read line by line by a screen reader. */
export function DiffView({ diff }: { readonly diff: FileDiff }) {
  return (
    <figure className={styles.diff}>
      <figcaption>
        <code>{diff.path}</code> {diff.what}
      </figcaption>
      {diff.lines.length > 0 && (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keyboard
        <section className={styles.lines} tabIndex={0} aria-label={`Changed lines of ${diff.path}`}>
          {diff.lines.map((line) => (
            <Line key={keyOf(line)} line={line} />
          ))}
        </section>
      )}
    </figure>
  )
}

function keyOf(line: DiffLine): string {
  return line.type === 'added' ? `added ${line.after}` : `${line.type} ${line.before}`
}

const SIGNS = { same: ' ', removed: '−', added: '+' } as const

function Line({ line }: { readonly line: DiffLine }) {
  if (line.type === 'gap') return <div className={styles.gap}>⋯ {line.lines} equal lines</div>
  const number = line.type === 'removed' ? line.before : line.after
  return (
    <div className={styles[line.type]}>
      <i>{number}</i>
      <span aria-label={line.type === 'same' ? undefined : line.type} role={line.type === 'same' ? undefined : 'img'}>
        {SIGNS[line.type]}
      </span>
      <code>{line.text}</code>
    </div>
  )
}
