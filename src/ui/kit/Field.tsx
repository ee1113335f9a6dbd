import { useId, type ComponentProps, type ReactNode } from 'react'
import styles from './Field.module.css'

type Around = {
  readonly label: string
  /** Said after the label: `optional`. */
  readonly aside?: string | undefined
  readonly hint?: ReactNode
  /** What is wrong, in words that help; replaces the hint and marks the field invalid. */
  readonly error?: string | undefined
}

type TextProps = Around & {
  readonly value: string
  readonly onChange: (value: string) => void
  readonly mono?: boolean | undefined
}

/** One line of text with its label, hint and error. */
export function TextField({
  label,
  aside,
  hint,
  error,
  mono,
  onChange,
  ...rest
}: TextProps & Omit<ComponentProps<'input'>, 'onChange' | 'value'>): ReactNode {
  const id = useId()
  return (
    <Frame id={id} {...{ label, aside, hint, error }}>
      <input
        autoComplete="off"
        spellCheck={false}
        {...rest}
        {...marks(id, error, hint)}
        className={inputClass(mono)}
        onChange={(event) => onChange(event.target.value)}
      />
    </Frame>
  )
}

/** Several lines of text with their label, hint and error. */
export function TextArea({
  label,
  aside,
  hint,
  error,
  mono,
  onChange,
  ...rest
}: TextProps & Omit<ComponentProps<'textarea'>, 'onChange' | 'value'>): ReactNode {
  const id = useId()
  return (
    <Frame id={id} {...{ label, aside, hint, error }}>
      <textarea
        spellCheck={false}
        {...rest}
        {...marks(id, error, hint)}
        className={inputClass(mono)}
        onChange={(event) => onChange(event.target.value)}
      />
    </Frame>
  )
}

/** A checkbox or (with `type="radio"`) one of several, with its words beside it. */
export function Choice({
  label,
  detail,
  type = 'checkbox',
  ...rest
}: { readonly label: ReactNode; readonly detail?: ReactNode } & Omit<ComponentProps<'input'>, 'className'>): ReactNode {
  return (
    <label className={styles.check}>
      <input type={type} {...rest} />
      <span>
        {label}
        {detail === undefined ? undefined : <small>{detail}</small>}
      </span>
    </label>
  )
}

function Frame({ id, label, aside, hint, error, children }: Around & { id: string; children: ReactNode }): ReactNode {
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={styles.label}>
        {label}
        {aside === undefined ? undefined : <i>{aside}</i>}
      </label>
      {children}
      {error === undefined ? (
        hint !== undefined && (
          <div id={`${id}-hint`} className={styles.hint}>
            {hint}
          </div>
        )
      ) : (
        <div id={`${id}-hint`} role="alert" className={styles.error}>
          {error}
        </div>
      )}
    </div>
  )
}

type Marks = { id: string; 'aria-invalid'?: true; 'aria-describedby'?: string }

function marks(id: string, error: string | undefined, hint: ReactNode): Marks {
  const described = error !== undefined || hint !== undefined
  return {
    id,
    ...(error === undefined ? {} : { 'aria-invalid': true }),
    ...(described ? { 'aria-describedby': `${id}-hint` } : {}),
  }
}

function inputClass(mono: boolean | undefined): string {
  return `${styles.input} ${mono === true ? styles.mono : ''}`
}
