import { Dialog as Base } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import type { CSSProperties, ReactNode } from 'react'
import { buttonClass } from './Button.tsx'
import buttonStyles from './Button.module.css'
import styles from './Dialog.module.css'

/** A modal dialog: focus stays in it (at first on what carries `data-autofocus`), Escape and the cross call `onClose`. `footer` holds its buttons; `width` is in pixels. */
export function Dialog({
  open = true,
  title,
  description,
  width,
  footer,
  onClose,
  children,
}: {
  readonly open?: boolean | undefined
  readonly title: string
  readonly description?: ReactNode
  readonly width?: number | undefined
  readonly footer?: ReactNode
  readonly onClose: () => void
  readonly children?: ReactNode
}): ReactNode {
  const size = width === undefined ? {} : { style: { '--width': `${width}px` } as CSSProperties }
  return (
    <Base.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Base.Portal>
        <Base.Backdrop className={styles.backdrop} />
        <Base.Viewport className={styles.viewport}>
          <Base.Popup className={`${styles.popup} nokey`} initialFocus={wanted} {...size}>
            <header className={styles.head}>
              <div>
                <Base.Title className={styles.title}>{title}</Base.Title>
                {description === undefined ? undefined : (
                  <Base.Description className={styles.description}>{description}</Base.Description>
                )}
              </div>
              <Base.Close aria-label="Close" className={buttonClass({ variant: 'quiet' }, buttonStyles.icon)}>
                <X size={16} aria-hidden />
              </Base.Close>
            </header>
            <div className={styles.body}>{children}</div>
            {footer === undefined ? undefined : <footer className={styles.footer}>{footer}</footer>}
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  )
}

function wanted(): HTMLElement | true {
  return document.querySelector<HTMLElement>('[role=dialog] [data-autofocus]') ?? true
}
