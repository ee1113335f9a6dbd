import { FileUp, FolderUp } from 'lucide-react'
import { type ComponentProps, useRef } from 'react'
import { useApp } from '#ui/kit/AppContext.tsx'
import { Button } from '#ui/kit/Button.tsx'
import { collectFiles } from './collect.ts'
import styles from './files.module.css'

/** "Open files" and "Open folder", through the browser's own dialogs. `onOpened` is told when something was chosen. */
export function OpenButtons({ onOpened }: { readonly onOpened?: (() => void) | undefined }) {
  return (
    <div className={styles.openers}>
      <Opener label="Open files …" onOpened={onOpened} icon={<FileUp size={15} aria-hidden />} />
      <Opener label="Open a folder …" folder onOpened={onOpened} icon={<FolderUp size={15} aria-hidden />} />
    </div>
  )
}

interface OpenerProps {
  readonly label: string
  readonly icon: ComponentProps<'span'>['children']
  readonly folder?: boolean
  readonly onOpened?: (() => void) | undefined
}

function Opener({ label, icon, folder = false, onOpened }: OpenerProps) {
  const app = useApp()
  const input = useRef<HTMLInputElement>(null)
  const take = (files: FileList | null): void => {
    const chosen = [...(files ?? [])]
    if (input.current) input.current.value = ''
    if (chosen.length === 0) return
    onOpened?.()
    void collectFiles(chosen).then((incoming) => app.actions.open(incoming))
  }
  return (
    <>
      <Button onClick={() => input.current?.click()}>
        {icon}
        {label}
      </Button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={label}
        onChange={(event) => take(event.target.files)}
        {...(folder ? { webkitdirectory: '' } : { accept: '.yaml,.yml,.json,.zip,.txt,.list' })}
      />
    </>
  )
}
