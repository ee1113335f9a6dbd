import { ChevronDown } from 'lucide-react'
import type { ReactNode } from 'react'
import type { ChosenProfile } from '#core/model/profile.ts'
import { PROFILES, profileOf } from '#core/profiles/index.ts'
import { useApp, useStore } from '#ui/kit/AppContext.tsx'
import { Button } from '#ui/kit/Button.tsx'
import { Menu, type MenuEntries } from '#ui/kit/Menu.tsx'
import styles from './cni.module.css'

const REFERENCE: ChosenProfile = { id: 'reference' }

/** Chooses the CNI that everything is looked at with; with what helps to know which. */
export function CniSelect(): ReactNode {
  const app = useApp()
  const shown: ChosenProfile = useStore(app.analysis, ({ picture }) => picture?.profile) ?? REFERENCE
  const name = nameOf(shown)
  const trigger = (
    <Button
      variant="quiet"
      className={`${styles.select} ${shown.id === 'reference' ? '' : styles.chosen}`}
      aria-label={`CNI profile: ${name}`}
      title={profileOf(shown.id)?.summary}
      {...(shown.id !== 'reference' && { 'data-cni': shown.id })}
    >
      <small>CNI</small>
      <span>{shown.id === 'reference' ? 'Reference' : name}</span>
      <ChevronDown size={12} aria-hidden />
    </Button>
  )
  const choose = ({ id, version }: ChosenProfile): void =>
    void app.actions.carryOut({ type: 'set-profile', id, ...(version !== undefined && { version }) })
  return (
    <Menu
      trigger={trigger}
      entries={entriesFor(shown, choose, (type) => app.actions.openDialog({ type }))}
      align="end"
    />
  )
}

function entriesFor(
  shown: ChosenProfile,
  choose: (profile: ChosenProfile) => void,
  openDialog: (type: 'detect-cni' | 'compare-cnis') => void,
): MenuEntries {
  return [
    { heading: 'Verdicts as they are under' },
    ...PROFILES.map(({ id, name }) => ({
      label: name,
      checked: id === shown.id,
      onSelect: () => id !== shown.id && choose({ id }),
    })),
    ...versionEntry(shown, choose),
    '-',
    { label: 'Which CNI have I got? …', onSelect: () => openDialog('detect-cni') },
    { label: 'Compare CNIs …', onSelect: () => openDialog('compare-cnis') },
  ]
}

// Only where the version makes a difference.
function versionEntry({ id, version }: ChosenProfile, choose: (profile: ChosenProfile) => void): MenuEntries {
  const known = profileOf(id)?.versions ?? []
  if (known.length === 0) return []
  const versions = version === undefined || known.includes(version) ? known : [...known, version]
  const entries = [
    { label: 'the newest', checked: version === undefined, onSelect: () => choose({ id }) },
    ...versions.map((one) => ({
      label: one,
      checked: one === version,
      onSelect: () => choose({ id, version: one }),
    })),
  ]
  return ['-', { label: `Version: ${version ?? 'the newest'}`, entries }]
}

function nameOf({ id, version }: ChosenProfile): string {
  const name = profileOf(id)?.name ?? id
  return version === undefined ? name : `${name} ${version}`
}
