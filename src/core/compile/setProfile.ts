import { settingsValue } from '#core/kinds/settingsText.ts'
import { treeOf } from '#core/load/load.ts'
import type { Intent } from '#core/model/intent.ts'
import { NO_PORTS } from '#core/model/ports.ts'
import type { ChosenProfile } from '#core/model/profile.ts'
import type { DocumentId } from '#core/model/text.ts'
import { profileOf } from '#core/profiles/index.ts'
import { addEntry, removeAt, setValue } from '#core/yaml/splice.ts'
import { child } from '#core/yaml/tree.ts'
import { type Draft, edit } from './draft.ts'
import type { Planned } from './outcome.ts'
import { addDocument } from './place.ts'

const SETTINGS_FILE = 'settings.yaml'

/**
 * Writes the CNI into the settings of the workspace (design.md 9), or takes it out again for the reference. Where several
 * documents say one, the last counts, and it is the one that is changed.
 */
export function planSetProfile(start: Draft, { id, version }: Extract<Intent, { type: 'set-profile' }>): Planned {
  const profile = profileOf(id)
  if (!profile) return { refusal: `“${id}” is no CNI that is known here.` }
  const isReference = id === 'reference'
  const draft = isReference ? unset(start) : set(start, version === undefined ? { id } : { id, version })
  const now = draft?.loaded.settings.profile
  if (!draft || now?.id !== id || (!isReference && now.version !== version))
    return { refusal: 'The settings can’t be edited here: please write `profile` into DrawbridgeSettings by hand.' }
  const name = version === undefined ? profile.name : `${profile.name} ${version}`
  const sentence = isReference ? 'Verdicts are what the Kubernetes API says.' : `Verdicts are what ${name} does.`
  return { draft, sentences: [sentence], warnings: [], wanted: () => NO_PORTS }
}

function set(start: Draft, profile: ChosenProfile): Draft | undefined {
  const all = settingsIn(start)
  const last = all.findLast((id) => hasProfile(start, id))
  if (last !== undefined) return edit(start, last, (text, tree) => setValue(text, tree, ['profile'], profile))
  const home = all.at(-1)
  if (home !== undefined) return edit(start, home, (text, tree) => addEntry(text, tree, [], ['profile', profile]))
  return addDocument(start, SETTINGS_FILE, settingsValue({ profile })).draft
}

// All of them: an earlier one would shine through.
function unset(start: Draft): Draft | undefined {
  const ids = settingsIn(start).filter((id) => hasProfile(start, id))
  return ids.reduce<Draft | undefined>(
    (draft, id) => draft && edit(draft, id, (text, tree) => removeAt(text, tree, ['profile'])),
    start,
  )
}

// Those that count, in their order.
function settingsIn({ loaded }: Draft): readonly DocumentId[] {
  return loaded.documents.flatMap(({ id, kind, outcome }) =>
    kind === 'DrawbridgeSettings' && outcome === 'object' ? [id] : [],
  )
}

function hasProfile({ loaded }: Draft, id: DocumentId): boolean {
  return child(treeOf(loaded, id), 'profile') !== undefined
}
