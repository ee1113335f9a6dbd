/** Reads values of which nobody knows what they are. The first thing that is wrong is kept, with its place; nothing throws. */
export interface Reader {
  /** What is wrong first, e.g. `lessons[2].title is not a text`; undefined as long as all is well. */
  readonly problem: () => string | undefined
  readonly fail: (at: string, what: string) => void
  readonly text: (value: unknown, at: string, most: number) => string
  /** A whole number from `least` to `most`. */
  readonly number: (value: unknown, at: string, least: number, most: number) => number
  readonly oneOf: <T extends string>(value: unknown, at: string, choices: readonly T[]) => T
  /** True only where it says so. */
  readonly flag: (value: unknown, at: string) => boolean
  readonly list: <T>(value: unknown, at: string, most: number, item: (value: unknown, at: string) => T) => readonly T[]
  /** A look-up of the value's own fields: what a prototype has is not there. */
  readonly fields: (value: unknown, at: string) => (name: string) => unknown
}

// Line ends and tabs are fine; what can't be seen, or turns the reading direction, is not.
// oxlint-disable-next-line no-control-regex
const UNSEEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/

/** A reader that has read nothing yet. */
export function createReader(): Reader {
  let problem: string | undefined
  const fail = (at: string, what: string): void => {
    problem ??= `${at} ${what}`
  }
  const text: Reader['text'] = (value, at, most) => {
    if (typeof value !== 'string') fail(at, 'is not a text')
    else if (value.length > most) fail(at, `is longer than ${most} characters`)
    else if (UNSEEN.test(value)) fail(at, 'holds characters that one can’t see')
    else return value
    return ''
  }
  return {
    problem: () => problem,
    fail,
    text,
    number(value, at, least, most) {
      if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value
      fail(at, `is not a whole number from ${least} to ${most}`)
      return least
    },
    oneOf(value, at, choices) {
      const found = choices.find((choice) => choice === value)
      if (found === undefined) fail(at, `is none of ${choices.join(', ')}`)
      return found ?? (choices[0] as (typeof choices)[number])
    },
    flag(value, at) {
      if (value !== undefined && typeof value !== 'boolean') fail(at, 'is neither true nor false')
      return value === true
    },
    list(value, at, most, item) {
      if (!Array.isArray(value)) fail(at, 'is not a list')
      else if (value.length > most) fail(at, `has more than ${most} entries`)
      else return value.map((one, index) => item(one, `${at}[${index}]`))
      return []
    },
    fields(value, at) {
      if (typeof value === 'object' && value !== null && !Array.isArray(value))
        return (name) => (Object.hasOwn(value, name) ? (value as Readonly<Record<string, unknown>>)[name] : undefined)
      fail(at, 'is not an object')
      return () => undefined
    },
  }
}
