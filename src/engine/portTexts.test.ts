import { describe, expect, test } from 'vitest'
import { ask, sortSpecs } from './portTexts.ts'

describe('ports for people', () => {
  test.each([
    [[], 'all ports'],
    [['TCP/5432'], 'TCP 5432'],
    [['UDP/53', 'TCP/443', 'TCP/80'], 'TCP 80, 443; UDP 53'],
    [['TCP'], 'all TCP ports'],
    [['TCP/http', 'TCP/8000-8080'], 'TCP http, 8000-8080'],
  ])('%j reads as %s', (specs, text) => {
    expect(ask(sortSpecs(specs), []).text).toBe(text)
  })

  test('the same question has one spelling, whoever asks', () => {
    expect(sortSpecs(['5432', 'tcp/80', 'TCP/5432'])).toEqual(['TCP/80', 'TCP/5432'])
  })
})
