import type { ReactNode } from 'react'
import styles from './lessons.module.css'
import { Markdown } from './Markdown.tsx'

/** What is to be done. */
export function Task({ text }: { readonly text: string }): ReactNode {
  return (
    <section className={styles.task} aria-label="Your task">
      <h3>Your task</h3>
      <Markdown text={text} />
    </section>
  )
}
