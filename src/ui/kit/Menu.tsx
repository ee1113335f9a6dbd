import { Menu as Base } from '@base-ui/react/menu'
import { Check, ChevronRight } from 'lucide-react'
import { useMemo, type ComponentProps, type ReactElement, type ReactNode } from 'react'
import styles from './Menu.module.css'

/** One line of a menu. `checked` makes it a checkbox; `hint` is a key; `detail` a second, smaller line. */
export interface MenuEntry {
  readonly label: string
  readonly onSelect?: (() => void) | undefined
  readonly icon?: ReactNode
  readonly detail?: string | undefined
  readonly hint?: string | undefined
  readonly disabled?: boolean | undefined
  readonly danger?: boolean | undefined
  readonly checked?: boolean | undefined
  /** Opens these beside it instead of doing something. */
  readonly entries?: MenuEntries | undefined
}

/** Entries of a menu in order; `'-'` is a line between them, `{heading}` a title above some. */
export type MenuEntries = readonly (MenuEntry | '-' | { readonly heading: string })[]

/** A menu that opens from its trigger: an element that is a button (`<Button>`, `<IconButton>`). */
export function Menu({
  trigger,
  entries,
  align = 'start',
}: {
  readonly trigger: ReactElement
  readonly entries: MenuEntries
  readonly align?: 'start' | 'center' | 'end' | undefined
}): ReactNode {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Popup entries={entries} positioner={{ align, sideOffset: 5 }} />
    </Base.Root>
  )
}

/** A menu at a point of the screen (client pixels), for right clicks and Shift+F10. */
export function MenuAt({
  x,
  y,
  entries,
  onClose,
}: {
  readonly x: number
  readonly y: number
  readonly entries: MenuEntries
  readonly onClose: () => void
}): ReactNode {
  const anchor = useMemo(() => ({ getBoundingClientRect: () => new DOMRect(x, y, 0, 0) }), [x, y])
  return (
    <Base.Root open onOpenChange={(open) => !open && onClose()}>
      <Popup entries={entries} positioner={{ anchor, align: 'start', side: 'bottom' }} />
    </Base.Root>
  )
}

function Popup(props: { entries: MenuEntries; positioner: ComponentProps<typeof Base.Positioner> }): ReactNode {
  return (
    <Base.Portal>
      <Base.Positioner {...props.positioner} className={styles.positioner}>
        <Base.Popup className={`${styles.popup} nokey`}>
          {props.entries.map((entry, index) => (
            <Line key={lineKey(entry, index)} entry={entry} />
          ))}
        </Base.Popup>
      </Base.Positioner>
    </Base.Portal>
  )
}

function lineKey(entry: MenuEntries[number], index: number): string {
  if (entry === '-') return `line ${index}`
  return 'heading' in entry ? `heading ${entry.heading}` : `${entry.label} ${index}`
}

function Line({ entry }: { entry: MenuEntries[number] }): ReactNode {
  if (entry === '-') return <Base.Separator className={styles.separator} />
  if ('heading' in entry) return <div className={styles.label}>{entry.heading}</div>
  if (entry.entries !== undefined) return <Submenu entry={entry} entries={entry.entries} />
  const common = {
    className: `${styles.item} ${entry.danger === true ? styles.danger : ''}`,
    disabled: entry.disabled === true,
    label: entry.label,
    onClick: entry.onSelect,
  }
  if (entry.checked === undefined) {
    return (
      <Base.Item {...common}>
        {entry.icon === undefined ? undefined : <i className={styles.mark}>{entry.icon}</i>}
        <Text entry={entry} />
      </Base.Item>
    )
  }
  return (
    // What it switches may open a dialog, which must not lie under the menu.
    <Base.CheckboxItem {...common} checked={entry.checked} closeOnClick>
      <i className={styles.mark}>{entry.checked ? <Check size={14} aria-hidden /> : undefined}</i>
      <Text entry={entry} />
    </Base.CheckboxItem>
  )
}

function Submenu({ entry, entries }: { entry: MenuEntry; entries: MenuEntries }): ReactNode {
  return (
    <Base.SubmenuRoot>
      <Base.SubmenuTrigger className={styles.item} disabled={entry.disabled === true} label={entry.label}>
        <Text entry={entry} />
        <ChevronRight size={14} aria-hidden />
      </Base.SubmenuTrigger>
      <Popup entries={entries} positioner={{ align: 'start', alignOffset: -6, sideOffset: 2 }} />
    </Base.SubmenuRoot>
  )
}

function Text({ entry }: { entry: MenuEntry }): ReactNode {
  return (
    <>
      <span>
        {entry.label}
        {entry.detail === undefined ? undefined : <small>{entry.detail}</small>}
      </span>
      {entry.hint === undefined ? undefined : <kbd>{entry.hint}</kbd>}
    </>
  )
}
