import type { DocumentInfo, Picture } from '#core/model/picture.ts'

/** What an import did beside what the picture tells. */
export interface Import {
  readonly paths: readonly string[]
  /** Secrets whose values were taken out. */
  readonly secrets: number
  /** Files that are no YAML or JSON. */
  readonly skipped: number
  /** What was taken off around pasted YAML, for people. */
  readonly taken?: string | undefined
}

/** What was read, for the notice after an import: `214 documents: 12 workloads, 9 policies, 193 others ignored.` */
export function tellImport(picture: Picture, done: Import): string {
  const paths = new Set(done.paths)
  const documents = picture.documents.filter(({ file, outcome }) => paths.has(file) && outcome !== 'empty')
  return [
    tellDocuments(picture, documents),
    tellDefaulted(picture, documents),
    tellSecrets(done.secrets),
    done.taken && `Taken off: ${done.taken}.`,
    done.skipped > 0 &&
      `${count(done.skipped, 'file')} that ${done.skipped === 1 ? 'is' : 'are'} no YAML or JSON left out.`,
  ]
    .filter(Boolean)
    .join(' ')
}

/** `Values of 3 Secrets were taken out.`; undefined for none. */
export function tellSecrets(secrets: number): string | undefined {
  if (secrets === 0) return undefined
  return `The values of ${count(secrets, 'Secret')} were taken out before anything was kept.`
}

/** `1 policy`, `2 policies`. */
export function count(n: number, noun: string): string {
  if (n === 1) return `1 ${noun}`
  return `${n} ${noun.endsWith('y') ? `${noun.slice(0, -1)}ies` : `${noun}s`}`
}

// The picture counts the whole workspace; an import may be only a part of it.
function tellDocuments({ workloads }: Picture, documents: readonly DocumentInfo[]): string {
  const ids = new Set(documents.map(({ id }) => id))
  const own = workloads.filter(({ refs }) => refs.some(({ document }) => ids.has(document)))
  const of = (test: (document: DocumentInfo) => boolean): number => documents.filter(test).length
  const ignored = of(({ outcome }) => outcome === 'ignored')
  const broken = of(({ outcome }) => outcome === 'broken')
  const rejected = of(({ outcome }) => outcome === 'rejected')
  const parts = [
    count(own.length, 'workload'),
    count(
      of(({ kind, outcome }) => kind.endsWith('NetworkPolicy') && outcome === 'object'),
      'policy',
    ),
    ignored > 0 && `${count(ignored, 'other')} ignored`,
    broken > 0 && `${broken} that ${broken === 1 ? 'does' : 'do'} not parse`,
    rejected > 0 && `${rejected} that the API server would reject`,
  ]
  return `${count(documents.length, 'document')}: ${parts.filter(Boolean).join(', ')}.`
}

function tellDefaulted({ counts }: Picture, documents: readonly DocumentInfo[]): string | undefined {
  if (counts.defaulted === 0 || documents.length === 0) return undefined
  return `${count(counts.defaulted, 'document')} without a namespace ${counts.defaulted === 1 ? 'is' : 'are'} read as namespace default.`
}
