import type { ReactNode } from 'react'
import ReactMarkdown, { type Components } from 'react-markdown'
import styles from './markdown.module.css'

interface Inside {
  readonly children?: ReactNode
}

const heading = ({ children }: Inside): ReactNode => <p className={styles.heading}>{children}</p>
const words = ({ children }: Inside): ReactNode => children
const linkTexts = ({ children, href }: Inside & { readonly href?: string | undefined }): ReactNode => (
  <>
    {children}
    {href !== undefined && /^https?:/i.test(href) && ` (${href})`}
  </>
)

// Nothing of it leads elsewhere or loads anything: of a link its words and its address are left, of a picture its words.
const COMPONENTS: Components = {
  a: linkTexts,
  img: ({ alt }) => alt,
  h1: heading,
  h2: heading,
  h3: heading,
  h4: heading,
  h5: heading,
  h6: heading,
}

/** A lesson's text in Markdown (CommonMark), from whoever wrote it: a tag in it stays the characters that it is. */
export function Markdown({ text }: { readonly text: string }): ReactNode {
  return (
    <div className={styles.prose}>
      <ReactMarkdown components={COMPONENTS}>{text}</ReactMarkdown>
    </div>
  )
}

const INLINE: Components = { ...COMPONENTS, p: words }

/** One line of it, without paragraphs. */
export function InlineMarkdown({ text }: { readonly text: string }): ReactNode {
  return (
    <ReactMarkdown components={INLINE} allowedElements={['p', 'a', 'strong', 'em', 'code']} unwrapDisallowed>
      {text}
    </ReactMarkdown>
  )
}
