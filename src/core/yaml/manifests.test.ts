import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import type { FieldPath } from '#core/model/text.ts'
import { cutDocuments } from './documents.ts'
import { parseDocument } from './parse.ts'
import { faultOf, operationsAt, pathsOf, type Read, readText } from './surgery.testkit.ts'
import { at, type Tree } from './tree.ts'

const SHARED = fileURLToPath(new URL('../../../../shared', import.meta.url))

// `SPLICES=all` tries every splice on every manifest; else a share of them, the same each time.
const SHARE = process.env['SPLICES'] === 'all' ? 1 : 60

const PEER = { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } }, podSelector: {} }
const RULE = { from: [PEER], ports: [{ port: 80, protocol: 'TCP' }] }

interface Manifest extends Read {
  readonly name: string
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.(ya?ml|json)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()
}

/** Documents that parse, items of Lists among them; what JSON holds under `policies`, with its own lines and margins. */
function manifestsIn(file: string): readonly Manifest[] {
  const parts = cutDocuments(readFileSync(file, 'utf8')).filter(({ form }) => form !== 'rest')
  return parts.flatMap(({ text, from }) => {
    const { tree } = parseDocument(text)
    const inside = listed(at(tree, ['policies'])).map(({ range }) => text.slice(range.from, range.to))
    return (inside.length > 0 ? inside : [text]).flatMap((own, i) => {
      const read = readText(own)
      return read && at(read.tree, ['kind']) ? [{ name: `${file}@${from}#${i}`, ...read }] : []
    })
  })
}

function listed(tree: Tree | undefined): readonly Tree[] {
  return tree?.type === 'sequence' ? tree.items : []
}

function isPolicy({ value }: Manifest): boolean {
  return String((value as { kind?: unknown }).kind).endsWith('NetworkPolicy')
}

/** All places of a policy; of other manifests, every tenth. */
function placesIn(manifest: Manifest): readonly FieldPath[] {
  return pathsOf(manifest.value).filter((path, i) => path.length > 0 && (isPolicy(manifest) || i % 10 === 1))
}

function addedAt(path: FieldPath): unknown {
  return /^(?:ingress|egress)$/.test(String(path.at(-1) ?? '')) ? RULE : PEER
}

interface Tally {
  manifests: number
  policies: number
  splices: number
  readonly faults: string[]
}

function tryAll(manifests: readonly Manifest[]): Tally {
  const tally: Tally = { manifests: 0, policies: 0, splices: 0, faults: [] }
  let turn = 0
  for (const manifest of manifests) {
    tally.manifests++
    if (isPolicy(manifest)) tally.policies++
    for (const path of placesIn(manifest)) {
      if (turn++ % SHARE > 0) continue
      for (const operation of operationsAt(manifest, path, addedAt(path))) {
        tally.splices++
        const fault = faultOf(manifest.text, operation)
        if (fault !== undefined) tally.faults.push(`${manifest.name}: ${operation.name}: ${fault}`)
      }
    }
  }
  return tally
}

test(
  'every splice on the manifests of ../shared changes what it should and no other line',
  { timeout: 600_000 },
  () => {
    if (!existsSync(SHARED)) return console.warn(`The manifests are not at ${SHARED}: splices are NOT tried on them.`)
    const { manifests, policies, splices, faults } = tryAll(filesIn(SHARED).flatMap(manifestsIn))
    console.info(`${splices} splices on ${manifests} manifests, ${policies} of them policies`)
    expect(faults.slice(0, 5)).toEqual([])
    expect(policies).toBeGreaterThan(600)
    expect(splices).toBeGreaterThan(manifests / 2)
  },
)
