import { type ReactNode, useState } from 'react'
import { Button } from '#ui/kit/Button.tsx'

/** A button for what can't be undone: the first press asks, the second does it. */
export function SureButton(props: {
  readonly label: string
  readonly sure: string
  readonly onSure: () => void
}): ReactNode {
  const { label, sure, onSure } = props
  const [isAsked, setIsAsked] = useState(false)
  const press = (): void => {
    setIsAsked(!isAsked)
    if (isAsked) onSure()
  }
  return (
    <Button variant={isAsked ? 'danger' : 'quiet'} onClick={press}>
      {isAsked ? sure : label}
    </Button>
  )
}
