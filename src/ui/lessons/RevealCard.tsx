import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react'
import type { Reveal } from '#state/lessons/teaching.ts'
import { Button } from '#ui/kit/Button.tsx'
import { Sentences } from '#ui/kit/Sentences.tsx'
import { VerdictGlyph } from '#ui/kit/VerdictLine.tsx'
import styles from './lessons.module.css'
import { useScrollTo } from './useScrollTo.ts'
import { useTeaching } from './useTeaching.ts'

/** A connection step by step; the arrow keys go on and back, Escape ends it. */
export function RevealCard({ reveal }: { readonly reveal: Reveal }): ReactNode {
  const teaching = useTeaching()
  const { title, steps, at } = reveal
  const isLast = at === steps.length - 1
  const next = useRef<HTMLButtonElement>(null)
  const shown = useScrollTo<HTMLLIElement>(at)
  useEffect(() => {
    next.current?.focus()
    // oxlint-disable-next-line react/exhaustive-deps -- another connection begins anew
  }, [title])
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowRight') teaching.step(1)
    else if (event.key === 'ArrowLeft') teaching.step(-1)
    else if (event.key === 'Escape') teaching.endReveal()
    else return
    event.preventDefault()
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys for all that is in it
    <section aria-label="Step by step" onKeyDown={onKeyDown}>
      <p className={styles.lead}>{title}</p>
      <ol className={styles.reveal} aria-live="polite">
        {steps.slice(0, at + 1).map((step, index) => (
          <li key={step.title} ref={index === at ? shown : undefined} aria-current={index === at ? 'step' : undefined}>
            <i aria-hidden>{step.status ? <VerdictGlyph status={step.status} size={22} /> : index + 1}</i>
            <div>
              <h3>{step.title}</h3>
              <Sentences sentences={step.sentences} />
            </div>
          </li>
        ))}
      </ol>
      <p className={styles.foot}>
        <Button variant="quiet" aria-disabled={at === 0} onClick={() => teaching.step(-1)}>
          Back
        </Button>
        <span className={styles.count}>
          {at + 1} of {steps.length}
        </span>
        <Button ref={next} variant="primary" onClick={() => (isLast ? teaching.endReveal() : teaching.step(1))}>
          {isLast ? 'Done' : 'Next'}
        </Button>
      </p>
    </section>
  )
}
