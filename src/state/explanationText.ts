import type { ExplainedHalf, Explanation } from '#core/model/picture.ts'
import type { Sentence } from '#core/model/sentence.ts'
import type { Ref } from '#core/model/text.ts'

/** An explanation as Markdown, for an issue or a chat; `placeOf` says where a thing stands (`db.yaml:54`), if it still does. */
export function explanationText(explanation: Explanation, placeOf: (ref: Ref) => string | undefined): string {
  const { name, summary, halves, open } = explanation
  const parts = [`### ${name}`, summary, ...halves.map((half) => halfText(half, placeOf)), `Really open: \`${open}\``]
  return `${parts.join('\n\n')}\n`
}

function halfText({ title, sentences, misses }: ExplainedHalf, placeOf: (ref: Ref) => string | undefined): string {
  const said = sentences.map((sentence) => `- ${write(sentence, placeOf)}`)
  const nearly = misses.map(({ sentence }) => `- Nearly: ${write(sentence, placeOf)}`)
  return [`**${title}**`, '', ...said, ...nearly].join('\n')
}

function write(sentence: Sentence, placeOf: (ref: Ref) => string | undefined): string {
  return sentence
    .map(({ text, ref, code }) => {
      const place = ref && placeOf(ref)
      const plain = code === true ? `\`${text}\`` : escape(text)
      return place === undefined ? plain : `${plain} (${place})`
    })
    .join('')
}

// Names in manifests are other people's texts: they must not become markup.
function escape(text: string): string {
  return text.replace(/[\\`*_[\]<>#|]/g, '\\$&')
}
