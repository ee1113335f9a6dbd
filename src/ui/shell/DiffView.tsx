import styles from './dialogs/dialogs.module.css'
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
        // Focusable so that the keyboard can scroll it.
        <div className={styles.lines} tabIndex={0} role="group" aria-label={`Changed lines of ${diff.path}`}>
          {diff.lines.map((line, at) => (
            <Line key={at} line={line} />
          ))}
        </div>
      )}
    </figure>
  )
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
