/** What a scalar can be once it is read. */
export type ScalarValue = string | number | boolean | null

const WORDS: ReadonlyMap<string, boolean | null> = new Map<string, boolean | null>([
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'on', 'On', 'ON', 'true', 'True', 'TRUE'].map((word) => [word, true] as const),
  ...['n', 'N', 'no', 'No', 'NO', 'off', 'Off', 'OFF', 'false', 'False', 'FALSE'].map((word) => [word, false] as const),
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
])
const INFINITE = /^(?:([-+]?)\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/
const INTEGER = /^([-+]?)(0[xX][\da-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|0|[1-9]\d*)$/
const FLOAT = /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/

/** The value of an unquoted scalar as kubectl reads it (stack.md 3, semantics.md B.6); `.inf` and `.nan`, which kubectl refuses, stay text. */
export function readPlain(text: string): ScalarValue {
  const word = WORDS.get(text)
  if (word !== undefined) return word
  return /^[-+.\d]/.test(text) ? (readNumber(text) ?? text) : text
}

/** Is it an unquoted infinity or not-a-number, for which kubectl has no JSON? */
export function isInfinite(text: string): boolean {
  return INFINITE.test(text)
}

/** The value under an explicit tag (`!!int "80"`); undefined where kubectl says that it can't decode it. Unknown tags read as text. */
export function readTagged(tag: string, text: string): ScalarValue | undefined {
  const value = readPlain(text)
  if (tag === '!!int') return typeof value === 'number' && Number.isInteger(value) ? value : undefined
  if (tag === '!!float') return typeof value === 'number' ? value : undefined
  if (tag === '!!bool') return typeof value === 'boolean' ? value : undefined
  if (tag === '!!null') return value === null ? null : undefined
  return text
}

/** The text that kubectl makes of a mapping key (`on` → `true`, `1.0` → `1`); undefined for null, which it refuses. */
export function keyText(value: ScalarValue, source: string): string | undefined {
  if (value === null) return undefined
  if (typeof value === 'number')
    return Number.isInteger(value) && !isFloatText(source) ? integerText(value) : formatFloat(value)
  const infinite = typeof value === 'string' && value === source ? INFINITE.exec(value) : undefined
  if (infinite) return infinite[1] === undefined ? '.nan' : `${infinite[1] === '-' ? '-' : ''}.inf`
  return String(value)
}

function readNumber(text: string): number | undefined {
  const plain = text.startsWith('.') ? text : text.replaceAll('_', '')
  const integer = INTEGER.exec(plain)
  if (integer) {
    const digits = integer[2] ?? ''
    const value = Number(/^0[0-7]+$/.test(digits) ? `0o${digits.slice(1)}` : digits)
    return integer[1] === '-' ? 0 - value : value
  }
  // Beyond the range of a double Go gives up, and the text stays text.
  return FLOAT.test(plain) && Number.isFinite(Number(plain)) ? Number(plain) : undefined
}

function isFloatText(source: string): boolean {
  return !INTEGER.test(source.replaceAll('_', ''))
}

function integerText(value: number): string {
  return Number.isSafeInteger(value) ? String(value) : BigInt(value).toString()
}

// Go's FormatFloat(x, 'g', -1, 32), as sigs.k8s.io/yaml calls it: the shortest digits that give the same float32.
function formatFloat(value: number): string {
  if (Object.is(value, -0)) return '-0'
  const single = Math.fround(value)
  if (single === 0 || !Number.isFinite(single)) return single === 0 ? '0' : `${value < 0 ? '-' : '+'}Inf`
  let digits = 1
  while (digits < 9 && Math.fround(Number(single.toPrecision(digits))) !== single) digits++
  const [mantissa, exponent] = single.toExponential(digits - 1).split('e')
  const power = Number(exponent)
  if (power >= -4 && power < 6) return String(Number(single.toPrecision(digits)))
  return `${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`
}
