import type { ComponentProps, ReactNode } from 'react'
import { Tooltip } from './Tooltip.tsx'
import styles from './Button.module.css'

type Look = {
  /** `primary`: the one thing to do here; `quiet`: no border until it is needed; `danger`: takes something away. */
  readonly variant?: 'plain' | 'primary' | 'quiet' | 'danger' | undefined
  readonly small?: boolean | undefined
}

/** A push button; give `aria-pressed` to make it a toggle. */
export function Button({ variant, small, className, ...rest }: Look & ComponentProps<'button'>): ReactNode {
  return <button type="button" {...rest} className={buttonClass({ variant, small }, className)} />
}

/** A button with an icon only: `label` is its name, and the tooltip (with `hint`: a key, say). */
export function IconButton({
  label,
  hint,
  variant = 'quiet',
  small,
  className,
  ...rest
}: Look & { readonly label: string; readonly hint?: string | undefined } & ComponentProps<'button'>): ReactNode {
  const look = buttonClass({ variant, small }, `${styles.icon} ${className ?? ''}`)
  return (
    <Tooltip text={label} hint={hint}>
      <button type="button" aria-label={label} {...rest} className={look} />
    </Tooltip>
  )
}

/** The classes of a button, for a link or a Base UI trigger that should look like one. */
export function buttonClass({ variant = 'plain', small }: Look, more?: string): string {
  return [
    styles.button,
    variant === 'plain' ? '' : styles[variant],
    small === true ? styles.small : '',
    more ?? '',
  ].join(' ')
}
