import type { Sentence, SentencePart } from '#core/model/sentence.ts'
import { useApp, useStore } from './AppContext.tsx'
import { placeOf } from './lines.ts'
import styles from './Sentences.module.css'

/** Sentences as one paragraph; what they name links to its place in the text. Always text, never markup. */
export function Sentences(props: { readonly lead?: string; readonly sentences: readonly Sentence[] }) {
  const { lead, sentences } = props
  return (
    <p>
      {lead !== undefined && <b>{lead}</b>}
      {withOffsets(sentences.map((sentence) => ({ text: textOf(sentence), sentence }))).map(({ at, item }) => (
        <span key={at}>
          {withOffsets(item.sentence).map(({ at, item: part }) => (
            <Part key={at} part={part} />
          ))}{' '}
        </span>
      ))}
    </p>
  )
}

function textOf(sentence: Sentence): string {
  return sentence.map(({ text }) => text).join('')
}

// Parts have no name of their own: where they begin tells them apart.
function withOffsets<T extends { readonly text: string }>(items: readonly T[]): readonly { at: string; item: T }[] {
  let offset = 0
  return items.map((item, index) => {
    const at = `${offset}.${index}`
    offset += item.text.length
    return { at, item }
  })
}

function Part({ part }: { readonly part: SentencePart }) {
  if (part.ref) return <RefLink part={part} />
  return part.code === true ? <code>{part.text}</code> : part.text
}

function RefLink({ part }: { readonly part: SentencePart }) {
  const app = useApp()
  const documents = useStore(app.analysis, (state) => state.picture?.documents)
  const files = useStore(app.documents, (state) => state.files)
  const { ref } = part
  if (!ref) return part.text
  const place = placeOf(ref, documents ?? [], files)
  return (
    <>
      <button
        type="button"
        className={styles.link}
        onClick={() => app.actions.reveal(ref)}
        title={place && `${place.file}, line ${place.line}`}
      >
        {part.code === true ? <code>{part.text}</code> : part.text}
      </button>
      {place && <small className={styles.line}> line {place.line}</small>}
    </>
  )
}
