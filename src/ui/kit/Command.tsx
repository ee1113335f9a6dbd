import { Check, Copy } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { IconButton } from './Button.tsx'
import { copyText } from './clipboard.ts'
import styles from './Command.module.css'

/** A command line to run elsewhere, with a button that copies it. */
export function Command({ text }: { readonly text: string }): ReactNode {
  const [copied, setCopied] = useState<boolean>()
  const copy = async (): Promise<void> => setCopied(await copyText(text))
  return (
    <div className={styles.command}>
      <code>{text}</code>
      <output className={styles.said}>{copied === undefined ? '' : copied ? 'Copied' : 'Select it and copy'}</output>
      <IconButton label={`Copy: ${text}`} small onClick={() => void copy()}>
        {copied === true ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}
      </IconButton>
    </div>
  )
}
