import { ChevronDown } from 'lucide-react'
import type { ReactNode } from 'react'
import { type Command, perform } from '#state/commands.ts'
import { useApp, useStore } from '#ui/kit/AppContext.tsx'
import { Button } from '#ui/kit/Button.tsx'
import { entryOf, isDisabled } from '#ui/kit/commandMenu.ts'
import { Menu } from '#ui/kit/Menu.tsx'
import styles from './inspector.module.css'

/** What can be done with the selection, as buttons; switches stay in sight, the sources of an allow open as a menu. */
export function CommandButtons(props: { readonly commands: readonly Command[]; readonly children?: ReactNode }) {
  const { commands, children } = props
  const { actions, documents } = useApp()
  const writable = useStore(documents, (state) => state.writable)
  const sources = commands.filter(({ group }) => group === 'allow-from')
  const shown = commands.filter((one) => one.group !== 'allow-from' && isOffered(one, writable))
  const isOpen = sources.some((one) => !isDisabled(one, writable))
  if (shown.length === 0 && !isOpen && !children) return null
  return (
    <div className={styles.actions}>
      {shown.map((command) => (
        <Button
          key={command.id}
          small
          disabled={isDisabled(command, writable)}
          {...(command.checked === undefined ? {} : { 'aria-pressed': command.checked })}
          onClick={() => perform(actions, command.deed)}
        >
          {command.label}
        </Button>
      ))}
      {isOpen && (
        <Menu
          trigger={
            <Button small>
              Allow in from
              <ChevronDown size={12} aria-hidden />
            </Button>
          }
          entries={sources.map((source) => entryOf(source, actions, writable))}
        />
      )}
      {children}
    </div>
  )
}

// A switch that can't be turned still says how it stands; anything else that can't be done is left out.
function isOffered(command: Command, writable: boolean): boolean {
  return command.checked !== undefined || !isDisabled(command, writable)
}
