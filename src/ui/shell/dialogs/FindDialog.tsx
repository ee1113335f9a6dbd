// oxlint-disable jsx-a11y/prefer-tag-over-role, jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-to-interactive-role -- a combobox with a list beside it: its keys are those of the field
import { type KeyboardEvent, useId, useMemo, useState } from 'react'
import { useApp, useStore } from '#ui/kit/AppContext.tsx'
import { Dialog } from '#ui/kit/Dialog.tsx'
import { type Find, findsOf } from '../finds.ts'
import { fuzzyFind } from '../fuzzy.ts'
import styles from './dialogs.module.css'

/** Find by a few letters: a workload or namespace is selected, a policy or file shown. */
export function FindDialog({ onClose }: { readonly onClose: () => void }) {
  const app = useApp()
  const list = useId()
  const picture = useStore(app.analysis, (state) => state.picture)
  const files = useStore(app.documents, (state) => state.files)
  const [query, setQuery] = useState('')
  const [at, setAt] = useState(0)
  const all = useMemo(() => findsOf(picture, files), [picture, files])
  const found = useMemo(() => fuzzyFind(all, query, ({ text }) => text), [all, query])
  const current = Math.min(at, Math.max(0, found.length - 1))
  const go = (find: Find | undefined): void => {
    if (!find) return
    onClose()
    goTo(app, find)
  }
  const keyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') go(found[current])
    else if (event.key === 'ArrowDown') setAt(Math.min(found.length - 1, current + 1))
    else if (event.key === 'ArrowUp') setAt(Math.max(0, current - 1))
    else return
    event.preventDefault()
  }
  return (
    <Dialog title="Find" width={560} onClose={onClose}>
      <input
        className={styles.search}
        role="combobox"
        aria-expanded
        aria-controls={list}
        aria-activedescendant={found.length > 0 ? `${list}-${current}` : undefined}
        aria-label="Find a workload, namespace, policy or file"
        placeholder="Workload, namespace, policy or file"
        data-autofocus
        spellCheck={false}
        value={query}
        onChange={(event) => {
          setQuery(event.target.value)
          setAt(0)
        }}
        onKeyDown={keyDown}
      />
      <ul id={list} role="listbox" aria-label="Found" className={styles.found}>
        {found.map((find, index) => (
          // Keys stay in the field above (activedescendant); the pointer picks here.
          <li
            key={find.key}
            id={`${list}-${index}`}
            role="option"
            aria-selected={index === current}
            ref={index === current ? (item) => item?.scrollIntoView?.({ block: 'nearest' }) : null}
            onClick={() => go(find)}
            onPointerMove={() => setAt(index)}
          >
            <span>{find.text}</span>
            <small>{find.what}</small>
          </li>
        ))}
      </ul>
      {found.length === 0 && <p className={styles.note}>Nothing of that name.</p>}
    </Dialog>
  )
}

function goTo({ actions }: ReturnType<typeof useApp>, { target }: Find): void {
  if (target.type === 'card') {
    actions.setCentre('graph')
    actions.select({ type: 'card', id: target.id })
  } else if (target.type === 'document') actions.revealDocument(target.id)
  else {
    actions.setPanels({ right: true })
    actions.setActiveFile(target.path)
  }
}
