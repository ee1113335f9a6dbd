import { Fragment, type ReactNode } from 'react'
import { type Block, type Part, partsOf, readMarkdown } from '#lessons/markdown.ts'
import styles from './markdown.module.css'

/** A lesson's text. It is built from what was read: no text of it is ever markup, no link leads anywhere. */
export function Markdown({ text }: { readonly text: string }): ReactNode {
  return <div className={styles.prose}>{numbered(readMarkdown(text)).map(([key, block]) => show(key, block))}</div>
}

/** One line of it, without paragraphs. */
export function InlineMarkdown({ text }: { readonly text: string }): ReactNode {
  return <Parts parts={partsOf(text)} />
}

// Blocks and parts have nothing but their place to be told apart by; they never move.
function numbered<T>(items: readonly T[]): readonly (readonly [string, T])[] {
  return items.map((item, index) => [String(index), item])
}

function show(key: string, block: Block): ReactNode {
  switch (block.type) {
    case 'paragraph':
      return (
        <p key={key}>
          <Parts parts={block.parts} />
        </p>
      )
    case 'heading':
      return (
        <p key={key} className={styles.heading}>
          <Parts parts={block.parts} />
        </p>
      )
    case 'code':
      return <pre key={key}>{block.text}</pre>
    case 'list': {
      const List = block.ordered ? 'ol' : 'ul'
      return (
        <List key={key}>
          {numbered(block.items).map(([at, parts]) => (
            <li key={at}>
              <Parts parts={parts} />
            </li>
          ))}
        </List>
      )
    }
  }
}

const TAGS = { plain: Fragment, strong: 'strong', em: 'em', code: 'code' } as const

function Parts({ parts }: { readonly parts: readonly Part[] }): ReactNode {
  return numbered(parts).map(([key, { text, look }]) => {
    const Tag = TAGS[look]
    return <Tag key={key}>{text}</Tag>
  })
}
