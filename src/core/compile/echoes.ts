import { type End, endId } from '#core/model/end.ts'

interface Ends {
  readonly from: End
  readonly to: End
}

/** Keeps back what is told already. */
export interface EchoFilter<T> {
  /** True for what is told at once; an echo waits for the end. */
  readonly passes: (one: T) => boolean
  /** The echoes that turn out to be alone. */
  readonly alone: () => readonly T[]
}

/** "Anywhere" and blocks of all addresses say the same as the internet, unless they alone change. */
export function echoFilter<T extends Ends>(): EchoFilter<T> {
  const internet = new Set<string>()
  const waiting: T[] = []
  return {
    passes(one) {
      const isEcho = isWide(one.from) || isWide(one.to)
      if (isEcho) waiting.push(one)
      else if ('internet' in one.from || 'internet' in one.to) internet.add(keyOf(one))
      return !isEcho
    },
    alone: () => waiting.filter((one) => !internet.has(keyOf(one))),
  }
}

function isWide(end: End): boolean {
  return 'anywhere' in end || ('cidr' in end && end.cidr.endsWith('/0'))
}

function keyOf({ from, to }: Ends): string {
  return [from, to].map((end) => (isWide(end) ? 'internet' : endId(end))).join(' ')
}
