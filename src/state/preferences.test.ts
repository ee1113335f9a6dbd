import { expect, test } from 'vitest'
import { createPreferences, type TextStore } from './preferences.ts'

function textStore(kept: string | null = null): TextStore & { kept: () => string | null } {
  let text = kept
  return { getItem: () => text, setItem: (_key, value) => void (text = value), kept: () => text }
}

test('what the user likes is there after a reload', () => {
  const store = textStore()
  createPreferences(store).write({ theme: 'dark' })
  createPreferences(store).write({ panels: { left: false, right: true, bottom: 'none' } })
  createPreferences(store).write({ planStyle: 'per-edge' })
  expect(createPreferences(store).read()).toEqual({
    theme: 'dark',
    panels: { left: false, right: true, bottom: 'none' },
    planStyle: 'per-edge',
  })
})

test.each([['not JSON'], ['{"theme": "pink", "panels": 7, "planStyle": "per-moon"}'], ['[]'], ['null'], [null]])(
  'what another hand has written is as if never said: %s',
  (kept) => {
    expect(createPreferences(textStore(kept)).read()).toEqual({
      theme: 'system',
      panels: { left: true, right: true, bottom: 'why' },
      planStyle: 'per-workload',
    })
  },
)

function refuse(): never {
  throw new Error('forbidden')
}

test('a store that throws costs nothing but the preference', () => {
  const preferences = createPreferences({ getItem: refuse, setItem: refuse })
  preferences.write({ theme: 'dark' })
  expect(preferences.read().theme).toBe('dark')
})
