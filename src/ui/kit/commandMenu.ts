import type { Actions } from '#state/app.ts'
import { type Command, perform, writes } from '#state/commands.ts'
import type { MenuEntries, MenuEntry } from './Menu.tsx'

/** Commands as a menu: groups with lines between them, what can't be done now greyed out, the sources of an allow beside it. `writable`: may this tab change the texts? */
export function menuOf(commands: readonly Command[], actions: Actions, writable: boolean): MenuEntries {
  return commands.flatMap((command, index) => {
    const before = commands[index - 1]?.group
    if (command.group !== 'allow-from') {
      const begins = before !== undefined && before !== command.group
      return [...(begins ? ['-' as const] : []), entryOf(command, actions, writable)]
    }
    return before === command.group ? [] : [sourcesOf(commands, actions, writable)]
  })
}

// Where an allow may come from is a choice of its own: beside the menu, so that this stays short.
function sourcesOf(commands: readonly Command[], actions: Actions, writable: boolean): MenuEntry {
  const entries = commands
    .filter(({ group }) => group === 'allow-from')
    .map((command) => entryOf(command, actions, writable))
  return { label: 'Allow in from', entries, disabled: entries.every(({ disabled }) => disabled) }
}

/** One command as a line of a menu. */
export function entryOf(command: Command, actions: Actions, writable: boolean): MenuEntry {
  const { label, key, checked, danger, deed } = command
  return {
    label,
    hint: key,
    checked,
    danger,
    disabled: isDisabled(command, writable),
    onSelect: () => perform(actions, deed),
  }
}

/** Can't a command be given now? */
export function isDisabled(command: Command, writable: boolean): boolean {
  return command.unavailable !== undefined || (writes(command) && !writable)
}

/** Gives the command with this key, if there is one; one that can't be done says why. True where there was one. */
export function pressCommand(commands: readonly Command[], pressed: string, actions: Actions): boolean {
  const key = pressed === 'Delete' || pressed === 'Backspace' ? 'Del' : pressed
  const command = commands.find((one) => one.key?.toLowerCase() === key.toLowerCase())
  if (!command) return false
  if (command.unavailable === undefined) perform(actions, command.deed)
  else actions.notify('info', command.unavailable)
  return true
}
