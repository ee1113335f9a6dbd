import { documentOf } from '#core/kinds/read.testkit.ts'
import { validate } from './validate.ts'

/** What is said about a text: severity, code, and the very source that it points at. */
export function sayings(text: string): readonly string[] {
  return validate(documentOf(text)).map(
    ({ severity, code, ref }) => `${severity} ${code} ${text.slice(ref.range.from, ref.range.to)}`,
  )
}

/** The words of it. */
export function messages(text: string): readonly string[] {
  return validate(documentOf(text)).map(({ message }) => message)
}
