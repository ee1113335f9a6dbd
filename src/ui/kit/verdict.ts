import type { Status } from '#core/model/verdict.ts'

/** The sign that stands for a status beside its colour (design.md 6). */
export const SIGNS: Readonly<Record<Status, string>> = { allowed: '✓', denied: '✕', partial: '◐', undetermined: '?' }

/** The word for a status that people read. */
export const WORDS: Readonly<Record<Status, string>> = {
  allowed: 'allowed',
  denied: 'denied',
  partial: 'partly',
  undetermined: 'undetermined',
}
