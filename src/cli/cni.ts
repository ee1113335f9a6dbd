import type { Differs } from '#core/model/picture.ts'
import type { ChosenProfile } from '#core/model/profile.ts'
import type { Settings } from '#core/model/settings.ts'
import { PROFILES, profileOf } from '#core/profiles/index.ts'
import { profilesLike } from '#core/profiles/like.ts'
import { shownProfile } from '#engine/differs.ts'
import { listed } from './arguments.ts'
import { Mistake } from './mistake.ts'
import type { Paint, Terminal } from './terminal.ts'

const IDS: readonly string[] = PROFILES.map(({ id }) => id)

/** The CNIs that can be named, for the help. */
export const CNIS = listed(IDS)

/** The CNI that `NAME[@VERSION]` names; one that is not known is a mistake that says which are. */
export function cniNamed(text: string): ChosenProfile {
  const [, id = '', version] = /^([^@]*)(?:@(.*))?$/s.exec(text) ?? []
  if (!profileOf(id)) {
    const like = profilesLike(id)
    const hint = like.length > 0 ? ` Did you mean ${listed(like)}?` : ''
    throw new Mistake(`--cni ${text}: there is no such CNI; it can be ${CNIS}.${hint}`)
  }
  if (version === undefined) return { id }
  if (!/^v?\d/.test(version)) throw new Mistake(`--cni ${text}: after @ comes a version like 1.16.`)
  return { id, version }
}

/** What people call the CNI that decides, with its version. */
export function cniName({ profile: { id, version } }: Pick<Settings, 'profile'>): string {
  const name = profileOf(id)?.name ?? id
  return version === undefined ? name : `${name} ${version}`
}

/** Set where the CNI of the settings enforces no policy at all: the fact that says so. */
export function enforcesNothing(settings: Settings) {
  return shownProfile(settings)?.enforcesNothing
}

/** Says on stderr of each CNI that enforces nothing that it does, once. */
export function reportCni(all: readonly Settings[], { err, paint }: Terminal): void {
  const idle = all.flatMap((settings) => enforcesNothing(settings) ?? [])
  for (const { note, source } of new Map(idle.map((fact) => [fact.note, fact])).values())
    err(`${paint.err('unsure', 'warning')}: ${note} (${source})\n`)
}

/** What the CNI does otherwise than the API says, for people: a line as a head, and one for each fact. */
export function differsLines({ reference, facts }: Differs, settings: Settings, paint: Paint): readonly string[] {
  const told = facts.map(({ note, source, verified, policies }) => {
    const place = `${source}${verified ? '' : ' (not verified)'}`
    return `  ${someOf(policies)}: ${note} ${paint('faint', place)}`
  })
  return [`Under ${cniName(settings)}; the API says ${reference}:`, ...told]
}

/** The first names of a list that may be long, and how many more there are. */
export function someOf(names: readonly string[]): string {
  const more = names.length - MOST_NAMES
  return more > 0 ? `${names.slice(0, MOST_NAMES).join(', ')} and ${more} more` : names.join(', ')
}

const MOST_NAMES = 5
